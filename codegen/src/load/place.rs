//! Finds the line and column of places in a text.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Marker, Parser, ScanError, StrInput};

use super::events::without_surrogates;
use super::mend::{Lines, Mended};
use super::yaml::without_mark;
use crate::pointer::Pointer;

/// A part of a text, from its first character to the one after its last. Lines and columns count from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub start: (usize, usize),
    pub end: (usize, usize),
}

/// The last step of the place of a member's key.
pub(crate) const KEY: &str = "\0key";

/// The spans of places in a text, as far as they are found, in one walk: a text that is mended is walked again.
///
/// A scalar is where its text is, an object in a block where its first key is, a list there where its first dash is. The value of
/// an alias is at the alias.
pub(crate) fn locate(text: &str, wanted: &BTreeSet<Pointer>) -> BTreeMap<Pointer, Span> {
    let text = &*without_surrogates(without_mark(text));
    let mut mended = Mended::new(text);
    loop {
        let mut walk = Walk {
            events: Parser::new_from_str(&mended.text),
            lines: text.lines().collect(),
            starts: mended.lines(),
            wanted,
            wants_keys: wanted
                .iter()
                .any(|place| place.steps().last().is_some_and(|step| step == KEY)),
            found: BTreeMap::new(),
            refused: None,
        };
        // What cannot be read ends the search; what was found before is kept.
        let _ = walk.document();
        let Walk { found, refused, .. } = walk;
        if !refused.is_some_and(|refused| mended.mend(&refused)) {
            return found;
        }
    }
}

struct Walk<'a> {
    events: Parser<'a, StrInput<'a>>,
    lines: Vec<&'a str>,
    /// Where the lines start, if they cannot be told from the events.
    starts: Option<Lines>,
    wanted: &'a BTreeSet<Pointer>,
    wants_keys: bool,
    found: BTreeMap<Pointer, Span>,
    refused: Option<ScanError>,
}

impl<'a> Walk<'a> {
    /// The next event, unless there is none or nothing is left to find.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        if self.found.len() == self.wanted.len() {
            return None;
        }
        let next = self.events.next()?;
        let (event, span) = next.map_err(|refused| self.refused = Some(refused)).ok()?;
        let place = |mark: Marker| match &self.starts {
            Some(starts) => starts.place(mark.index()),
            None => (mark.line(), mark.col() + 1),
        };
        let (start, end) = (place(span.start), place(span.end));
        Some((event, Span { start, end }))
    }

    fn document(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (event, span) => return self.value(&Pointer::root(), event, span),
            }
        }
    }

    /// Visits the node that starts with an event.
    fn value(&mut self, at: &Pointer, event: Event<'a>, span: Span) -> Option<()> {
        match event {
            _ if !self.leads_on(at) => self.skip(&event),
            Event::MappingStart(..) => self.members(at, span),
            Event::SequenceStart(..) => {
                self.note(at, self.dash(span));
                self.items(at)
            }
            Event::Alias(_) => {
                let below: Vec<&Pointer> = self.below(at).collect();
                below.into_iter().for_each(|below| self.note(below, span));
                Some(())
            }
            _ => {
                self.note(at, span);
                Some(())
            }
        }
    }

    /// The dash before the first item of a list in a block: if the dashes are not indented, the parser is already past it.
    fn dash(&self, span: Span) -> Span {
        let (line, column) = span.start;
        let text = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before: String = text.chars().take(column - 1).collect();
        match before.trim_end().strip_suffix('-') {
            Some(before) if span.start == span.end => {
                let column = before.chars().count() + 1;
                Span {
                    start: (line, column),
                    end: (line, column + 1),
                }
            }
            _ => span,
        }
    }

    fn items(&mut self, at: &Pointer) -> Option<()> {
        for index in 0.. {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, span) => self.value(&at.join(index), event, span)?,
            }
        }
        Some(())
    }

    fn members(&mut self, at: &Pointer, mut span: Span) -> Option<()> {
        let mut is_first = true;
        loop {
            let (key, key_span) = self.next()?;
            // A block mapping has no mark.
            if is_first && span.start == span.end {
                span = key_span;
            }
            if std::mem::take(&mut is_first) {
                self.note(at, span);
            }
            let name = match key {
                Event::MappingEnd => return Some(()),
                Event::Scalar(name, ..) => name,
                other => {
                    self.skip(&other)?;
                    "".into()
                }
            };
            let (value, span) = self.next()?;
            // An omitted value has the location of its key.
            let is_absent = matches!(value, Event::Scalar(..)) && span.start == span.end;
            let place = at.join(name);
            if self.wants_keys {
                self.note(&place.join(KEY), key_span);
            }
            self.value(&place, value, if is_absent { key_span } else { span })?;
        }
    }

    /// Skips the node that starts with an event.
    fn skip(&mut self, start: &Event<'_>) -> Option<()> {
        let mut depth = i32::from(opens(start));
        while depth > 0 {
            match self.next()?.0 {
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                event => depth += i32::from(opens(&event)),
            }
        }
        Some(())
    }

    /// The wanted places at or below a place.
    fn below(&self, at: &Pointer) -> impl Iterator<Item = &'a Pointer> {
        // Those below a place directly follow it.
        let wanted: &'a BTreeSet<Pointer> = self.wanted;
        let from = wanted.range(at..);
        from.take_while(|next| next.below(at).is_some())
    }

    /// Whether a place or one below it is wanted.
    fn leads_on(&self, at: &Pointer) -> bool {
        self.below(at).next().is_some()
    }

    fn note(&mut self, at: &Pointer, span: Span) {
        if self.wanted.contains(at) {
            self.found.insert(at.clone(), span);
        }
    }
}

/// Whether an event starts something that has parts.
fn opens(event: &Event<'_>) -> bool {
    matches!(event, Event::MappingStart(..) | Event::SequenceStart(..))
}
