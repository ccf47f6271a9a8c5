//! What types a JSON value is read into and written from, and the rules for members.

use serde_json::Value;

use super::read::Reader;
use super::record::Record;
use super::write::Writer;
use crate::drift::Notes;
use crate::place::Place;

/// A type that a JSON value is read into and written from.
pub trait Json: Default {
    /// What the document describes, as messages name it: `a string`, `an object`.
    const EXPECTED: &'static str;

    /// Reads a value into a default.
    fn read(&mut self, source: &mut Source<'_>) -> Outcome;

    /// Writes the value, as a member of this name where it is one.
    fn write(&self, name: &str, writer: &mut dyn Writer);
}

/// A value of any of these types, for what is compiled once for all of them.
pub trait AnyJson {
    /// Reads a value into a default.
    fn read_any(&mut self, source: &mut Source<'_>) -> Outcome;

    /// Writes the value, as a member of this name where it is one.
    fn write_any(&self, name: &str, writer: &mut dyn Writer);
}

impl<T: Json> AnyJson for T {
    fn read_any(&mut self, source: &mut Source<'_>) -> Outcome {
        self.read(source)
    }

    fn write_any(&self, name: &str, writer: &mut dyn Writer) {
        self.write(name, writer);
    }
}

/// What became of a value that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// It is what the document describes.
    Done,
    /// It is written in another way than the document describes, and nothing of it is lost.
    Converted,
    /// It is null, and null is not a value of the type.
    Null,
    /// It is of another type.
    Mismatched(Found),
    /// The text is not JSON; the reader has the error.
    Broken,
}

impl Outcome {
    /// Whether there is a value.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Done | Self::Converted)
    }
}

/// The type of a value that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Found {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Found {
    /// The type as messages name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A value that is to be read: the text it stands in, where in it, and where to note what is wrong with it.
pub struct Source<'s> {
    pub(crate) reader: &'s mut dyn Reader,
    pub(crate) place: &'s Place<'s>,
    pub(crate) notes: &'s mut Notes,
}

impl Source<'_> {
    /// Reads an object.
    #[inline]
    pub fn object(&mut self, into: &mut dyn Record) -> Outcome {
        self.reader.object(into, self.place, self.notes)
    }

    /// Reads a member that has to be there and is not null.
    pub fn required<T: Json>(&mut self, slot: &mut T) {
        // A member that comes twice is what it is the second time.
        *slot = T::default();
        match slot.read(self) {
            Outcome::Done => self.notes.documented(),
            Outcome::Null => self.notes.missing(self.place),
            outcome => {
                if self.departs(outcome, T::EXPECTED) {
                    *slot = T::default();
                }
            }
        }
    }

    /// Reads a member that has to be there and may be null.
    pub fn required_or_null<T: Json>(&mut self, slot: &mut Option<T>) {
        self.optional(slot);
    }

    /// Reads a member that may be absent. Null means the same, unless it is a value of the type.
    pub fn optional<T: Json>(&mut self, slot: &mut Option<T>) {
        match slot.read(self) {
            Outcome::Done => self.notes.documented(),
            // What is of another type is left out.
            outcome => _ = self.departs(outcome, T::EXPECTED),
        }
    }

    /// Reads a member that may be absent or null, and tells the two apart.
    pub fn optional_or_null<T: Json>(&mut self, slot: &mut Option<Option<T>>) {
        let mut value = None;
        let outcome = value.read(self);
        *slot = outcome.is_read().then_some(value);
        self.departs(outcome, T::EXPECTED);
    }

    /// Reads a member that every response has and no request.
    pub fn read_only<T: Json>(&mut self, slot: &mut Option<T>) {
        match slot.read(self) {
            Outcome::Done if slot.is_none() => self.notes.missing(self.place),
            outcome => _ = self.departs(outcome, T::EXPECTED),
        }
    }

    /// Reads a member that every request has and no response.
    pub fn write_only<T: Json>(&mut self, slot: &mut T) {
        *slot = T::default();
        let outcome = slot.read(self);
        if self.departs(outcome, T::EXPECTED) {
            *slot = T::default();
        }
    }

    /// Skips a member that the document does not describe.
    pub fn unknown(&mut self) {
        if self.reader.skip() != Outcome::Broken {
            self.notes.unknown_member(self.place);
        }
    }

    /// Counts a member, and notes what is wrong with it. Returns whether it is of another type.
    #[cold]
    fn departs(&mut self, outcome: Outcome, expected: &'static str) -> bool {
        self.notes.documented();
        match outcome {
            Outcome::Done | Outcome::Null | Outcome::Broken => false,
            Outcome::Converted => {
                self.notes.converted();
                false
            }
            Outcome::Mismatched(found) => {
                self.notes.mismatched(self.place, expected, found);
                true
            }
        }
    }
}

/// Reads a value of an object or array whose members are all of one type. Returns whether it is one, and else notes why not.
pub(super) fn element<T: Json>(value: &mut T, source: &mut Source<'_>) -> bool {
    let found = match value.read(source) {
        Outcome::Done => return true,
        Outcome::Converted => {
            source.notes.converted();
            return true;
        }
        Outcome::Null => Found::Null,
        Outcome::Mismatched(found) => found,
        Outcome::Broken => return false,
    };
    source.notes.mismatched(source.place, T::EXPECTED, found);
    false
}

impl<T: Json> Json for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        *self = Some(T::default());
        let outcome = match self {
            Some(value) => value.read(source),
            None => Outcome::Null,
        };
        match outcome {
            Outcome::Null => {
                *self = None;
                Outcome::Done
            }
            Outcome::Mismatched(_) => {
                *self = None;
                outcome
            }
            outcome => outcome,
        }
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        match self {
            None => writer.null(name),
            Some(value) => value.write(name, writer),
        }
    }
}

impl<T: Json> Json for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        (**self).read(source)
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        (**self).write(name, writer);
    }
}

impl Json for Value {
    const EXPECTED: &'static str = "any value";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.any(self)
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.any(name, self);
    }
}

/// Nothing: whatever comes is skipped.
impl Json for () {
    const EXPECTED: &'static str = "nothing";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.skip()
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.null(name);
    }
}
