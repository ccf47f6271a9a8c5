//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::Value as Yaml;

use crate::pointer::Pointer;

/// Why a text could not be read, and where.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub message: String,
    /// The line and column.
    pub place: Option<(usize, usize)>,
}

/// Reads a text of YAML, of which JSON is a part. Members keep their order.
pub(crate) fn parse(text: &str) -> Result<Value, SyntaxError> {
    // JSON has escapes that the YAML parser refuses (surrogate pairs). What is no JSON may still be YAML.
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let mut yaml: Yaml = serde_yaml::from_str(text).map_err(syntax_error)?;
    yaml.apply_merge().map_err(syntax_error)?;
    to_json(yaml).map_err(|Unfit { message, mut steps }| {
        steps.reverse();
        SyntaxError {
            message: message.to_owned(),
            place: locate(text, &Pointer::root().extend(&steps)),
        }
    })
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

/// A value that JSON does not have, and the steps from it up to the root.
struct Unfit {
    message: &'static str,
    steps: Vec<String>,
}

impl Unfit {
    fn new(message: &'static str) -> Self {
        Self {
            message,
            steps: Vec::new(),
        }
    }

    fn below(mut self, step: impl fmt::Display) -> Self {
        self.steps.push(step.to_string());
        self
    }
}

/// YAML as JSON: keys become strings, tags are dropped, what JSON lacks is refused.
fn to_json(yaml: Yaml) -> Result<Value, Unfit> {
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
                Value::Number(number.ok_or_else(|| Unfit::new("`.nan` and `.inf` have no form in JSON"))?)
            }
        }
        Yaml::Sequence(items) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| to_json(item).map_err(|unfit| unfit.below(index)));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(members) => {
            let mut object = Map::with_capacity(members.len());
            for (key, value) in members {
                let key = key_text(key).ok_or_else(|| Unfit::new("a list or a mapping cannot be a key"))?;
                let value = to_json(value).map_err(|unfit| unfit.below(&key))?;
                object.insert(key, value);
            }
            Value::Object(object)
        }
        Yaml::Tagged(tagged) => to_json(tagged.value)?,
    })
}

/// A key as the text that JSON and pointers use.
fn key_text(key: Yaml) -> Option<String> {
    match key {
        Yaml::String(text) => Some(text),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(flag) => Some(flag.to_string()),
        Yaml::Null => Some("null".to_owned()),
        _ => None,
    }
}

/// The line and column at which a place in a text starts.
///
/// serde_yaml keeps no positions in its values, but stamps one on every error: so walk to the place and fail there.
pub(crate) fn locate(text: &str, pointer: &Pointer) -> Option<(usize, usize)> {
    let walk = Walk { steps: pointer.steps() };
    let error = walk.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    // serde_yaml puts its own words around it.
    if !error.to_string().contains(ARRIVED) {
        return None;
    }
    error.location().map(|at| (at.line(), at.column()))
}

/// Marks the error as the one that was meant.
const ARRIVED: &str = "<arrived at the place that was looked for>";

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
        Yaml::deserialize(deserializer).map(|key| Self(key_text(key).unwrap_or_default()))
    }
}
