//! Writes values as JSON text.

use serde::Serialize;
use serde_json::Value;

use crate::model::json::{AnyJson, List, Members, Purpose, Writer};

/// Writes a value as JSON text. `None` has none.
pub(crate) fn to_json(value: &dyn AnyJson) -> Option<Vec<u8>> {
    let mut text = Text {
        json: Vec::with_capacity(256),
        ..Text::default()
    };
    value.write_any("", &mut text);
    (!text.is_none).then_some(text.json)
}

/// A JSON text, as far as it is written.
#[derive(Default)]
struct Text {
    json: Vec<u8>,
    /// Whether values have names here.
    is_object: bool,
    /// Whether a comma stands before the next value.
    goes_on: bool,
    /// Whether the value as a whole is `None`, which is not the JSON value null.
    is_none: bool,
}

impl Text {
    /// Writes what stands before a value.
    fn lead(&mut self, name: &str) {
        if self.goes_on {
            self.json.push(b',');
        }
        self.goes_on = true;
        if self.is_object {
            self.quoted(name);
            self.json.push(b':');
        }
    }

    fn quoted(&mut self, text: &str) {
        if is_plain(text) {
            self.json.push(b'"');
            self.json.extend_from_slice(text.as_bytes());
            self.json.push(b'"');
        } else {
            self.put(text);
        }
    }

    /// Writes what serde_json knows how to write. Neither these values nor the memory can refuse.
    fn put(&mut self, value: &(impl Serialize + ?Sized)) {
        let _ = serde_json::to_writer(&mut self.json, value);
    }

    /// Writes what stands between brackets.
    fn nested(&mut self, name: &str, is_object: bool, [start, end]: [u8; 2], write: impl FnOnce(&mut Self)) {
        self.lead(name);
        self.json.push(start);
        let outer = std::mem::replace(&mut self.is_object, is_object);
        self.goes_on = false;
        write(self);
        self.json.push(end);
        self.is_object = outer;
        self.goes_on = true;
    }
}

/// Whether a text stands in JSON as it is (RFC 8259, section 7).
fn is_plain(text: &str) -> bool {
    let is_escaped = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    // Without a way out in the middle, a chunk is looked at with one instruction for many bytes.
    let has_escaped = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_escaped(byte));
    !text.as_bytes().chunks(64).any(has_escaped)
}

impl Writer for Text {
    fn null(&mut self, name: &str) {
        self.is_none = self.json.is_empty();
        self.lead(name);
        self.json.extend_from_slice(b"null");
    }

    fn boolean(&mut self, name: &str, value: bool) {
        self.lead(name);
        self.put(&value);
    }

    fn integer(&mut self, name: &str, value: i64) {
        self.lead(name);
        self.put(&value);
    }

    fn unsigned(&mut self, name: &str, value: u64) {
        self.lead(name);
        self.put(&value);
    }

    fn number(&mut self, name: &str, value: f64) {
        self.lead(name);
        self.put(&value);
    }

    fn single(&mut self, name: &str, value: f32) {
        self.lead(name);
        self.put(&value);
    }

    fn string(&mut self, name: &str, value: &str) {
        self.lead(name);
        self.quoted(value);
    }

    fn any(&mut self, name: &str, value: &Value) {
        self.lead(name);
        self.put(value);
    }

    fn object(&mut self, name: &str, value: &dyn AnyJson) {
        self.nested(name, true, *b"{}", |text| {
            value.any_members(&mut Members(Purpose::Write(text)))
        });
    }

    fn list(&mut self, name: &str, value: &dyn List) {
        self.nested(name, false, *b"[]", |text| value.write_items(text));
    }
}
