//! YAML and JSON text. The only file that names serde_yaml, so that another parser is one file's work.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::Value as Yaml;

use crate::pointer::Pointer;

/// Why a text could not be read, and where.
#[derive(Clone, Debug)]
pub(crate) struct SyntaxError {
    pub message: String,
    /// The line and column.
    pub place: Option<Place>,
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
    let mut yaml: Yaml = serde_yaml::from_str(text).map_err(syntax_error)?;
    yaml.apply_merge().map_err(syntax_error)?;
    to_json(yaml).map_err(|Unfit { message, mut steps }| {
        steps.reverse();
        let at = Pointer::root().extend(&steps);
        SyntaxError {
            message: message.to_owned(),
            place: locate(text, &BTreeSet::from([at.clone()])).remove(&at),
        }
    })
}

/// A text without the mark that some editors put before it (YAML 1.2, section 5.2).
fn without_mark(text: &str) -> &str {
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

/// The lines and columns at which places in a text start, as far as they are found, in one walk.
///
/// serde_yaml keeps no positions in its values, but stamps one on every error. A key or another scalar that fails is
/// behind the walk all the same, so those on the way fail on purpose.
pub(crate) fn locate(text: &str, wanted: &BTreeSet<Pointer>) -> BTreeMap<Pointer, Place> {
    let text = without_mark(text);
    let mut search = Search {
        lines: text.lines().collect(),
        wanted,
        found: BTreeMap::new(),
        met: None,
    };
    let root = Walk {
        at: Pointer::root(),
        search: &mut search,
    };
    // An error that was not meant ends the walk; what it has found stays.
    if let Ok(Some(start)) = root.deserialize(serde_yaml::Deserializer::from_str(text)) {
        search.note(Pointer::root(), start);
    }
    search.found
}

/// A line and a column, counted from 1.
pub(crate) type Place = (usize, usize);

struct Search<'a> {
    lines: Vec<&'a str>,
    wanted: &'a BTreeSet<Pointer>,
    found: BTreeMap<Pointer, Place>,
    /// The scalar that has failed on purpose.
    met: Option<String>,
}

impl Search<'_> {
    /// Whether a place or one below it is wanted.
    fn leads_on(&self, at: &Pointer) -> bool {
        // Those below a place come right after it.
        let next = self.wanted.range(at..).next();
        next.is_some_and(|next| next.below(at).is_some())
    }

    fn note(&mut self, at: Pointer, place: Place) {
        if self.wanted.contains(&at) {
            self.found.insert(at, place);
        }
    }

    /// The scalar that an error was meant for, and where it stands.
    fn met<E: fmt::Display>(&mut self, error: E) -> Result<(String, Place), E> {
        let Some(text) = self.met.take() else {
            return Err(error);
        };
        // serde_yaml does not write the start of a text as a line and column.
        let message = error.to_string();
        let place = message
            .rsplit_once(" at line ")
            .and_then(|(_, place)| place.split_once(" column "))
            .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
        Ok((text, place.unwrap_or((1, 1))))
    }

    /// The place of a mark in front of a place, with nothing but blanks between, or else the place.
    fn mark_before(&self, place: Place, marks: &[char]) -> Place {
        let (line, column) = place;
        // A whole document may stand in one line, which cannot be gone through for each of its places.
        if column > 1_000 {
            return place;
        }
        for (index, text) in self.lines.iter().enumerate().take(line).rev() {
            let end = text.char_indices().nth(column - 1).map_or(text.len(), |(end, _)| end);
            let before = if index + 1 == line { &text[..end] } else { text };
            if let Some(last) = before.trim_end().chars().last() {
                let column = before.trim_end().chars().count();
                return if marks.contains(&last) {
                    (index + 1, column)
                } else {
                    place
                };
            }
        }
        place
    }
}

/// A walk through what is at a place, which results in where that starts.
struct Walk<'s, 'a> {
    at: Pointer,
    search: &'s mut Search<'a>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = Option<Place>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Walk<'_, '_> {
    fn fail<T, E: serde::de::Error>(self, scalar: impl fmt::Display) -> Result<T, E> {
        self.search.met = Some(scalar.to_string());
        Err(E::custom("met on the walk"))
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = Option<Place>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut first = None;
        loop {
            let search = &mut *self.search;
            let key = map.next_key_seed(Walk {
                at: Pointer::root(),
                search,
            });
            let (key, start) = match key {
                Ok(None) => return Ok(first),
                Ok(Some(start)) => (String::new(), start.unwrap_or((1, 1))),
                Err(error) => search.met(error)?,
            };
            first.get_or_insert_with(|| search.mark_before(start, &['{']));
            let at = self.at.join(key);
            if !search.leads_on(&at) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value_seed(Walk { at: at.clone(), search });
            let place = match value {
                Ok(place) => place.unwrap_or(start),
                Err(error) => search.met(error)?.1,
            };
            search.note(at, place);
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut first = None;
        for index in 0.. {
            let at = self.at.join(index);
            let search = &mut *self.search;
            // The first item also tells where the list starts.
            if index > 0 && !search.leads_on(&at) {
                match items.next_element::<IgnoredAny>()? {
                    Some(_) => continue,
                    None => break,
                }
            }
            let item = items.next_element_seed(Walk { at: at.clone(), search });
            let place = match item {
                Ok(None) => break,
                Ok(Some(place)) => place,
                Err(error) => Some(search.met(error)?.1),
            };
            if let Some(place) = place {
                if index == 0 {
                    first = Some(search.mark_before(place, &['[', '-']));
                }
                search.note(at, place);
            }
        }
        Ok(first)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.fail(text)
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Self::Value, E> {
        self.fail(flag)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        self.fail(number)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        self.fail(number)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
        self.fail(number)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        self.fail("null")
    }
}
