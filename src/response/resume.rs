//! Resuming downloads (RFC 9110, section 14).

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT_RANGES, CONTENT_RANGE, DATE, ETAG, HeaderMap, HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE};
use http::{Method, StatusCode};

use crate::response::raw::RawResponse;

/// Makes the same request once more, with these headers. The number says how often that has been done before.
pub(crate) type Ask = Arc<dyn Fn(HeaderMap, u32) -> Asking + Send + Sync>;

/// The rest of a body that was asked for.
pub(crate) type Asking = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

/// Why there is no rest: an error of the client, or a text that says why a download cannot go on.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is known of a body that can be asked for from where it was interrupted.
pub(crate) struct Resume {
    ask: Ask,
    /// The content as it was: a strong entity tag, or the date of its last change.
    validator: HeaderValue,
    length: u64,
    received: u64,
    resumed: u32,
    /// How often it may be asked for.
    times: u32,
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
        Some(Self {
            ask: ask(),
            validator,
            length,
            received: 0,
            resumed: 0,
            times,
        })
    }

    /// Notes that bytes have arrived.
    pub(crate) fn note(&mut self, bytes: usize) {
        self.received += bytes as u64;
    }

    /// Whether all of it has arrived, when a body is at its end.
    pub(crate) fn check_end(&self) -> Result<(), String> {
        if self.received == self.length {
            return Ok(());
        }
        Err(stuck(self.received, self.length, "the server sent less than the rest"))
    }

    /// Asks for the rest, if that may be done once more.
    pub(crate) fn go_on(&mut self) -> Option<Asking> {
        if self.resumed >= self.times || self.received >= self.length {
            return None;
        }
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::try_from(format!("bytes={}-", self.received)).ok()?);
        headers.insert(IF_RANGE, self.validator.clone());
        let asking = (self.ask)(headers, self.resumed);
        self.resumed += 1;
        let (start, length) = (self.received, self.length);
        Some(Box::pin(async move { Ok(is_rest(asking.await?, start, length)?) }))
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

/// Refuses what is not the rest of the same content.
fn is_rest(response: RawResponse, start: u64, length: u64) -> Result<RawResponse, String> {
    let problem = match response.status() {
        StatusCode::PARTIAL_CONTENT => {
            let range = response.headers().get(CONTENT_RANGE);
            let expected = format!("bytes {start}-{}/{length}", length.saturating_sub(1));
            if range.is_some_and(|range| range == expected.as_str()) {
                return Ok(response);
            }
            "the server sent a different range"
        }
        StatusCode::OK => "the content has changed on the server",
        _ => "the server does not send the rest of it",
    };
    Err(stuck(start, length, problem))
}

fn stuck(received: u64, length: u64, problem: &str) -> String {
    let broken = "the download was interrupted after";
    format!("{broken} {received} of {length} bytes and cannot be resumed: {problem}")
}
