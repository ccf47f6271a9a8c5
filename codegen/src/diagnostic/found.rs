//! Diagnostics of a document, with their places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::code::{Code, Severity};
use super::level::KnownLevels;
use crate::pointer::Pointer;
use crate::source::{Location, Place, Sources};

/// A message about a document.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The kind of diagnostic.
    pub code: Code,
    /// The severity: that of its code, unless a [`Level`](crate::Level) is set.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The place in the document.
    pub pointer: Pointer,
    /// Whether it is about the key of the member, not about its value.
    pub(crate) is_key: bool,
    /// What the generator does about it, or how to fix it.
    pub help: Option<String>,
    /// Related places.
    pub related: Vec<Related>,
    /// File, line and column, if the text could not be parsed.
    pub(crate) location: Option<Box<Location>>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            pointer: pointer.clone(),
            is_key: false,
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

    /// Adds the key of a member of the document.
    pub(crate) fn related_key(self, label: impl Into<String>, pointer: &Pointer) -> Self {
        let related = Related::new(label, pointer, None);
        self.also(Related {
            is_key: true,
            ..related
        })
    }

    pub(crate) fn also(mut self, related: Related) -> Self {
        self.related.push(related);
        self
    }

    pub(crate) fn at(mut self, location: Option<Location>) -> Self {
        self.location = location.map(Box::new);
        self
    }

    /// Says that it is about the key of the member.
    pub(crate) fn of_key(mut self) -> Self {
        self.is_key = true;
        self
    }

    pub(super) fn place(&self) -> Place {
        Place {
            is_key: self.is_key,
            ..Place::in_document(&self.pointer)
        }
    }

    /// Its place and the related places.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        std::iter::once(self.place()).chain(self.related.iter().map(Related::place))
    }
}

/// A place that is related to a [`Diagnostic`].
#[derive(Clone, Debug)]
pub struct Related {
    /// A description of the place.
    pub label: String,
    /// The place in the document, or in one of the texts that it is made of.
    pub pointer: Pointer,
    /// The number of the text, if it is not a place in the document.
    pub(crate) text: Option<usize>,
    /// Whether it is the key of the member, not its value.
    is_key: bool,
    /// File, line and column, if the text could not be parsed.
    pub(crate) location: Option<Box<Location>>,
}

impl Related {
    /// A place in the document, or in the text with a number.
    pub(crate) fn new(label: impl Into<String>, pointer: &Pointer, text: Option<usize>) -> Self {
        Self {
            label: label.into(),
            pointer: pointer.clone(),
            text,
            is_key: false,
            location: None,
        }
    }

    /// A place in a text that could not be parsed.
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
            is_key: self.is_key,
        }
    }
}

/// The diagnostics of a document, with the texts that they refer to.
///
/// `Display` prints all of it; file, line and column are looked up at that moment.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Allowed diagnostics, which are only reported if their count is wrong.
    allowed: Vec<Diagnostic>,
    told: BTreeSet<(Pointer, String, Option<String>)>,
    levels: KnownLevels,
    pub(crate) sources: Sources,
    /// The locations for each severity, looked up together when the first is printed: a build script does not print all.
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

    /// Adds a diagnostic of the document, as it is read.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        let original = |pointer: &mut Pointer| *pointer = self.sources.rewritten.original(std::mem::take(pointer));
        original(&mut diagnostic.pointer);
        let related = diagnostic.related.iter_mut().filter(|related| related.text.is_none());
        related.for_each(|related| original(&mut related.pointer));
        self.push_original(diagnostic);
    }

    /// Adds a diagnostic of the document as it is written, unless it is a duplicate: a component is visited for each of its uses.
    pub(crate) fn push_original(&mut self, mut diagnostic: Diagnostic) {
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

    /// Whether nothing can be generated. Denied diagnostics do not stop the work, so that all of them are reported.
    pub(crate) fn has_fatal(&self) -> bool {
        let is_fatal = |one: &Diagnostic| one.severity == Severity::Error && one.code.severity() == Severity::Error;
        self.list.iter().any(is_fatal)
    }

    /// Whether anything is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|one| one.severity == Severity::Error)
    }

    /// The expected number of a code, if set.
    pub(super) fn expected(&self, code: Code) -> Option<usize> {
        self.levels.expected(code)
    }

    pub(super) fn count_allowed(&self, code: Code) -> usize {
        self.allowed.iter().filter(|one| one.code == code).count()
    }

    /// Reports allowed diagnostics as errors.
    pub(super) fn deny_allowed(&mut self, code: Code) {
        for mut diagnostic in self.allowed.extract_if(.., |one| one.code == code) {
            diagnostic.severity = Severity::Error;
            self.list.push(diagnostic);
        }
    }

    /// The location of a place in the texts, if known.
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
