//! Texts that start with a character that has a meaning in YAML, and are not in quotes.

use super::pairs::{closing, end_of_brackets};
use super::syntax::SyntaxError;

/// Finds such a text in the line where a mistake is noticed.
pub(super) fn found(text: &str, (number, column): (usize, usize)) -> Option<SyntaxError> {
    let line = text.lines().nth(number.checked_sub(1)?)?;
    let noticed = line.char_indices().nth(column.checked_sub(1)?);
    let noticed = noticed.map_or(line.len(), |(at, _)| at);
    texts(line).into_iter().flatten().find_map(|start| {
        let (before, text) = line.split_at_checked(start)?;
        let help = help(text, noticed.checked_sub(start)?)?;
        let (message, column) = match text.chars().next()? {
            '"' | '\'' => ("there is text after the closing quote".to_owned(), column),
            first => (
                format!("a text that starts with `{first}` must be in quotes"),
                before.chars().count() + 1,
            ),
        };
        Some(SyntaxError {
            message,
            place: Some((number, column)),
            help: Some(help.to_owned()),
            related: None,
        })
    })
}

/// Where the value of a key starts in a line, and where the item of a list or the key does, unless that is in quotes.
fn texts(line: &str) -> [Option<usize>; 2] {
    let mut item = line.trim_start();
    while let Some(rest) = item.strip_prefix("- ") {
        item = rest.trim_start();
    }
    let quoted = item.starts_with(['"', '\'']).then(|| closing(item)).flatten();
    let is_key = |end: &usize| item.get(*end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let key = quoted.filter(is_key);
    let after = item.get(key.unwrap_or_default()..);
    let value = after.and_then(|after| after.split_once(": "));
    let value = value.map(|(_, value)| value.trim_start());
    [value, key.is_none().then_some(item)].map(|text| text.map(|text| line.len() - text.len()))
}

/// What to do about a text, if its start is the reason for a mistake that is noticed in it.
fn help(text: &str, noticed: usize) -> Option<&'static str> {
    let (read, rest) = text.split_at_checked(noticed)?;
    let first = text.chars().next()?;
    let is_whole = || !read.contains(' ');
    match first {
        // What is in quotes or brackets ends before.
        '"' | '\'' if !rest.starts_with(':') && closing(text)? <= noticed => {
            Some("put quotes of the other kind around the whole text")
        }
        '[' | '{' if !rest.starts_with([']', '}']) && end_of_brackets(text.get(1..)?, Some(first))? < noticed => {
            Some("put quotes around the whole text")
        }
        '*' | '&' if is_whole() => Some("put quotes around the text"),
        '-' | '?' | ',' if read.is_empty() => Some("put quotes around the text"),
        '|' | '>' => Some("put quotes around the text, or start it in the line below"),
        _ => None,
    }
}
