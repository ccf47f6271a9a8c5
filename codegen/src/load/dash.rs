//! Items of a list without a space behind their dash: libyaml reads the dash as a part of the text.

use super::line::spaces;
use super::missing_colon::NO_COLON;
use super::syntax::SyntaxError;

/// Finds such an item in the line where a mistake is noticed, or in the one above.
pub(super) fn found(text: &str, message: &str, (number, column): (usize, usize)) -> Option<SyntaxError> {
    let noticed = text.lines().nth(number.checked_sub(1)?).unwrap_or_default();
    let before: Vec<&str> = text.lines().take(number - 1).collect();
    let above = before.iter().rposition(|line| !line.trim().is_empty());
    let above = above.and_then(|at| before.get(at).map(|line| (at, *line)));
    // Else, what is noticed is about the rest of the line.
    let at_start = (column == spaces(noticed) + 1).then_some((number - 1, noticed));
    // Else, the line above is one of a text.
    let above = above.filter(|(at, line)| match message.starts_with(NO_COLON) {
        true => is_after_item(before.get(..*at).unwrap_or_default(), line),
        false => spaces(noticed) > spaces(line),
    });
    let mut found = [at_start, above].into_iter().flatten();
    let (at, line) = found.find(|(_, line)| is_item(line))?;
    let item = line.trim().strip_prefix('-')?;
    let (item, rest) = item.split_at(item.char_indices().nth(40).map_or(item.len(), |(at, _)| at));
    let dots = if rest.is_empty() { "" } else { "..." };
    Some(SyntaxError {
        message: "the dash of this item has no space behind it".to_owned(),
        place: Some((at + 1, spaces(line) + 2)),
        help: Some(format!("write `- {item}{dots}`")),
        related: None,
    })
}

/// Whether a line is an item without a space behind its dash, and neither a number nor a mark.
fn is_item(line: &str) -> bool {
    let item = line.trim_start().strip_prefix('-');
    item.is_some_and(|item| item.starts_with(|c: char| c.is_alphabetic() || "$\"'".contains(c)))
}

/// Whether a line follows an item of a list that starts in the same column.
fn is_after_item(before: &[&str], line: &str) -> bool {
    let mut outer = before
        .iter()
        .filter(|one| !one.trim().is_empty() && spaces(one) <= spaces(line));
    outer
        .next_back()
        .is_some_and(|one| spaces(one) == spaces(line) && one.trim_start().starts_with('-'))
}
