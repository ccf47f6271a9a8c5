//! What a server says, made fit for one line of a message.

/// How many characters are shown.
const LONGEST: usize = 300;

/// A text without line breaks and control characters, cut where it gets long. `None` if nothing is left.
pub(crate) fn single_line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let mut line = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    (!line.is_empty()).then_some(line)
}
