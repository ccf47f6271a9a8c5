//! JSON text, with errors in the terms of JSON.

use serde::de::DeserializeSeed;

use super::repeated;
use super::syntax::{Parsed, SyntaxError, too_deep};
use super::value::{Json, Suspects};

/// A syntax error of JSON.
pub(super) struct JsonError {
    pub error: SyntaxError,
    /// Whether it is a comment or a quote, which YAML would take for a part of a key or text.
    pub is_no_yaml: bool,
}

/// Reads a text that looks like JSON; `None` if it does not.
pub(super) fn parse(text: &str) -> Option<Result<Parsed, JsonError>> {
    let start = text.trim_start();
    let is_object = start
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with(['"', '}', '/']));
    if !is_object && !start.starts_with("//") && !start.starts_with("/*") {
        return None;
    }
    let suspects = Suspects::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Json(&suspects).deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    Some(match value {
        Ok(value) => Ok(Parsed {
            value,
            repeated: if suspects.repeats.get() {
                last_counts(text)
            } else {
                Vec::new()
            },
        }),
        Err(error) => Err(syntax_error(text, &error)),
    })
}

/// Duplicate keys. JSON does not define their meaning (RFC 8259, section 4).
fn last_counts(text: &str) -> Vec<SyntaxError> {
    let mut found = repeated::each(text);
    for one in &mut found {
        one.help = Some("the last one is used".to_owned());
    }
    found
}

fn is_comment(text: &str, (line, column): (usize, usize)) -> bool {
    let rest: String = text
        .lines()
        .nth(line - 1)
        .into_iter()
        .flat_map(|line| line.chars().skip(column - 1))
        .take(2)
        .collect();
    rest == "//" || rest == "/*"
}

/// Finds a quote that is missing in the line where a mistake is noticed, or in the one above.
fn missing_quote(text: &str, (number, column): (usize, usize)) -> Option<SyntaxError> {
    [number, number.saturating_sub(1)].into_iter().find_map(|one| {
        let line = text.lines().nth(one.checked_sub(1)?)?;
        let mut is_escaped = false;
        let quotes = line.char_indices().filter(|(_, c)| {
            let is_quote = *c == '"' && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            is_quote
        });
        let quotes: Vec<usize> = quotes.map(|(at, _)| at).collect();
        let last = quotes.last().filter(|_| quotes.len() % 2 == 1)?;
        let column = match one == number {
            true => column,
            false => line.get(..*last)?.chars().count() + 1,
        };
        Some(SyntaxError {
            message: "a quote is missing in this line".to_owned(),
            place: Some((one, column)),
            help: Some("put `\"` before and after each key and each text".to_owned()),
            related: None,
        })
    })
}

fn syntax_error(text: &str, error: &serde_json::Error) -> JsonError {
    // serde_json counts bytes.
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line
        .as_bytes()
        .get(..error.column().saturating_sub(1))
        .unwrap_or(line.as_bytes());
    let column = String::from_utf8_lossy(before).chars().count() + 1;
    let place = (error.line().max(1), column);
    let mut message = error.to_string();
    if message.starts_with("recursion limit exceeded") {
        return JsonError {
            error: too_deep(Some(place)),
            is_no_yaml: false,
        };
    }
    if let Some(cut) = message.find(" at line ") {
        message.truncate(cut);
    }
    if let Some(error) = missing_quote(text, place) {
        // A text of YAML may be longer than a line.
        let is_no_yaml = !message.starts_with("control character");
        return JsonError { error, is_no_yaml };
    }
    let (message, help) = match message.as_str() {
        _ if is_comment(text, place) => ("JSON does not allow comments".to_owned(), Some("remove it".to_owned())),
        "trailing characters" => (
            "there is text after the end of the JSON document".to_owned(),
            Some("remove it, or fix the brackets before it".to_owned()),
        ),
        _ => match message.strip_prefix("EOF while parsing ") {
            Some(what) => (
                format!("the text ends within {what}"),
                Some("a closing bracket or quote is missing, or the file is incomplete".to_owned()),
            ),
            None => (message, None),
        },
    };
    JsonError {
        error: SyntaxError {
            message,
            place: Some(place),
            help,
            related: None,
        },
        is_no_yaml: is_comment(text, place),
    }
}
