//! Takes a value as serde hands it over: what fits, what fits when it is converted, and what does not.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::model::json::Enumeration;
use crate::model::outcome::{Found, Outcome};

/// Takes values of one type. What is of another type is read to its end.
pub(super) trait Take: Sized {
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

/// The only member of the object as which serde_json returns a number where its feature `arbitrary_precision` is on.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

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

impl Take for &mut u64 {
    fn integer(self, value: i64) -> Outcome {
        match u64::try_from(value) {
            Ok(value) => self.unsigned(value),
            Err(_) => Outcome::Mismatched(Found::Number),
        }
    }

    fn unsigned(self, value: u64) -> Outcome {
        *self = value;
        Outcome::Done
    }

    fn float(self, value: f64) -> Outcome {
        if value.fract() == 0.0 && (0.0..=EXACT).contains(&value) {
            *self = value as u64;
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

pub(super) struct Choice<'c> {
    pub(super) into: &'c mut dyn Enumeration,
    pub(super) is_known: &'c mut bool,
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

/// The name of a member, borrowed where the text has it as it is.
pub(super) struct Name;

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

/// Accepts any value.
pub(super) struct Any<T>(pub(super) T);

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
