//! Changes of operations.

use confluence_codegen::outline::{Kind, Operation, Outline, Struct};

use super::change::{Change, Changes, matched};
use super::{access, argument, model, response};

pub fn changes(old: &Outline, new: &Outline) -> Vec<Change> {
    let operations = matched(&old.operations, &new.operations, |one| &one.function);
    let mut pairs = operations.both;
    let (mut came, mut gone) = (operations.came, operations.gone);
    // Operations with the same method and path were renamed.
    came.retain(|after| {
        let same = |before: &&&Operation| before.method == after.method && before.path == after.path;
        let Some(before) = gone.iter().find(same).copied() else {
            return true;
        };
        gone.retain(|one| one.function != before.function);
        pairs.push((before, after));
        false
    });
    let mut all = Vec::new();
    for before in gone {
        let mut changes = Changes::of(&before.function, &before.pointer);
        changes.breaking("operation-gone", format!("`{}` was removed", before.function));
        all.extend(changes.finish());
    }
    for after in came {
        let mut changes = Changes::of(&after.function, &after.pointer);
        changes.compatible("operation-added", format!("`{}` was added", after.signature()));
        all.extend(changes.finish());
    }
    for (before, after) in pairs {
        all.extend(operation((old, before), (new, after)));
    }
    all
}

fn operation((old, before): (&Outline, &Operation), (new, after): (&Outline, &Operation)) -> Vec<Change> {
    let name = &after.function;
    let mut changes = Changes::of(name, &after.pointer);
    if before.function != after.function {
        let message = format!("`{}` was renamed to `{name}`", before.function);
        changes.breaking("operation-renamed", message);
    } else if before.request != after.request {
        let message = format!(
            "`{name}` returns `request::{}`, no longer `request::{}`",
            after.request, before.request
        );
        changes.breaking("request-renamed", message);
    }
    argument::arguments(before, after, &mut changes);
    response::output(before, after, &mut changes);
    traits((old, before), (new, after), &mut changes);
    response::errors(before, after, &mut changes);
    access::access(before, after, &mut changes);
    data(before, after, &mut changes);
    response::successes(before, after, &mut changes);
    let text = |one: &Operation| (one.description.clone(), one.external_docs.clone());
    // What else is documented, such as setters and scopes, changes with what is listed already.
    let has_other_docs = before.docs != after.docs && (changes.is_empty() || text(before) != text(after));
    if has_other_docs || before.summary != after.summary {
        changes.documentation("docs", format!("the documentation of `{name}` has changed"));
    }
    changes.finish()
}

/// Changes of whether it can be waited for, and of the items of its pages.
fn traits((old, before): (&Outline, &Operation), (new, after): (&Outline, &Operation), changes: &mut Changes<'_>) {
    let name = &after.function;
    let reason = |of_struct: fn(&Struct, &Struct) -> String| match before.output == after.output {
        true => why(old, new, &before.output, of_struct),
        false => format!("it returns `{}`", after.output),
    };
    match (before.is_long_task, after.is_long_task) {
        (true, false) => {
            let reason = reason(model::no_task);
            changes.breaking("wait-gone", format!("`{name}` can no longer be waited for: {reason}"));
        }
        (false, true) => changes.compatible("wait-added", format!("`{name}` can be waited for")),
        _ => {}
    }
    match (&before.lists, &after.lists) {
        (Some(_), None) => {
            let reason = reason(model::no_page);
            let message = format!("`{name}` is no longer paginated: {reason}");
            changes.breaking("pages-gone", message);
        }
        (None, Some(item)) => {
            let message = format!("`{name}` is paginated, with items of `{item}`");
            changes.compatible("pages-added", message);
        }
        (Some(before), Some(after)) if before != after => {
            let message = format!("the pages of `{name}` have items of `{after}`, no longer `{before}`");
            changes.breaking("pages-item", message);
        }
        _ => {}
    }
}

/// Why the struct of an output has lost a role.
fn why(old: &Outline, new: &Outline, output: &str, of_struct: fn(&Struct, &Struct) -> String) -> String {
    let (Some(before), Some(after)) = (structure(old, output), structure(new, output)) else {
        return format!("`{output}` is another type");
    };
    of_struct(before, after)
}

/// The struct of a type, also through an alias.
fn structure<'o>(outline: &'o Outline, ty: &str) -> Option<&'o Struct> {
    let mut next = ty;
    for _ in 0..=outline.types.len() {
        let name = next.strip_prefix("model::")?;
        match &outline.types.iter().find(|one| one.name == name)?.kind {
            Kind::Struct(one) => return Some(one),
            Kind::Alias(target) => next = target,
            _ => return None,
        }
    }
    None
}

/// Changes of the data about the operation.
fn data(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let name = &after.function;
    let line = |one: &Operation| {
        let query = one.query.iter().map(|query| format!("?{query}"));
        format!("{} {}{}", one.method, one.path, query.collect::<String>())
    };
    let (old, new) = (line(before), line(after));
    if old != new {
        changes.compatible("request-line", format!("`{name}` sends `{new}`, no longer `{old}`"));
    }
    let headers = matched(&before.headers, &after.headers, |(name, _)| name);
    for (header, value) in headers.gone {
        changes.compatible(
            "sent-header-gone",
            format!("`{name}` no longer sends the header `{header}: {value}`"),
        );
    }
    for (header, value) in headers.came {
        changes.compatible(
            "sent-header-added",
            format!("`{name}` sends the header `{header}: {value}`"),
        );
    }
    if before.accept != after.accept {
        let shown = |accept: &Option<String>| accept.clone().unwrap_or_else(|| "any media type".to_owned());
        let (old, new) = (shown(&before.accept), shown(&after.accept));
        changes.compatible("accept", format!("`{name}` accepts `{new}`, no longer `{old}`"));
    }
    match (before.deprecated, after.deprecated) {
        (false, true) => changes.compatible("deprecated", format!("`{name}` is deprecated")),
        (true, false) => changes.compatible("not-deprecated", format!("`{name}` is no longer deprecated")),
        _ => {}
    }
    if before.id != after.id {
        let message = format!(
            "the `operationId` of `{name}` is `{}`, no longer `{}`",
            after.id, before.id
        );
        changes.documentation("operation-id", message);
    }
    if before.tags != after.tags {
        let message = format!("the tags of `{name}` are {:?}, no longer {:?}", after.tags, before.tags);
        changes.documentation("tags", message);
    }
    if before.app_access_rule_exempt != after.app_access_rule_exempt {
        let message = match after.app_access_rule_exempt {
            Some(true) => format!("`{name}` is exempt from app access rules"),
            Some(false) => format!("`{name}` is not exempt from app access rules"),
            None => format!("the document no longer says whether `{name}` is exempt from app access rules"),
        };
        changes.documentation("data-security-policy", message);
    }
}
