//! How a value is passed for an argument or a member: the word before its type in generated code.

#![allow(non_camel_case_types, reason = "the words are those of the generated code")]

/// The type of the parameter of a function: `set` takes the value itself, `into` what converts into it, `boxed` a value that is moved
/// to the heap, `each` the items of a list, and `each_into` what converts into them.
#[doc(hidden)]
#[macro_export]
macro_rules! __given {
    (set $type:ty) => {
        $type
    };
    (into $type:ty) => {
        impl ::core::convert::Into<$type>
    };
    (boxed $type:ty) => {
        $type
    };
    (each $type:ty) => {
        impl ::core::iter::IntoIterator<Item = $type>
    };
    (each_into $type:ty) => {
        impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$type>>
    };
}

pub use __given as given;

/// The type that is stored, for each of the words.
pub mod kept {
    pub type set<T> = T;
    pub type into<T> = T;
    pub type boxed<T> = Box<T>;
    pub type each<T> = Vec<T>;
    pub type each_into<T> = Vec<T>;
}

/// Converts an argument into what is stored, for each of the words.
pub mod keep {
    pub fn set<T>(value: T) -> T {
        value
    }

    pub fn into<T>(value: impl Into<T>) -> T {
        value.into()
    }

    pub fn boxed<T>(value: T) -> Box<T> {
        Box::new(value)
    }

    pub fn each<T>(items: impl IntoIterator<Item = T>) -> Vec<T> {
        items.into_iter().collect()
    }

    pub fn each_into<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
        items.into_iter().map(Into::into).collect()
    }
}

/// A value as a member that may be absent, for each of the words that say how.
pub mod present {
    pub fn required<T>(value: T) -> T {
        value
    }

    pub fn optional<T>(value: T) -> Option<T> {
        Some(value)
    }

    pub fn optional_or_null<T>(value: T) -> Option<Option<T>> {
        Some(Some(value))
    }
}

/// Declares what a user needs to make a value: a constructor of what is required, and a method that sets each other member. Behind
/// the semicolon are the members whose setters have another name.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    (
        $type:ident $(($($required_kind:ident $required:ident: $required_type:ty),* $(,)?))? {
            $($presence:ident $kind:ident $member:ident: $member_type:ty,)*
            $(; $($other_presence:ident $other_kind:ident $setter:ident($field:ident): $other_type:ty,)*)?
        }
    ) => {
        impl $type {
            $(
                #[allow(clippy::needless_update, reason = "nothing may be left")]
                pub fn new($($required: $crate::__given!($required_kind $required_type)),*) -> Self {
                    Self {
                        $($required: $crate::rt::keep::$required_kind($required),)*
                        ..::core::default::Default::default()
                    }
                }
            )?

            $(
                pub fn $member(mut self, $member: $crate::__given!($kind $member_type)) -> Self {
                    self.$member = $crate::rt::present::$presence($crate::rt::keep::$kind($member));
                    self
                }
            )*

            $($(
                pub fn $setter(mut self, $field: $crate::__given!($other_kind $other_type)) -> Self {
                    self.$field = $crate::rt::present::$other_presence($crate::rt::keep::$other_kind($field));
                    self
                }
            )*)?
        }
    };
}

pub use __setters as setters;
