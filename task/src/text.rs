//! Text that comes from a server or a user, made safe for a terminal.

use std::error::Error;

use serde_json::Value;

/// A text with each character spelled (`\u{1b}`) that a terminal acts on or that changes the order in which others are shown.
pub fn escaped(text: &str) -> String {
    escape(text, |c| c.escape_unicode().to_string())
}

/// JSON on one line, with the same characters escaped as JSON spells them.
pub fn json(value: &Value) -> String {
    // All of them have four digits.
    escape(&value.to_string(), |c| format!("\\u{:04x}", u32::from(c)))
}

/// An error and what is below it, on one line.
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    let texts: Vec<String> = chain(error).map(ToString::to_string).collect();
    texts.join(": ")
}

/// As [`with_causes`]; that there is no connection is said in fewer words, with the address that was tried.
pub fn of_error(error: &(dyn Error + 'static), site: &str) -> String {
    let mut texts = Vec::new();
    for error in chain(error) {
        let request = error.downcast_ref::<confluence_rest::Error>();
        if let Some(request) = request.filter(|request| request.is_connect()) {
            texts.push(format!("cannot connect to {site}"));
            // Which of the layers below notices a timeout first, and how it says so, varies.
            match request.is_timeout() {
                true => texts.push("timed out".to_owned()),
                false => texts.extend(chain(error).last().map(ToString::to_string)),
            }
            break;
        }
        texts.push(error.to_string());
    }
    texts.join(": ")
}

fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn escape(text: &str, spell: impl Fn(char) -> String) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match is_active(c) {
            true => escaped.push_str(&spell(c)),
            false => escaped.push(c),
        }
    }
    escaped
}

/// Control characters, line and paragraph separators, and controls of bidirectional text.
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
