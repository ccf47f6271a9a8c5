//! Quotes and brackets that are not closed.

use saphyr_parser::{Event, Parser};

use super::mend::{Lines, Mended};
use super::pairs::{closes, closing, each_bracket, each_mark, end_of_brackets, opening, opens_rather};
use super::syntax::SyntaxError;

/// Whether a text may be all that was read until the next quote, since its own is not closed: it ends as texts do before one. A
/// sentence may end with a space, too.
pub(super) fn may_be_cut_off(text: &str) -> bool {
    let end = text.trim_end_matches(' ');
    match end.len() < text.len() {
        true => !end.ends_with(['.', '!', '?', ')']),
        false => text.ends_with(['[', '{']),
    }
}

/// What saphyr-parser refuses of a text.
struct Refused<'t> {
    mended: Mended<'t>,
    /// The number of characters before it.
    index: usize,
    before: &'t str,
    rest: &'t str,
    lines: Lines,
}

impl<'t> Refused<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let mut mended = Mended::new(text);
        let index = mended.read()?;
        let (before, rest) = text.split_at_checked(byte(text, index))?;
        Some(Self {
            mended,
            index,
            before,
            rest,
            lines: Lines::of(text),
        })
    }

    /// The line and column after some text.
    fn after(&self, text: &str) -> (usize, usize) {
        self.lines.place(text.chars().count())
    }
}

/// Where the character with an index starts.
fn byte(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// The quote that is not closed, in a text of which a part may have been lost: the next quote closes it, and libyaml takes `#` after that
/// for a comment.
pub(super) fn lost(text: &str) -> Option<SyntaxError> {
    let refused = Refused::of(text)?;
    if refused.rest.starts_with('#') {
        wrong_quote(&refused)
    } else {
        None
    }
}

/// What is wrong with a quote of a text that cannot be read.
pub(super) fn quote(text: &str) -> Option<SyntaxError> {
    wrong_quote(&Refused::of(text)?)
}

fn wrong_quote(refused: &Refused<'_>) -> Option<SyntaxError> {
    let error = |message: String, place, help: String| SyntaxError {
        message,
        place: Some(place),
        help: Some(help),
        related: None,
    };
    let mark = |text: &str| text.chars().next().unwrap_or_default();
    let Refused { before, rest, .. } = refused;
    if !before.ends_with(['\'', '"']) {
        let is_open = rest.starts_with(['\'', '"']) && closing(rest).is_none();
        let message = format!("the quote `{}` is not closed", mark(rest));
        let help = "close it where the text ends".to_owned();
        return is_open.then(|| error(message, refused.after(before), help));
    }
    let (outside, quoted) = before.split_at_checked(opening(before)?)?;
    let (mark, place) = (mark(quoted), refused.lines.place(refused.index));
    if opens_rather(before) || quoted.contains('\n') {
        let message = format!("the quote `{mark}` is not closed");
        let (line, _) = place;
        let help = format!("close it where the text ends; now it ends at the quote in line {line}");
        return Some(error(message, refused.after(outside), help));
    }
    let line = outside.rsplit('\n').next().unwrap_or_default();
    let is_key = rest.starts_with(':') && line.chars().all(|c| matches!(c, ' ' | '-'));
    if is_key {
        return None;
    }
    let inside = if mark == '"' { "\\\"" } else { "''" };
    let help = format!("write a quote inside of the text as `{inside}`");
    Some(error("there is text after the closing quote".to_owned(), place, help))
}

/// What is wrong with a bracket of a text that cannot be read.
pub(super) fn bracket(text: &str, message: &str) -> Option<SyntaxError> {
    let refused = Refused::of(text)?;
    let opened = innermost(text, &refused)?;
    let (before, rest) = text.split_at_checked(opened)?;
    let bracket = rest.chars().next()?;
    let (place, close) = (refused.after(before), closes(bracket));
    if let Some(told) = comment(&refused, opened) {
        return Some(told);
    }
    if end_of_brackets(rest.get(1..)?, Some(bracket)).is_none() {
        return Some(SyntaxError {
            message: format!("the bracket `{bracket}` is not closed"),
            place: Some(place),
            help: Some(format!(
                "add `{close}` where {} ends",
                if bracket == '[' { "the list" } else { "the mapping" }
            )),
            related: None,
        });
    }
    message.contains("did not find expected ',' or").then(|| SyntaxError {
        message: format!("`,` or `{close}` is expected"),
        place: Some(refused.lines.place(refused.index)),
        help: Some("separate the items with `,`, and put a text that contains `: ` or a bracket in quotes".to_owned()),
        related: Some(("the bracket is opened here", place)),
    })
}

/// A comment that ends as what is in brackets does, and starts within a value, between an opened bracket and what is refused.
fn comment(refused: &Refused<'_>, opened: usize) -> Option<SyntaxError> {
    let inner = refused.before.get(opened..)?;
    let mut found = None;
    each_mark(inner, |at, c| {
        if let Some((value, comment)) = inner.split_at_checked(at).filter(|_| c == '#') {
            let comment = comment.lines().next().unwrap_or_default();
            let end = comment.trim_end().chars().last();
            let is_value = !value.trim_end().ends_with([',', '[', ']', '{', '}']);
            found = end
                .filter(|end| is_value && matches!(end, ',' | ']' | '}'))
                .map(|end| (at, end, comment.starts_with("#/")));
        }
        found.is_none()
    });
    let (at, end, is_reference) = found?;
    let what = if is_reference { "reference" } else { "text" };
    Some(SyntaxError {
        message: format!("the `{end}` at the end of the line is a part of a comment"),
        place: Some(refused.after(refused.before.get(..opened + at)?)),
        help: Some(format!("put the {what} in quotes; without them, `#` starts a comment")),
        related: None,
    })
}

/// Where the innermost bracket around what is refused is.
fn innermost(text: &str, refused: &Refused<'_>) -> Option<usize> {
    let mut around = Vec::new();
    let mut read = 0;
    for (event, span) in Parser::new_from_str(&refused.mended.text).map_while(Result::ok) {
        match event {
            // What is in a block has no mark.
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                around.push((!span.is_empty()).then_some(span.start.index()))
            }
            Event::MappingEnd | Event::SequenceEnd => _ = around.pop(),
            _ => {}
        }
        read = span.end.index();
    }
    let mut open: Vec<usize> = around.into_iter().flatten().map(|index| byte(text, index)).collect();
    // The events end before a key that may still be one.
    let read = byte(text, read);
    each_bracket(text.get(read..refused.before.len()).unwrap_or_default(), |at, c| {
        match c {
            '[' | '{' => open.push(read + at),
            _ => _ = open.pop(),
        }
        true
    });
    open.pop()
        .filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(['[', '{'])))
}
