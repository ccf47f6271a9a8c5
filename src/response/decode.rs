//! Reads the body of a response: as text, as JSON, or as a model.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::drift::Drift;
use crate::model::json::{AnyJson, Json, Reader, Source};
use crate::model::notes::Notes;
use crate::model::outcome::Outcome;
use crate::model::place::Place;
use crate::model::read::OneValue;
use crate::response::error::{Error, Kind, Undecoded};
use crate::response::raw::RawResponse;

/// The body of a successful response.
///
/// The generator implements it for everything that an operation returns.
pub trait Model {
    /// Lists the departures of a response body from the document.
    fn drift(response: &RawResponse) -> Drift;
}

/// A body that is not JSON, or of another type as a whole, has no drift.
impl<T: Json> Model for T {
    fn drift(response: &RawResponse) -> Drift {
        let mut notes = Notes::with_places();
        let _ = response.read_into(&mut T::default(), T::EXPECTED, &mut notes);
        notes.into_drift()
    }
}

impl RawResponse {
    /// Returns the body as text.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body().to_vec()).map_err(|error| Error::from(Kind::Text(error)).with(self.clone()))
    }

    /// Deserializes the body from JSON, into any type that implements serde's `DeserializeOwned`.
    ///
    /// # Errors
    /// The body is not JSON, or does not match `T`; the error contains the JSON path.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut json = serde_json::Deserializer::from_slice(self.body());
        let decoded = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            (path, error.into_inner())
        });
        let decoded = decoded.and_then(|value| match json.end() {
            Ok(()) => Ok(value),
            Err(error) => Err((String::new(), error)),
        });
        decoded.map_err(|(path, error)| self.undecoded(Undecoded::Json(path.trim_matches('.').to_owned(), error)))
    }

    /// Decodes the body as a model of the document.
    ///
    /// [`Response::drift`] lists the departures.
    ///
    /// # Errors
    /// The body is not JSON, is something else than the document describes as a whole, or has members and none of those that
    /// the document names.
    #[doc(hidden)]
    pub fn model<T: Json>(&self) -> Result<T, Error> {
        let mut value = T::default();
        self.read_into(&mut value, T::EXPECTED, &mut Notes::default())?;
        Ok(value)
    }

    /// Reads the body, which is of the `expected` type.
    pub(crate) fn read_into(
        &self,
        value: &mut dyn AnyJson,
        expected: &'static str,
        notes: &mut Notes,
    ) -> Result<(), Error> {
        let mut read = |reader: &mut dyn Reader, notes: &mut Notes| {
            let place = &Place::ROOT;
            value.read_any(&mut Source { reader, place, notes })
        };
        if self.body().trim_ascii().is_empty() {
            let outcome = read(&mut OneValue::new(&Value::Null), notes);
            return match outcome {
                Outcome::Done => Ok(()),
                _ => Err(self.undecoded(Undecoded::Empty(expected))),
            };
        }
        // To check the whole text at once is faster than to check each string.
        let text = match std::str::from_utf8(self.body()) {
            Ok(text) => text,
            Err(error) => return Err(self.undecoded(Undecoded::Json(String::new(), serde::de::Error::custom(error)))),
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let mut reader = OneValue::new(&mut json);
        let outcome = read(&mut reader, notes);
        let syntax = match reader.into_error() {
            Some(error) => Err(error),
            None => json.end(),
        };
        if let Err(error) = syntax {
            if expected == String::EXPECTED && self.is_plain_text() {
                let text = Value::String(text.to_owned());
                let _ = read(&mut OneValue::new(&text), notes);
                return Ok(());
            }
            return Err(self.undecoded(Undecoded::Json(notes.broken().unwrap_or_default().to_owned(), error)));
        }
        match outcome {
            Outcome::Mismatched(found) => Err(self.undecoded(Undecoded::Mismatched(expected, found.as_str()))),
            Outcome::Null => Err(self.undecoded(Undecoded::Mismatched(expected, "null"))),
            _ if notes.is_all_undocumented() => Err(self.undecoded(Undecoded::Undocumented)),
            _ => Ok(()),
        }
    }

    fn undecoded(&self, problem: Undecoded) -> Error {
        Error::from(Kind::Decode(problem)).with(self.clone())
    }
}
