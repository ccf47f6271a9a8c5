//! Arrays, and objects whose members are all of one type.

use std::collections::BTreeMap;

use crate::model::json::{Json, List, Members, Source, Writer};
use crate::model::member::element;
use crate::model::outcome::Outcome;

impl<T: Json> List for Vec<T> {
    fn read_item(&mut self, source: &mut Source<'_>) {
        // It is read where it is going to stay, since objects are large.
        self.push(T::default());
        let is_read = match self.last_mut() {
            Some(item) => element(item, source),
            None => false,
        };
        if !is_read {
            self.pop();
        }
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn write_items(&self, writer: &mut dyn Writer) {
        for item in self {
            item.write("", writer);
        }
    }
}

impl<T: Json> Json for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.list(self, source.place, source.notes)
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.list(name, self);
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read_member(&mut self, name: &str, source: &mut Source<'_>) {
        source.notes.unnamed();
        let mut value = T::default();
        if element(&mut value, source) {
            self.insert(name.to_owned(), value);
        }
    }

    fn members(&self, members: &mut Members<'_>) {
        members.others(self);
    }
}
