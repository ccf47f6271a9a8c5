//! The responses of a site.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use serde::Serialize;

use crate::operation::Operation;

/// A response of a [`Site`](super::Site).
#[derive(Clone, Debug)]
pub struct Answer {
    /// None: the connection is dropped instead.
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    /// The parts of the body, each of which is sent on its own.
    pub(super) body: Vec<Bytes>,
    pub(super) end: End,
}

/// What comes after the body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    /// Its end. The length of a body of one part is announced.
    Complete,
    /// The connection's.
    BrokenOff,
    /// Nothing.
    Stalled,
}

impl Answer {
    /// Creates a successful response of an operation from its typed body.
    ///
    /// # Errors
    /// The value cannot be serialized as JSON.
    pub fn ok<O: Operation>(body: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: Serialize,
    {
        Ok(Self::json(StatusCode::OK, serde_json::to_vec(body)?))
    }

    /// Creates a response with a JSON body and any status, such as an error.
    pub fn json(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::status(status, body).header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }

    /// Creates a response with any status and body.
    pub fn status(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::streamed(status, [body])
    }

    /// Creates a response whose body is sent in parts.
    ///
    /// With more than one part, it has no `Content-Length`.
    pub fn streamed(status: StatusCode, parts: impl IntoIterator<Item = impl Into<Bytes>>) -> Self {
        Self {
            status: Some(status),
            headers: HeaderMap::new(),
            body: parts.into_iter().map(Into::into).collect(),
            end: End::Complete,
        }
    }

    /// Creates a 429 response with `Retry-After`.
    pub fn limited(seconds: u32) -> Self {
        Self::status(StatusCode::TOO_MANY_REQUESTS, "").header(RETRY_AFTER, seconds.into())
    }

    /// Creates no response: the connection is dropped.
    pub fn dropped() -> Self {
        Self {
            status: None,
            headers: HeaderMap::new(),
            body: Vec::new(),
            end: End::BrokenOff,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Closes the connection after the body, without completing the response.
    pub fn breaking_off(mut self) -> Self {
        self.end = End::BrokenOff;
        self
    }

    /// Stalls after the body: the connection stays open, and the response is never completed.
    pub fn stalling(mut self) -> Self {
        self.end = End::Stalled;
        self
    }
}
