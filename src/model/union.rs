//! Values of one of several types: `oneOf` and `anyOf`.

use serde_json::Value;

use crate::model::json::{Json, Source};
use crate::model::notes::Notes;
use crate::model::outcome::Outcome;
use crate::model::place::Place;
use crate::model::read::OneValue;

/// Declares an enum whose variants are of different types, each with the type that converts into it, and the values of the
/// discriminator that mean it.
///
/// A value becomes the variant that the discriminator names; else, of those of which nothing is missing or of another type, the
/// one with the fewest members that the document does not describe, and the first of these. What fits none is kept in `Unknown`.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $(#[doc = $doc:literal])*
        $(#[discriminator = $property:literal])?
        pub enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident($type:ty $(,)?) $(from $($from:ty)|+)? $(= $($value:literal)|+)?,)*
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

        $($($(impl ::core::convert::From<$from> for $name {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        })+)?)*

        impl $crate::rt::Json for $name {
            const EXPECTED: &'static str = "one of several types";

            fn read(&mut self, source: &mut $crate::rt::Source<'_>) -> $crate::rt::Outcome {
                let mut choice = source.choice(&[$($property)?]);
                $(choice.consider::<$type>(&[$($($value),+)?]);)*
                $(if let ::core::option::Option::Some(value) = choice.take::<$type>() {
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
    /// Nothing is missing or of another type; so much is unknown, and so much is known, but not by name.
    Complete(usize, usize),
}

/// The choice of a type for a value.
///
/// Each type is considered first. To consider one stops at unions that are inside, as these fit whatever comes; so each part of
/// a value is considered once for each type of the union around it, however deep unions are nested.
pub struct Choice<'c> {
    /// Nothing where it is passed over.
    value: Option<Value>,
    /// What the discriminator says.
    name: Option<String>,
    place: &'c Place<'c>,
    notes: &'c mut Notes,
    /// How many types were considered, and how many of these were offered the value.
    considered: usize,
    taken: usize,
    /// The number of the best so far.
    best: Option<(Fit, usize)>,
    outcome: Outcome,
}

impl Source<'_> {
    /// Reads a value whose type is to be chosen, with the property that may say which it is.
    pub fn choice(&mut self, discriminator: &[&str]) -> Choice<'_> {
        let mut value = None;
        let outcome = if self.notes.is_outline() {
            self.reader.skim()
        } else {
            let came = value.insert(Value::Null);
            match self.reader.any(came) {
                Outcome::Done if came.is_null() => Outcome::Null,
                outcome => outcome,
            }
        };
        value = value.filter(|_| outcome != Outcome::Broken);
        let name = discriminator
            .first()
            .and_then(|property| value.as_ref()?.get(*property)?.as_str());
        Choice {
            name: name.map(str::to_owned),
            place: self.place,
            notes: &mut *self.notes,
            considered: 0,
            taken: 0,
            best: None,
            outcome,
            value,
        }
    }
}

impl Choice<'_> {
    /// Finds out how well the value is a `T`.
    ///
    /// The discriminator names it with `values`.
    pub fn consider<T: Json>(&mut self, values: &[&str]) {
        let number = self.considered;
        self.considered += 1;
        // There is nothing better than a name.
        if matches!(self.best, Some((Fit::Named, _))) {
            return;
        }
        let is_named = self.name.as_deref().is_some_and(|name| values.contains(&name));
        let fit = if is_named { Some(Fit::Named) } else { self.fit::<T>() };
        if let Some(fit) = fit
            && self.best.is_none_or(|(best, _)| fit < best)
        {
            self.best = Some((fit, number));
        }
    }

    /// How well the value fits a type, if it does.
    fn fit<T: Json>(&self) -> Option<Fit> {
        let value = self.value.as_ref()?;
        let mut notes = Notes::outline();
        let outcome = T::default().read(&mut Source {
            reader: &mut OneValue::new(value),
            place: self.place,
            notes: &mut notes,
        });
        let counts = notes.counts();
        let departs = counts.missing + counts.mismatched + counts.converted > 0;
        (outcome == Outcome::Done && !departs).then(|| Fit::Complete(counts.unknown, notes.unnamed_so_far()))
    }

    /// The value as a `T`, if that is what it fits best.
    pub fn take<T: Json>(&mut self) -> Option<T> {
        let number = self.taken;
        self.taken += 1;
        if self.best.is_none_or(|(_, best)| best != number) {
            return None;
        }
        let given = self.value.as_ref()?;
        let mut value = T::default();
        let outcome = value.read(&mut Source {
            reader: &mut OneValue::new(given),
            place: self.place,
            notes: self.notes,
        });
        if outcome.is_read() {
            self.outcome = outcome;
            return Some(value);
        }
        self.best = None;
        None
    }

    /// The value as it came, if it fits nothing.
    pub fn rest(&mut self) -> Option<Value> {
        let value = self.value.take().filter(|value| !value.is_null());
        if value.is_none() || self.best.is_some() {
            return None;
        }
        self.notes.unknown(self.place);
        value
    }

    /// What became of the value.
    pub fn outcome(self) -> Outcome {
        self.outcome
    }
}
