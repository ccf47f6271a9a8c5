//! Lines of YAML: what they start with, and how they are indented.

/// A line with content, and its index.
pub(super) type Line<'t> = (usize, &'t str);

/// The lines among the first ones of a text that are neither empty nor a comment.
pub(super) fn lines(text: &str, count: usize) -> Vec<Line<'_>> {
    let lines = text.lines().take(count).enumerate();
    lines.filter(|(_, line)| is_content(line)).collect()
}

fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

/// Whether a line has a key, with or without a value.
pub(super) fn has_key(line: &str) -> bool {
    line.contains(": ") || line.trim_end().ends_with(':')
}

/// The first key or text of a line.
pub(super) fn item(line: &str) -> &str {
    let mut item = line.trim();
    while let Some(rest) = item.strip_prefix("- ") {
        item = rest.trim_start();
    }
    item
}

/// The number of spaces that a line starts with.
pub(super) fn spaces(line: &str) -> usize {
    line.chars().take_while(|c| *c == ' ').count()
}

/// The number of characters before the first key or text of a line: an item of a list starts behind its dash.
pub(super) fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '-')).count()
}
