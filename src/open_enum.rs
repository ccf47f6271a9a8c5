//! Enums of strings that servers may extend.

/// Gives a generated enum the rest of its conversions, from what it says of its values in `as_str` and `From<String>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident) => {
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::from(::std::borrow::ToOwned::to_owned(value))
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

        impl $crate::rt::Serialize for $name {
            fn serialize<S: $crate::rt::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::rt::Deserialize<'de> for $name {
            fn deserialize<D: $crate::rt::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <::std::string::String as $crate::rt::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::rt::Model for $name {
            fn shape() -> $crate::rt::Shape {
                $crate::rt::Shape::Any
            }
        }
    };
}

pub use __open_enum as open_enum;
