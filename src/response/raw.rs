//! Responses as received.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, StatusCode};
use reqwest::Url;

use crate::info::OperationInfo;
use crate::response::incoming::Incoming;

/// A response as received: status, headers and body.
///
/// `Debug` shows no cookies, and only the length of the body.
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static OperationInfo,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    is_complete: bool,
    /// How many attempts the request took.
    attempts: u32,
    /// Where it came from, which redirects may have changed.
    url: Option<Url>,
    /// The body that is still being received, until it is taken.
    incoming: Option<Arc<Mutex<Option<Incoming>>>>,
}

impl RawResponse {
    /// Creates a response to an operation, from a transport or in a test.
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
            attempts: 0,
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

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Where it came from, if it came over the wire.
    pub(crate) fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }

    /// Returns the operation of the request.
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

    /// Returns a header as text, or `None` if it is absent or not visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body, byte for byte.
    ///
    /// It is empty if the body is streamed as a [`Download`](crate::Download).
    ///
    /// Of an error response, at most 1 MiB is kept, or what was received before the connection was lost; see
    /// [`is_complete`](Self::is_complete).
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns whether [`body`](Self::body) is the complete body.
    pub fn is_complete(&self) -> bool {
        self.is_complete && self.incoming.is_none()
    }

    /// Returns the trace ID of the request, which Atlassian's support asks for, from the first header that has one.
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

    /// Returns whether the media type of the body is JSON (RFC 6839, section 3.1).
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
    }

    /// Whether the body is text without any markup, which is how many servers send a string.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.essence() == "text/plain"
    }

    /// The media type of the body without its parameters, in lower case (RFC 9110, section 8.3.1).
    fn essence(&self) -> String {
        let media_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
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
