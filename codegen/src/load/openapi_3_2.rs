//! Converts OpenAPI 3.2 to 3.1. Additions that no code is generated for are reported.

use serde_json::{Map, Value, json};

use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Rewrites OpenAPI 3.2 as 3.1.
pub(super) fn rewrite(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    let mut note = |member: &str, message: &str| {
        notes.push(Diagnostic::new(Code::Ignored, &at.pointer().join(member), message));
    };
    // Members without an equivalent in 3.1, and what is reported.
    let new: &[(&str, &str)] = match part {
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
                "a reference to a media type is not followed; any JSON value is accepted",
            ),
        ],
        Part::Components => &[("mediaTypes", "references to media types are not followed")],
        _ => &[],
    };
    for (name, message) in new {
        if members.shift_remove(*name).is_some() {
            note(name, message);
        }
    }
    match part {
        Part::PathItem | Part::Operation | Part::Components => whole_query(members, at, notes),
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

/// Removes parameters for the whole query string.
fn whole_query(members: &mut Map<String, Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let mut stays = |parameter: &Value, name: &dyn std::fmt::Display| {
        let is_whole = parameter["in"] == "querystring";
        if is_whole {
            let at = at.pointer().join("parameters").join(name);
            let message = "a parameter for the whole query string is not supported";
            notes.push(Diagnostic::new(Code::Ignored, &at, message));
        }
        !is_whole
    };
    match members.get_mut("parameters") {
        Some(Value::Array(parameters)) => {
            let mut index = 0..;
            parameters.retain(|parameter| stays(parameter, &index.next().unwrap_or_default()));
        }
        Some(Value::Object(parameters)) => parameters.retain(|name, parameter| stays(parameter, name)),
        _ => {}
    }
}
