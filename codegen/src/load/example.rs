//! Examples and defaults that contradict the schemas beside them.

use serde_json::Value;

use super::instance::{Problem, problems};
use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// What is wrong with the examples and defaults of a document: its schemas, media types, parameters and headers.
pub(super) fn check(document: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    find(document, document, Part::Document, &Pointer::root(), &mut found);
    found
}

/// Looks at the examples of a part, and at those of the parts below it.
fn find(document: &Value, value: &Value, part: Part, at: &Pointer, found: &mut Vec<Diagnostic>) {
    let schema = match part {
        Part::Schema => Some(value),
        Part::MediaType if !is_json(at) => None,
        Part::MediaType | Part::Parameter | Part::Header => value.get("schema"),
        _ => None,
    };
    if let Some(schema) = schema {
        let examples = examples(document, value, at).into_iter();
        found.extend(
            examples.filter_map(|(example, place)| contradiction(document, schema, example, &place, "example")),
        );
    }
    // Null as a default says that there is none.
    if let (Part::Schema, Some(default)) = (part, value.get("default").filter(|default| !default.is_null())) {
        found.extend(contradiction(document, value, default, &at.join("default"), "default"));
    }
    for (value, part, at) in part.parts(value, at) {
        find(document, value, part, &at, found);
    }
}

/// Whether a place is in the content of a JSON media type.
fn is_json(at: &Pointer) -> bool {
    let name = at
        .steps()
        .last()
        .map_or("", |name| name.split(';').next().unwrap_or_default());
    let name = name.trim().to_ascii_lowercase();
    name == "application/json" || name.ends_with("+json") || name == "*/*"
}

/// The examples of a part, each with its place: `example`, a list of `examples` (JSON Schema, section 9.5), or named ones with a `value`.
fn examples<'d>(document: &'d Value, part: &'d Value, at: &Pointer) -> Vec<(&'d Value, Pointer)> {
    let mut examples: Vec<_> = part
        .get("example")
        .map(|one| (one, at.join("example")))
        .into_iter()
        .collect();
    let at = at.join("examples");
    match part.get("examples") {
        Some(Value::Array(list)) => examples.extend(list.iter().enumerate().map(|(index, one)| (one, at.join(index)))),
        Some(Value::Object(named)) => {
            let named = named
                .iter()
                .filter_map(|(name, one)| match one["$ref"].as_str().map(Pointer::of_reference) {
                    Some(place) => place.and_then(|place| Some((document.pointer(&place.path())?, place))),
                    None => Some((one, at.join(name))),
                });
            examples.extend(named.filter_map(|(one, place)| Some((one.get("value")?, place.join("value")))));
        }
        _ => {}
    }
    examples
}

/// What an example or a default has that its schema does not allow.
fn contradiction(document: &Value, schema: &Value, example: &Value, at: &Pointer, what: &str) -> Option<Diagnostic> {
    let mut wrong = problems(document, schema, example);
    let mut is_text = false;
    // JSON is often written as a text.
    if !wrong.is_empty()
        && let Some(json) = example.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        wrong = problems(document, schema, &json);
        is_text = true;
    }
    let (
        Problem {
            at: path,
            expected,
            found,
        },
        others,
    ) = wrong.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        number => format!(", and {number} more"),
    };
    let message = format!(
        "the {what} has {found} at `{}`, where the schema expects {expected}{more}",
        json_path(path)
    );
    let place = if is_text { at.clone() } else { at.extend(path) };
    let help = match what {
        "default" => "fix the default or the schema with an overlay",
        _ => "if servers send what the example has, fix the schema with an overlay",
    };
    Some(Diagnostic::new(Code::Example, &place, message).help(help))
}

/// A place in an example as a JSONPath (RFC 9535), in its short form where that can be.
fn json_path(path: &[String]) -> String {
    let mut text = "$".to_owned();
    for step in path {
        let is_name = step.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let is_plain = step.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        match () {
            () if is_name && is_plain => text.push_str(&format!(".{step}")),
            () if step.chars().all(|c| c.is_ascii_digit()) => text.push_str(&format!("[{step}]")),
            () => text.push_str(&format!("['{step}']")),
        }
    }
    text
}
