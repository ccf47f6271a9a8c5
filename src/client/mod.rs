//! The client.
//!
//! In order: a [`builder`] makes the [`Client`]; [`attempts`] sends a request and retries it, as the [`throttle`] lets
//! it, past each [`middleware`]; [`exchange`] puts it on the wire and follows a [`redirect`]. [`follow`] follows a
//! redirect that is the result of an operation.

mod attempts;
pub(crate) mod builder;
mod connections;
mod exchange;
mod follow;
pub(crate) mod middleware;
mod pace;
mod redirect;
pub(crate) mod retry;
mod throttle;
#[cfg(feature = "tracing")]
mod trace;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::auth::Auth;
use crate::client::middleware::Middleware;
use crate::client::retry::{Budget, Retry};
use crate::client::throttle::Throttle;
use crate::connection::base_url::BaseUrl;
use crate::model::drift::Drift;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Response;
use crate::response::decode::Model;
use crate::response::download::Download;
use crate::response::error::{Error, Kind};
use crate::response::raw::RawResponse;
use crate::response::redirect::Redirect;
use crate::time::clock::Clock;

/// Sends requests to one Confluence site.
///
/// Cheap to clone: clones share connections. Requests need a Tokio runtime with I/O and time enabled, such as that of
/// `#[tokio::main]`; outside of one, each call returns an error. Building a client needs none. For code that is not
/// async there is `blocking::Client` (feature `blocking`).
///
/// ```no_run
/// # async fn example() -> Result<(), confluence_rest::Error> {
/// use confluence_rest::{Auth, Client, longtask};
///
/// let client = Client::builder("https://acme.atlassian.net")
///     .auth(Auth::basic("me@acme.example", "the-api-token"))
///     .build()?;
/// let task = client.send(longtask::get_task("1180606")).await?;
/// println!("{}%", task.percentage_complete);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
    pub(crate) settings: Settings,
}

/// What may be set for one request, or for many.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) retry: Retry,
    /// How long a rate limit may delay a request.
    pub(crate) hold: Duration,
    /// The longest pause that a server can cause.
    pub(crate) max_retry_after: Duration,
    /// How long an attempt may take.
    pub(crate) timeout: Duration,
    /// The timeout of a request as a whole, if it is set.
    pub(crate) total_timeout: Option<Duration>,
    /// Headers that are sent with each request.
    pub(crate) headers: HeaderMap,
}

impl Settings {
    /// The timeout of a request as a whole.
    pub(crate) fn total_timeout(&self) -> Duration {
        let most = || self.hold.saturating_add(self.timeout.saturating_mul(2));
        self.total_timeout.unwrap_or_else(most)
    }
}

/// The state that clones of a client share.
pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    /// Headers that are sent with each request.
    pub(crate) headers: HeaderMap,
    pub(crate) base: BaseUrl,
    pub(crate) auth: Auth,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) throttle: Throttle,
    /// How many requests may be in flight.
    pub(crate) permits: Semaphore,
    pub(crate) budget: Budget,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) strict: bool,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_body: u64,
    /// How often a download is resumed.
    pub(crate) resumes: u32,
}

