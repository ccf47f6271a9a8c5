//! Reads values from any of serde's formats, in one pass.
//!
//! What is generated sees a [`Reader`] and no format, so that it is compiled once.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::collection::List;
use super::enumeration::Enumeration;
use super::json::{Found, Outcome, Source};
use super::record::{Members, Purpose, Record};
use crate::drift::Notes;
use crate::place::Place;

/// One value of a text, to be read once.
pub(crate) trait Reader {
    fn boolean(&mut self, into: &mut bool) -> Outcome;
    fn integer(&mut self, into: &mut i64) -> Outcome;
    fn number(&mut self, into: &mut f64) -> Outcome;
    fn string(&mut self, into: &mut String) -> Outcome;
    /// A string that is one of several; also whether it is known.
    fn enumeration(&mut self, into: &mut dyn Enumeration, is_known: &mut bool) -> Outcome;
    fn any(&mut self, into: &mut Value) -> Outcome;
    fn skip(&mut self) -> Outcome;
    /// Skips a value that is not null.
    fn skim(&mut self) -> Outcome;
    fn list(&mut self, into: &mut dyn List, place: &Place<'_>, notes: &mut Notes) -> Outcome;
    fn object(&mut self, into: &mut dyn Record, place: &Place<'_>, notes: &mut Notes) -> Outcome;
}

/// A value of one of serde's formats.
pub(crate) enum OneValue<D, E> {
    Unread(D),
    Read,
    /// Why the text cannot be read.
    Failed(E),
}

impl<'de, D: Deserializer<'de>> OneValue<D, D::Error> {
    pub(crate) fn new(deserializer: D) -> Self {
        Self::Unread(deserializer)
    }

    /// Why the text cannot be read.
    pub(crate) fn into_error(self) -> Option<D::Error> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// What follows can be read if this one could.
    fn finish(self, place: &Place<'_>, notes: &mut Notes) -> Result<(), D::Error> {
        match self {
            Self::Read => Ok(()),
            Self::Unread(deserializer) => IgnoredAny::deserialize(deserializer).map(|_| ()),
            Self::Failed(error) => {
                notes.broke(place);
                Err(error)
            }
        }
    }

    fn visit(&mut self, visitor: impl Visitor<'de, Value = Outcome>) -> Outcome {
        self.with(|deserializer| deserializer.deserialize_any(visitor))
    }

    fn with(&mut self, read: impl FnOnce(D) -> Result<Outcome, D::Error>) -> Outcome {
        match std::mem::replace(self, Self::Read) {
            Self::Unread(deserializer) => match read(deserializer) {
                Ok(outcome) => outcome,
                Err(error) => {
                    *self = Self::Failed(error);
                    Outcome::Broken
                }
            },
            // A value that was read is not there any more.
            read => {
                *self = read;
                Outcome::Broken
            }
        }
    }
}

impl<'de, D: Deserializer<'de>> Reader for OneValue<D, D::Error> {
    fn boolean(&mut self, into: &mut bool) -> Outcome {
        self.visit(Any(into))
    }

    fn integer(&mut self, into: &mut i64) -> Outcome {
        self.visit(Any(into))
    }

    fn number(&mut self, into: &mut f64) -> Outcome {
        self.visit(Any(into))
    }

    fn string(&mut self, into: &mut String) -> Outcome {
        self.visit(Any(into))
    }

    fn enumeration(&mut self, into: &mut dyn Enumeration, is_known: &mut bool) -> Outcome {
        self.visit(Any(Choice { into, is_known }))
    }

    fn any(&mut self, into: &mut Value) -> Outcome {
        self.with(|deserializer| {
            *into = Value::deserialize(deserializer)?;
            Ok(Outcome::Done)
        })
    }

    fn skip(&mut self) -> Outcome {
        self.with(|deserializer| IgnoredAny::deserialize(deserializer).map(|_| Outcome::Done))
    }

    fn skim(&mut self) -> Outcome {
        self.with(|deserializer| match Option::<IgnoredAny>::deserialize(deserializer)? {
            Some(_) => Ok(Outcome::Done),
            None => Ok(Outcome::Null),
        })
    }

    fn list(&mut self, into: &mut dyn List, place: &Place<'_>, notes: &mut Notes) -> Outcome {
        self.visit(Any(Items { into, place, notes }))
    }

    fn object(&mut self, into: &mut dyn Record, place: &Place<'_>, notes: &mut Notes) -> Outcome {
        self.visit(Any(Object { into, place, notes }))
    }
}

/// Takes values of one type. What is of another type is read to its end.
trait Take: Sized {
    fn boolean(self, _value: bool) -> Outcome {
        Outcome::Mismatched(Found::Boolean)
    }

    fn integer(self, value: i64) -> Outcome {
        let _ = value;
        Outcome::Mismatched(Found::Number)
    }

    fn unsigned(self, value: u64) -> Outcome {
        match i64::try_from(value) {
            Ok(value) => self.integer(value),
            Err(_) => Outcome::Mismatched(Found::Number),
        }
    }

    fn float(self, _value: f64) -> Outcome {
        Outcome::Mismatched(Found::Number)
    }

    fn text(self, _value: &str) -> Outcome {
        Outcome::Mismatched(Found::String)
    }

    fn owned_text(self, value: String) -> Outcome {
        self.text(&value)
    }

    fn items<'de, A: SeqAccess<'de>>(self, mut items: A) -> Result<Outcome, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Outcome::Mismatched(Found::Array))
    }

