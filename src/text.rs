//! What a server or a caller says, made fit for one line of a message.

use std::fmt::{self, Write};

/// How many characters of a text are shown.
const LONGEST: usize = 300;

/// How many characters a whole message has.
const LONGEST_MESSAGE: usize = 4000;

/// A text without line breaks, control characters and bidirectional controls, cut where it gets long. `None` if nothing is left.
///
/// No more of the text is looked at than is shown.
pub(crate) fn single_line(text: &str) -> Option<String> {
    let mut line = String::new();
    let mut count = 0;
    let mut is_apart = false;
    for c in text.chars().filter(|c| !is_bidirectional_control(*c)) {
        if c.is_whitespace() || c.is_control() {
            is_apart = !line.is_empty();
            continue;
        }
        if count + usize::from(is_apart) >= LONGEST {
            line.push('…');
            break;
        }
        if std::mem::take(&mut is_apart) {
            line.push(' ');
            count += 1;
        }
        line.push(c);
        count += 1;
    }
    (!line.is_empty()).then_some(line)
}

/// Writes a message of several texts as one line of bounded length: line breaks and control characters become spaces,
/// bidirectional controls are left out.
pub(crate) struct OneLine<'a, 'f> {
    to: &'a mut fmt::Formatter<'f>,
    left: usize,
}

impl<'a, 'f> OneLine<'a, 'f> {
    pub(crate) fn new(to: &'a mut fmt::Formatter<'f>) -> Self {
        let left = LONGEST_MESSAGE;
        Self { to, left }
    }
}

impl Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars().filter(|c| !is_bidirectional_control(*c)) {
            match self.left {
                0 => return Ok(()),
                1 => self.to.write_char('…')?,
                _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => self.to.write_char(' ')?,
                _ => self.to.write_char(c)?,
            }
            self.left -= 1;
        }
        Ok(())
    }
}

/// Whether a character says in which direction others are written (Unicode's `Bidi_Control`): it can make a text look like another.
fn is_bidirectional_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
