//! Making a request again after a failure that may pass.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use crate::Backoff;
use crate::auth::Credentials;
use crate::client::Client;
use crate::clock::later;
use crate::error::{Error, Kind};
use crate::limits;
use crate::middleware::Next;
use crate::request::Request;
use crate::request_body::RequestBody;
use crate::response::RawResponse;

/// Which failures a [`Client`] gets over by itself.
///
/// By default, requests that only read (GET, HEAD, OPTIONS) are made again, up to three times, after a lost connection or a
/// 502, 503 or 504, with pauses that grow from half a second to twenty seconds and are left to chance entirely. A server that
/// asks for fewer requests (429, or 503 with `Retry-After`) is asked again when it wants to be, however often that is,
/// for as long as [`ClientBuilder::hold`](crate::ClientBuilder::hold) allows.
///
/// ```
/// use confluence_rest::Retry;
///
/// let careful = Retry::never();
/// let stubborn = Retry::default().attempts(10).writes(true);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Retry {
    /// How often a request is made again.
    pub attempts: u32,
    /// The pauses. A longer `Retry-After` of the server wins.
    pub backoff: Backoff,
    /// Whether requests that change something are made again, too.
    pub writes: bool,
    is_off: bool,
}

impl Default for Retry {
    fn default() -> Self {
        let backoff = Backoff::between(Duration::from_millis(500), Duration::from_secs(20));
        Self {
            attempts: 3,
            backoff: backoff.factor(2.0).jitter(1.0),
            writes: false,
            is_off: false,
        }
    }
}

impl Retry {
    /// Makes no request again: each failure is handed over.
    pub fn never() -> Self {
        Self {
            attempts: 0,
            is_off: true,
            ..Self::default()
        }
    }

    /// Sets how often a request is made again. The default is 3.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the pauses.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Makes requests that change something again, too: PUT and DELETE as those that read, and POST and PATCH only where
    /// the server has not acted, which is when no connection came about or the server asked for fewer requests.
    pub fn writes(mut self, writes: bool) -> Self {
        self.writes = writes;
        self
    }

    /// Whether a request may be made again after a failure. `untouched` says that the server has not acted on it.
    fn covers(&self, request: &Request, untouched: bool) -> bool {
        let method = request.method();
        let is_covered = method.is_safe() || self.writes && (method.is_idempotent() || untouched);
        !self.is_off && is_covered && request.body().is_none_or(RequestBody::is_repeatable)
    }
}

/// How many retries a client has left: a server in trouble is not helped by more requests.
#[derive(Debug)]
pub(crate) struct Budget {
    most: f64,
    left: Mutex<f64>,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        Self {
            most: f64::from(retries),
            left: Mutex::new(f64::from(retries)),
        }
    }

    fn take(&self) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let has = *left >= 1.0;
        if has {
            *left -= 1.0;
        }
        has
    }

    /// Ten successes pay for a retry.
    fn earn(&self) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = (*left + 0.1).min(self.most);
    }
}

/// Why a request may be made again.
enum Failure {
    /// The server asks for fewer requests, and may say for how long.
    Limited(Option<Duration>),
    /// No connection came about, so nothing was sent.
    Unconnected,
    /// Nobody knows whether the server has acted.
    Broken,
}

impl Failure {
    fn of(result: &Result<RawResponse, Error>) -> Option<Self> {
        match result {
            Ok(raw) => {
                let asked = limits::retry_after(raw.headers());
                match raw.status() {
                    StatusCode::TOO_MANY_REQUESTS => Some(Failure::Limited(asked)),
                    StatusCode::SERVICE_UNAVAILABLE if asked.is_some() => Some(Failure::Limited(asked)),
                    StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                        Some(Failure::Broken)
                    }
                    _ => None,
                }
            }
            Err(error) if error.is_connect() => Some(Failure::Unconnected),
            Err(error) if error.is_retryable() => Some(Failure::Broken),
            Err(_) => None,
        }
    }
}

/// Whether another token may help.
enum Refusal {
    /// The token is not taken. That a scope is missing is another matter.
    Token,
    /// The gateway answers so to a token that has ended, and everyone else to what may not be seen.
    Unclear,
}

impl Refusal {
    fn of(result: &Result<RawResponse, Error>) -> Option<Self> {
        let raw = result.as_ref().ok()?;
        match raw.status() {
            StatusCode::UNAUTHORIZED if !Error::status_of(raw.clone()).is_scope_mismatch() => Some(Self::Token),
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Some(Self::Unclear),
            _ => None,
        }
    }
}

impl Client {
    /// Sends a request, and again as far as the client's [`Retry`] goes.
    pub(crate) async fn persist(
        &self,
        request: &Request,
        streams: impl Fn(&RawResponse) -> bool + Sync,
    ) -> Result<RawResponse, Error> {
        let clock = self.clock();
        let started = clock.now();
        let mut attempt = 0;
        let mut broken = 0;
        let auth = &self.inner.auth;
        let of = |error: Error| error.of(request.operation());
        auth.check_scopes(request.operation())?;
        let mut renewed = None;
        let mut may_renew = auth.is_renewable() && request.body().is_none_or(RequestBody::is_repeatable);
        loop {
            if let Err(rest) = self.inner.gate.pass(clock, self.hold).await {
                return Err(Error::from(Kind::Held(rest)).of(request.operation()));
            }
            // After a pause, the token that was good before may have ended.
            let credentials = match renewed.take() {
                Some(renewed) => renewed,
                None => auth.credentials(None).await.map_err(of)?,
            };
            let result = self.attempt(request, &credentials, &streams, attempt).await;
            attempt += 1;
            if let Some(refusal) = Refusal::of(&result).filter(|_| may_renew) {
                may_renew = false;
                let other = match refusal {
                    Refusal::Token => Some(auth.credentials(Some(&credentials)).await.map_err(of)?),
                    // Where there is no other token, what was answered says more.
                    Refusal::Unclear => auth.credentials(None).await.ok(),
                };
                if let Some(other) = other.filter(|other| !other.is_same(&credentials)) {
                    renewed = Some(other);
                    continue;
                }
            }
            let Some(failure) = Failure::of(&result) else {
                self.inner.budget.earn();
                return result;
            };
            let mut pause = self.retry.backoff.pause(attempt);
            let untouched = !matches!(failure, Failure::Broken);
            let may = self.retry.covers(request, untouched);
            if let Failure::Limited(asked) = failure {
                let asked = asked.unwrap_or(pause);
                self.inner.gate.hold(later(clock.now(), asked));
                // Not all of them at the same moment.
                pause = pause.saturating_add(asked);
                if !may || clock.now().saturating_duration_since(started).saturating_add(pause) > self.hold {
                    return result;
                }
            } else {
                broken += 1;
                if !may || broken > self.retry.attempts || !self.inner.budget.take() {
                    return result;
                }
            }
            clock.sleep(pause).await;
        }
    }

    /// Sends a request once, past whatever stands between.
    async fn attempt(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: &(dyn Fn(&RawResponse) -> bool + Sync),
        #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "only spans tell"))] resends: u32,
    ) -> Result<RawResponse, Error> {
        let next = Next {
            client: self,
            rest: &self.inner.middleware,
            credentials,
            streams,
        };
        let exchange = next.run(request.clone());
        #[cfg(feature = "tracing")]
        let exchange = crate::trace::attempt(&self.inner.base, request, resends, exchange);
        exchange.await
    }
}
