//! Operations, paths and members of the document where OpenAPI does not look for them, as they are indented too little or too deep.

use serde_json::{Map, Value, json};

use super::members::{self, METHODS};
use super::part::Part;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// Members of schemas that typed parsing skips, and whose values are schemas or any values.
const KEYWORDS: [&str; 15] = [
    "additionalItems",
    "const",
    "contains",
    "contentSchema",
    "default",
    "else",
    "example",
    "examples",
    "if",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "xml",
    "$ref",
];

/// What is wrong with a member that a part does not have, if it belongs elsewhere.
pub(super) fn member(name: &str, value: &Value, part: Part, place: impl Fn() -> Pointer) -> Option<Diagnostic> {
    let (message, help) = if name.starts_with('/') && value.is_object() {
        (
            format!("the path `{name}` is not directly below `paths`"),
            "its operations are not generated; move it there",
        )
    } else if part != Part::PathItem && METHODS.contains(&name) && is_operation(value) {
        (
            format!("`{name}` is a method, but it is not directly below a path"),
            "its operation is not generated; move it there",
        )
    } else if part == Part::Schema && !KEYWORDS.contains(&name) && is_schema(value) {
        (
            format!("`{name}` looks like a property, but it is not directly below `properties`"),
            "it is not generated; move it there",
        )
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::UnknownKey, &place(), message).of_key().help(help))
}

/// What is wrong with a component that is not in its section, or with a section of components beside `components`.
pub(super) fn component(name: &str, value: &Value, part: Part, place: impl Fn() -> Pointer) -> Option<Diagnostic> {
    let is_combined = ["allOf", "oneOf", "anyOf"].iter().any(|list| value[list].is_array());
    let (what, section) = match part {
        Part::Document if value.is_object() && members::known(Part::Components).any(|known| known == name) => {
            let message = format!("`{name}` is a member of `components`, but it is not below it");
            let told = Diagnostic::new(Code::UnknownKey, &place(), message);
            return Some(told.help("it has no effect; move it there"));
        }
        Part::Components if SCHEMES.iter().any(|scheme| value["type"] == **scheme) => {
            ("security scheme", "securitySchemes")
        }
        Part::Components if value["in"].is_string() && value["name"].is_string() => ("parameter", "parameters"),
        Part::Components if is_schema(value) || value["properties"].is_object() || is_combined => ("schema", "schemas"),
        _ => return None,
    };
    let message = format!("`{name}` looks like a {what}, but it is directly below `components`");
    let told = Diagnostic::new(Code::UnknownKey, &place(), message);
    Some(told.help(format!("it has no effect; move it below `{section}`")))
}

/// The types of security schemes.
const SCHEMES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

/// Members that make a schema of what they are in. A text about it is none of them.
const OF_SCHEMAS: [&str; 8] = ["$ref", "type", "properties", "items", "allOf", "oneOf", "anyOf", "enum"];

/// What is wrong with a media type that is written as a schema is. It gets one that allows any value, as a missing one would be
/// reported, too.
pub(super) fn schema(members: &mut Map<String, Value>, version: Version, at: &Pointer) -> Option<Diagnostic> {
    if members.contains_key("schema") {
        return None;
    }
    // Since OpenAPI 3.2, a reference may stand for a media type.
    let may_refer = version >= Version::V3_2;
    let is_misplaced = |name: &&str| members.contains_key(*name) && !(may_refer && *name == "$ref");
    let name = OF_SCHEMAS.into_iter().find(is_misplaced)?;
    members.insert("schema".to_owned(), json!({}));
    let message = format!("`{name}` belongs to a schema, but it is directly below a media type");
    let told = Diagnostic::new(Code::UnknownKey, &at.join(name), message).of_key();
    Some(told.help("it is ignored, so any value is accepted; write it below `schema`"))
}

/// What is wrong with a path that does not begin with a slash (OpenAPI 3.0, section 4.7.8).
pub(super) fn path(path: &str, value: &Value, at: &Pointer) -> Diagnostic {
    if let Some(told) = member(path, value, Part::Document, || at.clone()) {
        return told;
    }
    let told = |message: String, help: String| Diagnostic::new(Code::UnknownKey, at, message).of_key().help(help);
    let has_operations = METHODS.iter().any(|method| value.get(method).is_some());
    for (part, of, help) in [
        (
            Part::Document,
            "the document",
            "it is ignored; write it without indentation",
        ),
        (Part::Components, "`components`", "it is ignored; move it there"),
    ] {
        if !has_operations && members::known(part).any(|known| known == path) {
            let message = format!("`{path}` is a member of {of}, but it is below `paths`");
            return told(message, help.to_owned());
        }
    }
    let message = format!("the path `{path}` does not start with a slash");
    let help = match split_url(path) {
        Some((server, path)) => format!("write `{path}`, and `{server}` as the `url` of a server"),
        None => format!("write `/{path}`"),
    };
    told(message, format!("its operations are not generated; {help}"))
}

/// Whether a value looks like an operation.
pub(super) fn is_operation(value: &Value) -> bool {
    value.get("responses").is_some() || value.get("operationId").is_some()
}

/// Whether a value looks like a schema.
fn is_schema(value: &Value) -> bool {
    let types = ["array", "boolean", "integer", "number", "object", "string"];
    let has_type = value["type"].as_str().is_some_and(|name| types.contains(&name));
    has_type
        || value["$ref"]
            .as_str()
            .is_some_and(|reference| reference.starts_with('#'))
}

/// The server and the path of a URL, if it is one.
fn split_url(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let host = rest.find('/').unwrap_or(rest.len());
    let (server, path) = text.split_at_checked(scheme.len() + "://".len() + host)?;
    Some((server, if path.is_empty() { "/" } else { path }))
}
