//! What to do about common slips in the syntax of YAML.

use super::line::has_key;
use super::syntax::SyntaxError;
use super::value::KEY_WITH_PARTS;
use super::{dash, events, indentation, missing_colon, unclosed, unquoted};
use crate::text::{is_hidden, is_odd_in_name};

/// Finds the marks that git puts into a file with a conflict.
pub(super) fn conflict(text: &str) -> Option<SyntaxError> {
    let is_mark = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let line = text.lines().position(is_mark)?;
    Some(SyntaxError {
        message: "the file has conflict markers of git".to_owned(),
        place: Some((line + 1, 1)),
        help: Some("resolve the conflict, and remove the markers".to_owned()),
        related: None,
    })
}

/// Explains a mistake at a line and column, where libyaml notices it.
pub(super) fn found(text: &str, message: &str, place: Option<(usize, usize)>) -> Option<SyntaxError> {
    let error = |place, help| SyntaxError {
        message: message.to_owned(),
        place,
        help,
        related: None,
    };
    if message.ends_with(KEY_WITH_PARTS) {
        let help = "remove the `?` or the brackets, or put the key in quotes".to_owned();
        return Some(SyntaxError {
            message: KEY_WITH_PARTS.to_owned(),
            ..error(events::key_with_parts(text).or(place), Some(help))
        });
    }
    // Custom errors are about values, in a text that can be read.
    let place = place?;
    let is_about_keys = [
        "mapping values are not allowed",
        "did not find expected key",
        "could not find expected ':'",
        "did not find expected '-' indicator",
    ]
    .iter()
    .any(|start| message.starts_with(start));
    missing_colon::found(text, place.0)
        .or_else(|| unclosed::quote(text))
        .or_else(|| indentation::of_text(text, place.0))
        .or_else(|| is_about_keys.then(|| odd_space(text, place.0)).flatten())
        .or_else(|| unclosed::bracket(text, message))
        .or_else(|| is_about_keys.then(|| dash::found(text, message, place)).flatten())
        .or_else(|| missing_colon::text_for_key(text, message, place))
        .or_else(|| {
            (message != UNKNOWN_ANCHOR)
                .then(|| unquoted::found(text, place))
                .flatten()
        })
        .or_else(|| indentation::found(text, message, place))
        .or_else(|| message.contains("found a tab").then(|| tab(text, place.0)).flatten())
        .or_else(|| Some(error(Some(place), Some(help(text, message, place)?))))
}

/// Finds a character that looks like a space in the indentation of a line or after its key. It is noticed some lines later.
fn odd_space(text: &str, noticed: usize) -> Option<SyntaxError> {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().take(noticed).collect();
    lines.into_iter().rev().take(4).find_map(|(index, line)| {
        let is_around = |c: char| c.is_whitespace() || is_hidden(c) || is_odd_in_name(c) || c == '-';
        let inner = line.trim_start_matches(is_around);
        let indentation = line.len() - inner.len();
        let after_key = inner.find(':').map(|colon| indentation + colon + 1);
        let at = line
            .char_indices()
            .find(|(at, c)| (*at < indentation || Some(*at) == after_key) && !c.is_ascii() && is_around(*c));
        let (at, c) = at?;
        let (what, help) = match c {
            '\u{a0}' | '\u{202f}' => ("a no-break space", "replace it with a space"),
            _ if c.is_whitespace() => ("an unusual space", "replace it with a space"),
            _ => ("an invisible character", "remove it"),
        };
        Some(SyntaxError {
            message: format!("there is {what}, {}, where YAML needs a space", c.escape_unicode()),
            place: Some((index + 1, line.get(..at)?.chars().count() + 1)),
            help: Some(help.to_owned()),
            related: None,
        })
    })
}

/// Finds a tab in the indentation of a line.
fn tab(text: &str, number: usize) -> Option<SyntaxError> {
    let (before, _) = text.lines().nth(number.checked_sub(1)?)?.split_once('\t')?;
    Some(SyntaxError {
        message: "there is a tab in the indentation".to_owned(),
        place: Some((number, before.chars().count() + 1)),
        help: Some(NO_TABS.to_owned()),
        related: None,
    })
}

const UNKNOWN_ANCHOR: &str = "unknown anchor";

const NO_TABS: &str = "YAML is indented with spaces, not tabs";

/// Says what to do about a mistake at a line and column.
fn help(text: &str, message: &str, (line, column): (usize, usize)) -> Option<String> {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let here: String = line.chars().skip(column.saturating_sub(1)).collect();
    let help = match message {
        _ if message.contains("mapping values are not allowed") => {
            "put a text that contains `: ` in quotes, or check the indentation"
        }
        _ if message.contains("cannot start any token") => match here.chars().next()? {
            '\t' => NO_TABS,
            '`' => "put a text that starts with a backtick in quotes",
            start => return Some(format!("put a text that starts with `{start}` in quotes")),
        },
        UNKNOWN_ANCHOR => {
            let name: String = here.chars().skip(1).take_while(|c| !c.is_whitespace()).collect();
            return Some(format!(
                "no value above is marked `&{name}`; put a text that starts with `*` in quotes"
            ));
        }
        "did not find expected key" if here.starts_with(':') => "a space belongs behind the colon",
        "did not find expected key" | "did not find expected node content" if here.starts_with([']', '}']) => {
            "remove the bracket; it closes none that is open"
        }
        "did not find expected node content" if here.starts_with(['?', '-']) => {
            "put a text that is only `?` or `-`, or that starts with it and a space, in quotes; within brackets, items are separated with `,`"
        }
        "did not find expected key" if here.starts_with("- ") => {
            "check the indentation: an item is indented at least as far as the key of its list, which may be missing, and a line of a text \
             as far as the text"
        }
        "did not find expected key" if !has_key(line) => {
            "write a key and `: `; indent the line if it belongs to the text above"
        }
        "did not find expected key" | "could not find expected ':'" => {
            "check the indentation; a quote above may not be closed, or a `:` may be missing"
        }
        "did not find expected alphabetic or numeric character" => "put a text that starts with `*` or `&` in quotes",
        "did not find expected '-' indicator" => {
            "check the indentation: the keys of an item of a list start in the same column as its first one; or a `- ` or a key is missing"
        }
        "found unknown escape character" | "did not find expected hexadecimal number" => {
            "write a backslash as `\\\\`, or put the text in single quotes"
        }
        "found unexpected end of stream" => "a quote above may not be closed",
        _ => return None,
    };
    Some(help.to_owned())
}
