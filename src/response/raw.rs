//! A response as it came.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use reqwest::Url;

use crate::info::OperationInfo;
use crate::response::incoming::Incoming;

/// A response as it came: status, headers and the whole body.
///
/// `Debug` shows neither cookies nor the body, only how long it is.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    is_complete: bool,
    /// Where it came from, which redirects may have changed.
    url: Option<Url>,
    /// The body that is still arriving, until somebody takes it.
    incoming: Option<Arc<Mutex<Option<Incoming>>>>,
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
            is_complete: true,
            url: None,
            incoming: None,
        }
    }

    /// The same, with a body that is returned as a stream.
    pub(crate) fn arriving(mut self, body: Incoming) -> Self {
        self.incoming = Some(Arc::new(Mutex::new(Some(body))));
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes, is_complete: bool) -> Self {
        self.body = body;
        self.is_complete = is_complete;
        self
    }

    pub(crate) fn with_url(mut self, url: Url) -> Self {
        self.url = Some(url);
        self
    }

    /// Where it came from, if it came over the wire.
    pub(crate) fn url(&self) -> Option<&Url> {
        self.url.as_ref()
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

    /// The body, byte for byte; empty if it is handed over as a [`Download`](crate::Download).
    ///
    /// Of a response that is not a success, at most 1 MiB is kept, or what came before it broke off:
    /// [`is_complete`](Self::is_complete) tells.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether [`body`](Self::body) is all that the server wanted to send.
    pub fn is_complete(&self) -> bool {
        self.is_complete && self.incoming.is_none()
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

    /// The body that is still arriving, for the first one who asks: `None` if all of it is here, `Some(None)` if it was taken.
    pub(crate) fn take_incoming(&self) -> Option<Option<Incoming>> {
        let incoming = self.incoming.as_ref()?;
        Some(incoming.lock().unwrap_or_else(PoisonError::into_inner).take())
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
