//! Duplicate keys, and which slip they may come from.

use super::events::{self, Repeated};
use super::line::spaces;
use super::syntax::SyntaxError;

/// Reports each key that appears twice in a text.
pub(super) fn each(text: &str) -> Vec<SyntaxError> {
    let found = events::repeated(text);
    report(found.chunks(1).map(|one| error(one, None)))
}

/// Reports the keys that appear twice in a text of YAML: one indentation that is wrong repeats several in a row.
pub(super) fn rows(text: &str) -> Vec<SyntaxError> {
    let lines: Vec<&str> = text.lines().collect();
    let found = events::repeated(text);
    let rows = found.chunk_by(|one, next| {
        (one.mapping, one.different) == (next.mapping, next.different) && one.place.0 < next.place.0
    });
    report(rows.map(|row| error(row, help(row, &lines))))
}

fn report(errors: impl Iterator<Item = SyntaxError>) -> Vec<SyntaxError> {
    let mut errors: Vec<SyntaxError> = errors.collect();
    if errors.is_empty() {
        errors.push(SyntaxError {
            message: "a key appears twice".to_owned(),
            place: None,
            help: None,
            related: None,
        });
    }
    errors
}

fn error(row: &[Repeated], help: Option<String>) -> SyntaxError {
    let keys = row.iter().map(|one| format!("`{}`", one.key));
    let message = match keys.collect::<Vec<String>>().as_slice() {
        [key] => format!("the key {key} appears twice"),
        [one, two] => format!("the keys {one} and {two} appear twice"),
        [one, two, three] => format!("the keys {one}, {two} and {three} appear twice"),
        keys => format!(
            "the keys {} and {} others appear twice",
            keys.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(", "),
            keys.len().saturating_sub(2)
        ),
    };
    SyntaxError {
        message,
        place: row.first().map(|one| one.place),
        help,
        related: row.first().map(|one| ("first occurrence", one.first)),
    }
}

/// What to do about keys in a row.
fn help(row: &[Repeated], lines: &[&str]) -> Option<String> {
    let first = row.first()?;
    let (number, column) = first.place;
    let line = |number: usize| lines.get(number.checked_sub(1)?).copied();
    let is_first_in_line = spaces(line(number)?) + 1 == column;
    let above = lines.iter().take(number - 1).rfind(|line| !line.trim().is_empty())?;
    let before = line(first.first.0)?.chars().take(first.first.1.checked_sub(1)?);
    if is_first_in_line && spaces(above) + 1 == column && above.trim_end().ends_with(':') {
        let key = above.trim().trim_end_matches(':').trim_matches(['\'', '"']);
        Some(format!(
            "nothing is indented below `{key}` above; check its indentation and that of what follows"
        ))
    } else if is_first_in_line && before.collect::<String>().trim_end().ends_with('-') {
        Some(format!("a `- ` may be missing before `{}`", first.key))
    } else if row.len() > 1 {
        Some("check the indentation above; these may belong elsewhere".to_owned())
    } else {
        first
            .is_quoted_otherwise
            .then(|| "quoting does not make it a different key".to_owned())
    }
}
