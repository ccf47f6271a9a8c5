//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::mend::Lines;
use super::syntax::{Parsed, SyntaxError, too_deep};
use super::value::{Json, Suspects};
use super::{events, json, repeated, slips, unclosed};

/// Reads a text of YAML, of which JSON is a part. Members keep their order.
pub(crate) fn parse(text: &str) -> Result<Parsed, Vec<SyntaxError>> {
    let text = without_mark(text);
    // JSON has escapes that the YAML parser refuses (surrogate pairs). What is no JSON may still be YAML.
    let no_json = match json::parse(text) {
        Some(Ok(parsed)) => return Ok(parsed),
        Some(Err(wrong)) if wrong.is_no_yaml => return Err(vec![wrong.error]),
        Some(Err(wrong)) => Some(wrong.error),
        None => None,
    };
    let suspects = Suspects::default();
    let value = match events::too_deep(text) {
        Some(place) => Err(too_deep(Some(place))),
        None => read(text, &suspects),
    };
    let (repeats, is_cut_off) = (suspects.repeats.get(), suspects.is_cut_off.get());
    match value {
        Err(error) => Err(vec![slips::conflict(text).or(no_json).unwrap_or(error)]),
        Ok(_) if repeats => Err(unclosed::lost(text).map_or_else(|| repeated::rows(text), |error| vec![error])),
        Ok(value) => match is_cut_off.then(|| unclosed::lost(text)).flatten() {
            Some(error) => Err(vec![error]),
            None => Ok(Parsed {
                value,
                repeated: Vec::new(),
            }),
        },
    }
}

fn read(text: &str, suspects: &Suspects) -> Result<Value, SyntaxError> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok(Value::Null);
    };
    let value = Json(suspects)
        .deserialize(first)
        .map_err(|error| syntax_error(text, &error))?;
    match documents.next() {
        None => Ok(value),
        Some(_) => Err(SyntaxError {
            message: "a second document starts here".to_owned(),
            place: events::second_document(text),
            help: Some("a file must contain one document; save each in its own file".to_owned()),
            related: None,
        }),
    }
}

/// A text without the mark that some editors put before it (YAML 1.2, section 5.2).
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn syntax_error(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    // Its own line counts characters as line breaks that others do not.
    let place = error.location().map(|at| {
        let before = text.get(..at.index()).unwrap_or(text);
        Lines::of(text).place(before.chars().count())
    });
    let mut message = error.to_string();
    if message.contains("recursion limit exceeded") {
        return too_deep(place);
    }
    // The place is printed on its own line.
    if let Some(cut) = message.find(" at line ") {
        message.truncate(cut);
    }
    slips::found(text, &message, place).unwrap_or(SyntaxError {
        message,
        place,
        help: None,
        related: None,
    })
}
