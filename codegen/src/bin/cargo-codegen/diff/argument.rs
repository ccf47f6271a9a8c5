//! Changes of the arguments and setters of an operation.

use confluence_codegen::outline::{Argument, Operation};

use super::change::{Changes, matched};

pub fn arguments(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let renamed = renamed(before, after);
    required(before, after, &renamed, changes);
    setters(before, after, changes);
    for (old, new) in in_both(before, after) {
        argument(&after.function, old, new, changes);
        if old.place != new.place {
            let message = format!(
                "`{}` of `{}` is sent as `{}`, no longer as `{}`",
                new.name, after.function, new.place, old.place
            );
            changes.compatible("argument-place", message);
        }
    }
    for (old, new) in renamed {
        let message = format!(
            "the argument `{}` of `{}` is named `{}`",
            old.name, after.function, new.name
        );
        changes.compatible("argument-renamed", message);
        argument(&after.function, old, new, changes);
    }
}

type Pair<'o> = (&'o Argument, &'o Argument);

/// Returns the variables of the path that have another name in the same place. No code names them.
fn renamed<'o>(before: &'o Operation, after: &'o Operation) -> Vec<Pair<'o>> {
    let has = |one: &Operation, name: &str| one.required.iter().chain(&one.optional).any(|other| other.name == name);
    let is_renamed = |(old, new): &Pair<'_>| {
        let is_variable = |one: &Argument| one.place.starts_with("path");
        let is_other = !has(after, &old.name) && !has(before, &new.name);
        is_other && old.ty == new.ty && is_variable(old) && is_variable(new)
    };
    match without_names(&before.path) == without_names(&after.path) {
        true => before.required.iter().zip(&after.required).filter(is_renamed).collect(),
        false => Vec::new(),
    }
}

/// A path without the names of its variables.
fn without_names(path: &str) -> Vec<&str> {
    let parts = path.split('{');
    parts
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect()
}

/// Changes of the arguments of the function.
fn required(before: &Operation, after: &Operation, renamed: &[Pair<'_>], changes: &mut Changes<'_>) {
    let name = &after.function;
    let is_renamed = |one: &&Argument| renamed.iter().any(|(old, new)| *one == *old || *one == *new);
    let others =
        |one: &Operation| -> Vec<Argument> { one.required.iter().filter(|one| !is_renamed(one)).cloned().collect() };
    let (olds, news) = (others(before), others(after));
    let arguments = matched(&olds, &news, |one| &one.name);
    let has = |list: &[Argument], one: &Argument| list.iter().any(|other| other.name == one.name);
    for one in &arguments.gone {
        match has(&after.optional, one) {
            true => {
                let message = format!("`{name}` no longer takes `{}`, which is now set by a setter", one.name);
                changes.breaking("argument-optional", message);
            }
            false => changes.breaking("argument-gone", format!("`{name}` no longer takes `{one}`")),
        }
    }
    for one in &arguments.came {
        match has(&before.optional, one) {
            true => {
                let message = format!("`{name}` takes `{one}`, which was set by a setter before");
                changes.breaking("argument-required", message);
            }
            false => changes.breaking(
                "argument-added",
                format!("`{name}` takes an additional argument: `{one}`"),
            ),
        }
    }
    let names = |list: &[Argument]| -> Vec<String> { list.iter().map(|one| one.name.clone()).collect() };
    if arguments.gone.is_empty() && arguments.came.is_empty() && names(&olds) != names(&news) {
        let order = names(&after.required).join("`, `");
        let message = format!("`{name}` takes its arguments in another order: `{order}`");
        changes.breaking("argument-order", message);
    }
}

/// Changes of the setters.
fn setters(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let name = &after.request;
    let has = |list: &[Argument], one: &Argument| list.iter().any(|other| other.name == one.name);
    let setters = matched(&before.optional, &after.optional, |one| &one.name);
    for one in setters.gone.into_iter().filter(|one| !has(&after.required, one)) {
        let message = format!("the setter `request::{name}::{}` was removed", one.name);
        changes.breaking("setter-gone", message);
    }
    for one in setters.came.into_iter().filter(|one| !has(&before.required, one)) {
        let message = format!("the setter `request::{name}::{}({})` was added", one.name, one.ty);
        changes.compatible("setter-added", message);
    }
}

/// Returns the arguments that both have, as an argument of the function or as a setter.
fn in_both<'o>(before: &'o Operation, after: &'o Operation) -> Vec<Pair<'o>> {
    let all = |one: &'o Operation| one.required.iter().chain(&one.optional);
    let pairs = all(after).filter_map(|after| Some((all(before).find(|one| one.name == after.name)?, after)));
    pairs.collect()
}

fn argument(function: &str, before: &Argument, after: &Argument, changes: &mut Changes<'_>) {
    if before.ty != after.ty {
        let message = format!("`{function}` takes `{after}`, no longer `{before}`");
        changes.breaking("argument-type", message);
    }
    match (before.deprecated, after.deprecated) {
        (false, true) => {
            let message = format!("`{}` of `{function}` is deprecated", after.name);
            changes.compatible("argument-deprecated", message);
        }
        (true, false) => {
            let message = format!("`{}` of `{function}` is no longer deprecated", after.name);
            changes.compatible("argument-not-deprecated", message);
        }
        _ => {}
    }
    if before.docs != after.docs {
        let message = format!("the documentation of `{}` of `{function}` has changed", after.name);
        changes.documentation("docs", message);
    }
}
