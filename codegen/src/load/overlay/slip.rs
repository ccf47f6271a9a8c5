//! Values that a document probably has by a slip in its YAML, where an overlay expects an object or a list.

use serde_json::Value;

use crate::load::members;
use crate::load::part::Part;

/// What to correct in the document.
pub(super) fn slip(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("in the document, indent what belongs to it"),
        Value::String(text) if is_member(text) => Some("in the document, write a space behind the colon"),
        Value::String(text) if has_no_colon(text) => Some("in the document, write a colon behind the key"),
        _ => None,
    }
}

/// Whether a text is a member whose colon lacks a space, such as `type:string`. In YAML it is one text with the lines below it.
fn is_member(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else {
        return false;
    };
    let is_word = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "$-_".contains(c));
    is_word(key) && value.starts_with(|c: char| !c.is_whitespace()) && !value.starts_with("//")
}

/// Whether a text is a member of a schema without a colon, such as `type string`.
fn has_no_colon(text: &str) -> bool {
    let key = text.split_whitespace().next();
    let mut known = members::known(Part::Schema).chain(["$ref"]);
    key.is_some_and(|key| known.any(|known| known == key))
}
