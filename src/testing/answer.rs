//! What a site answers.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use serde::Serialize;

use crate::operation::Operation;

/// One answer of a [`Site`](super::Site).
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
    /// A success of an operation, with the type that the document has for it.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn ok<O: Operation>(body: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: Serialize,
    {
        Ok(Self::json(StatusCode::OK, serde_json::to_vec(body)?))
    }

    /// JSON with a status of its own, such as an error.
    pub fn json(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::status(status, body).header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }

    /// A status with a body of any kind.
    pub fn status(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::streamed(status, [body])
    }

    /// A body that is sent in parts. With more than one, its length is not announced.
    pub fn streamed(status: StatusCode, parts: impl IntoIterator<Item = impl Into<Bytes>>) -> Self {
        Self {
            status: Some(status),
            headers: HeaderMap::new(),
            body: parts.into_iter().map(Into::into).collect(),
            end: End::Complete,
        }
    }

    /// Fewer requests, please: 429 with `Retry-After`.
    pub fn limited(seconds: u32) -> Self {
        Self::status(StatusCode::TOO_MANY_REQUESTS, "").header(RETRY_AFTER, seconds.into())
    }

    /// None: the connection is dropped.
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

    /// Drops the connection after the body, before its end is told.
    pub fn breaking_off(mut self) -> Self {
        self.end = End::BrokenOff;
        self
    }

    /// Sends nothing more after the body, and keeps the connection: a timeout is what ends it.
    pub fn stalling(mut self) -> Self {
        self.end = End::Stalled;
        self
    }
}
