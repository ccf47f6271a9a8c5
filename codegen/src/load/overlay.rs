//! OpenAPI Overlay 1.0 and 1.1: changes to a document, kept beside it.

mod action;
mod lost;
mod merge;
mod no_match;
mod slip;

use serde_json::{Map, Value};

pub(super) use self::lost::lost;
use self::merge::Addition;
pub(super) use self::no_match::doubt;
use self::no_match::no_match;
use super::target::{help, select};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest;
use crate::pointer::Pointer;
use crate::source::{Change, Origin};

/// Applies the actions of an overlay in their order (Overlay 1.1, section 4.4.3), and returns what is wrong with it.
///
/// `text` is the overlay's number among the texts of the document; what the actions change is noted in `changes`.
pub(super) fn apply(document: &mut Value, overlay: &Value, text: usize, changes: &mut Vec<Change>) -> Vec<Diagnostic> {
    let root = Pointer::root();
    let version = match overlay["overlay"].as_str() {
        Some(version) if version.starts_with("1.0.") => Version::V1_0,
        Some(version) if version.starts_with("1.1.") => Version::V1_1,
        Some(version) => {
            let message = format!("Overlay version {version} is not supported; 1.0 and 1.1 are");
            return vec![wrong(&root.join("overlay"), message)];
        }
        None if overlay["overlay"].is_number() => {
            let message = format!("the version is the number {}, not a string", overlay["overlay"]);
            return vec![wrong(&root.join("overlay"), message).help("write '1.1.0' in quotes")];
        }
        None => {
            let told = wrong(&root, "this is not an overlay: `overlay: 1.1.0` is missing");
            return vec![misspelled(told, overlay, &["overlay"])];
        }
    };
    let at = root.join("actions");
    let actions = match &overlay["actions"] {
        Value::Array(actions) => actions,
        Value::Null => {
            let told = wrong(&root, "the overlay has no list of `actions`");
            return vec![misspelled(told, overlay, &["actions"])];
        }
        other => {
            let what = if other.is_object() {
                "an object"
            } else {
                "a single value"
            };
            let told = wrong(&at, format!("`actions` is {what}; a list is expected"));
            return vec![told.of_key().help("start each action with `- `")];
        }
    };
    let mut overlaying = Overlaying {
        changes,
        text,
        version,
        found: Vec::new(),
    };
    for (number, action) in actions.iter().enumerate() {
        overlaying.act(document, action, &at.join(number));
    }
    overlaying.found
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

fn wrong(at: &Pointer, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::Overlay, at, message)
}

/// Adds which member was probably meant to be one that is missing.
fn misspelled(told: Diagnostic, object: &Value, missing: &[&str]) -> Diagnostic {
    match nearest::misspelled(object, missing) {
        Some((typo, meant)) => told.help(format!("found `{typo}`; did you mean `{meant}`?")),
        None => told,
    }
}

/// The targets of an action.
fn targets(document: &Value, action: &Value, at: &Pointer) -> Result<Vec<Pointer>, Diagnostic> {
    let Some(target) = action["target"].as_str() else {
        return Err(misspelled(wrong(at, "the action has no `target`"), action, &["target"]));
    };
    selected(document, target, &at.join("target"), Code::OverlayNoMatch)
}

/// The places that a JSONPath selects, at least one; `none` is what it is called if there is none.
fn selected(document: &Value, path: &str, at: &Pointer, none: Code) -> Result<Vec<Pointer>, Diagnostic> {
    let places = select(document, path).map_err(|message| wrong(at, message).help(help(path)))?;
    if places.is_empty() {
        return Err(no_match(
            document,
            path,
            Diagnostic::new(none, at, format!("`{path}` matches nothing")),
        ));
    }
    Ok(places)
}

/// The node at a place.
fn node<'a>(document: &'a Value, at: &Pointer) -> Option<&'a Value> {
    document.pointer(&at.path())
}

/// An overlay that is being applied.
struct Overlaying<'a> {
    changes: &'a mut Vec<Change>,
    text: usize,
    version: Version,
    found: Vec<Diagnostic>,
}

