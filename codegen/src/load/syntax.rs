//! Syntax errors.

use serde_json::Value;

use super::events::DEEPEST;

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
