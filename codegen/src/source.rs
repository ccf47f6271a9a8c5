//! The texts that a document is made of, and where its places stand in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::load::yaml;
use crate::pointer::Pointer;

/// A text with the name by which people know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The name in diagnostics, mostly a path.
    pub name: String,
    /// The text, YAML or JSON.
    pub text: String,
}

impl Source {
    /// Pairs a name with a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}

impl Source {
    /// Where the text starts.
    pub(crate) fn start(&self) -> Location {
        Location {
            file: self.name.clone(),
            line: 1,
            column: 1,
        }
    }
}

/// The texts of a document, and what came from where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// The document itself, its overlays in the order of their application, and its supplements.
    pub texts: Vec<Source>,
    pub overlays: usize,
    pub origins: Vec<Origin>,
}

/// A place in the document that another text filled.
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

    /// The texts that had a part in the document.
    pub(crate) fn used(&self) -> impl Iterator<Item = &Source> {
        let is_used =
            |number: usize| number <= self.overlays || self.origins.iter().any(|origin| origin.text == number);
        self.texts
            .iter()
            .enumerate()
            .filter(move |(number, _)| is_used(*number))
            .map(|(_, text)| text)
    }

    /// Where places in the document stand in the texts, as far as that is known. Each text is read once.
    pub(crate) fn locate<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Location> {
        let mut wanted: BTreeMap<usize, BTreeMap<Pointer, Vec<&Pointer>>> = BTreeMap::new();
        for pointer in pointers {
            let origin = self.origins.iter().rev().find_map(|origin| {
                let rest = pointer.below(&origin.place)?;
                Some((origin.text, origin.source.extend(rest)))
            });
            let (text, place) = origin.unwrap_or_else(|| (0, pointer.clone()));
            let places = wanted.entry(text).or_default();
            places.entry(place).or_default().push(pointer);
        }
        let mut found = BTreeMap::new();
        for (text, places) in wanted {
            let Some(source) = self.texts.get(text) else { continue };
            for (place, location) in locate(source, places.keys().cloned().collect()) {
                for pointer in places.get(&place).into_iter().flatten() {
                    found.insert((*pointer).clone(), location.clone());
                }
            }
        }
        found
    }
}

pub(crate) fn locate(source: &Source, places: BTreeSet<Pointer>) -> impl Iterator<Item = (Pointer, Location)> {
    let found = yaml::locate(&source.text, &places);
    found.into_iter().map(|(pointer, (line, column))| {
        let file = source.name.clone();
        (pointer, Location { file, line, column })
    })
}

/// A place in a text; lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The name of the file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