impl Client {
    /// Sends a request and decodes the response.
    ///
    /// # Errors
    /// The request cannot be encoded, no response was received, the server answered with an error status, or the body
    /// does not match the document. Predicates such as [`Error::is_timeout`] distinguish the common cases, and
    /// [`Error::status`] returns the HTTP status.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        let raw = self.answer(operation.encode(), O::streams).await?;
        self.decoded::<O>(raw)
    }

    /// Reads the response to a request of an operation.
    pub(crate) fn decoded<O: Operation>(&self, raw: RawResponse) -> Result<Response<O::Output>, Error> {
        let body = O::decode(&raw)?;
        if self.inner.strict {
            refuse_drift(<O::Output as Model>::drift(&raw), &raw)?;
        }
        Ok(Response::new(body, raw))
    }

    /// Sends a request and returns the response body as a stream, whichever content the document describes.
    ///
    /// Some operations respond with a file where their document describes JSON. If the operation is documented to redirect, the
    /// redirect is followed, as [`follow`](Self::follow) does: its URL is requested once.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), confluence_rest::Error> {
    /// use confluence_rest::longtask;
    ///
    /// let body = client.download(longtask::get_task("1180606")).await?.into_body();
    /// body.save("task.json").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The same as for [`send`](Self::send), except that the body is not decoded.
    pub async fn download<O: Operation>(&self, operation: O) -> Result<Response<Download>, Error> {
        let raw = self.answer(operation.encode(), |_| true).await?;
        if raw.status().is_redirection() {
            return self.follow(&Redirect::new(&raw)).await;
        }
        Ok(Response::new(raw.download(), raw))
    }

    /// Sends a request; a response that is not a success is an error.
    pub(crate) async fn answer(
        &self,
        request: Result<Request, Error>,
        streams: fn(&RawResponse) -> bool,
    ) -> Result<RawResponse, Error> {
        let request = &request?;
        let operation = request.operation();
        let is_success = |raw: &RawResponse| operation.is_success(raw.status());
        let raw = self
            .send_with_retries(request, |raw| is_success(raw) && streams(raw))
            .await?;
        if is_success(&raw) {
            Ok(raw)
        } else {
            Err(Error::status_of(raw))
        }
    }

    /// Sends an encoded request and returns the response as received, whatever its status.
    ///
    /// Redirects within the origin are followed, unless the operation is documented to redirect. At most 1 MiB of the
    /// body of an error response is kept ([`RawResponse::is_complete`]).
    ///
    /// # Errors
    /// No complete response was received.
    pub async fn exchange(&self, request: &Request) -> Result<RawResponse, Error> {
        self.send_with_retries(request, |_| false).await
    }

    /// Returns the client with another [`Retry`] policy, which shares everything else: for one request, or for many.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), confluence_rest::Error> {
    /// use confluence_rest::{Retry, longtask};
    ///
    /// let task = client.with_retry(Retry::never()).send(longtask::get_task("1180606")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_retry(&self, retry: Retry) -> Self {
        self.with(|settings| settings.retry = retry)
    }

    /// Returns the client with another timeout for each attempt.
    ///
    /// See [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(|settings| settings.timeout = timeout)
    }

    /// Returns the client with another timeout for requests as a whole, including all attempts and pauses.
    ///
    /// See [`ClientBuilder::total_timeout`](crate::ClientBuilder::total_timeout).
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), confluence_rest::Error> {
    /// use std::time::Duration;
    /// use confluence_rest::longtask;
    ///
    /// let client = client.with_total_timeout(Duration::from_secs(5));
    /// let task = client.send(longtask::get_task("1180606")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_total_timeout(&self, timeout: Duration) -> Self {
        self.with(|settings| settings.total_timeout = Some(timeout))
    }

    /// Returns the client with headers that are sent with each request and replace those of the same names.
    ///
    /// If credentials among them would be sent over plain HTTP to another machine, requests fail.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), confluence_rest::Error> {
    /// use confluence_rest::reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
    /// use confluence_rest::longtask;
    ///
    /// let german = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("de"))]);
    /// let task = client.with_headers(german).send(longtask::get_task("1180606")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_headers(&self, headers: HeaderMap) -> Self {
        self.with(|settings| settings.headers.extend(headers))
    }

    pub(crate) fn with(&self, set: impl FnOnce(&mut Settings)) -> Self {
        let mut client = self.clone();
        set(&mut client.settings);
        client
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }
}

/// Returns an error outside of a Tokio runtime, where its timers would panic.
pub(crate) fn check_runtime() -> Result<(), Error> {
    if Handle::try_current().is_ok() {
        return Ok(());
    }
    let problem = "there is no Tokio runtime to send requests on; start one, or use `blocking::Client`";
    Err(Kind::Configuration(problem.to_owned()).into())
}

/// Returns an error if members of a body are missing or of another type.
fn refuse_drift(mut drift: Drift, response: &RawResponse) -> Result<(), Error> {
    // What the document does not describe is never an error.
    drift.unknown.clear();
    if drift.is_empty() {
        return Ok(());
    }
    Err(Error::from(Kind::Drift(drift)).with(response.clone()))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base.as_str())
            .field("auth", &self.inner.auth)
            .finish_non_exhaustive()
    }
}
