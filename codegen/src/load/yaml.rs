//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use std::cell::Cell;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::syntax::{Parsed, SyntaxError, repeated, too_deep};
use super::value::Json;
use super::{events, json, slips};

/// Reads a text of YAML, of which JSON is a part. Members keep their order.
pub(crate) fn parse(text: &str) -> Result<Parsed, Vec<SyntaxError>> {
    let text = without_mark(text);
    // JSON has escapes that the YAML parser refuses (surrogate pairs). What is no JSON may still be YAML.
    let no_json = match json::parse(text) {
        Some(Ok(parsed)) => return Ok(parsed),
        Some(Err(error)) if json::has_comment(text, &error) => return Err(vec![error]),
        Some(Err(error)) => Some(error),
        None => None,
    };
    let repeats = Cell::new(false);
    let value = match events::too_deep(text) {
        Some(place) => Err(too_deep(Some(place))),
        None => read(text, &repeats),
    };
    match value {
        Err(error) => Err(vec![slips::conflict(text).or(no_json).unwrap_or(error)]),
        Ok(_) if repeats.get() => Err(repeated(text)),
        Ok(value) => Ok(Parsed {
            value,
            repeated: Vec::new(),
        }),
    }
}

fn read(text: &str, repeats: &Cell<bool>) -> Result<Value, SyntaxError> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok(Value::Null);
    };
    let value = Json { repeats }
        .deserialize(first)
        .map_err(|error| syntax_error(text, &error))?;
    match documents.next() {
        None => Ok(value),
        Some(_) => Err(SyntaxError {
            message: "a second document starts here".to_owned(),
            place: events::second_document(text),
            help: Some("a file must contain one document; save each in its own file".to_owned()),
            first: None,
        }),
    }
}

/// A text without the mark that some editors put before it (YAML 1.2, section 5.2).
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn syntax_error(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    let place = error.location().map(|at| (at.line(), at.column()));
    let mut message = error.to_string();
    if message.contains("recursion limit exceeded") {
        return too_deep(place);
    }
    // The place is printed on its own line.
    if let Some(cut) = message.find(" at line ") {
        message.truncate(cut);
    }
    SyntaxError {
        help: place.and_then(|place| slips::help(text, &message, place)),
        message,
        place,
        first: None,
    }
}
