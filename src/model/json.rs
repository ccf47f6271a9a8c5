//! The traits between a type, the format it is read from, and the format it is written to.

use serde_json::Value;

use crate::model::notes::Notes;
use crate::model::outcome::Outcome;
use crate::model::place::Place;

/// A type that a JSON value is read into and written from: an object, unless it says otherwise.
#[doc(hidden)]
pub trait Json: Default {
    /// What the document describes, as messages name it: `a string`, `an object`.
    const EXPECTED: &'static str = "an object";

    /// Reads a value into a default.
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.object(self)
    }

    /// Writes the value, as a member of this name where it is one.
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.object(name, self);
    }

    /// Reads the member of this name of an object.
    fn read_member(&mut self, name: &str, source: &mut Source<'_>) {
        let _ = (name, source);
    }

    /// Shows each member of an object.
    fn members(&self, members: &mut Members<'_>) {
        let _ = members;
    }
}

/// A value of any of these types, for what is compiled once for all of them.
pub trait AnyJson {
    /// Reads a value into a default.
    fn read_any(&mut self, source: &mut Source<'_>) -> Outcome;

    /// Writes the value, as a member of this name where it is one.
    fn write_any(&self, name: &str, writer: &mut dyn Writer);

    /// Reads the member of this name of an object.
    fn read_any_member(&mut self, name: &str, source: &mut Source<'_>);

    /// Shows each member of an object.
    fn any_members(&self, members: &mut Members<'_>);
}

impl<T: Json> AnyJson for T {
    fn read_any(&mut self, source: &mut Source<'_>) -> Outcome {
        self.read(source)
    }

    fn write_any(&self, name: &str, writer: &mut dyn Writer) {
        self.write(name, writer);
    }

    fn read_any_member(&mut self, name: &str, source: &mut Source<'_>) {
        self.read_member(name, source);
    }

    fn any_members(&self, members: &mut Members<'_>) {
        self.members(members);
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
    pub fn object(&mut self, into: &mut dyn AnyJson) -> Outcome {
        self.reader.object(into, self.place, self.notes)
    }
}

/// One value of a text, to be read once.
pub(crate) trait Reader {
    fn boolean(&mut self, into: &mut bool) -> Outcome;
    fn integer(&mut self, into: &mut i64) -> Outcome;
    fn unsigned(&mut self, into: &mut u64) -> Outcome;
    fn number(&mut self, into: &mut f64) -> Outcome;
    fn string(&mut self, into: &mut String) -> Outcome;
    /// A string that is one of several; also whether it is known.
    fn enumeration(&mut self, into: &mut dyn Enumeration, is_known: &mut bool) -> Outcome;
    fn any(&mut self, into: &mut Value) -> Outcome;
    fn skip(&mut self) -> Outcome;
    /// Skips a value that is not null.
    fn skim(&mut self) -> Outcome;
    fn list(&mut self, into: &mut dyn List, place: &Place<'_>, notes: &mut Notes) -> Outcome;
    fn object(&mut self, into: &mut dyn AnyJson, place: &Place<'_>, notes: &mut Notes) -> Outcome;
}

/// Where values go.
///
/// Each has a name where it is a member of an object.
#[allow(missing_docs, reason = "the names say it")]
pub trait Writer {
    fn null(&mut self, name: &str);
    fn boolean(&mut self, name: &str, value: bool);
    fn integer(&mut self, name: &str, value: i64);
    fn unsigned(&mut self, name: &str, value: u64);
    fn number(&mut self, name: &str, value: f64);
    fn single(&mut self, name: &str, value: f32);
    fn string(&mut self, name: &str, value: &str);
    fn any(&mut self, name: &str, value: &Value);
    fn object(&mut self, name: &str, value: &dyn AnyJson);
    fn list(&mut self, name: &str, value: &dyn List);
}

/// Those that are shown the members of an object.
pub struct Members<'m>(pub(crate) Purpose<'m>);

pub(crate) enum Purpose<'m> {
    /// To write them.
    Write(&'m mut dyn Writer),
    /// To know their names, and whether every response has them.
    Describe(&'m mut Vec<(&'static str, bool)>),
}

/// An array of any items.
pub trait List {
    /// Reads the next item.
    fn read_item(&mut self, source: &mut Source<'_>);

    /// How many items there are.
    fn length(&self) -> usize;

    /// Writes all items.
    fn write_items(&self, writer: &mut dyn Writer);
}

/// An enum of strings, which `rt::open_enum!` declares.
#[doc(hidden)]
pub trait Enumeration {
    /// Takes a value, and returns whether the document knows it.
    fn set(&mut self, value: &str) -> bool;
}
