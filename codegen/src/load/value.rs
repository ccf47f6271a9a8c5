//! JSON values from YAML or JSON.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::unclosed::may_be_cut_off;

/// YAML as JSON: keys become strings, tags are dropped, merge keys are applied, and what JSON lacks is rejected.
///
/// serde_yaml's own values would be a second copy of the document.
#[derive(Clone, Copy)]
pub(super) struct Json<'r>(pub &'r Suspects);

/// What is only known of a text as a whole once it is looked at again.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    /// Is set if a key appears twice. The last one is used.
    pub repeats: Cell<bool>,
    /// Is set if a quote may not be closed.
    pub is_cut_off: Cell<bool>,
}

/// The error for keys that JSON lacks.
pub(super) const KEY_WITH_PARTS: &str = "a list or a mapping cannot be a key";

impl<'de> DeserializeSeed<'de> for Json<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Json<'_> {
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

    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        // Numbers that do not fit in 64 bits are approximated.
        self.visit_f64(number as f64)
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number).map(Value::Number);
        number.ok_or_else(|| E::custom("`.nan` and `.inf` cannot be represented in JSON"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        if may_be_cut_off(text) {
            self.0.is_cut_off.set(true);
        }
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = None;
        while let Some(key) = members.next_key_seed(self)? {
            let key = key_text(key).ok_or_else(|| A::Error::custom(KEY_WITH_PARTS))?;
            let value = members.next_value_seed(self)?;
            let before = if key == "<<" {
                merged.replace(value)
            } else {
                object.insert(key, value)
            };
            if before.is_some() {
                self.0.repeats.set(true);
            }
        }
        if let Some(merged) = merged {
            merge(&mut object, merged).map_err(A::Error::custom)?;
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
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
