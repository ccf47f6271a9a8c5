//! What the server says about how much it takes: limits are shared by everything that a client sends.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use crate::{Clock, RawResponse};

/// Holds back all requests of a client while the server wants none.
#[derive(Debug, Default)]
pub(crate) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    /// Lets nothing through before a moment. A later moment that was set before stays.
    pub(crate) fn hold(&self, until: Instant) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *held = (*held).max(Some(until));
    }

    /// Waits until requests may go out, or says how long that would take if it is longer than `most`.
    pub(crate) async fn pass(&self, clock: &dyn Clock, most: Duration) -> Result<(), Duration> {
        let arrived = clock.now();
        loop {
            let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = clock.now();
            let Some(rest) = until.and_then(|until| until.checked_duration_since(now)) else {
                return Ok(());
            };
            if rest.is_zero() {
                return Ok(());
            }
            if now.saturating_duration_since(arrived).saturating_add(rest) > most {
                return Err(rest);
            }
            clock.sleep(rest).await;
        }
    }
}

/// How long the server asks to wait: `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
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

/// What a response says about the limits that it counted towards (`X-RateLimit-*`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many points there are in the window.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the window ends, as the server writes it: ISO 8601 in what was seen so far.
    pub reset: Option<String>,
    /// Whether little is left: less than a fifth, by Atlassian's documentation. Some limits do not say.
    pub near_limit: bool,
    /// Which limit was exceeded, on a 429.
    pub reason: Option<String>,
}

impl RateLimit {
    pub(crate) fn of(response: &RawResponse) -> Self {
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
