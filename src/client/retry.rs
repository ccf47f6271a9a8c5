//! The retry policy.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::request::Request;
use crate::request::body::RequestBody;
use crate::time::backoff::Backoff;

/// A retry policy: which failures a [`Client`](crate::Client) retries, how often, and with which backoff.
///
/// By default, read-only requests (GET, HEAD, OPTIONS) are retried up to three times after a lost connection, a timeout,
/// or a 502, 503 or 504, with exponential backoff from half a second to twenty seconds and full jitter. Requests that a rate
/// limit rejects (429, or 503 with `Retry-After`) are retried when the server allows it, as often as needed, as long as
/// [`ClientBuilder::hold`](crate::ClientBuilder::hold) permits.
///
/// ```
/// use confluence_rest::Retry;
///
/// let careful = Retry::never();
/// let stubborn = Retry::default().max_retries(10).writes(true);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Retry {
    /// How often a request is retried at most. Retries after a rate limit are not counted.
    pub max_retries: u32,
    /// The pauses. A `Retry-After` of the server takes precedence, whether it is longer or shorter.
    pub backoff: Backoff,
    /// Whether requests that write are retried, too.
    pub writes: bool,
    is_off: bool,
}

impl Default for Retry {
    fn default() -> Self {
        let backoff = Backoff::between(Duration::from_millis(500), Duration::from_secs(20));
        Self {
            max_retries: 3,
            backoff: backoff.factor(2.0).jitter(1.0),
            writes: false,
            is_off: false,
        }
    }
}

impl Retry {
    /// Returns a policy that retries nothing.
    pub fn never() -> Self {
        Self {
            max_retries: 0,
            is_off: true,
            ..Self::default()
        }
    }

    /// Sets how often a request is retried at most.
    ///
    /// The default is 3. Retries after a rate limit are not counted; [`Retry::never`] turns these off, too.
    /// [`Error::attempts`](crate::Error::attempts) counts all attempts, including the first.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the pauses.
    ///
    /// A `Retry-After` of the server takes precedence, whether it is longer or shorter.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets whether requests that write are retried, too.
    ///
    /// The default is `false`. PUT and DELETE are then retried as read-only requests are, POST and PATCH only if the
    /// server has not processed them: if there was no connection, or a rate limit rejected them.
    pub fn writes(mut self, writes: bool) -> Self {
        self.writes = writes;
        self
    }

    /// Whether a request may be retried after a failure. `untouched` says that the server has not acted on it.
    pub(crate) fn covers(&self, request: &Request, untouched: bool) -> bool {
        let method = request.method();
        let is_covered = method.is_safe() || self.writes && (method.is_idempotent() || untouched);
        !self.is_off && is_covered && request.body().is_none_or(RequestBody::is_repeatable)
    }
}

/// How many retries a client has left: a server in trouble is not helped by more requests.
#[derive(Debug)]
pub(crate) struct Budget {
    /// In tenths of a retry, as `left` is.
    most: u64,
    left: Mutex<u64>,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let most = 10 * u64::from(retries);
        Self {
            most,
            left: Mutex::new(most),
        }
    }

    pub(crate) fn take(&self) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = left.checked_sub(10);
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }

    /// Ten successes pay for a retry.
    pub(crate) fn earn(&self) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = (*left + 1).min(self.most);
    }
}