impl Overlaying<'_> {
    /// Applies an action at a place in the overlay.
    fn act(&mut self, document: &mut Value, action: &Value, at: &Pointer) {
        self.found.extend(action::check(action, at));
        let is_removed = action["remove"] == Value::Bool(true);
        let targets = targets(document, action, at);
        let addition = if is_removed {
            Ok(None)
        } else {
            self.addition(document, action, at).map(Some)
        };
        let (mut targets, addition) = match (targets, addition) {
            (Ok(targets), Ok(addition)) => (targets, addition),
            (targets, addition) => {
                self.found.extend(targets.err());
                self.found.extend(addition.err());
                return;
            }
        };
        let Some(addition) = addition else {
            for unused in ["update", "copy"].iter().filter(|name| action.get(**name).is_some()) {
                let message = format!("`{unused}` has no effect beside `remove: true`");
                let told = Diagnostic::new(Code::Ignored, &at.join(unused), message);
                self.found
                    .push(told.help("remove one of them; to replace a value, write two actions"));
            }
            // From the back, so that the indices of list items stay valid.
            targets.reverse();
            for target in &targets {
                self.remove(document, target, at);
            }
            return;
        };
        let may_be_null = targets
            .iter()
            .filter_map(|target| node(document, target))
            .all(|node| match node {
                Value::Object(_) => false,
                Value::Array(_) => true,
                _ => self.version >= Version::V1_1,
            });
        if let Some(told) = action::without_value(action, may_be_null, at) {
            self.found.push(told);
            return;
        }
        if !self.are_alike(document, &targets, &at.join("target")) {
            return;
        }
        for target in &targets {
            if let Some(node) = document.pointer_mut(&target.path()) {
                self.merge_into_target(node, &addition, target, at);
            }
        }
    }

    /// Takes the node at a place out of its parent.
    fn remove(&mut self, document: &mut Value, target: &Pointer, at: &Pointer) {
        let dropped = Change::Dropped(Origin {
            place: target.clone(),
            text: self.text,
            source: at.clone(),
        });
        let Some((last, parent)) = target.steps().split_last() else {
            self.changes.push(dropped);
            *document = Value::Object(Map::new());
            return;
        };
        match document.pointer_mut(&Pointer::root().extend(parent).path()) {
            Some(Value::Object(object)) => {
                object.shift_remove(last);
                self.changes.push(dropped);
            }
            Some(Value::Array(items)) => {
                if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                    items.remove(index);
                    self.changes.push(Change::Removed(target.clone()));
                }
            }
            _ => {}
        }
    }

    /// What an action adds, unless it removes.
    fn addition(&self, document: &Value, action: &Value, at: &Pointer) -> Result<Addition, Diagnostic> {
        let copy = action.get("copy").filter(|_| self.version >= Version::V1_1);
        match (action.get("update"), copy) {
            (Some(_), Some(_)) => Err(wrong(
                at,
                "the action has both `update` and `copy`, but only one is allowed",
            )),
            (Some(update), None) => Ok(Addition {
                value: update.clone(),
                source: at.join("update"),
                is_copied: false,
            }),
            (None, Some(copy)) => {
                let at = at.join("copy");
                let Some(path) = copy.as_str() else {
                    return Err(wrong(&at, "`copy` must be a string with a JSONPath"));
                };
                let places = selected(document, path, &at, Code::Overlay)?;
                match places.as_slice() {
                    [place] => Ok(Addition {
                        value: node(document, place).cloned().unwrap_or_default(),
                        source: at,
                        is_copied: true,
                    }),
                    several => Err(wrong(
                        &at,
                        format!("`{path}` selects {} nodes; `copy` requires exactly one", several.len()),
                    )),
                }
            }
            (None, None) if action.get("copy").is_some() => {
                let help = "write `overlay: 1.1.0` at the top";
                Err(wrong(&at.join("copy"), "`copy` requires Overlay 1.1, but the overlay is 1.0").help(help))
            }
            (None, None) => {
                let told = wrong(at, "the action has none of `update`, `copy` and `remove: true`");
                Err(misspelled(told, action, &["update", "copy", "remove"]))
            }
        }
    }
}
