//! Changes of the types in the module `model`.

use confluence_codegen::outline::{Argument, Field, Kind, Outline, Struct, Type, Value};

use super::change::{Change, Changes, matched};
use super::union::{self, Union};

pub fn changes(old: &Outline, new: &Outline) -> Vec<Change> {
    let types = matched(&old.types, &new.types, |one| &one.name);
    let mut all = Vec::new();
    for one in types.gone {
        let mut changes = Changes::of(subject(one), &one.pointer);
        changes.breaking(
            "type-gone",
            format!("the {} `{}` was removed", one.kind.word(), subject(one)),
        );
        all.extend(changes.finish());
    }
    for one in types.came {
        let mut changes = Changes::of(subject(one), &one.pointer);
        changes.compatible(
            "type-added",
            format!("the {} `{}` was added", one.kind.word(), subject(one)),
        );
        all.extend(changes.finish());
    }
    for (before, after) in types.both {
        all.extend(ty(before, after));
    }
    all
}

fn subject(ty: &Type) -> String {
    format!("model::{}", ty.name)
}

fn ty(before: &Type, after: &Type) -> Vec<Change> {
    let name = subject(after);
    let mut changes = Changes::of(&name, &after.pointer);
    match (&before.kind, &after.kind) {
        (Kind::Struct(before), Kind::Struct(after)) => structure(&name, before, after, &mut changes),
        (Kind::Enum(before), Kind::Enum(after)) => values(&name, before, after, &mut changes),
        (
            Kind::Union {
                discriminator: old,
                variants: olds,
                values: meant,
            },
            Kind::Union {
                discriminator: new,
                variants: news,
                values: means,
            },
        ) => {
            let before = Union {
                discriminator: old.as_deref(),
                variants: olds,
                values: meant,
            };
            let after = Union {
                discriminator: new.as_deref(),
                variants: news,
                values: means,
            };
            union::union(&name, &before, &after, &mut changes);
        }
        (Kind::Alias(before), Kind::Alias(after)) => {
            if before != after {
                let message = format!("`{name}` is `{after}`, no longer `{before}`");
                changes.breaking("alias", message);
            }
        }
        (before, after) => {
            let message = format!("`{name}` is of the kind {}, no longer {}", after.word(), before.word());
            changes.breaking("kind", message);
        }
    }
    if before.docs != after.docs {
        changes.documentation("docs", format!("the documentation of `{name}` has changed"));
    }
    changes.finish()
}

fn structure(name: &str, before: &Struct, after: &Struct, changes: &mut Changes<'_>) {
    fields(name, before, after, changes);
    making(name, before, after, changes);
    match (&before.long_task, &after.long_task) {
        (Some(_), None) => {
            let reason = no_task(before, after);
            let message = format!("`{name}` is no longer the status of a long-running task: {reason}");
            changes.breaking("long-task-gone", message);
        }
        (None, Some(_)) => {
            let message = format!("`{name}` is the status of a long-running task");
            changes.compatible("long-task-added", message);
        }
        _ => {}
    }
    match (&before.page, &after.page) {
        (Some(_), None) => {
            let message = format!("`{name}` is no longer a page of a list: {}", no_page(before, after));
            changes.breaking("page-gone", message);
        }
        (None, Some(_)) => changes.compatible("page-added", format!("`{name}` is a page of a list")),
        (Some(_), Some(_)) if before.next != after.next => next(name, &before.next, &after.next, changes),
        _ => {}
    }
    match (before.is_started_task, after.is_started_task) {
        (true, false) => {
            let message = format!("`{name}` no longer contains the ID of the started task");
            changes.breaking("started-task-gone", message);
        }
        (false, true) => {
            changes.compatible(
                "started-task-added",
                format!("`{name}` now contains the ID of the started task"),
            );
        }
        _ => {}
    }
    match (&before.key, &after.key) {
        (Some((method, _)), None) => changes.breaking("key-gone", format!("`{name}::{method}()` was removed")),
        (None, Some((method, ty))) => {
            let message = format!("`{name}::{method}()` reads a documented key as `{ty}`");
            changes.compatible("key-added", message);
        }
        (Some(before), Some(after)) if before != after => {
            let message = format!(
                "`{name}::{}()` is `{name}::{}()` of `{}` now",
                before.0, after.0, after.1
            );
            changes.breaking("key-changed", message);
        }
        _ => {}
    }
}

