//! Merging what an action adds into the document.

use std::fmt;

use serde_json::Value;

use super::slip::slip;
use super::{Overlaying, Version, node, wrong};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::shape::kind;
use crate::pointer::Pointer;
use crate::source::{Change, Origin};

/// What is merged into the targets of an action: an `update`, or the node that `copy` selects.
pub(super) struct Addition {
    pub value: Value,
    /// The place in the overlay.
    pub source: Pointer,
    /// Whether it was copied from the document, so that its parts have no place in the overlay.
    pub is_copied: bool,
}

impl Addition {
    /// The place of a part that is `step` below the place of the whole.
    fn below(&self, source: &Pointer, step: impl fmt::Display) -> Pointer {
        if self.is_copied {
            source.clone()
        } else {
            source.join(step)
        }
    }
}

impl Overlaying<'_> {
    /// Whether the targets are all objects, all lists, or all neither (Overlay 1.1, section 4.4.3.1).
    pub(super) fn are_alike(&mut self, document: &Value, targets: &[Pointer], at: &Pointer) -> bool {
        let kinds = targets
            .iter()
            .filter_map(|target| Some((target, Kind::of(node(document, target)?))));
        let kinds: Vec<_> = kinds.collect();
        let Some((first, kind)) = kinds.first() else {
            return true;
        };
        let Some((other, other_kind)) = kinds.iter().find(|(_, other)| other != kind) else {
            return true;
        };
        if self.version < Version::V1_1 {
            // Each mismatch is reported separately.
            return true;
        }
        let mut nodes = targets.iter().filter_map(|target| node(document, target));
        if nodes.any(|node| slip(node).is_some()) {
            // So is what the document has by mistake.
            return true;
        }
        let message = format!("the targets are of different kinds: {first} is {kind}, {other} is {other_kind}");
        self.found
            .push(wrong(at, message).help("write an action for each kind"));
        false
    }

    /// Merges an addition into a node that a target selects: an object takes an object, a list takes items, and anything else
    /// is replaced by another value of its kind.
    pub(super) fn merge_into_target(&mut self, node: &mut Value, addition: &Addition, target: &Pointer, at: &Pointer) {
        let (kind, added) = (Kind::of(node), Kind::of(&addition.value));
        if kind != Kind::List && kind != added {
            let told = mismatch(node, added, target, &addition.source);
            self.found.push(told.unwrap_or_else(|| {
                let message = format!("{target} is {kind}, so the value to merge must be one, too");
                wrong(&addition.source, message).related("it is defined here", target)
            }));
            return;
        }
        if kind == Kind::Primitive && self.version < Version::V1_1 {
            let message = format!("{target} is neither an object nor a list");
            let help = "Overlay 1.1 can replace it: write `overlay: 1.1.0` at the top";
            self.found.push(wrong(&at.join("target"), message).help(help));
            return;
        }
        self.merge(node, &addition.value, addition, target, &addition.source);
    }

    /// Merges a value into a node.
    fn merge(&mut self, node: &mut Value, value: &Value, addition: &Addition, place: &Pointer, source: &Pointer) {
        match (node, value) {
            (Value::Object(object), Value::Object(members)) => {
                for (name, value) in members {
                    let (place, source) = (place.join(name), addition.below(source, name));
                    match object.get_mut(name) {
                        Some(known) if Kind::of(known) == Kind::of(value) => {
                            if known.is_object() {
                                self.note_component(&place, &source);
                            }
                            self.merge(known, value, addition, &place, &source);
                        }
                        Some(known) if self.version >= Version::V1_1 => {
                            let kind = Kind::of(value);
                            let told = mismatch(known, kind, &place, &source);
                            self.found.push(told.unwrap_or_else(|| {
                                let known = Kind::of(known);
                                let message = format!("{place} is {known} and cannot be merged with {kind}");
                                let told = wrong(&source, message).related("it is defined here", &place);
                                told.help("remove it with an action before this one")
                            }));
                        }
                        _ => {
                            self.came(place, source);
                            object.insert(name.clone(), value.clone());
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(added)) => {
                for (number, value) in added.iter().enumerate() {
                    self.came(place.join(items.len()), addition.below(source, number));
                    items.push(value.clone());
                }
            }
            (Value::Array(items), value) => {
                self.came(place.join(items.len()), source.clone());
                items.push(value.clone());
            }
            (node, value) => {
                self.came(place.clone(), source.clone());
                *node = value.clone();
            }
        }
    }

    /// Notes a component that is defined already, which the target does not name.
    fn note_component(&mut self, place: &Pointer, source: &Pointer) {
        let [components, _, name] = place.steps() else { return };
        if components == "components" {
            let target = place.json_path();
            let message = format!("the action adds `{name}`, which is defined already");
            let help = format!(
                "the two are merged; if that is meant, use the target `{target}`, else remove it from the action"
            );
            let told = Diagnostic::new(Code::OverlayMerge, source, message).of_key().help(help);
            self.found.push(told.related("it is defined here", place));
        }
    }

    fn came(&mut self, place: Pointer, source: Pointer) {
        self.changes.push(Change::Filled(Origin {
            place,
            text: self.text,
            source,
        }));
    }
}

/// What is wrong with a node that is of another kind than what is merged into it, because of a slip in the document.
fn mismatch(node: &Value, added: Kind, place: &Pointer, source: &Pointer) -> Option<Diagnostic> {
    let slip = slip(node).filter(|_| added != Kind::Primitive)?;
    let found = kind(node);
    let message = format!("{place} is {found}, which {added} cannot be merged into");
    let told = wrong(source, message).help(format!("the overlay may be right; {slip}"));
    Some(told.related(format!("this is {found}"), place))
}

/// The kinds of values that merging distinguishes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    List,
    Primitive,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::List,
            _ => Self::Primitive,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Primitive => "a single value",
        })
    }
}
