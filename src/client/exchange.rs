//! One exchange: sends a request and follows redirects until the response is there.

use std::error::Error as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::time::{Instant, timeout_at};

use crate::auth::Credentials;
use crate::client::Client;
use crate::client::redirect;
use crate::client::throttle::Admission;
use crate::request::Request;
use crate::request::body::RequestBody;
use crate::request::sending::Sending;
use crate::response::download::Download;
use crate::response::error::{Error, Kind};
use crate::response::incoming::{Incoming, MOST_OF_ERROR};
use crate::response::raw::RawResponse;
use crate::response::resume::{Ask, Chunks, Failure, Missing, Resume};
use crate::time::clock::deadline;

/// How many redirects are followed before one is returned as the response.
pub(super) const MOST_REDIRECTS: u32 = 10;

impl Client {
    /// Sends a request once and collects the response body, unless it is streamed; `again` requests the rest of it.
    pub(crate) async fn receive(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: &(dyn Fn(&RawResponse) -> bool + Sync),
        again: &(dyn Fn() -> Ask + Sync),
    ) -> Result<RawResponse, Error> {
        let operation = request.operation();
        // A request body that is streamed may take any time, so only the idle timeout applies.
        let is_streamed = request.body().is_some_and(RequestBody::is_streamed);
        let limit = if is_streamed {
            Duration::MAX
        } else {
            self.settings.timeout
        };
        let until = deadline(limit);
        let late = || Error::from(Kind::TimedOut(limit));
        let begun = timeout_at(until, self.begin_moving(request, credentials)).await;
        let response = begun
            .unwrap_or_else(|_| Err(late()))
            .map_err(|error| error.of(operation))?;
        let (status, headers, url) = (response.status(), response.headers().clone(), response.url().clone());
        let raw = RawResponse::new(operation, status, headers, "").with_url(url);
        if streams(&raw) {
            let resume = Resume::new(request.method(), &response, self.inner.resumes, again);
            return Ok(raw.arriving(self.incoming(response, resume)));
        }
        if operation.is_success(status) {
            let download = Download::new(operation, self.incoming(response, None));
            let body = timeout_at(until, download.bytes())
                .await
                .unwrap_or_else(|_| Err(late()));
            return match body {
                Ok(body) => Ok(raw.with_body(body, true)),
                Err(error) => Err(error.with(raw)),
            };
        }
        Ok(self.with_error_body(raw, response, until).await)
    }

    /// Collects the body of an error response.
    pub(super) async fn with_error_body(
        &self,
        raw: RawResponse,
        response: reqwest::Response,
        until: Instant,
    ) -> RawResponse {
        // The status is the result. Its body may be incomplete, or larger than anybody reads.
        let mut download = Download::new(raw.operation(), self.incoming(response, None));
        let mut body = BytesMut::new();
        let most = self.inner.max_body.min(MOST_OF_ERROR as u64);
        let until = until.min(deadline(self.settings.timeout));
        let collected = timeout_at(until, download.collect(&mut body, most)).await;
        raw.with_body(body.freeze(), matches!(collected, Ok(Ok(()))))
    }

    pub(super) fn incoming(&self, response: reqwest::Response, resume: Option<Resume>) -> Incoming {
        Incoming {
            resume,
            ..Incoming::new(response, self.inner.max_body, self.inner.idle_timeout)
        }
    }

    /// Sends a request and returns when the response headers are there. A streamed request body may not stall.
    async fn begin_moving(&self, request: &Request, credentials: &Credentials) -> Result<reqwest::Response, Error> {
        let sending = Sending::default();
        let mut begin = pin!(self.begin(request, credentials, &sending));
        if !request.body().is_some_and(RequestBody::is_streamed) {
            return begin.await;
        }
        let idle = self.inner.idle_timeout;
        loop {
            match tokio::time::timeout(idle, begin.as_mut()).await {
                Ok(result) => return result,
                Err(_) if sending.take_moved() => {}
                Err(_) => return Err(Kind::TimedOut(idle).into()),
            }
        }
    }

    /// Sends a request, follows redirects, and returns when the response headers are there.
    async fn begin(
        &self,
        request: &Request,
        credentials: &Credentials,
        sending: &Sending,
    ) -> Result<reqwest::Response, Error> {
        let mut url = self.inner.base.join(request.path(), request.query());
        let mut redirects = 0;
        loop {
            let headers = self.headers(request);
            let has_credentials = headers.contains_key(AUTHORIZATION);
            let mut outgoing = self
                .inner
                .http
                .request(request.method().clone(), url.clone())
                .headers(headers);
            if !has_credentials {
                let now = self.clock().system_time();
                outgoing = credentials.apply(outgoing, request.method(), &url, now)?;
            }
            let sent = attach_body(outgoing, request, sending).await?.send().await;
            if let Some(error) = sending.take_failure() {
                return Err(error);
            }
            let response = sent.map_err(transport_error)?;
            if redirects < MOST_REDIRECTS
                && !request.operation().is_success(response.status())
                && request.body().is_none_or(RequestBody::is_repeatable)
                && let Some(next) = redirect::next(&url, request.method(), response.status(), response.headers())
            {
                url = next;
                redirects += 1;
                continue;
            }
            return Ok(response);
        }
    }

