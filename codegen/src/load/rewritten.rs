//! Which parts of the document the parts of rewritten schemas were.

use std::collections::BTreeMap;

use crate::pointer::{Pointer, Step};

/// How schemas were rewritten, in the order in which it was done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rewritten(BTreeMap<Pointer, Vec<Rewrite>>);

/// A change of a schema.
#[derive(Clone, Debug)]
pub(super) enum Rewrite {
    /// A part has another place, in steps below the schema.
    Moved {
        from: Vec<String>,
        to: &'static [&'static str],
    },
    /// The reference became the first item of `allOf`.
    Referred,
    /// Each type became an alternative. The indices of the types in their list.
    Split(Vec<usize>),
}

impl Rewritten {
    pub(super) fn add(&mut self, at: &Step<'_>, rewrites: Vec<Rewrite>) {
        if !rewrites.is_empty() {
            self.0.insert(at.pointer(), rewrites);
        }
    }

    /// The place of a part in the document as it was written.
    pub(crate) fn original(&self, pointer: Pointer) -> Pointer {
        let mut pointer = pointer;
        if self.0.is_empty() {
            return pointer;
        }
        // Outer schemas were rewritten first.
        for length in (0..pointer.steps().len()).rev() {
            let Some((at, rest)) = pointer.split_at(length) else {
                continue;
            };
            if let Some(rewrites) = self.0.get(&at) {
                let rest = rewrites.iter().rev().fold(rest, |rest, rewrite| rewrite.undone(rest));
                pointer = at.extend(&rest);
            }
        }
        pointer
    }
}

impl Rewrite {
    /// The steps below the schema before it was rewritten.
    fn undone(&self, steps: Vec<String>) -> Vec<String> {
        let text: Vec<&str> = steps.iter().map(String::as_str).collect();
        match (self, text.as_slice()) {
            (Self::Moved { from, to }, _) => match text.strip_prefix(*to) {
                Some(rest) => from
                    .iter()
                    .map(String::as_str)
                    .chain(rest.iter().copied())
                    .map(str::to_owned)
                    .collect(),
                None => steps,
            },
            (Self::Referred, ["allOf", "0", ..]) => vec!["$ref".to_owned()],
            (Self::Referred, ["allOf", index, rest @ ..]) => {
                let before = index.parse().map_or(0, |index: usize| index.saturating_sub(1));
                let path = ["allOf".to_owned(), before.to_string()];
                path.into_iter()
                    .chain(rest.iter().map(|step| (*step).to_owned()))
                    .collect()
            }
            (Self::Split(types), ["anyOf", index, rest @ ..]) => {
                let place = index.parse().ok().and_then(|index: usize| types.get(index));
                match (place, rest) {
                    (Some(place), ["type"]) => vec!["type".to_owned(), place.to_string()],
                    _ => rest.iter().map(|step| (*step).to_owned()).collect(),
                }
            }
            _ => steps,
        }
    }
}
