//! Enums whose variants are of different kinds: `oneOf` and `anyOf`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::{Drift, Model};

/// Gives a generated union its conversions.
///
/// A value becomes the variant that the discriminator names; else the first that keeps all of it; else the first whose
/// required members are there; else it is kept in `Unknown`.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident: $($variant:ident),+) => {
        $crate::__union!($name by "": $($variant()),+);
    };
    ($name:ident by $property:literal: $($variant:ident($($value:literal),*)),+) => {
        impl ::core::default::Default for $name {
            /// A value that says nothing, for members that a server leaves out.
            fn default() -> Self {
                Self::Unknown($crate::rt::Value::Null)
            }
        }

        impl $crate::rt::Serialize for $name {
            fn serialize<S: $crate::rt::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::rt::Serialize::serialize(value, serializer),)+
                    Self::Unknown(value) => $crate::rt::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::rt::Deserialize<'de> for $name {
            fn deserialize<D: $crate::rt::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <$crate::rt::Value as $crate::rt::Deserialize>::deserialize(deserializer)?;
                let found = ::core::option::Option::None
                    $(.or_else(|| $crate::rt::named(&value, $property, &[$($value),*]).map(Self::$variant)))+
                    $(.or_else(|| $crate::rt::exact(&value).map(Self::$variant)))+
                    $(.or_else(|| $crate::rt::complete(&value).map(Self::$variant)))+;
                ::core::result::Result::Ok(found.unwrap_or(Self::Unknown(value)))
            }
        }

        impl $crate::rt::Model for $name {
            fn shape() -> $crate::rt::Shape {
                $crate::rt::Shape::Any
            }
        }
    };
}

pub use __union as union;

/// The value as a `T`, if the discriminator says that it is one.
pub fn named<T: DeserializeOwned>(value: &Value, property: &str, values: &[&str]) -> Option<T> {
    let name = value.get(property)?.as_str()?;
    if values.contains(&name) {
        T::deserialize(value).ok()
    } else {
        None
    }
}

/// The value as a `T`, if nothing of it is lost or added.
pub fn exact<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
    let decoded = T::deserialize(value).ok()?;
    let same = serde_json::to_value(&decoded).is_ok_and(|again| again == *value);
    same.then_some(decoded)
}

/// The value as a `T`, if all is there that `T` requires.
pub fn complete<T: DeserializeOwned + Model>(value: &Value) -> Option<T> {
    let decoded = T::deserialize(value).ok()?;
    Drift::between::<T>(value).missing.is_empty().then_some(decoded)
}
