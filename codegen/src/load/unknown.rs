//! Members that OpenAPI does not know. Typed parsing skips them, so what was meant would be missing without a word.

use serde_json::{Map, Value};

use super::members::{self, METHODS};
use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Step;

/// Members of a path that are not methods, as far as the shapes do not have them.
const OF_PATHS: [&str; 3] = ["$ref", "query", "additionalOperations"];

/// Reports the members of a part that are probably misspelled. Other unknown members are common in published documents.
pub(super) fn check(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    let (_, kinds) = members::members(part);
    let known: Vec<&str> = kinds
        .iter()
        .flat_map(|(_, one, two)| one.iter().chain(*two))
        .copied()
        .collect();
    let is_missing = |name: &str| {
        let needed = kinds.iter().any(|(_, needed, _)| needed.contains(&name));
        needed && !members.contains_key(name)
    };
    let mut misspelled = Vec::new();
    for (name, value) in members.iter() {
        if name.starts_with("x-") || name == "$ref" || known.contains(&name.as_str()) {
            continue;
        }
        let is_reference = part.may_refer() && value.as_str().is_some_and(looks_like_reference);
        let known = known.iter().copied().chain(is_reference.then_some("$ref"));
        let meant = nearest(name, known);
        let here = || at.pointer().join(name);
        if part == Part::PathItem && !OF_PATHS.contains(&name.as_str()) && value.get("responses").is_some() {
            let told = Diagnostic::new(Code::UnknownKey, &here(), format!("`{name}` is not a method")).of_key();
            notes.push(told.help(match meant {
                Some(meant) => format!("its operation is not generated; did you mean `{meant}`?"),
                None => "its operation is not generated".to_owned(),
            }));
        } else if let Some(meant) = meant.filter(|meant| !is_missing(meant) && !members.contains_key(*meant)) {
            let message = format!("`{name}` is unknown here and has no effect");
            notes.push(
                Diagnostic::new(Code::UnknownKey, &here(), message)
                    .of_key()
                    .help(format!("did you mean `{meant}`?")),
            );
            misspelled.push(name.clone());
        }
    }
    // Parts that are made of a schema would repeat it.
    if part == Part::Schema {
        members.retain(|name, _| !misspelled.contains(name));
    }
    without_value(members, part, at, notes);
    if part != Part::Operation && members.contains_key("x-rust-name") {
        let place = at.pointer().join("x-rust-name");
        let told = Diagnostic::new(Code::Extension, &place, "`x-rust-name` names operations only");
        notes.push(told.of_key().help("ignored; other names follow those on the wire"));
    }
    match part {
        Part::Document => paths(members.get("paths"), at, notes),
        Part::Operation => statuses(members.get("responses"), at, notes),
        _ => {}
    }
}

/// Reports and removes members that have no value, where typed parsing would read something else without them: what belongs below
/// them is probably not indented.
fn without_value(members: &mut Map<String, Value>, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let names: &[&str] = match part {
        Part::Document => &["components"],
        Part::Operation => &["requestBody"],
        Part::MediaType => &["schema"],
        Part::Schema => &["properties", "items", "enum", "allOf", "oneOf", "anyOf", "required"],
        _ => return,
    };
    for name in names {
        if members.get(*name).is_some_and(Value::is_null) {
            members.shift_remove(*name);
            let told = Diagnostic::new(
                Code::NoValue,
                &at.pointer().join(name),
                format!("`{name}` has no value"),
            );
            notes.push(told.of_key().help("ignored; indent what belongs to it, or remove it"));
        }
    }
}

/// Whether a text leads to another part of the document, or to another file.
fn looks_like_reference(text: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    text.contains("#/") || ends.iter().any(|end| text.ends_with(end))
}

/// Every path begins with a slash (OpenAPI 3.0, section 4.7.8).
fn paths(paths: Option<&Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let paths = paths.and_then(Value::as_object).into_iter().flatten();
    for (path, value) in paths.filter(|(path, _)| !path.starts_with('/') && !path.starts_with("x-")) {
        let message = format!("the path `{path}` does not start with a slash");
        let told = Diagnostic::new(Code::UnknownKey, &at.pointer().join("paths").join(path), message).of_key();
        let is_method = METHODS.contains(&path.as_str()) && value.get("responses").is_some();
        notes.push(told.help(match is_method {
            true => format!("`{path}` is a method; indent it below a path"),
            false => format!("its operations are not generated; write `/{path}`"),
        }));
    }
}

/// A status is three digits, a class such as `4XX`, or `default`.
fn statuses(responses: Option<&Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let responses = responses.and_then(Value::as_object).into_iter().flatten();
    for (status, _) in responses.filter(|(status, _)| !is_status(status) && !status.starts_with("x-")) {
        let message = format!("`{status}` is not a status");
        let place = at.pointer().join("responses").join(status);
        let told = Diagnostic::new(Code::UnknownKey, &place, message).of_key();
        notes.push(told.help("the response is ignored; write three digits, a class such as `4XX`, or `default`"));
    }
}

fn is_status(text: &str) -> bool {
    let digits = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx"));
    let digits = digits.unwrap_or(text);
    let length = if digits.len() == text.len() { 3 } else { 1 };
    text == "default"
        || digits.len() == length && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}