    /// The headers of a request, with the default headers of the client that it does not have.
    fn headers(&self, request: &Request) -> HeaderMap {
        let mut headers = self.inner.headers.clone();
        headers.extend(request.headers().clone());
        if let Some(RequestBody::Multipart(_)) = request.body() {
            // reqwest adds those of the body, which has a boundary of its own.
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_LENGTH);
        }
        self.want_identity(&mut headers);
        headers
    }

    /// A body that may be resumed must not be compressed: offsets count the bytes on the wire.
    pub(super) fn want_identity(&self, headers: &mut HeaderMap) {
        if self.inner.resumes > 0 {
            headers
                .entry(ACCEPT_ENCODING)
                .or_insert(HeaderValue::from_static("identity"));
        }
    }

    /// How to request the rest of an interrupted response, past the middleware as before.
    pub(super) fn ask_again(&self, request: &Request) -> Ask {
        let (client, request) = (self.clone(), request.clone());
        Arc::new(move |missing| {
            let (client, mut request) = (client.clone(), request.clone());
            Box::pin(async move {
                request.headers.extend(missing.headers());
                client.before_resuming(&missing).await?;
                let credentials = client.token(client.settings.timeout, None).await?;
                let is_success = |raw: &RawResponse| raw.status().is_success();
                let passed = client.pass(&request, &credentials, &is_success);
                // Middleware may take longer than an attempt, but not for ever.
                let limit = client.settings.total_timeout();
                let late = |_| Err(Kind::TimedOut(limit).into());
                let rest = tokio::time::timeout(limit, passed).await.unwrap_or_else(late)?;
                client.resumed(rest, &missing)
            })
        })
    }

    /// Waits before a download is resumed.
    pub(super) async fn before_resuming(&self, missing: &Missing) -> Result<(), Error> {
        self.clock()
            .sleep(self.settings.retry.backoff.pause(missing.resumed.saturating_add(1)))
            .await;
        let admission = self.inner.throttle.admit(self.clock(), self.settings.hold, false).await;
        admission.map(|_| ()).map_err(|rest| Kind::Held(rest).into())
    }

    /// Returns the rest of an interrupted body, or an error if a response does not have it.
    pub(super) fn resumed(&self, response: RawResponse, missing: &Missing) -> Result<Chunks, Failure> {
        if response.status().is_success() {
            missing.check(response.status(), response.headers())?;
            return Ok(response.take_chunks()?);
        }
        // The connection is not kept for a body that nobody reads.
        drop(response.take_incoming());
        let error = Error::status_of(response);
        if let Some(pause) = error.retry_after().filter(|_| error.is_retryable()) {
            self.inner
                .throttle
                .refused(self.clock().now(), pause, Admission::Granted);
        }
        Err(error.into())
    }
}

/// Attaches the body of a request.
async fn attach_body(
    outgoing: reqwest::RequestBuilder,
    request: &Request,
    sending: &Sending,
) -> Result<reqwest::RequestBuilder, Error> {
    Ok(match request.body() {
        None => outgoing,
        Some(RequestBody::Whole(body)) => outgoing.body(body.clone()),
        Some(RequestBody::Upload(upload)) => match upload.open(sending).await? {
            (body, Some(length)) => {
                // Unlike `header`, this replaces what is there.
                let length = HeaderMap::from_iter([(CONTENT_LENGTH, length.into())]);
                outgoing.headers(length).body(body)
            }
            (body, None) => outgoing.body(body),
        },
        Some(RequestBody::Multipart(parts)) => outgoing.multipart(parts.open(sending).await?),
    })
}

/// The error of a request that was not sent, or has no response.
pub(super) fn transport_error(error: reqwest::Error) -> Error {
    if !error.is_builder() {
        return Error::transport(error);
    }
    // Of what makes up a request, reqwest checks the token and, where a client of one's own wants https alone, the URL.
    match error.source() {
        Some(cause) if !cause.is::<http::Error>() => Kind::Request(format!("it cannot be sent: {cause}")).into(),
        _ => Kind::Token {
            error: "the token contains a line break or another character that no header can carry".into(),
            is_transient: false,
        }
        .into(),
    }
}
