//! serde's own traits for generated types, so that they can be stored in any format that describes itself.

use serde::de::Error as _;
use serde::{Deserializer, Serializer};

use crate::model::json::{Json, Source};
use crate::model::notes::Notes;
use crate::model::outcome::{Found, Outcome};
use crate::model::place::Place;
use crate::model::read::OneValue;
use crate::model::write::Root;

/// Implements serde's traits for a type that implements `Json`.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($type:ident) => {
        impl<'de> $crate::rt::Deserialize<'de> for $type {
            fn deserialize<D: $crate::rt::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::rt::deserialize(deserializer)
            }
        }

        impl $crate::rt::Serialize for $type {
            fn serialize<S: $crate::rt::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::rt::serialize(self, serializer)
            }
        }
    };
}

/// Reads a value as leniently as a response.
///
/// # Errors
/// The value as a whole is of another type than the document describes, or cannot be read at all.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::default();
    let mut reader = OneValue::new(deserializer);
    let outcome = value.read(&mut Source {
        reader: &mut reader,
        place: &Place::ROOT,
        notes: &mut Notes::default(),
    });
    let found = match outcome {
        Outcome::Done | Outcome::Converted => return Ok(value),
        Outcome::Null => Found::Null,
        Outcome::Mismatched(found) => found,
        Outcome::Broken => {
            let error = reader.into_error();
            return Err(error.unwrap_or_else(|| D::Error::custom("a value can be read only once")));
        }
    };
    let found = found.as_str();
    Err(D::Error::custom(format_args!("expected {}, got {found}", T::EXPECTED)))
}

/// Writes a value.
///
/// # Errors
/// As the serializer.
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut root = Root::new(serializer);
    value.write("", &mut root);
    root.finish()
}
