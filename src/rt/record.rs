//! Objects with named members: a plain struct, and a table of its members.

use std::collections::BTreeMap;

use super::json::{Json, Source};
use super::write::Writer;

/// An object. Made by `rt::record!`.
pub trait Record {
    /// Reads the member of this name.
    fn read_member(&mut self, name: &str, source: &mut Source<'_>);

    /// Shows each member.
    fn members(&self, members: &mut Members<'_>);
}

/// Those that are shown the members of an object.
pub struct Members<'m>(pub(super) Purpose<'m>);

pub(super) enum Purpose<'m> {
    /// To write them.
    Write(&'m mut dyn Writer),
    /// To know their names, and whether every response has them.
    Describe(&'m mut Vec<(&'static str, bool)>),
}

impl Members<'_> {
    /// Shows a member that has to be there and is not null.
    pub fn required<T: Json>(&mut self, name: &'static str, value: &T) {
        match &mut self.0 {
            Purpose::Write(writer) => value.write(name, &mut **writer),
            Purpose::Describe(names) => names.push((name, true)),
        }
    }

    /// Shows a member that has to be there and may be null.
    pub fn required_or_null<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Shows a member that may be absent.
    pub fn optional<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        match (&mut self.0, value) {
            (Purpose::Write(writer), Some(value)) => value.write(name, &mut **writer),
            (Purpose::Write(_), None) => {}
            (Purpose::Describe(names), _) => names.push((name, false)),
        }
    }

    /// Shows a member that may be absent or null.
    pub fn optional_or_null<T: Json>(&mut self, name: &'static str, value: &Option<Option<T>>) {
        self.optional(name, value);
    }

    /// Shows a member that every response has and no request; it is written where it came with a response.
    pub fn read_only<T: Json>(&mut self, name: &'static str, value: &Option<T>) {
        match &mut self.0 {
            Purpose::Write(_) => self.optional(name, value),
            Purpose::Describe(names) => names.push((name, true)),
        }
    }

    /// Shows a member that every request has and no response.
    pub fn write_only<T: Json>(&mut self, name: &'static str, value: &T) {
        match &mut self.0 {
            Purpose::Write(writer) => value.write(name, &mut **writer),
            Purpose::Describe(names) => names.push((name, false)),
        }
    }

    /// Shows the members that the document does not name.
    pub fn others<T: Json>(&mut self, values: &BTreeMap<String, T>) {
        if let Purpose::Write(writer) = &mut self.0 {
            for (name, value) in values {
                value.write(name, &mut **writer);
            }
        }
    }
}

/// Says how the members of an object are read into the fields of a struct and written from them.
///
/// A line a member: how it may be absent, the field, the name in JSON if it is another. `..field` takes the members that have
/// no line.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($type:ident { $($presence:ident $field:ident $(: $name:literal)?,)* $(..$others:ident)? }) => {
        impl $crate::rt::Record for $type {
            fn read_member(&mut self, name: &str, source: &mut $crate::rt::Source<'_>) {
                match name {
                    $($crate::__record!(@name $field $($name)?) => source.$presence(&mut self.$field),)*
                    _ => $crate::__record!(@others name source $(self $others)?),
                }
            }

            fn members(&self, members: &mut $crate::rt::Members<'_>) {
                $(members.$presence($crate::__record!(@name $field $($name)?), &self.$field);)*
                $(members.others(&self.$others);)?
            }
        }

        impl $crate::rt::Json for $type {
            const EXPECTED: &'static str = "an object";

            fn read(&mut self, source: &mut $crate::rt::Source<'_>) -> $crate::rt::Outcome {
                source.object(self)
            }

            fn write(&self, name: &str, writer: &mut dyn $crate::rt::Writer) {
                writer.object(name, self);
            }
        }

        $crate::__serde!($type);
    };
    (@name $field:ident $name:literal) => {
        $name
    };
    (@name $field:ident) => {
        ::core::stringify!($field)
    };
    (@others $name:ident $source:ident) => {
        $source.unknown()
    };
    (@others $name:ident $source:ident $self:ident $others:ident) => {
        $crate::rt::Record::read_member(&mut $self.$others, $name, $source)
    };
}

pub use __record as record;
