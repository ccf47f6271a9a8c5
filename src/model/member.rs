//! The rules for the members of an object: how each may be absent, when it is read and when it is written.

use std::collections::BTreeMap;

use crate::model::json::{Json, Members, Purpose, Source};
use crate::model::outcome::{Found, Outcome};

impl Source<'_> {
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

    /// Reads a member that may be absent.
    ///
    /// Null means the same, unless it is a value of the type.
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

impl Members<'_> {
    /// Shows a member that has to be there and is not null.
    pub fn required<T: Json>(&mut self, name: &'static str, value: &T) {
        match &mut self.0 {
            Purpose::Write(writer) => value.write(name, &mut **writer),
            Purpose::Describe(names) => names.push((name, true)),
        }
    }

    /// Shows a member that has to be there and may be null.
    pub fn required_or_null<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Shows a member that may be absent.
    pub fn optional<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        match (&mut self.0, value) {
            (Purpose::Write(writer), Some(value)) => value.write(name, &mut **writer),
            (Purpose::Write(_), None) => {}
            (Purpose::Describe(names), _) => names.push((name, false)),
        }
    }

    /// Shows a member that may be absent or null.
    pub fn optional_or_null<T: Json>(&mut self, name: &'static str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    /// Shows a member that every response has and no request; it is written where it came with a response.
    pub fn read_only<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        match &mut self.0 {
            Purpose::Write(_) => self.optional(name, value),
            Purpose::Describe(names) => names.push((name, true)),
        }
    }

    /// Shows a member that every request has and no response.
    pub fn write_only<T: Json>(&mut self, name: &'static str, value: &T) {
        match &mut self.0 {
            Purpose::Write(writer) => value.write(name, &mut **writer),
            Purpose::Describe(names) => names.push((name, false)),
        }
    }

    /// Shows the members that the document does not name.
    pub fn others<T: Json>(&mut self, values: &BTreeMap<String, T>) {
        if let Purpose::Write(writer) = &mut self.0 {
            for (name, value) in values {
                value.write(name, &mut **writer);
            }
        }
    }
}

/// Reads a value of an object or array whose members are all of one type. Returns whether it is one, and else notes why not.
pub(crate) fn element<T: Json>(value: &mut T, source: &mut Source<'_>) -> bool {
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