/// Changes of the members that lead to the next page.
fn next(name: &str, before: &[String], after: &[String], changes: &mut Changes<'_>) {
    let message = format!(
        "the next page of `{name}` is found by {}, no longer by {}",
        listed(after),
        listed(before)
    );
    changes.compatible("next-changed", message);
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Returns why a struct is no longer the status of a long-running task.
pub fn no_task(before: &Struct, after: &Struct) -> String {
    let needed = before.long_task.as_deref().unwrap_or_default();
    lost(before, after, needed).unwrap_or_else(|| "other required members are missing".to_owned())
}

/// Returns why a struct is no longer a page of a list.
pub fn no_page(before: &Struct, after: &Struct) -> String {
    let items = before.page.iter().map(|(items, _)| items.clone());
    lost(before, after, &items.collect::<Vec<_>>())
        .unwrap_or_else(|| format!("without {}, no member leads to the next page", listed(&before.next)))
}

/// Returns which of the fields that a role depends on was removed, or has another type.
fn lost(before: &Struct, after: &Struct, needed: &[String]) -> Option<String> {
    let find = |one: &'_ Struct, name: &str| one.fields.iter().find(|field| field.name == name).cloned();
    needed.iter().find_map(|name| match find(after, name) {
        None => Some(format!("`{name}` was removed")),
        Some(field) if find(before, name).is_some_and(|known| known.ty != field.ty) => {
            Some(format!("`{name}` is `{}`", field.ty))
        }
        Some(_) => None,
    })
}

fn fields(name: &str, before: &Struct, after: &Struct, changes: &mut Changes<'_>) {
    let fields = matched(&before.fields, &after.fields, |one| &one.name);
    let is_same = |one: &Field, other: &Field| one.member == other.member && !one.member.is_empty();
    for one in &fields.gone {
        let Field { name: field, ty, .. } = one;
        match fields.came.iter().find(|other| is_same(one, other)) {
            Some(other) => {
                let message = format!("the field `{field}` of `{name}` was renamed to `{}`", other.name);
                changes.breaking("field-renamed", message);
            }
            None => changes.breaking(
                "field-gone",
                format!("the field `{field}: {ty}` of `{name}` was removed"),
            ),
        }
    }
    for one in &fields.came {
        if !fields.gone.iter().any(|other| is_same(one, other)) {
            let message = format!("the field `{}: {}` of `{name}` was added", one.name, one.ty);
            changes.compatible("field-added", message);
        }
    }
    for (before, after) in fields.both {
        field(name, before, after, changes);
    }
}

fn field(name: &str, before: &Field, after: &Field, changes: &mut Changes<'_>) {
    let Field { name: field, ty, .. } = after;
    if *ty == format!("Option<{}>", before.ty) {
        let message = format!(
            "the field `{field}` of `{name}` may be absent: it is `{ty}`, no longer `{}`",
            before.ty
        );
        changes.breaking("field-optional", message);
    } else if before.ty == format!("Option<{ty}>") {
        let message = format!(
            "the field `{field}` of `{name}` is always present: it is `{ty}`, no longer `{}`",
            before.ty
        );
        changes.breaking("field-required", message);
    } else if before.ty != *ty {
        let message = format!("the field `{field}` of `{name}` is `{ty}`, no longer `{}`", before.ty);
        changes.breaking("field-type", message);
    } else if before.presence != after.presence {
        let shown = |presence: &str| presence.replace('_', " ");
        let (after, before) = (shown(after.presence), shown(before.presence));
        let message = format!("the field `{field}` of `{name}` is {after}, no longer {before}");
        changes.compatible("field-presence", message);
    }
    if before.member != after.member {
        let message = format!(
            "the field `{field}` of `{name}` is read from `{}`, no longer from `{}`",
            after.member, before.member
        );
        changes.compatible("field-member", message);
    }
    if before.docs != after.docs {
        let message = format!("the documentation of the field `{field}` of `{name}` has changed");
        changes.documentation("docs", message);
    }
}

/// Changes of the constructor and the setters.
fn making(name: &str, before: &Struct, after: &Struct, changes: &mut Changes<'_>) {
    let is_made = |one: &Struct| one.new.is_some() || one.fields.iter().any(|field| field.setter.is_some());
    match (is_made(before), is_made(after)) {
        (true, false) => {
            let message = format!("`{name}` is no longer used in requests: `new` and the setters were removed");
            changes.breaking("making-gone", message);
            return;
        }
        (false, true) => {
            let message = format!("`{name}` is now used in requests: `new` and setters were added");
            changes.compatible("making-added", message);
            return;
        }
        _ => {}
    }
    let shown = |arguments: &[Argument]| {
        let arguments: Vec<String> = arguments.iter().map(Argument::to_string).collect();
        format!("`{name}::new({})`", arguments.join(", "))
    };
    match (&before.new, &after.new) {
        (Some(before), Some(after)) if before != after => {
            let message = format!("{} replaces {}", shown(after), shown(before));
            changes.breaking("constructor", message);
        }
        (Some(before), None) => {
            changes.breaking("constructor-gone", format!("{} was removed", shown(before)));
        }
        (None, Some(after)) => {
            changes.compatible("constructor-added", format!("{} was added", shown(after)));
        }
        _ => {}
    }
    // Added and removed fields are reported already.
    for (old, new) in matched(&before.fields, &after.fields, |one| &one.name).both {
        match (&old.setter, &new.setter) {
            (Some(setter), None) => {
                let message = format!("the setter `{name}::{setter}` was removed");
                changes.breaking("field-setter-gone", message);
            }
            (None, Some(setter)) => {
                let message = format!("the setter `{name}::{setter}` was added");
                changes.compatible("field-setter-added", message);
            }
            (Some(before), Some(after)) if before != after => {
                let message = format!("the setter `{name}::{before}` was renamed to `{after}`");
                changes.breaking("field-setter-gone", message);
            }
            _ => {}
        }
    }
}

fn values(name: &str, before: &[Value], after: &[Value], changes: &mut Changes<'_>) {
    let values = matched(before, after, |one| &one.name);
    for one in values.gone {
        let message = format!("the value `{name}::{}` ({:?}) was removed", one.name, one.value);
        changes.breaking("value-gone", message);
    }
    for one in values.came {
        let message = format!("the value `{name}::{}` ({:?}) was added", one.name, one.value);
        changes.compatible("value-added", message);
    }
    for (before, after) in values.both {
        let value = &after.name;
        if before.value != after.value {
            let message = format!("`{name}::{value}` is {:?}, no longer {:?}", after.value, before.value);
            changes.compatible("value-text", message);
        }
        if before.meaning != after.meaning {
            let message = format!("the documentation of `{name}::{value}` has changed");
            changes.documentation("docs", message);
        }
    }
}
