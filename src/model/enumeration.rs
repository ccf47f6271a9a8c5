//! Strings that are one of several, or one that the document does not know yet.

use crate::model::json::{Enumeration, Source};
use crate::model::outcome::Outcome;

impl Source<'_> {
    /// Reads a string that is one of several.
    pub fn enumeration(&mut self, into: &mut dyn Enumeration) -> Outcome {
        let mut is_known = true;
        let outcome = self.reader.enumeration(into, &mut is_known);
        if !is_known {
            self.notes.unknown(self.place);
        }
        outcome
    }
}

/// Declares an enum of strings, each variant with its value and, behind a colon, what the document says of it. Both are the
/// documentation of a variant that has none of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $docs:literal])* $variant:ident = $value:literal $(: $meaning:literal)?,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::__open_enum!(@docs [$($docs)*] $value $($meaning)?)]
                $variant,
            )*
            /// A value that the document does not name.
            Unknown(::std::string::String),
        }

        impl $name {
            /// The value as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// What the document says of the value.
            pub fn description(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $($(Self::$variant => ::core::option::Option::Some($meaning),)?)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        // Values are their text, and comparing that takes the compiler less than comparing variants.
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(::std::borrow::ToOwned::to_owned(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::default::Default for $name {
            /// A value that says nothing, for members that a server leaves out.
            fn default() -> Self {
                Self::from("")
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::rt::Enumeration for $name {
            fn set(&mut self, value: &str) -> bool {
                *self = Self::from(value);
                !::core::matches!(self, Self::Unknown(_))
            }
        }

        impl $crate::rt::Json for $name {
            const EXPECTED: &'static str = "a string";

            fn read(&mut self, source: &mut $crate::rt::Source<'_>) -> $crate::rt::Outcome {
                source.enumeration(self)
            }

            fn write(&self, name: &str, writer: &mut dyn $crate::rt::Writer) {
                writer.string(name, self.as_str());
            }
        }

        $crate::__serde!($name);
    };
    (@docs [] $value:literal $($meaning:literal)?) => {
        ::core::concat!("`", $value, "`" $(, ": ", $meaning)?)
    };
    (@docs [$($docs:literal)*] $value:literal $($meaning:literal)?) => {
        ::core::concat!($($docs, "\n"),*)
    };
}

pub use __open_enum as open_enum;
