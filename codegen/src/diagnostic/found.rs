//! What is found out about a document, told with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::code::{Code, Severity};
use super::level::KnownLevels;
use crate::pointer::Pointer;
use crate::source::{Location, Place, Sources};

/// One thing found out about a document.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// How much it matters: as much as its code, unless a [`Level`](crate::Level) says otherwise.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where in the document.
    pub pointer: Pointer,
    /// What was done about it, or what to do.
    pub help: Option<String>,
    /// Other places that it has to do with.
    pub related: Vec<Related>,
    /// File, line and column, where the text itself could not be read.
    pub(crate) location: Option<Box<Location>>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            pointer: pointer.clone(),
            help: None,
            related: Vec::new(),
            location: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place in the document.
    pub(crate) fn related(self, label: impl Into<String>, pointer: &Pointer) -> Self {
        self.also(Related::new(label, pointer, None))
    }

    pub(crate) fn also(mut self, related: Related) -> Self {
        self.related.push(related);
        self
    }

    pub(crate) fn at(mut self, location: Option<Location>) -> Self {
        self.location = location.map(Box::new);
        self
    }

    /// Where it stands, and where what it has to do with stands.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        let own = Place::in_document(&self.pointer);
        std::iter::once(own).chain(self.related.iter().map(Related::place))
    }
}

/// Another place that a [`Diagnostic`] has to do with.
#[derive(Clone, Debug)]
pub struct Related {
    /// What stands there.
    pub label: String,
    /// Where in the document, or in a text that the document is made of.
    pub pointer: Pointer,
    /// The number of the text, where it is no place in the document.
    pub(crate) text: Option<usize>,
    /// File, line and column, where the text itself could not be read.
    pub(crate) location: Option<Box<Location>>,
}

impl Related {
    /// A place in the document, or in the text of a number.
    pub(crate) fn new(label: impl Into<String>, pointer: &Pointer, text: Option<usize>) -> Self {
        Self {
            label: label.into(),
            pointer: pointer.clone(),
            text,
            location: None,
        }
    }

    /// A place in a text that could not be read.
    pub(crate) fn at(label: impl Into<String>, location: Location) -> Self {
        Self {
            location: Some(Box::new(location)),
            ..Self::new(label, &Pointer::root(), None)
        }
    }

    pub(super) fn place(&self) -> Place {
        Place {
            text: self.text,
            pointer: self.pointer.clone(),
        }
    }
}

/// Everything found out about a document, with the texts it was found in.
///
/// `Display` prints all of it; file, line and column are looked up at that moment.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What is found and not told, unless it is found too often.
    allowed: Vec<Diagnostic>,
    told: BTreeSet<(Pointer, String, Option<String>)>,
    levels: KnownLevels,
    pub(crate) sources: Sources,
    /// Where the places of each severity stand, looked up together when the first is printed: not all are in a build script.
    places: [OnceLock<BTreeMap<Place, Location>>; 3],
}

impl Diagnostics {
    pub(crate) fn new(levels: KnownLevels) -> Self {
        Self {
            levels,
            ..Self::default()
        }
    }

    /// The diagnostics in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Adds a diagnostic, unless it is known: a component is looked at for each of its uses.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        let place = diagnostic.location.as_ref().map(ToString::to_string);
        let told = (diagnostic.pointer.clone(), diagnostic.message.clone(), place);
        if !self.told.insert(told) {
            return;
        }
        match self.levels.severity(diagnostic.code) {
            Some(severity) => {
                diagnostic.severity = severity;
                self.list.push(diagnostic);
            }
            None => self.allowed.push(diagnostic),
        }
    }

    /// Whether nothing can be generated. What is denied alone does not stop the work, so that all of it is told.
    pub(crate) fn has_fatal(&self) -> bool {
        let is_fatal = |one: &Diagnostic| one.severity == Severity::Error && one.code.severity() == Severity::Error;
        self.list.iter().any(is_fatal)
    }

    /// Whether anything is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|one| one.severity == Severity::Error)
    }

    /// How often a code is to be found, where that is set.
    pub(super) fn expected(&self, code: Code) -> Option<usize> {
        self.levels.expected(code)
    }

    pub(super) fn count_allowed(&self, code: Code) -> usize {
        self.allowed.iter().filter(|one| one.code == code).count()
    }

    /// Tells what was allowed, as errors.
    pub(super) fn deny_allowed(&mut self, code: Code) {
        for mut diagnostic in self.allowed.extract_if(.., |one| one.code == code) {
            diagnostic.severity = Severity::Error;
            self.list.push(diagnostic);
        }
    }

    /// Where something stands in the texts, as far as that is known.
    pub(super) fn location(&self, place: &Place, severity: Severity) -> Option<&Location> {
        let [notes, warnings, errors] = &self.places;
        let places = match severity {
            Severity::Note => notes,
            Severity::Warning => warnings,
            Severity::Error => errors,
        };
        let places = places.get_or_init(|| {
            let alike = self.list.iter().filter(|one| one.severity == severity);
            self.sources.locate(alike.flat_map(Diagnostic::places))
        });
        places.get(place)
    }
}
