//! Values of one of several types: `oneOf` and `anyOf`.

use serde_json::Value;

use super::json::{Json, Outcome, Source};
use super::read::OneValue;
use crate::drift::Notes;
use crate::place::Place;

/// Declares an enum whose variants are of different types, each with the values of the discriminator that mean it.
///
/// A value becomes the variant that the discriminator names; else the first that it fits exactly; else, of those that
/// lack nothing that they require, the one with the fewest members that the document does not describe. What fits none is
/// kept in `Unknown`.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $(#[doc = $doc:literal])*
        $(#[discriminator = $property:literal])?
        pub enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident($type:ty) $(= $($value:literal)|+)?,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant($type),)*
            /// A value of none of these types.
            Unknown($crate::rt::Value),
        }

        impl ::core::default::Default for $name {
            /// A value that says nothing, for members that a server leaves out.
            fn default() -> Self {
                Self::Unknown($crate::rt::Value::Null)
            }
        }

        impl $crate::rt::Json for $name {
            const EXPECTED: &'static str = "one of several types";

            fn read(&mut self, source: &mut $crate::rt::Source<'_>) -> $crate::rt::Outcome {
                let mut choice = source.choice(&[$($property)?]);
                $(if let ::core::option::Option::Some(value) = choice.offer::<$type>(&[$($($value),+)?]) {
                    *self = Self::$variant(value);
                })*
                if let ::core::option::Option::Some(value) = choice.rest() {
                    *self = Self::Unknown(value);
                }
                choice.outcome()
            }

            fn write(&self, name: &str, writer: &mut dyn $crate::rt::Writer) {
                match self {
                    $(Self::$variant(value) => $crate::rt::Json::write(value, name, writer),)*
                    Self::Unknown(value) => $crate::rt::Json::write(value, name, writer),
                }
            }
        }

        $crate::__serde!($name);
    };
}

pub use __union as union;

/// How well a value fits a type; what is less fits better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The discriminator says so.
    Named,
    /// Nothing is missing, of another type or unknown.
    Exact,
    /// Nothing is missing or of another type; so much is unknown.
    Complete(usize),
}

/// The choice of a type for a value.
pub struct Choice<'c> {
    value: Value,
    /// What the discriminator says.
    name: Option<String>,
    place: &'c Place<'c>,
    notes: &'c mut Notes,
    /// The best so far, with what was noted.
    best: Option<(Fit, Notes)>,
    outcome: Outcome,
}

impl Source<'_> {
    /// Reads a value whose type is to be chosen, with the property that may say which it is.
    pub fn choice(&mut self, discriminator: &[&str]) -> Choice<'_> {
        let mut value = Value::Null;
        let outcome = self.reader.any(&mut value);
        let name = discriminator
            .first()
            .and_then(|property| value.get(*property)?.as_str());
        Choice {
            name: name.map(str::to_owned),
            value,
            place: self.place,
            notes: &mut *self.notes,
            best: None,
            outcome,
        }
    }
}

impl Choice<'_> {
    /// The value as a `T`, if it fits better than what was offered before. The discriminator names it with `values`.
    pub fn offer<T: Json>(&mut self, values: &[&str]) -> Option<T> {
        let best = self.best.as_ref().map(|(fit, _)| *fit);
        let is_named = self.name.as_deref().is_some_and(|name| values.contains(&name));
        if self.outcome == Outcome::Broken || best <= Some(Fit::Exact) && best.is_some() && !is_named {
            return None;
        }
        let mut notes = self.notes.trial();
        let mut value = T::default();
        let outcome = value.read(&mut Source {
            reader: &mut OneValue::new(&self.value),
            place: self.place,
            notes: &mut notes,
        });
        let fit = match outcome {
            Outcome::Done if is_named => Fit::Named,
            Outcome::Done => notes.fit()?,
            _ => return None,
        };
        if best.is_none_or(|best| fit < best) {
            self.best = Some((fit, notes));
            Some(value)
        } else {
            None
        }
    }

    /// The value as it came, if it fits nothing that was offered.
    pub fn rest(&mut self) -> Option<Value> {
        if self.best.is_some() || !self.outcome.is_read() {
            return None;
        }
        match std::mem::take(&mut self.value) {
            Value::Null => {
                self.outcome = Outcome::Null;
                None
            }
            value => {
                self.notes.unknown(self.place);
                Some(value)
            }
        }
    }

    /// What became of the value.
    pub fn outcome(self) -> Outcome {
        if let Some((_, notes)) = self.best {
            self.notes.merge(notes);
        }
        self.outcome
    }
}

impl Notes {
    /// How well a value fits that these notes are about, if it does.
    fn fit(&self) -> Option<Fit> {
        let counts = self.counts();
        match counts.missing + counts.mismatched + counts.converted {
            0 if counts.unknown == 0 => Some(Fit::Exact),
            0 => Some(Fit::Complete(counts.unknown)),
            _ => None,
        }
    }
}
