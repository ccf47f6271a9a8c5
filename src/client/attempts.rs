//! Sends a request, and retries it.

use std::time::Duration;

use http::StatusCode;

use crate::auth::Credentials;
use crate::client::Client;
use crate::client::middleware::{Exchange, Next};
use crate::request::Request;
use crate::request::body::RequestBody;
use crate::response::error::{Error, Kind};
use crate::response::rate_limit::retry_after;
use crate::response::raw::RawResponse;
use crate::time::clock::later;

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
                let asked = retry_after(raw.headers());
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
    pub(crate) async fn send_with_retries(
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
            if let Err(rest) = self.inner.cooldown.pass(clock, self.hold).await {
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
                self.inner.cooldown.hold(later(clock.now(), asked));
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
        let wire = |request: Request| -> Exchange<'_> {
            Box::pin(async move { self.receive(&request, credentials, streams).await })
        };
        let next = Next {
            rest: &self.inner.middleware,
            wire: &wire,
        };
        let exchange = next.run(request.clone());
        #[cfg(feature = "tracing")]
        let exchange = crate::client::trace::attempt(&self.inner.base, request, resends, exchange);
        exchange.await
    }
}