    fn members<'de, A: MapAccess<'de>>(self, mut members: A) -> Result<Outcome, A::Error> {
        if let Some(name) = members.next_key_seed(Name)? {
            if name == NUMBER {
                return Ok(number(self, &members.next_value::<String>()?));
            }
            members.next_value::<IgnoredAny>()?;
        }
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Outcome::Mismatched(Found::Object))
    }
}

/// The only member of the object as which serde_json hands over a number where its feature `arbitrary_precision` is on.
const NUMBER: &str = "$serde_json::private::Number";

fn number<T: Take>(take: T, digits: &str) -> Outcome {
    if let Ok(value) = digits.parse() {
        take.integer(value)
    } else if let Ok(value) = digits.parse() {
        take.unsigned(value)
    } else {
        take.float(digits.parse().unwrap_or(f64::NAN))
    }
}

impl Take for &mut bool {
    fn boolean(self, value: bool) -> Outcome {
        *self = value;
        Outcome::Done
    }
}

/// Up to here, every integer has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Take for &mut i64 {
    fn integer(self, value: i64) -> Outcome {
        *self = value;
        Outcome::Done
    }

    fn float(self, value: f64) -> Outcome {
        if value.fract() == 0.0 && value.abs() <= EXACT {
            *self = value as i64;
            Outcome::Converted
        } else {
            Outcome::Mismatched(Found::Number)
        }
    }
}

impl Take for &mut f64 {
    fn integer(self, value: i64) -> Outcome {
        *self = value as f64;
        Outcome::Done
    }

    fn unsigned(self, value: u64) -> Outcome {
        *self = value as f64;
        Outcome::Done
    }

    fn float(self, value: f64) -> Outcome {
        *self = value;
        Outcome::Done
    }
}

impl Take for &mut String {
    fn integer(self, value: i64) -> Outcome {
        *self = value.to_string();
        Outcome::Converted
    }

    fn unsigned(self, value: u64) -> Outcome {
        *self = value.to_string();
        Outcome::Converted
    }

    fn float(self, value: f64) -> Outcome {
        match digits(value) {
            Some(digits) => {
                *self = digits;
                Outcome::Converted
            }
            None => Outcome::Mismatched(Found::Number),
        }
    }

    fn text(self, value: &str) -> Outcome {
        *self = value.to_owned();
        Outcome::Done
    }

    fn owned_text(self, value: String) -> Outcome {
        *self = value;
        Outcome::Done
    }
}

/// A number as text, unless its last digits may have got lost.
fn digits(value: f64) -> Option<String> {
    let is_whole = value.fract() == 0.0;
    (value.is_finite() && !(is_whole && value.abs() > EXACT))
        .then(|| serde_json::Number::from_f64(value).map(|number| number.to_string()))?
}

struct Choice<'c> {
    into: &'c mut dyn Enumeration,
    is_known: &'c mut bool,
}

