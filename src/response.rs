//! What comes back.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::OperationInfo;
use crate::error::{Error, Kind};
use crate::model::{Drift, Model};

/// A response as it came: status, headers and the whole body.
///
/// `Debug` shows neither cookies nor the body, only how long it is.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
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
        }
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

    /// The body, byte for byte.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON, if there is one.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub fn json_if_any<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        if self.body.is_empty() {
            Ok(None)
        } else {
            self.json().map(Some)
        }
    }

    /// Reads the body as JSON.
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
            Err(error) => Err((".".to_owned(), error)),
        });
        decoded.map_err(|(path, source)| {
            Error::from(Kind::Decode {
                path,
                source,
                response: self.clone(),
            })
            .of(self.operation)
        })
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
    /// Where the body departs from the document: required members that were missing or null, and members that the
    /// document does not know.
    ///
    /// Real Confluence payloads leave required members out; they are decoded as their type's default.
    pub fn drift(&self) -> Drift {
        Drift::of::<T>(&self.raw.body)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
