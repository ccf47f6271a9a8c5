//! Converts OpenAPI 3.2 to 3.1. Additions that no code is generated for are reported.

use serde_json::{Value, json};

use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Marks a parameter for the whole query string.
pub(crate) const WHOLE_QUERY: &str = "x-whole-query";

/// Rewrites OpenAPI 3.2 as 3.1.
pub(super) fn rewrite(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    let mut note = |member: &str, message: &str| {
        notes.push(Diagnostic::new(Code::Ignored, &at.pointer().join(member), message));
    };
    // Without a schema, that would be reported, too.
    if part == Part::MediaType && members.contains_key("$ref") {
        members.entry("schema").or_insert_with(|| json!({}));
    }
    for (name, message) in without_equivalent(part) {
        if members.shift_remove(*name).is_some() {
            note(name, message);
        }
    }
    match part {
        // It stays where it is, so that the parameters after it keep their indices.
        Part::Parameter if members.get("in").is_some_and(|place| place == "querystring") => {
            members.shift_remove("content");
            members.insert("in".to_owned(), json!("query"));
            members.insert("schema".to_owned(), json!({}));
            members.insert(WHOLE_QUERY.to_owned(), json!(true));
        }
        Part::Parameter if members.get("style").is_some_and(|style| style == "cookie") => {
            members.shift_remove("style");
        }
        // It is optional now, and may have a summary beside it.
        Part::Response if !members.contains_key("$ref") && !members.contains_key("description") => {
            let summary = members.get("summary").cloned();
            members.insert("description".to_owned(), summary.unwrap_or_else(|| json!("")));
        }
        _ => {}
    }
}

/// The members of a part without an equivalent in 3.1, and what is reported.
fn without_equivalent(part: Part) -> &'static [(&'static str, &'static str)] {
    match part {
        Part::PathItem => &[
            ("query", "operations with the method QUERY are not generated"),
            (
                "additionalOperations",
                "operations with other methods are not generated",
            ),
        ],
        Part::MediaType => &[
            (
                "itemSchema",
                "streamed items are not supported; the body is read as a whole",
            ),
            ("itemEncoding", "parts of a body are matched by name, not by position"),
            ("prefixEncoding", "parts of a body are matched by name, not by position"),
            (
                "$ref",
                "a reference to a media type is not followed; any value is accepted",
            ),
        ],
        Part::Flows => &[(
            "deviceAuthorization",
            "the flow for devices is not supported; its URLs are not in the module",
        )],
        Part::Discriminator => &[(
            "defaultMapping",
            "the default is not used; a value that no mapping names becomes the variant that fits it best",
        )],
        _ => &[],
    }
}
