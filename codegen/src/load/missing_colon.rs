//! Keys without a colon: libyaml reads them as text, and notices a mistake in the line below.

use std::cmp::Ordering;

use super::syntax::SyntaxError;

/// Finds a key without a colon, in the line above the one where a mistake is noticed.
pub(super) fn found(text: &str, noticed: usize) -> Option<SyntaxError> {
    let lines = text.lines().take(noticed).enumerate();
    let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| is_content(line)).collect();
    let [.., (_, above), (at, line), (_, below)] = lines.as_slice() else {
        return None;
    };
    let key = line.trim();
    if indentation(below) <= indentation(line) || !below.contains(':') || !is_key(key) {
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

fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn is_key(text: &str) -> bool {
    !text.contains(char::is_whitespace) && !text.ends_with(':') && !text.starts_with(['-', '?', '|', '>', '&', '*'])
}

/// The column of the first key or text of a line: an item of a list starts behind its dash.
fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '-')).count()
}
