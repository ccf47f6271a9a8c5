//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::Value as Yaml;

use crate::pointer::Pointer;

/// Why a text could not be read, and the line and column where.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub message: String,
    pub place: Option<(usize, usize)>,
}

/// Reads a text of YAML, of which JSON is a part. Members keep their order.
pub(crate) fn parse(text: &str) -> Result<Value, SyntaxError> {
    let mut yaml: Yaml = serde_yaml::from_str(text).map_err(|error| {
        let place = error.location().map(|at| (at.line(), at.column()));
        // The place is printed on its own line.
        let mut message = error.to_string();
        if let Some(cut) = message.find(" at line ") {
            message.truncate(cut);
        }
        SyntaxError { message, place }
    })?;
    yaml.apply_merge().map_err(|error| SyntaxError {
        message: error.to_string(),
        place: None,
    })?;
    to_json(yaml).map_err(|message| SyntaxError { message, place: None })
}

/// YAML as JSON: keys become strings, tags are dropped, numbers that JSON lacks are refused.
fn to_json(yaml: Yaml) -> Result<Value, String> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(flag),
        Yaml::String(text) => Value::String(text),
        Yaml::Number(number) => {
            if let Some(number) = number.as_u64() {
                Value::from(number)
            } else if let Some(number) = number.as_i64() {
                Value::from(number)
            } else {
                let number = number.as_f64().and_then(Number::from_f64);
                Value::Number(number.ok_or("`.nan` and `.inf` have no form in JSON")?)
            }
        }
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(to_json).collect::<Result<_, _>>()?),
        Yaml::Mapping(members) => {
            let mut object = Map::with_capacity(members.len());
            for (key, value) in members {
                let key = match key {
                    Yaml::String(text) => text,
                    Yaml::Number(number) => number.to_string(),
                    Yaml::Bool(flag) => flag.to_string(),
                    Yaml::Null => "null".to_owned(),
                    _ => return Err("a list or a mapping cannot be a key".to_owned()),
                };
                object.insert(key, to_json(value)?);
            }
            Value::Object(object)
        }
        Yaml::Tagged(tagged) => to_json(tagged.value)?,
    })
}

/// The line and column at which a place in a text starts.
///
/// serde_yaml keeps no positions in its values, but stamps one on every error: so walk to the place and fail there.
pub(crate) fn locate(text: &str, pointer: &Pointer) -> Option<(usize, usize)> {
    let walk = Walk { steps: pointer.steps() };
    let error = walk.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    if !error.to_string().starts_with(ARRIVED) {
        return None;
    }
    error.location().map(|at| (at.line(), at.column()))
}

/// Marks the error as the one that was meant.
const ARRIVED: &str = "arrived";

struct Walk<'a> {
    steps: &'a [String],
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.steps {
            [] => deserializer.deserialize_any(Arrival),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            match self.steps {
                [step, rest @ ..] if *step == key.0 => map.next_value_seed(Walk { steps: rest })?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let found = match self.steps {
                [step, rest @ ..] if *step == index.to_string() => items.next_element_seed(Walk { steps: rest })?,
                _ => items.next_element::<IgnoredAny>()?.map(drop),
            };
            if found.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }
}

/// Fails on whatever it meets.
struct Arrival;

impl<'de> Visitor<'de> for Arrival {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the end of the walk")
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(ARRIVED))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(A::Error::custom(ARRIVED))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Err(E::custom(ARRIVED))
    }
}

/// A key as the text that pointers use.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Yaml::deserialize(deserializer)? {
            Yaml::String(text) => text,
            Yaml::Number(number) => number.to_string(),
            Yaml::Bool(flag) => flag.to_string(),
            _ => String::new(),
        }))
    }
}
