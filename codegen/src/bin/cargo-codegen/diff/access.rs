//! Changes of the access that an operation needs.

use std::collections::BTreeSet;

use confluence_codegen::outline::{Operation, Scopes};

use super::change::Changes;

/// Scopes and security schemes. A client that knows its scopes rejects operations that need others, so an added scope is a
/// breaking change.
pub fn access(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
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
    if old == new && before.scopes != after.scopes {
        regrouped(name, &before.scopes, &after.scopes, changes);
    }
    security(before, after, changes);
}

/// The same scopes, as other alternatives or of another scheme. A token that has one of the old alternatives may no longer suffice.
fn regrouped(name: &str, before: &[Scopes], after: &[Scopes], changes: &mut Changes<'_>) {
    let shown = |groups: &[Scopes]| {
        let groups = groups.iter();
        let groups = groups.map(|one| format!("`{}` ({}, {})", one.scopes.join("`, `"), one.scheme, one.state));
        groups.collect::<Vec<_>>().join(" or ")
    };
    let message = format!(
        "the scopes of `{name}` are {}, no longer {}",
        shown(after),
        shown(before)
    );
    let meets = |old: &Scopes, new: &Scopes| new.scopes.iter().all(|scope| old.scopes.contains(scope));
    match before.iter().all(|old| after.iter().any(|new| meets(old, new))) {
        true => changes.compatible("scopes", message),
        false => changes.breaking("scopes", message),
    }
}

/// The requirements of security schemes.
fn security(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let name = &after.function;
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
