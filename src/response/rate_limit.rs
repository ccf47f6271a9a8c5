//! Rate limits that a response reports.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use crate::response::raw::RawResponse;

/// Returns the pause that the server asks for: `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // The server's own date, so that a clock that is wrong here does no harm.
    let now = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// The rate limits that a response reports (`X-RateLimit-*`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "rate limit")]
pub struct RateLimit {
    /// The size of the limit, in points per window.
    pub limit: Option<u64>,
    /// The remaining points.
    pub remaining: Option<u64>,
    /// The end of the window, as the server writes it (ISO 8601 so far).
    pub reset: Option<String>,
    /// Whether less than a fifth is left, according to Atlassian's documentation. Some limits do not report it.
    pub near_limit: bool,
    /// The limit that was exceeded, on a 429.
    pub reason: Option<String>,
}

impl RateLimit {
    fn of(response: &RawResponse) -> Self {
        let number = |name| response.header(name)?.trim().parse().ok();
        let text = |name| response.header(name).map(str::to_owned);
        Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: text("x-ratelimit-reset"),
            near_limit: response
                .header("x-ratelimit-nearlimit")
                .is_some_and(|value| value.trim().eq_ignore_ascii_case("true")),
            reason: text("ratelimit-reason"),
        }
    }
}

impl RawResponse {
    /// What it says about the limits that it counted towards.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::of(self)
    }
}
