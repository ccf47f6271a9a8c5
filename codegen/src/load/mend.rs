//! What libyaml reads and saphyr-parser refuses, rewritten so that the latter finds the places in it.

use std::borrow::Cow;

use saphyr_parser::{Parser, ScanError};

use super::pairs::{closing, end_of_brackets, opens_rather};

/// How often a text is mended: it is parsed again each time.
const MOST: usize = 64;

/// A text that saphyr-parser reads further than the original. Each character stays at its index, but lines may be joined.
pub(super) struct Mended<'t> {
    original: &'t str,
    pub text: Cow<'t, str>,
    times: usize,
}

impl<'t> Mended<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        Self {
            original,
            text: Cow::Borrowed(original),
            times: 0,
        }
    }

    /// Mends what was refused. False if nothing can be done about it.
    pub(super) fn mend(&mut self, refused: &ScanError) -> bool {
        self.times += 1;
        let mended = (self.times <= MOST)
            .then(|| mended(&self.text, refused.marker().index()))
            .flatten();
        let is_mended = mended.is_some();
        self.text = mended.map_or_else(|| std::mem::take(&mut self.text), Cow::Owned);
        is_mended
    }

    /// Mends a text until it is read, or until it cannot be. Returns the index of what is refused.
    pub(super) fn read(&mut self) -> Option<usize> {
        while let Some(refused) = Parser::new_from_str(&self.text).find_map(Result::err) {
            if !self.mend(&refused) {
                return Some(refused.marker().index());
            }
        }
        None
    }

    /// The lines of the original, if they are needed to find a place.
    pub(super) fn lines(&self) -> Option<Lines> {
        matches!(self.text, Cow::Owned(_)).then(|| Lines::of(self.original))
    }
}

/// Where the lines of a text start.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            start += line.chars().count();
            starts.push(start);
        }
        Self(starts)
    }

    /// The line and column of a character, counted from 1.
    pub(super) fn place(&self, index: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= index);
        let start = self.0.get(line.saturating_sub(1)).copied().unwrap_or_default();
        (line, index - start + 1)
    }
}

/// Characters that libyaml takes for line breaks.
const LINE_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Mends what was refused at a character.
fn mended(text: &str, index: usize) -> Option<String> {
    if text.contains(LINE_BREAKS) || text.contains('\u{feff}') {
        return Some(text.replace(LINE_BREAKS, "\n").replace('\u{feff}', "\u{2060}"));
    }
    let at = text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    let (before, rest) = text.split_at_checked(at)?;
    let key = before.trim_end_matches('\t');
    match rest.chars().next()? {
        // A value after a tab.
        _ if key.len() < before.len() && key.ends_with(':') => {
            Some(format!("{key}{}{rest}", " ".repeat(before.len() - key.len())))
        }
        // A text of a dash, in a list in brackets.
        '-' if rest.get(1..)?.starts_with([',', '[', ']', '{', '}']) => Some(format!("{before}x{}", rest.get(1..)?)),
        // A comment without a space before it.
        '#' if !opens_rather(before) => {
            let end = rest.find('\n').unwrap_or(rest.len());
            let (comment, rest) = rest.split_at_checked(end)?;
            Some(format!("{before}{}{rest}", " ".repeat(comment.chars().count())))
        }
        _ => quoted(before, rest).or_else(|| in_brackets(text, before, rest)),
    }
}

/// Mends a quoted text with lines that are not indented.
fn quoted(before: &str, rest: &str) -> Option<String> {
    let end = rest.starts_with(['\'', '"']).then(|| closing(rest))??;
    joined(before, rest, end)
}

/// Mends something in brackets, from a line that is not indented to the closing bracket.
fn in_brackets(text: &str, before: &str, rest: &str) -> Option<String> {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if !line.trim().is_empty() {
        return None;
    }
    let end = before.len() + end_of_brackets(rest, None)?;
    let (before, rest) = text.split_at_checked(before.trim_end().len())?;
    joined(before, rest, end - before.len())
}

/// A text with the first bytes after a part on one line; `None` if they are already, or if a comment would swallow what follows.
fn joined(before: &str, rest: &str, end: usize) -> Option<String> {
    let (inner, after) = rest.split_at_checked(end)?;
    let last = before.rsplit('\n').next().unwrap_or_default();
    let is_quoted = inner.starts_with(['\'', '"']);
    let has_comment = !is_quoted && [last, inner].iter().any(|text| text.contains(" #"));
    let is_joined = inner.contains('\n') && !has_comment;
    is_joined.then(|| format!("{before}{}{after}", inner.replace(['\n', '\r'], " ")))
}
