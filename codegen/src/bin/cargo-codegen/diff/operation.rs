//! Changes of operations.

use std::collections::BTreeSet;

use confluence_codegen::outline::{DocumentedError, Kind, Operation, Outline, Struct};

use super::change::{Change, Changes, matched};
use super::{argument, model};

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
    output(before, after, &mut changes);
    traits((old, before), (new, after), &mut changes);
    errors(before, after, &mut changes);
    access(before, after, &mut changes);
    data(before, after, &mut changes);
    // Other changes also change the documentation.
    if changes.is_empty() && before.docs != after.docs {
        changes.documentation("docs", format!("the documentation of `{name}` has changed"));
    }
    changes.finish()
}

/// Changes of the type of a successful response.
fn output(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    // The enum of a choice is named after the operation.
    let is_choice = |one: &Operation| !one.choices.is_empty();
    if before.output != after.output && !(is_choice(before) && is_choice(after)) {
        let message = format!(
            "`{}` returns `{}`, no longer `{}`",
            after.function, after.output, before.output
        );
        changes.breaking("output", message);
        return;
    }
    let shown = |body: &Option<String>| body.clone().unwrap_or_else(|| "nothing".to_owned());
    let choices = matched(&before.choices, &after.choices, |(name, _)| variant(name));
    for (name, _) in choices.gone {
        changes.breaking("output-variant-gone", format!("`request::{name}` was removed"));
    }
    // An enum with a download is neither `Clone` nor `PartialEq`.
    let is_download = |(_, body): &(String, Option<String>)| body.as_deref() == Some("rt::Download");
    let had_downloads = before.choices.iter().any(is_download);
    for one in choices.came {
        let name = &one.0;
        if is_download(one) && !had_downloads {
            let message = format!("`request::{name}` was added, so its enum is no longer `Clone` and `PartialEq`");
            changes.breaking("output-variant-added", message);
        } else {
            changes.compatible("output-variant-added", format!("`request::{name}` was added"));
        }
    }
    for ((_, before), (name, after)) in choices.both {
        if before != after {
            let message = format!(
                "`request::{name}` holds `{}`, no longer `{}`",
                shown(after),
                shown(before)
            );
            changes.breaking("output-variant-body", message);
        }
    }
}

/// The last part of the path of a variant.
fn variant(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
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

/// The documented errors.
fn errors(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let shown = |error: &DocumentedError| error.body.clone().unwrap_or_else(|| "nothing".to_owned());
    let errors = matched(&before.errors, &after.errors, |one| variant(&one.name));
    for one in errors.gone {
        let message = format!("the error `request::{}` ({}) was removed", one.name, one.status);
        changes.breaking("error-gone", message);
    }
    for one in errors.came {
        let message = format!("the error `request::{}` ({}) was added", one.name, one.status);
        changes.compatible("error-added", message);
    }
    for (before, after) in errors.both {
        if before.body != after.body {
            let message = format!(
                "the error `request::{}` holds `{}`, no longer `{}`",
                after.name,
                shown(after),
                shown(before)
            );
            changes.breaking("error-body", message);
        }
    }
}

/// Scopes and security schemes. A client that knows its scopes rejects operations that need others, so an added scope is a
/// breaking change.
fn access(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let name = &after.function;
    let scopes = |one: &Operation| -> BTreeSet<(String, String)> {
        let groups = one.scopes.iter();
        let scopes = groups.flat_map(|group| group.scopes.iter().map(|scope| (scope.clone(), group.state.clone())));
        let connect = one
            .connect_scope
            .iter()
            .map(|scope| (scope.clone(), "Connect".to_owned()));
        scopes.chain(connect).collect()
    };
    let (old, new) = (scopes(before), scopes(after));
    for (scope, state) in old.difference(&new) {
        let message = format!("`{name}` no longer needs the scope `{scope}` ({state})");
        changes.compatible("scope-gone", message);
    }
    for (scope, state) in new.difference(&old) {
        let message = format!("`{name}` needs the scope `{scope}` ({state})");
        changes.breaking("scope-added", message);
    }
    if before.security != after.security {
        let shown = |security: &[Vec<String>]| {
            let alternatives: Vec<String> = security.iter().map(|together| together.join(" with ")).collect();
            match alternatives.is_empty() {
                true => "none".to_owned(),
                false => alternatives.join(" or "),
            }
        };
        let message = format!(
            "the security of `{name}` is {}, no longer {}",
            shown(&after.security),
            shown(&before.security)
        );
        changes.compatible("security", message);
    }
}

/// Changes of the data about the operation.
fn data(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let name = &after.function;
    let (old, new) = (
        format!("{} {}", before.method, before.path),
        format!("{} {}", after.method, after.path),
    );
    if old != new {
        changes.compatible("request-line", format!("`{name}` sends `{new}`, no longer `{old}`"));
    }
    if before.accept != after.accept {
        let shown = |accept: &Option<String>| accept.clone().unwrap_or_else(|| "any media type".to_owned());
        let (old, new) = (shown(&before.accept), shown(&after.accept));
        changes.compatible("accept", format!("`{name}` accepts `{new}`, no longer `{old}`"));
    }
    if before.successes != after.successes {
        let (old, new) = (before.successes.join(", "), after.successes.join(", "));
        changes.compatible(
            "successes",
            format!("`{name}` succeeds with {new}, no longer with {old}"),
        );
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
}
