//! Text of documents made safe to show: characters that do not show are spelled.

/// A text in which hidden characters are spelled: control characters, which a compiler refuses in comments, those that change the
/// direction of what follows, and those without a width.
pub(crate) fn visible(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_hidden(c) && !joins(last, c, chars.peek()) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
        last = c;
    }
    shown
}

/// A text as one line that shows each of its characters: in names, those that look like a space or join others are spelled, too.
pub(crate) fn one_line(text: &str) -> String {
    if is_plain(text) {
        return text.replace('\n', "\\n");
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            _ if is_hidden(c) || is_odd_in_name(c) => shown.extend(c.escape_unicode()),
            _ => shown.push(c),
        }
    }
    shown
}

/// The first hidden character of a text. A line may end as Windows ends lines.
pub(crate) fn hidden(text: &str) -> Option<char> {
    if is_plain(text) {
        return None;
    }
    let mut last = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek();
        let is_line_end = c == '\r' && next == Some(&'\n');
        if is_hidden(c) && !is_line_end && !joins(last, c, next) {
            return Some(c);
        }
        last = c;
    }
    None
}

/// The first character of a name that does not show, or that looks like a space.
pub(crate) fn hidden_in_name(name: &str) -> Option<char> {
    let is_found = |c: &char| is_hidden(*c) || is_odd_in_name(*c);
    if is_plain(name) {
        None
    } else {
        name.chars().find(is_found)
    }
}

/// Whether a text has nothing but characters of ASCII that show, which most texts do.
pub(crate) fn is_plain(text: &str) -> bool {
    // A loop, since build scripts are not optimised and this sees every text several times.
    for byte in text.as_bytes() {
        if !matches!(byte, b'\n' | b'\t' | b' '..=b'~') {
            return false;
        }
    }
    true
}

/// Whether a character does not show. Line breaks and tabs do.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether a character has a use in prose, but does not show in a name, or looks like a space there.
pub(crate) fn is_odd_in_name(c: char) -> bool {
    let is_filler = matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}');
    let is_mark = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}');
    is_filler || is_mark || c.is_whitespace() && !c.is_ascii()
}

/// Whether a character joins or separates those around it, as in emoji and in scripts other than Latin.
fn joins(last: char, c: char, next: Option<&char>) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}') && !last.is_ascii() && next.is_some_and(|next| !next.is_ascii())
}
