//! The members of an action (Overlay 1.1, section 4.4.3).

use serde_json::{Map, Value};

use super::wrong;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Pointer;

const KNOWN: [&str; 5] = ["target", "description", "update", "remove", "copy"];

fn unknown(action: &Value) -> impl Iterator<Item = &String> {
    let names = action.as_object().into_iter().flat_map(Map::keys);
    names.filter(|name| !KNOWN.contains(&name.as_str()) && !name.starts_with("x-"))
}

/// Reports the members of an action that Overlay does not know, unless what the action lacks is reported.
pub(super) fn check(action: &Value, at: &Pointer) -> Vec<Diagnostic> {
    let has = |name: &&str| action.get(*name).is_some();
    if !has(&"target") || !["update", "remove", "copy"].iter().any(has) {
        return Vec::new();
    }
    let found = unknown(action).map(|name| {
        let message = format!("`{name}` is unknown here and has no effect");
        let told = Diagnostic::new(Code::UnknownKey, &at.join(name), message).of_key();
        match nearest(name, KNOWN) {
            _ if action.get("update").is_some_and(Value::is_null) => told.help("indent it below `update`"),
            Some(meant) => told.help(format!("did you mean `{meant}`?")),
            None => told.help(format!("an action has `{}`", KNOWN.join("`, `"))),
        }
    });
    found.collect()
}

/// What is wrong with an `update` that has no value, as what belongs to it is probably not indented. A single value, or an item of
/// a list, may be meant to be null.
pub(super) fn without_value(action: &Value, may_be_null: bool, at: &Pointer) -> Option<Diagnostic> {
    let update = action.get("update")?;
    let is_mistake = update.is_null() && !(may_be_null && unknown(action).next().is_none());
    let told = || wrong(&at.join("update"), "`update` has no value").of_key();
    is_mistake.then(|| told().help("indent what belongs to it"))
}
