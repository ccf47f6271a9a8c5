//! Values that a document probably has by a slip in its YAML, where an overlay expects an object or a list.

use serde_json::Value;

/// What to correct in the document.
pub(super) fn slip(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("in the document, indent what belongs to it"),
        Value::String(text) if is_member(text) => Some("in the document, write a space behind the colon"),
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
