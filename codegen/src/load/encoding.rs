//! Defaults of encodings, which depend on whether another member is there. openapiv3 does not distinguish that.

use serde_json::{Value, json};

use super::part::Part;

/// Fills in `explode` of a style, and the style of an `explode` (OpenAPI 3.0, section 4.7.15.1).
pub(super) fn complete(value: &mut Value, part: Part) {
    let Value::Object(members) = value else { return };
    if part != Part::Encoding {
        return;
    }
    match (members.get("style"), members.get("explode")) {
        (Some(Value::String(style)), None) => {
            let explode = style == "form";
            members.insert("explode".to_owned(), json!(explode));
        }
        (None, Some(_)) => {
            members.insert("style".to_owned(), json!("form"));
        }
        _ => {}
    }
}
