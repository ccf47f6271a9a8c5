//! Booleans, numbers and strings, values of any type, and nothing.

use serde_json::Value;

use crate::model::json::{Json, Source, Writer};
use crate::model::outcome::{Found, Outcome};

impl Json for bool {
    const EXPECTED: &'static str = "a boolean";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.boolean(self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.boolean(name, *self);
    }
}

impl Json for i64 {
    const EXPECTED: &'static str = "an integer of 64 bits";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.integer(self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.integer(name, *self);
    }
}

impl Json for i32 {
    const EXPECTED: &'static str = "an integer of 32 bits";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        let mut wide = 0;
        let outcome = source.reader.integer(&mut wide);
        match i32::try_from(wide) {
            Ok(narrow) => *self = narrow,
            Err(_) => return Outcome::Mismatched(Found::Number),
        }
        outcome
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.integer(name, i64::from(*self));
    }
}

impl Json for u64 {
    const EXPECTED: &'static str = "an unsigned integer of 64 bits";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.unsigned(self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.unsigned(name, *self);
    }
}

impl Json for f64 {
    const EXPECTED: &'static str = "a number";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.number(self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.number(name, *self);
    }
}

impl Json for f32 {
    const EXPECTED: &'static str = "a number";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        let mut wide: f64 = 0.0;
        let outcome = source.reader.number(&mut wide);
        let narrow = wide as f32;
        if wide.is_finite() && !narrow.is_finite() {
            return Outcome::Mismatched(Found::Number);
        }
        *self = narrow;
        outcome
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.single(name, *self);
    }
}

impl Json for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.string(self)
    }

    #[inline]
    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.string(name, self);
    }
}

impl Json for Value {
    const EXPECTED: &'static str = "any value";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.any(self)
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.any(name, self);
    }
}

/// No value: the input is skipped.
impl Json for () {
    const EXPECTED: &'static str = "nothing";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        source.reader.skip()
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        writer.null(name);
    }
}
