//! Strings that are one of several, or one that the document does not know yet.

use super::json::{Outcome, Source};

/// An enum of strings. Made by `rt::open_enum!`.
pub trait Enumeration {
    /// Takes a value, and returns whether the document knows it.
    fn set(&mut self, value: &str) -> bool;
}

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

/// Declares an enum of strings, each variant with its value and, in a tuple with it, what the document says of it. A variant
/// without documentation shows its value.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident = $value:tt,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $variant_doc])*
                #[doc = $crate::__open_enum!(@docs [$($variant_doc)*] $value)]
                $variant,
            )*
            /// A value that the document does not name.
            Unknown(::std::string::String),
        }

        impl $name {
            /// The value as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $crate::__open_enum!(@value $value),)*
                    Self::Unknown(value) => value,
                }
            }

            /// What the document says of the value.
            pub fn description(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant => $crate::__open_enum!(@description $value),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($crate::__open_enum!(@value $value) => Self::$variant,)*
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
    (@value ($value:literal, $description:literal $(,)?)) => {
        $value
    };
    (@value $value:tt) => {
        $value
    };
    (@docs [] $value:literal) => {
        ::core::concat!("`", $value, "`")
    };
    (@docs [$($docs:literal)*] $value:tt) => {
        ""
    };
    (@description ($value:literal, $description:literal $(,)?)) => {
        ::core::option::Option::Some($description)
    };
    (@description $value:tt) => {
        ::core::option::Option::None
    };
}

pub use __open_enum as open_enum;
