//! Objects with named members: a plain struct, and a table of its members.

/// Says how the members of an object are read into the fields of a struct and written from them.
///
/// A line a member: how it may be absent, the field, the name in JSON if it is another. `..field` takes the members that have
/// no line.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($type:ident { $($presence:ident $field:ident $(: $name:literal)?,)* $(..$others:ident)? }) => {
        impl $crate::rt::Json for $type {
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
        $crate::rt::Json::read_member(&mut $self.$others, $name, $source)
    };
}

pub use __record as record;
