//! Writes values to any of serde's formats.
//!
//! What is generated sees a [`Writer`] and no format, so that it is compiled once.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::model::json::{AnyJson, List, Members, Purpose, Writer};

/// Something that takes values of one of serde's formats.
trait Sink {
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);
}

impl<S: Sink> Writer for S {
    fn null(&mut self, name: &str) {
        self.put(name, &());
    }

    fn boolean(&mut self, name: &str, value: bool) {
        self.put(name, &value);
    }

    fn integer(&mut self, name: &str, value: i64) {
        self.put(name, &value);
    }

    fn unsigned(&mut self, name: &str, value: u64) {
        self.put(name, &value);
    }

    fn number(&mut self, name: &str, value: f64) {
        self.put(name, &value);
    }

    fn single(&mut self, name: &str, value: f32) {
        self.put(name, &value);
    }

    fn string(&mut self, name: &str, value: &str) {
        self.put(name, value);
    }

    fn any(&mut self, name: &str, value: &Value) {
        self.put(name, value);
    }

    fn object(&mut self, name: &str, value: &dyn AnyJson) {
        self.put(name, &Object(value));
    }

    fn list(&mut self, name: &str, value: &dyn List) {
        self.put(name, &Items(value));
    }
}

/// A value on its own.
pub(crate) struct Root<S: Serializer> {
    serializer: Option<S>,
    result: Option<Result<S::Ok, S::Error>>,
}

impl<S: Serializer> Root<S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self {
            serializer: Some(serializer),
            result: None,
        }
    }

    /// What came of writing it.
    pub(crate) fn finish(self) -> Result<S::Ok, S::Error> {
        match (self.result, self.serializer) {
            (Some(result), _) => result,
            (None, Some(serializer)) => serializer.serialize_unit(),
            (None, None) => Err(serde::ser::Error::custom("nothing was written")),
        }
    }
}

impl<S: Serializer> Sink for Root<S> {
    fn put<T: Serialize + ?Sized>(&mut self, _name: &str, value: &T) {
        if let Some(serializer) = self.serializer.take() {
            self.result = Some(value.serialize(serializer));
        }
    }
}

/// The members of an object, until one fails.
struct Entries<M: SerializeMap>(M, Result<(), M::Error>);

impl<M: SerializeMap> Sink for Entries<M> {
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.1.is_ok()
            && let Err(error) = self.0.serialize_entry(name, value)
        {
            self.1 = Err(error);
        }
    }
}

/// The items of an array, until one fails.
struct Elements<S: SerializeSeq>(S, Result<(), S::Error>);

impl<S: SerializeSeq> Sink for Elements<S> {
    fn put<T: Serialize + ?Sized>(&mut self, _name: &str, value: &T) {
        if self.1.is_ok()
            && let Err(error) = self.0.serialize_element(value)
        {
            self.1 = Err(error);
        }
    }
}

struct Object<'o>(&'o dyn AnyJson);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = Entries(serializer.serialize_map(None)?, Ok(()));
        self.0.any_members(&mut Members(Purpose::Write(&mut entries)));
        entries.1?;
        entries.0.end()
    }
}

struct Items<'i>(&'i dyn List);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut elements = Elements(serializer.serialize_seq(Some(self.0.length()))?, Ok(()));
        self.0.write_items(&mut elements);
        elements.1?;
        elements.0.end()
    }
}
