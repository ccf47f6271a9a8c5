//! Text of documents made safe to show: characters that do not show are spelled.

/// A text in which hidden characters are spelled: control characters, which a compiler refuses in comments, and those that change
/// the direction of what follows.
pub(crate) fn visible(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A text as one line, in which hidden characters and line breaks are spelled.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\\n")
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
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
