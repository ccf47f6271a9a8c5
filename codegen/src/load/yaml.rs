//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// Why a text could not be read, and where.
#[derive(Clone, Debug)]
pub(crate) struct SyntaxError {
    pub message: String,
    /// The line and column, counted from 1.
    pub place: Option<(usize, usize)>,
}

/// Reads a text of YAML, of which JSON is a part. Members keep their order.
pub(crate) fn parse(text: &str) -> Result<Value, SyntaxError> {
    let text = without_mark(text);
    // JSON has escapes that the YAML parser refuses (surrogate pairs). What is no JSON may still be YAML.
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    Json.deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(syntax_error)
}

/// A text without the mark that some editors put before it (YAML 1.2, section 5.2).
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn syntax_error(error: serde_yaml::Error) -> SyntaxError {
    let place = error.location().map(|at| (at.line(), at.column()));
    let mut message = error.to_string();
    // The place is printed on its own line.
    if let Some(cut) = message.find(" at line ") {
        message.truncate(cut);
    }
    SyntaxError { message, place }
}

/// YAML as JSON: keys become strings, tags are dropped, merges are done, what JSON lacks is refused.
///
/// serde_yaml's own values would be a second copy of the document.
struct Json;

impl<'de> DeserializeSeed<'de> for Json {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Json {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number).map(Value::Number);
        number.ok_or_else(|| E::custom("`.nan` and `.inf` have no form in JSON"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Json)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = None;
        while let Some(key) = members.next_key_seed(Json)? {
            let key = key_text(key).ok_or_else(|| A::Error::custom("a list or a mapping cannot be a key"))?;
            let value = members.next_value_seed(Json)?;
            match object.entry(key) {
                Entry::Occupied(known) => {
                    return Err(A::Error::custom(format_args!(
                        "duplicate entry with key {:?}",
                        known.key()
                    )));
                }
                Entry::Vacant(free) if free.key() == "<<" => merged = Some(value),
                Entry::Vacant(free) => {
                    free.insert(value);
                }
            }
        }
        if let Some(merged) = merged {
            merge(&mut object, merged).map_err(A::Error::custom)?;
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(Json)
    }
}

/// A key as the text that JSON and pointers use.
fn key_text(key: Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text),
        Value::Number(_) | Value::Bool(_) | Value::Null => Some(key.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Adds the members of one or several mappings that are not there yet (YAML, "Merge Key Language-Independent Type").
fn merge(object: &mut Map<String, Value>, merged: Value) -> Result<(), &'static str> {
    match merged {
        Value::Object(members) => {
            for (key, value) in members {
                object.entry(key).or_insert(value);
            }
            Ok(())
        }
        Value::Array(several) if several.iter().all(Value::is_object) => {
            several.into_iter().try_for_each(|members| merge(object, members))
        }
        _ => Err("`<<` takes a mapping or a list of mappings"),
    }
}
