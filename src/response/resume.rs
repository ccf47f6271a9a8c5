//! Resuming downloads (RFC 9110, section 14).

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, DATE, ETAG, HeaderMap, HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE};
use http::{Method, StatusCode};

/// The chunks of a body.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>;

/// Sends the same request once more, for what is missing.
pub(crate) type Ask = Arc<dyn Fn(Missing) -> Asking + Send + Sync>;

/// The chunks that were missing, once they are there.
pub(crate) type Asking = Pin<Box<dyn Future<Output = Result<Chunks, Failure>> + Send>>;

/// Why there is no rest: an error of the client, or a text that says why a download cannot go on.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A body that can be requested from where it was interrupted.
pub(crate) struct Resume {
    ask: Ask,
    missing: Missing,
    /// How often it may be resumed.
    times: u32,
}

/// What is missing of a body.
#[derive(Clone)]
pub(crate) struct Missing {
    /// The content as it was: a strong entity tag, or the date of its last change.
    validator: HeaderValue,
    length: u64,
    received: u64,
    /// How often it has been resumed before.
    pub(crate) resumed: u32,
}

impl Resume {
    /// `None` where it is not wanted, or where the server does not say that it sends parts, of what and of how much.
    pub(crate) fn new(
        method: &Method,
        response: &reqwest::Response,
        times: u32,
        ask: impl FnOnce() -> Ask,
    ) -> Option<Self> {
        let headers = response.headers();
        let sends_parts = headers.get(ACCEPT_RANGES).is_some_and(|unit| unit == "bytes");
        if times == 0 || method != Method::GET || response.status() != StatusCode::OK || !sends_parts {
            return None;
        }
        let validator = validator(headers)?.clone();
        // Without it, as for what was compressed on the way, offsets mean nothing.
        let length = response.content_length()?;
        let missing = Missing {
            validator,
            length,
            received: 0,
            resumed: 0,
        };
        Some(Self {
            ask: ask(),
            missing,
            times,
        })
    }

    /// Notes that bytes have arrived.
    pub(crate) fn note(&mut self, bytes: usize) {
        self.missing.received += bytes as u64;
    }

    /// Whether all of it has arrived, when a body is at its end.
    pub(crate) fn check_end(&self) -> Result<(), String> {
        if self.missing.received == self.missing.length {
            return Ok(());
        }
        Err(self.missing.stuck("the server sent less than the rest"))
    }

    /// Requests the rest, if that may be done once more.
    pub(crate) fn go_on(&mut self) -> Option<Asking> {
        let missing = &mut self.missing;
        if missing.resumed >= self.times || missing.received >= missing.length {
            return None;
        }
        let asking = (self.ask)(missing.clone());
        missing.resumed += 1;
        Some(asking)
    }
}

impl Missing {
    /// The headers of the request for it.
    pub(crate) fn headers(&self) -> HeaderMap {
        let range = HeaderValue::try_from(format!("bytes={}-", self.received)).ok();
        let range = range.map(|range| (RANGE, range));
        range.into_iter().chain([(IF_RANGE, self.validator.clone())]).collect()
    }

    /// Returns why a response is not the rest of the same content, if it is not.
    pub(crate) fn check(&self, status: StatusCode, headers: &HeaderMap) -> Result<(), String> {
        let problem = match status {
            StatusCode::PARTIAL_CONTENT => {
                let last = self.length.saturating_sub(1);
                let expected = format!("bytes {}-{last}/{}", self.received, self.length);
                if headers
                    .get(CONTENT_RANGE)
                    .is_some_and(|range| range == expected.as_str())
                {
                    return Ok(());
                }
                "the server sent a different range"
            }
            StatusCode::OK => "the content has changed on the server",
            _ => "the server does not send the rest of it",
        };
        Err(self.stuck(problem))
    }

    fn stuck(&self, problem: &str) -> String {
        let (received, length) = (self.received, self.length);
        format!("the download was interrupted after {received} of {length} bytes and cannot be resumed: {problem}")
    }
}

/// What tells contents apart that differ in a single byte: a tag that is not weak, or the date of a last change that is not so recent
/// that another one may have come within the same second (RFC 9110, section 8.8.2.2).
fn validator(headers: &HeaderMap) -> Option<&HeaderValue> {
    let tag = headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""));
    let date = |name| httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok();
    let changed = || {
        let age = date(DATE)?.duration_since(date(LAST_MODIFIED)?).ok()?;
        headers.get(LAST_MODIFIED).filter(|_| age >= Duration::from_secs(1))
    };
    tag.or_else(changed)
}
