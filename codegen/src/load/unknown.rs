//! Members that OpenAPI does not know. Typed parsing skips them, so what was meant would be missing without a word.

use serde_json::{Map, Value};

use super::members::{self, METHODS};
use super::part::Part;
use super::version::Version;
use super::{keys, misplaced};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::{Pointer, Step};

/// The members of a path for methods that OpenAPI 3.2 adds, which its own conversion reports.
const OF_3_2: [&str; 2] = ["query", "additionalOperations"];

/// Reports the members of a part that are probably misspelled or misplaced. Other unknown members are common in published documents.
pub(super) fn check(value: &mut Value, part: Part, version: Version, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    let mut misspelled = Vec::new();
    // What is not indented below `properties` is reported there.
    let is_below_nothing = part == Part::Schema && members.get("properties").is_some_and(Value::is_null);
    for (name, value) in members.iter() {
        let place = || at.pointer().join(name);
        let told = if members::known(part).any(|known| known == name) || name == "$ref" {
            None
        } else if name.starts_with("x-") || meant_as_ours(name).is_some() {
            extension(name, place)
        } else if let Some(told) = misplaced::member(name, value, part, place)
            .filter(|_| !(is_below_nothing || part == Part::Schema && is_like_keyword(members, name)))
        {
            Some(told)
        } else if let Some(told) = misplaced::component(name, value, part, place) {
            Some(told)
        } else if part == Part::PathItem && (OF_3_2.contains(&name.as_str()) || misplaced::is_operation(value)) {
            operation(name, version, place)
        } else {
            let told = unknown(members, name, part, version, place);
            misspelled.extend(told.iter().map(|_| name.clone()));
            told
        };
        notes.extend(told.map(Diagnostic::of_key));
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
        Part::Document => keys::paths(members.get_mut("paths"), at, notes),
        Part::Operation => keys::statuses(members.get_mut("responses"), at, notes),
        Part::RequestBody | Part::Response | Part::Parameter | Part::Header => {
            keys::media_types(members.get("content"), at, notes);
        }
        Part::MediaType => notes.extend(misplaced::schema(members, version, &at.pointer())),
        _ => {}
    }
}

/// Whether a member of a schema is rather a misspelled keyword whose value is a schema, than a property.
fn is_like_keyword(members: &Map<String, Value>, name: &str) -> bool {
    let may_be = |of: &str| match members.get("type") {
        Some(Value::Array(types)) => types.iter().any(|own| own == of),
        Some(own) => own == of,
        None => of == "object" || !members.contains_key("properties"),
    };
    let keywords = [("items", "array"), ("additionalProperties", "object")];
    keywords
        .into_iter()
        .any(|(keyword, of)| may_be(of) && nearest(name, [keyword]).is_some())
}

/// What is wrong with a member that is probably misspelled, or of another version of OpenAPI.
fn unknown(
    members: &Map<String, Value>,
    name: &str,
    part: Part,
    version: Version,
    place: impl Fn() -> Pointer,
) -> Option<Diagnostic> {
    let is_missing = |name: &str| !members.contains_key(name) && members::is_needed(part, name, version);
    let is_reference = part.may_refer() && members.get(name)?.as_str().is_some_and(looks_like_reference);
    let help = match nearest(name, members::known(part).chain(is_reference.then_some("$ref"))) {
        Some(meant) if !is_missing(meant) => format!("did you mean `{meant}`?"),
        _ if name == "schema" && matches!(part, Part::Response | Part::RequestBody) => {
            "write it in `content`, below a media type such as `application/json`".to_owned()
        }
        // Below a method without a value, which is reported, it is meant as what belongs to it.
        _ if part == Part::PathItem
            && members::known(Part::Operation).any(|known| known == name)
            && !METHODS
                .iter()
                .any(|method| members.get(*method).is_some_and(Value::is_null)) =>
        {
            "it belongs to an operation; indent it below a method".to_owned()
        }
        _ => return None,
    };
    let message = format!("`{name}` is unknown here and has no effect");
    Some(Diagnostic::new(Code::UnknownKey, &place(), message).help(help))
}

/// What is wrong with a member of a path that is an operation, or several, and not of a known method.
fn operation(name: &str, version: Version, place: impl Fn() -> Pointer) -> Option<Diagnostic> {
    let (message, help) = match (OF_3_2.contains(&name), nearest(name, METHODS)) {
        (true, _) if version == Version::V3_2 => return None,
        (true, _) => (
            format!("`{name}` is of OpenAPI 3.2 and has no effect here"),
            "its operations are not generated".to_owned(),
        ),
        (false, Some(meant)) => (
            format!("`{name}` is not a method"),
            format!("its operation is not generated; did you mean `{meant}`?"),
        ),
        (false, None) => (
            format!("`{name}` is not a method"),
            "its operation is not generated".to_owned(),
        ),
    };
    Some(Diagnostic::new(Code::UnknownKey, &place(), message).help(help))
}

/// The extensions that are known here, after `x-rust-`.
const OURS: [&str; 4] = ["name", "long-task", "page", "placeholder"];

/// Atlassian's extensions that are read.
const ATLASSIANS: [&str; 4] = [
    "x-atlassian-connect-scope",
    "x-atlassian-data-security-policy",
    "x-atlassian-narrative",
    "x-atlassian-oauth2-scopes",
];

/// What is wrong with an extension that begins as ours do, or is one of them but for hyphens and underscores, or is one of
/// Atlassian's but for a typo. `x-rust-type` is known to other generators.
fn extension(name: &str, place: impl Fn() -> Pointer) -> Option<Diagnostic> {
    let word = name.strip_prefix("x-rust-");
    if word.is_some_and(|word| OURS.contains(&word) || word == "type") || ATLASSIANS.contains(&name) {
        return None;
    }
    let meant = meant_as_ours(name).or_else(|| nearest(word?, OURS));
    let help = match (meant, word) {
        (Some(meant), _) => format!("did you mean `x-rust-{meant}`?"),
        (None, Some(_)) => format!("`x-rust-{}` are known", OURS.join("`, `x-rust-")),
        (None, None) => format!("did you mean `{}`?", nearest(name, ATLASSIANS)?),
    };
    let message = format!("`{name}` is unknown and has no effect");
    Some(Diagnostic::new(Code::UnknownKey, &place(), message).help(help))
}

/// The extension of ours that a name is but for hyphens and underscores.
fn meant_as_ours(name: &str) -> Option<&'static str> {
    let letters = |name: &str| name.replace(['-', '_'], "").to_lowercase();
    let name = letters(name);
    let word = name.strip_prefix("xrust")?;
    OURS.into_iter().find(|own| letters(own) == word)
}

/// Reports and removes members that have no value, where typed parsing would read something else without them: what belongs below
/// them is probably not indented.
fn without_value(members: &mut Map<String, Value>, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let names: &[&str] = match part {
        Part::Document => &["components"],
        Part::PathItem => &METHODS,
        Part::Operation => &["requestBody"],
        Part::MediaType => &["schema"],
        Part::Schema => &[
            "type",
            "properties",
            "items",
            "additionalProperties",
            "enum",
            "allOf",
            "oneOf",
            "anyOf",
            "required",
        ],
        Part::Flows => &["implicit", "password", "clientCredentials", "authorizationCode"],
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
