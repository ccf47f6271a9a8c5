//! The texts that a document is made of, and the locations of places in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::load::place;
use crate::load::rewritten::Rewritten;
use crate::pointer::Pointer;
use crate::text::one_line;

/// A source text with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The name in diagnostics, usually a path.
    pub name: String,
    /// The text, YAML or JSON.
    pub text: String,
}

impl Source {
    /// Creates a source from a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}

impl Source {
    /// The start of the text.
    pub(crate) fn start(&self) -> Location {
        self.at(1, 1)
    }

    /// A line and column of the text.
    pub(crate) fn at(&self, line: usize, column: usize) -> Location {
        Location {
            file: self.name.clone(),
            line,
            column,
            end: None,
            text: self.text.lines().nth(line.saturating_sub(1)).and_then(shown),
        }
    }
}

/// The texts of a document, and which parts came from which text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// The document itself, its overlays in the order of their application, its supplements, and the files that it refers to.
    pub texts: Vec<Arc<Source>>,
    pub overlays: usize,
    pub supplements: usize,
    /// The tags that operations are selected by.
    pub tags: Vec<String>,
    /// Whether words that were run together in names are separated.
    pub split_names: bool,
    /// In the order in which they were made.
    pub changes: Vec<Change>,
    /// What was done after that to read it as OpenAPI 3.0.
    pub rewritten: Rewritten,
    /// Missing components, and the numbers of the texts of another API that define them.
    pub elsewhere: BTreeMap<Pointer, usize>,
}

/// A change of the document after its text was read. Places are those at that time.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// Another text filled a place.
    Filled(Origin),
    /// An item of a list was removed, and those after it moved up.
    Removed(Pointer),
    /// An action removed a member of an object, or the whole document.
    Dropped(Origin),
}

/// A place in the document that another text filled or removed.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub place: Pointer,
    /// The number of the text.
    pub text: usize,
    /// The place there.
    pub source: Pointer,
}

impl Sources {
    /// The name of the document itself.
    pub(crate) fn name(&self) -> &str {
        self.texts.first().map_or("", |spec| &spec.name)
    }

    /// The name of a text of another API that defines a missing component.
    pub(crate) fn elsewhere(&self, component: &Pointer) -> Option<&str> {
        let text = self.elsewhere.get(component)?;
        Some(&self.texts.get(*text)?.name)
    }

    /// Whether the document refers to other files.
    pub(crate) fn has_files(&self) -> bool {
        self.texts.len() > 1 + self.overlays + self.supplements
    }

    /// The texts that contribute to the document.
    pub(crate) fn used(&self) -> impl Iterator<Item = &Source> {
        self.numbered().map(|(_, text)| text)
    }

    /// The texts that contribute to the document, with their numbers.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &Source)> {
        let fills = |number: usize| {
            let mut changes = self.changes.iter();
            changes.any(|change| matches!(change, Change::Filled(origin) if origin.text == number))
        };
        let is_used = move |number: usize| number <= self.overlays || fills(number);
        let texts = self.texts.iter().map(|text| &**text).enumerate();
        texts.filter(move |(number, _)| is_used(*number))
    }

    /// The locations of places in the texts, if known. Each text is parsed once.
    pub(crate) fn locate(&self, places: impl Iterator<Item = Place>) -> BTreeMap<Place, Location> {
        let mut wanted: BTreeMap<usize, BTreeMap<Pointer, Vec<Place>>> = BTreeMap::new();
        for place in places {
            let (text, mut pointer) = self.origin(&place);
            if place.is_key {
                pointer = pointer.join(place::KEY);
            }
            wanted.entry(text).or_default().entry(pointer).or_default().push(place);
        }
        let mut found = BTreeMap::new();
        for (text, mut places) in wanted {
            let Some(source) = self.texts.get(text) else { continue };
            for (pointer, location) in locate(source, places.keys().cloned().collect()) {
                let here = places.remove(&pointer).unwrap_or_default();
                found.extend(here.into_iter().map(|place| (place, location.clone())));
            }
        }
        found
    }

    /// The number of the text that a place came from, and the place there.
    fn origin(&self, Place { text, pointer, .. }: &Place) -> (usize, Pointer) {
        if let Some(text) = text {
            return (*text, pointer.clone());
        }
        let mut pointer = pointer.clone();
        for change in self.changes.iter().rev() {
            match change {
                Change::Filled(origin) => {
                    if let Some(rest) = pointer.below(&origin.place) {
                        pointer = origin.source.extend(rest);
                        if origin.text > 0 {
                            return (origin.text, pointer);
                        }
                    }
                }
                Change::Removed(item) => pointer = pointer.before_removal(item),
                Change::Dropped(_) => {}
            }
        }
        (0, pointer)
    }
}

