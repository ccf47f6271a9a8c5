//! Quotes and brackets of a text, and where each is closed.

/// Whether a text ends with a quote that rather opens a text than closes one.
pub(super) fn opens_rather(text: &str) -> bool {
    let before = text.strip_suffix(['\'', '"']);
    before.is_some_and(|before| before.ends_with([' ', '\t', '\n', '[', '{', '(', ',', ':']))
}

/// The number of bytes of a text in quotes.
pub(super) fn closing(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => _ = chars.next(),
            _ if c != quote => {}
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => _ = chars.next(),
            _ => return Some(at + 1),
        }
    }
    None
}

/// Where the quotes were opened that a text ends with.
pub(super) fn opening(text: &str) -> Option<usize> {
    let quote = text.chars().last()?;
    let mut rest = text.strip_suffix(quote)?;
    loop {
        let at = rest.rfind(quote)?;
        let before = rest.get(..at)?;
        rest = match quote {
            '\'' if before.ends_with('\'') => before.strip_suffix('\'')?,
            '"' if before.ends_with('\\') => before,
            _ => return Some(at),
        };
    }
}

/// The number of bytes until the innermost bracket around a text is closed, by one of its kind.
pub(super) fn end_of_brackets(text: &str, bracket: Option<char>) -> Option<usize> {
    let mut open = vec![bracket];
    let mut end = None;
    each_bracket(text, |at, c| {
        if matches!(c, '[' | '{') {
            open.push(Some(c));
        } else if open.pop().flatten().is_some_and(|opened| closes(opened) != c) {
            return false;
        } else if open.is_empty() {
            end = Some(at + 1);
        }
        end.is_none()
    });
    end
}

/// The bracket that closes another.
pub(super) fn closes(opened: char) -> char {
    if opened == '[' { ']' } else { '}' }
}

/// Visits the brackets in brackets, outside of quotes and comments, until told to stop.
pub(super) fn each_bracket(text: &str, mut visit: impl FnMut(usize, char) -> bool) {
    each_mark(text, |at, c| c == '#' || visit(at, c));
}

/// Visits the starts of comments in brackets, too.
pub(super) fn each_mark(text: &str, mut visit: impl FnMut(usize, char) -> bool) {
    let mut from = 0;
    let mut last = ' ';
    while let Some(rest) = text.get(from..)
        && let Some(c) = rest.chars().next()
    {
        let starts = last.is_whitespace() || matches!(last, '[' | '{' | ',' | ':');
        let len = match c {
            '\'' | '"' if starts => closing(rest).unwrap_or(rest.len()),
            '#' if last.is_whitespace() => match visit(from, c) {
                true => rest.find('\n').unwrap_or(rest.len()),
                false => return,
            },
            '[' | '{' | ']' | '}' if !visit(from, c) => return,
            _ => c.len_utf8(),
        };
        last = c;
        from += len;
    }
}
