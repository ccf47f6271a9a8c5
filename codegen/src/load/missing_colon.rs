//! Keys without a colon, or without a space behind it: libyaml reads them as text, and notices a mistake in a line below.

use std::cmp::Ordering;

use super::line::{Line, has_key, indentation, item, lines, spaces};
use super::members::known;
use super::part::Part;
use super::syntax::SyntaxError;

/// Finds a key without a colon, in the line above the one where a mistake is noticed, or above the items of a list there.
pub(super) fn found(text: &str, noticed: usize) -> Option<SyntaxError> {
    let lines = lines(text, noticed);
    let ((_, below), before) = lines.split_last()?;
    let start = before
        .iter()
        .rposition(|(_, line)| !line.trim_start().starts_with("- "))?;
    let (before, items) = before.split_at_checked(start + 1)?;
    let [.., (_, above), (at, line)] = before else {
        return None;
    };
    let key = line.trim();
    let is_followed = match items.first() {
        Some((_, item)) => spaces(item) >= spaces(line) && is_member(key),
        None => indentation(below) > indentation(line),
    };
    if !is_followed || !below.contains(':') || !is_key(key) {
        return None;
    }
    // Else, it is a line of a text.
    let is_in_mapping = match indentation(above).cmp(&indentation(line)) {
        Ordering::Less => above.trim_end().ends_with(':'),
        Ordering::Equal => above.contains(':'),
        Ordering::Greater => true,
    };
    is_in_mapping.then(|| SyntaxError {
        message: format!("the key `{}` has no `:`", key.trim_matches(['\'', '"'])),
        place: Some((at + 1, line.trim_end().chars().count() + 1)),
        help: Some(format!("write `{key}:`")),
        related: None,
    })
}

/// Finds a text where a key and its value belong, above the place where a mistake is noticed.
pub(super) fn text_for_key(text: &str, message: &str, (number, column): (usize, usize)) -> Option<SyntaxError> {
    let is_certain = message.starts_with(NO_COLON);
    if !is_certain {
        let noticed = text.lines().nth(number.checked_sub(1)?)?;
        let before: String = noticed.chars().take(column.checked_sub(1)?).collect();
        // Else, the mistake is in that line.
        let is_at_key = message.starts_with("mapping values are not allowed") && !item(&before).contains(' ');
        if !is_at_key {
            return None;
        }
    }
    let lines = lines(text, number.checked_sub(1)?);
    let ((at, line), above) = start_of_text(&lines)?;
    let is_in_mapping = above.is_none_or(|above| match indentation(above).cmp(&indentation(line)) {
        Ordering::Less => above.ends_with(':') && !above.ends_with("description:"),
        Ordering::Equal => has_key(above),
        Ordering::Greater => true,
    });
    let (message, length, help) = is_in_mapping.then(|| mistake(item(line), is_certain))??;
    let before = line.trim_end().chars().count() - item(line).chars().count();
    Some(SyntaxError {
        message,
        place: Some((at + 1, before + length + 1)),
        help: Some(help),
        related: None,
    })
}

/// What libyaml says if a text is certainly not a value.
pub(super) const NO_COLON: &str = "could not find expected ':'";

/// What is wrong with a text in place of a key, after how many characters, and what to do.
fn mistake(text: &str, is_certain: bool) -> Option<(String, usize, String)> {
    let quoted = text.trim_matches(['\'', '"']);
    if quoted.len() < text.len() && is_member(quoted) {
        let message = format!("the key `{quoted}` has no `:`");
        return Some((message, text.chars().count(), format!("write `{text}:`")));
    }
    if text.starts_with(['\'', '"', '[', '{', '|', '>', '*', '&', '!', '?', '%', '@', '`']) {
        return None;
    }
    let is_in_name = |c: char| c.is_alphanumeric() || "_-$./{}".contains(c);
    let (name, rest) = text.split_at_checked(text.find(|c| !is_in_name(c)).unwrap_or(text.len()))?;
    let value = rest.trim_start_matches([':', ';', '=', ' ', '\t']);
    let value = if value.chars().count() > 40 { "..." } else { value };
    let (end, written) = (name.chars().count(), format!("{name}: {value}"));
    let write = format!("write `{}`", written.trim_end());
    if rest.starts_with(':') && !name.is_empty() && !rest.starts_with("://") {
        Some((format!("the `:` of `{name}` has no space behind it"), end + 1, write))
    } else if is_member(name) || !name.is_empty() && rest.starts_with([';', '=']) {
        Some((format!("the key `{name}` has no `:`"), end, write))
    } else {
        let help = "write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above"
            .to_owned();
        is_certain.then(|| ("there is a text where a key is expected".to_owned(), 0, help))
    }
}

/// Whether some part of a document has a member of this name.
fn is_member(name: &str) -> bool {
    const PARTS: [Part; 15] = [
        Part::Document,
        Part::Info,
        Part::Server,
        Part::Tag,
        Part::Components,
        Part::PathItem,
        Part::Operation,
        Part::Parameter,
        Part::Response,
        Part::Schema,
        Part::SecurityScheme,
        Part::Flows,
        Part::CodeFlow,
        Part::Encoding,
        Part::Discriminator,
    ];
    ["$ref", "default", "example", "examples"].contains(&name)
        || PARTS.into_iter().flat_map(known).any(|known| known == name)
}

/// The first line of the text that some lines end with, and the line above it.
fn start_of_text<'t>(mut lines: &[Line<'t>]) -> Option<(Line<'t>, Option<&'t str>)> {
    loop {
        let (last, before) = lines.split_last()?;
        let above = before.last().map(|(_, above)| above.trim_end());
        if has_key(last.1) {
            return None;
        }
        let is_first = last.1.trim_start().starts_with('-')
            || above.is_none_or(|above| has_key(above) || indentation(above) > indentation(last.1));
        if is_first {
            return Some((*last, above));
        }
        lines = before;
    }
}

fn is_key(text: &str) -> bool {
    !text.contains(char::is_whitespace) && !text.ends_with(':') && !text.starts_with(['-', '?', '|', '>', '&', '*'])
}
