//! The attempts of a request: each waits for its turn, gets a token and is sent, until one is not retried.

use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::time::timeout;

use crate::auth::Credentials;
use crate::client::builder::{check_encrypted, has_secrets};
use crate::client::middleware::{Exchange, Next};
use crate::client::{Client, check_runtime};
use crate::request::Request;
use crate::request::body::RequestBody;
use crate::response::error::{Error, Kind};
use crate::response::rate_limit::retry_after;
use crate::response::raw::RawResponse;

/// Why a request may be retried.
enum Failure {
    /// The server asks for fewer requests, and may say for how long.
    Limited(Option<Duration>),
    /// Nothing was sent: there was no connection or no token.
    Unsent,
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
            Err(error) if error.is_held() || !error.is_retryable() => None,
            Err(error) if error.is_unsent() => Some(Failure::Unsent),
            Err(_) => Some(Failure::Broken),
        }
    }
}

/// Whether another token may help.
enum Refusal {
    /// The token is not taken. That a scope is missing is another matter.
    Token,
    /// The gateway responds with this status to an expired token, other servers to what the caller may not see.
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

/// Whether there is another token in place of one that was refused.
enum Renewal {
    Renewed,
    Same,
    Failed(Error),
}

impl Client {
    /// Sends a request, and retries it as far as the client's [`Retry`](crate::Retry) goes.
    pub(crate) async fn send_with_retries(
        &self,
        request: &Request,
        streams: impl Fn(&RawResponse) -> bool + Sync,
    ) -> Result<RawResponse, Error> {
        let of = |error: Error| error.of(request.operation());
        check_runtime().map_err(of)?;
        if has_secrets(&self.settings.headers) || has_secrets(request.headers()) {
            check_encrypted(&self.inner.base).map_err(of)?;
        }
        self.inner.auth.check_scopes(request.operation())?;
        let body = request.body();
        let attempts = Attempts {
            client: self,
            request,
            streams: &streams,
            started: self.clock().now(),
            // A request body that is streamed may take any time, so only the idle timeout applies.
            total: match body.is_some_and(RequestBody::is_streamed) {
                true => Duration::MAX,
                false => self.settings.total_timeout(),
            },
            may_renew: self.inner.auth.is_renewable() && body.is_none_or(RequestBody::is_repeatable),
            credentials: None,
            is_renewed: false,
            made: 0,
            held: Duration::ZERO,
            broken: 0,
        };
        attempts.run().await.map_err(of)
    }

    /// Sends a request once, past the middleware.
    pub(super) async fn pass(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: &(dyn Fn(&RawResponse) -> bool + Sync),
    ) -> Result<RawResponse, Error> {
        let mut changed = request.clone();
        changed.headers_mut().extend(self.settings.headers.clone());
        let wire = |changed: Request| -> Exchange<'_> {
            let again = || self.ask_again(request);
            Box::pin(async move { self.receive(&changed, credentials, streams, &again).await })
        };
        let next = Next {
            rest: &self.inner.middleware,
            wire: &wire,
        };
        next.run(changed).await
    }

    /// Gets a token within a time; `rejected` is what the last attempt was refused with.
    pub(super) async fn token(&self, limit: Duration, rejected: Option<&Credentials>) -> Result<Credentials, Error> {
        timeout(limit, self.inner.auth.credentials(rejected))
            .await
            .unwrap_or_else(|_| Err(Kind::TokenTimedOut(limit).into()))
    }
}

/// A request on its way, and what became of it so far.
struct Attempts<'a> {
    client: &'a Client,
    request: &'a Request,
    streams: &'a (dyn Fn(&RawResponse) -> bool + Sync),
    started: Instant,
    /// How long all attempts may take together.
    total: Duration,
    /// Whether another token may be asked for.
    may_renew: bool,
    /// What was sent with the last attempt, or, once renewed, what is sent with the next one.
    credentials: Option<Credentials>,
    is_renewed: bool,
    /// How many attempts were begun.
    made: u32,
    /// How long the attempts have waited for a rate limit.
    held: Duration,
    /// How many attempts failed without being asked to wait.
    broken: u32,
}