impl Take for Choice<'_> {
    fn integer(self, value: i64) -> Outcome {
        *self.is_known = self.into.set(&value.to_string());
        Outcome::Converted
    }

    fn float(self, value: f64) -> Outcome {
        match digits(value) {
            Some(digits) => {
                *self.is_known = self.into.set(&digits);
                Outcome::Converted
            }
            None => Outcome::Mismatched(Found::Number),
        }
    }

    fn text(self, value: &str) -> Outcome {
        *self.is_known = self.into.set(value);
        Outcome::Done
    }
}

struct Items<'i> {
    into: &'i mut dyn List,
    place: &'i Place<'i>,
    notes: &'i mut Notes,
}

impl Take for Items<'_> {
    fn items<'de, A: SeqAccess<'de>>(self, mut items: A) -> Result<Outcome, A::Error> {
        let mut index = 0;
        loop {
            let item = Item {
                into: &mut *self.into,
                place: &self.place.item(index),
                notes: &mut *self.notes,
            };
            if items.next_element_seed(item)?.is_none() {
                return Ok(Outcome::Done);
            }
            index += 1;
        }
    }
}

struct Item<'i> {
    into: &'i mut dyn List,
    place: &'i Place<'i>,
    notes: &'i mut Notes,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = OneValue::new(deserializer);
        self.into.read_item(&mut Source {
            reader: &mut reader,
            place: self.place,
            notes: self.notes,
        });
        reader.finish(self.place, self.notes)
    }
}

struct Object<'o> {
    into: &'o mut dyn Record,
    place: &'o Place<'o>,
    notes: &'o mut Notes,
}

impl Take for Object<'_> {
    fn members<'de, A: MapAccess<'de>>(self, mut members: A) -> Result<Outcome, A::Error> {
        let mut seen = self.notes.watches().then(Vec::new);
        while let Some(name) = members.next_key_seed(Name)? {
            if name == NUMBER {
                members.next_value::<IgnoredAny>()?;
                return Ok(Outcome::Mismatched(Found::Number));
            }
            let before = self.notes.missing_so_far();
            members.next_value_seed(Member {
                into: &mut *self.into,
                name: &name,
                place: &self.place.member(&name),
                notes: &mut *self.notes,
            })?;
            if let Some(seen) = &mut seen {
                seen.push((name, self.notes.missing_since(before)));
            }
        }
        if let Some(mut seen) = seen {
            // What is missing is told in the order in which the document describes it.
            let mut described = Vec::new();
            self.into.members(&mut Members(Purpose::Describe(&mut described)));
            for (name, is_required) in described {
                match seen.iter_mut().rfind(|(known, _)| known == name) {
                    Some((_, below)) => self.notes.missing_again(below),
                    None if is_required => self.notes.missing(&self.place.member(name)),
                    None => {}
                }
            }
            seen.iter_mut().for_each(|(_, below)| self.notes.missing_again(below));
        }
        Ok(Outcome::Done)
    }
}

struct Member<'m> {
    into: &'m mut dyn Record,
    name: &'m str,
    place: &'m Place<'m>,
    notes: &'m mut Notes,
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = OneValue::new(deserializer);
        let mut source = Source {
            reader: &mut reader,
            place: self.place,
            notes: self.notes,
        };
        self.into.read_member(self.name, &mut source);
        reader.finish(self.place, self.notes)
    }
}

/// The name of a member, borrowed where the text has it as it is.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

/// Takes whatever comes.
struct Any<T>(T);

impl<'de, T: Take> Visitor<'de> for Any<T> {
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Outcome, E> {
        Ok(self.0.boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Outcome, E> {
        Ok(self.0.integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Outcome, E> {
        Ok(self.0.unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Outcome, E> {
        Ok(self.0.float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Outcome, E> {
        Ok(self.0.text(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Outcome, E> {
        Ok(self.0.owned_text(value))
    }

    fn visit_unit<E>(self) -> Result<Outcome, E> {
        Ok(Outcome::Null)
    }

    fn visit_none<E>(self) -> Result<Outcome, E> {
        Ok(Outcome::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Outcome, A::Error> {
        self.0.items(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Outcome, A::Error> {
        self.0.members(members)
    }
}