/// A place in the document, or in one of the texts that it is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The number of the text.
    pub text: Option<usize>,
    pub pointer: Pointer,
    /// Whether the key of the member is meant, not its value.
    pub is_key: bool,
}

impl Place {
    pub(crate) fn in_document(pointer: &Pointer) -> Self {
        Self {
            text: None,
            pointer: pointer.clone(),
            is_key: false,
        }
    }
}

/// The locations of places in a text, if found. A place that was rewritten has the location of the part that contains it.
pub(crate) fn locate(source: &Source, places: BTreeSet<Pointer>) -> impl Iterator<Item = (Pointer, Location)> {
    let mut found = place::locate(&source.text, &places);
    let lost = places.into_iter().filter(|place| !found.contains_key(place));
    let mut lost: Vec<(Pointer, Option<Pointer>)> = lost.map(|place| (place.clone(), place.parent())).collect();
    while !lost.is_empty() {
        let around = lost.iter().filter_map(|(_, around)| around.clone()).collect();
        let around = place::locate(&source.text, &around);
        lost.retain_mut(|(place, outer)| match outer.as_ref().map(|outer| around.get(outer)) {
            Some(Some(span)) => found.insert(place.clone(), *span).is_some(),
            Some(None) => {
                *outer = outer.as_ref().and_then(Pointer::parent);
                true
            }
            None => false,
        });
    }
    let lines: Vec<&str> = source.text.lines().collect();
    found.into_iter().map(move |(pointer, span)| {
        let (line, column) = span.start;
        let location = Location {
            file: source.name.clone(),
            line,
            column,
            end: Some(span.end),
            text: lines.get(line.saturating_sub(1)).copied().and_then(shown),
        };
        (pointer, location)
    })
}

/// The line to show, unless it is too long.
fn shown(line: &str) -> Option<String> {
    (line.len() <= LONGEST).then(|| line.to_owned())
}

/// The maximum length in bytes of a line that is shown; a whole document may be one line.
const LONGEST: usize = 200;

/// A place in a text; lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The name of the file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The line and column after the last character, if known.
    pub end: Option<(usize, usize)>,
    /// The text of the line, unless it is too long.
    pub(crate) text: Option<String>,
}

impl Location {
    /// Returns the line, with marks below the place. Empty if the line is not shown.
    pub(crate) fn marked(&self, mark: &str) -> Option<(String, String)> {
        let line = self.text.as_ref()?.trim_ascii_end();
        let start = self.column.saturating_sub(1);
        let end = match self.end {
            Some((end_line, end)) if end_line == self.line => end.saturating_sub(1),
            // It continues on the next line.
            Some(_) => line.chars().count(),
            None => self.column,
        };
        let part = |from: usize, to: usize| {
            line.chars()
                .skip(from)
                .take(to.saturating_sub(from))
                .collect::<String>()
        };
        // Invisible characters are escaped, and the width of a tab is unknown.
        let as_shown = |text: &str| one_line(text).replace('\t', "    ");
        let before = as_shown(&part(0, start)).chars().count();
        let marked = as_shown(&part(start, end)).trim_ascii_end().chars().count().max(1);
        Some((as_shown(line), format!("{}{}", " ".repeat(before), mark.repeat(marked))))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
