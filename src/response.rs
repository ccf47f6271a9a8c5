//! What comes back.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::{Error, Kind};
use crate::model::{Drift, Model};
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
    /// Where the body departs from the document: required members that were missing or null, and members that the
    /// document does not know.
    ///
    /// Real Confluence payloads leave required members out; they are decoded as their type's default. Where successes
    /// differ by status or media type, nothing is compared.
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
