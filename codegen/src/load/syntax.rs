//! Syntax errors.

use serde_json::Value;

use super::events::{self, DEEPEST};

/// A syntax error, and its location.
#[derive(Clone, Debug)]
pub(crate) struct SyntaxError {
    pub message: String,
    /// The line and column, counted from 1.
    pub place: Option<(usize, usize)>,
    pub help: Option<String>,
    /// A related place, and a description of it.
    pub related: Option<(&'static str, (usize, usize))>,
}

/// A text that could be read.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub value: Value,
    /// Duplicate keys, which JSON allows: the last one counts.
    pub repeated: Vec<SyntaxError>,
}

pub(super) fn too_deep(place: Option<(usize, usize)>) -> SyntaxError {
    SyntaxError {
        message: format!("this is nested more than {DEEPEST} levels deep"),
        place,
        help: Some("move the inner part to a component, and refer to it with `$ref`".to_owned()),
        related: None,
    }
}

/// Reports duplicate keys.
pub(super) fn repeated(text: &str) -> Vec<SyntaxError> {
    let found = events::repeated(text).into_iter().map(|again| SyntaxError {
        message: format!("the key `{}` appears twice", again.key),
        place: Some(again.place),
        help: again
            .is_quoted_otherwise
            .then(|| "quoting does not make it a different key".to_owned()),
        related: Some(("first occurrence", again.first)),
    });
    let mut found: Vec<SyntaxError> = found.collect();
    if found.is_empty() {
        found.push(SyntaxError {
            message: "a key appears twice".to_owned(),
            place: None,
            help: None,
            related: None,
        });
    }
    found
}