impl Attempts<'_> {
    async fn run(mut self) -> Result<RawResponse, Error> {
        match self.result().await {
            Ok(raw) => Ok(raw.after(self.made)),
            Err(error) => Err(error.after(self.made)),
        }
    }

    /// Makes attempts until one is not retried.
    async fn result(&mut self) -> Result<RawResponse, Error> {
        loop {
            let result = match timeout(self.left(), self.attempt()).await {
                Ok(result) => result,
                Err(_) => Err(Kind::TotalTimedOut(self.total).into()),
            };
            let result = match self.renew(&result).await {
                Renewal::Renewed => continue,
                Renewal::Same => result,
                Renewal::Failed(error) => Err(error),
            };
            match Failure::of(&result).map(|failure| self.pause(failure)) {
                Some(Some(pause)) => self.client.clock().sleep(pause).await,
                Some(None) => return result,
                None => {
                    if result.as_ref().is_ok_and(|raw| !raw.status().is_server_error()) {
                        self.client.inner.budget.earn();
                    }
                    return result;
                }
            }
        }
    }

    /// Waits for its turn, gets a token, and sends the request once.
    async fn attempt(&mut self) -> Result<RawResponse, Error> {
        let Client { inner, settings } = self.client;
        // Only a closed semaphore has no permit, and this one is never closed.
        let _permit = inner.permits.acquire().await.ok();
        let may_look = self.request.method().is_safe();
        let admission = inner.throttle.admit(self.client.clock(), settings.hold, may_look).await;
        let (admission, waited) = admission.map_err(Kind::Held)?;
        self.held = self.held.saturating_add(waited);
        // After a pause, the token that was good before may have ended.
        let credentials = match self.credentials.take().filter(|_| self.is_renewed) {
            Some(renewed) => renewed,
            None => self.token(None).await?,
        };
        self.is_renewed = false;
        self.made += 1;
        let result = self.exchange(&credentials).await;
        self.credentials = Some(credentials);
        match (Failure::of(&result), &result) {
            (Some(Failure::Limited(asked)), _) => {
                let now = self.client.clock().now();
                inner.throttle.refused(now, self.asked(asked), admission);
            }
            (_, Ok(response)) => inner.throttle.accepted(self.client.clock(), response, admission),
            (_, Err(_)) => {}
        }
        result
    }

    /// Sends the request once.
    async fn exchange(&self, credentials: &Credentials) -> Result<RawResponse, Error> {
        let exchange = self.client.pass(self.request, credentials, self.streams);
        #[cfg(feature = "tracing")]
        let exchange = {
            let resends = self.made.saturating_sub(1);
            crate::client::trace::attempt(&self.client.inner.base, self.request, resends, exchange)
        };
        exchange.await
    }

    /// Gets a token; `rejected` is what the last attempt was refused with.
    async fn token(&self, rejected: Option<&Credentials>) -> Result<Credentials, Error> {
        let limit = self.client.settings.timeout.min(self.left());
        self.client.token(limit, rejected).await
    }

    /// Gets another token where the one that was sent may be the reason for a refusal.
    async fn renew(&mut self, result: &Result<RawResponse, Error>) -> Renewal {
        let Some(refusal) = Refusal::of(result).filter(|_| self.may_renew) else {
            return Renewal::Same;
        };
        self.may_renew = false;
        let sent = self.credentials.take();
        let other = match refusal {
            Refusal::Token => self.token(sent.as_ref()).await,
            Refusal::Unclear => self.token(None).await,
        };
        match (other, refusal) {
            (Ok(other), _) if sent.is_some_and(|sent| !other.is_same(&sent)) => {
                self.credentials = Some(other);
                self.is_renewed = true;
                Renewal::Renewed
            }
            (Err(error), Refusal::Token) => Renewal::Failed(error),
            // If there is no other token, the response says more.
            _ => Renewal::Same,
        }
    }

    /// The pause before the next attempt, if there is to be one.
    fn pause(&mut self, failure: Failure) -> Option<Duration> {
        let Client { inner, settings } = self.client;
        let is_untouched = !matches!(failure, Failure::Broken);
        if !settings.retry.covers(self.request, is_untouched) {
            return None;
        }
        let elapsed = self.elapsed();
        if let Failure::Limited(asked) = failure {
            let asked = self.asked(asked);
            let is_in_time = elapsed.saturating_add(asked) < self.total;
            // The next attempt waits for its turn.
            return (self.held.saturating_add(asked) <= settings.hold && is_in_time).then_some(Duration::ZERO);
        }
        self.broken += 1;
        let pause = settings.retry.backoff.pause(self.broken);
        let is_in_time = elapsed.saturating_add(pause) < self.total;
        (self.broken <= settings.retry.max_retries && is_in_time && inner.budget.take()).then_some(pause)
    }

    /// How long the server asks to wait.
    fn asked(&self, asked: Option<Duration>) -> Duration {
        let settings = &self.client.settings;
        match asked.filter(|asked| !asked.is_zero()) {
            Some(asked) => asked.min(settings.max_retry_after),
            // A server that refuses is in need of a pause.
            None => settings.retry.backoff.pause(self.made.max(1)),
        }
    }

    fn elapsed(&self) -> Duration {
        self.client.clock().now().saturating_duration_since(self.started)
    }

    fn left(&self) -> Duration {
        self.total.saturating_sub(self.elapsed())
    }
}
