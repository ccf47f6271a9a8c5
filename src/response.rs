//! What comes back.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::drift::{Drift, Model, Notes};
use crate::error::{Error, Kind, Undecoded};
use crate::place::Place;
use crate::rt::{AnyJson, Json, OneValue, Outcome, Reader, Source};
use crate::{Download, OperationInfo, RateLimit};

/// A response as it came: status, headers and the whole body.
///
/// `Debug` shows neither cookies nor the body, only how long it is.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The body that is still arriving, until somebody takes it.
    open: Option<Arc<Mutex<Option<Download>>>>,
}

impl RawResponse {
    /// Puts a response to an operation together, from a transport or in a test.
    pub fn new(
        operation: &'static OperationInfo,
        status: StatusCode,
        mut headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Self {
        for (name, value) in &mut headers {
            if *name == SET_COOKIE {
                value.set_sensitive(true);
            }
        }
        Self {
            operation,
            status,
            headers,
            body: body.into(),
            open: None,
        }
    }

    /// The same, with a body that is handed over while it arrives.
    pub(crate) fn arriving(mut self, body: Download) -> Self {
        self.open = Some(Arc::new(Mutex::new(Some(body))));
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text. `None` if there is none, or if it is not visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What it says about the limits that it counted towards.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::of(self)
    }

    /// The body, byte for byte; empty if it is handed over as a [`Download`].
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// What Atlassian's support asks for: the request's trace, from the first header that has one.
    pub fn trace_id(&self) -> Option<&str> {
        [
            "atl-traceid",
            "x-trace-id",
            "x-b3-traceid",
            "atl-request-id",
            "x-arequestid",
            "x-request-id",
        ]
        .iter()
        .find_map(|name| self.header(name))
    }

    /// Whether the body says that it is JSON (RFC 6839, section 3.1).
    pub fn is_json(&self) -> bool {
        let media_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    }

    /// The body as a stream. If it is still arriving, only the first one gets it.
    pub fn download(&self) -> Download {
        match &self.open {
            None => Download::whole(self.operation, self.body.clone()),
            Some(open) => {
                let body = open.lock().unwrap_or_else(PoisonError::into_inner).take();
                body.unwrap_or_else(|| Download::taken(self.operation))
            }
        }
    }

    /// Reads the body as text.
    ///
    /// # Errors
    /// The body is not UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body.to_vec()).map_err(|error| {
            let response = self.clone();
            Error::from(Kind::Text { error, response }).of(self.operation)
        })
    }

    /// Reads the body as JSON, into any type of serde's.
    ///
    /// # Errors
    /// The body is not JSON, or not of the shape of `T`; the error names the place as a JSON path.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut json = serde_json::Deserializer::from_slice(&self.body);
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

    /// Reads the body as a model, as the document describes it. What departs from it is told by [`Response::drift`].
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
        if self.body.trim_ascii().is_empty() {
            let outcome = read(&mut OneValue::new(&Value::Null), notes);
            return match outcome {
                Outcome::Done => Ok(()),
                _ => Err(self.undecoded(Undecoded::Empty(expected))),
            };
        }
        // To check the whole text at once is faster than to check each string.
        let text = match std::str::from_utf8(&self.body) {
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
        let response = self.clone();
        Error::from(Kind::Decode { problem, response }).of(self.operation)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field(
                "operation",
                &format_args!("{} {}", self.operation.method, self.operation.path),
            )
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// A successful response: dereferences to the decoded body.
#[derive(Clone, Debug)]
pub struct Response<T> {
    body: T,
    raw: RawResponse,
}

impl<T> Response<T> {
    /// Puts a decoded body and the response it came in together.
    pub fn new(body: T, raw: RawResponse) -> Self {
        Self { body, raw }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// A header as text. `None` if there is none, or if it is not visible ASCII.
    ///
    /// [`OperationInfo::response`] has the headers that the document names.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw.header(name)
    }

    /// What the response says about the limits that it counted towards.
    pub fn rate_limit(&self) -> RateLimit {
        self.raw.rate_limit()
    }

    /// The response as it came.
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The decoded body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: Model> Response<T> {
    /// Where the body departs from the document: what it requires and was missing or null, what is of another type, and what
    /// it does not describe. Outputs that are files, text or nothing have no drift.
    ///
    /// Real Confluence payloads do all of this; [`ClientBuilder::strict`](crate::ClientBuilder::strict) makes errors of the
    /// first two. The body is read once more when this is called.
    pub fn drift(&self) -> Drift {
        T::drift(&self.raw)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
