//! Values that may be null, and values in a box.

use crate::model::json::{Json, Source, Writer};
use crate::model::outcome::Outcome;

impl<T: Json> Json for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        *self = Some(T::default());
        let outcome = match self {
            Some(value) => value.read(source),
            None => Outcome::Null,
        };
        match outcome {
            Outcome::Null => {
                *self = None;
                Outcome::Done
            }
            Outcome::Mismatched(_) => {
                *self = None;
                outcome
            }
            outcome => outcome,
        }
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        match self {
            None => writer.null(name),
            Some(value) => value.write(name, writer),
        }
    }
}

impl<T: Json> Json for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        (**self).read(source)
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        (**self).write(name, writer);
    }
}
