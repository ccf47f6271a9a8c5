//! Writes to standard output and standard error.

use std::env;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

use crate::failure::Failure;

/// Writes a text to standard output. A closed pipe, such as that of `head`, is not an error.
pub fn show(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Work(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes lines to standard error. Errors are ignored, as they cannot be reported.
pub fn complain(text: &str) {
    let _ = writeln!(stderr(), "{}", text.trim_end());
}

/// The style of a part of a line: the numbers of its Select Graphic Rendition (ECMA-48, section 8.3.117).
#[derive(Clone, Copy)]
pub enum Style {
    Red,
    Yellow,
    Cyan,
}

/// Whether standard output shows colors: it is a terminal, and the user has not opted out (<https://no-color.org>).
pub fn has_colors() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// Returns a text in a style, if colors are shown.
pub fn styled(text: &str, style: Style, colors: bool) -> String {
    let number = match style {
        Style::Red => "1;31",
        Style::Yellow => "1;33",
        Style::Cyan => "1;36",
    };
    match colors {
        true => format!("\x1b[{number}m{text}\x1b[0m"),
        false => text.to_owned(),
    }
}

/// Returns a text of a document on one line, with characters that a terminal would act on escaped.
pub fn plain(text: &str) -> String {
    let acts = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match acts(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown
}
