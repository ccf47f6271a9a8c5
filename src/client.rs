//! The client that sends requests.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;

use crate::auth::{Auth, Credentials};
use crate::base_url::BaseUrl;
use crate::client_builder::ClientBuilder;
use crate::clock::Clock;
use crate::download::Download;
use crate::drift::{Drift, Model};
use crate::error::{Error, Kind};
use crate::limits::Gate;
use crate::middleware::Middleware;
use crate::operation::Operation;
use crate::redirect;
use crate::request::Request;
use crate::request_body::RequestBody;
use crate::response::{RawResponse, Response};
use crate::retry::{Budget, Retry};
use crate::upload::Movement;

/// How many redirects are followed before one is handed over as the answer.
const MOST_REDIRECTS: u32 = 10;

/// Sends requests to one Confluence site. Cheap to clone: clones share connections.
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
    pub(crate) retry: Retry,
    /// How long a request may be held back.
    pub(crate) hold: Duration,
}

/// What clones of a client share.
pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) base: BaseUrl,
    pub(crate) auth: Auth,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) gate: Gate,
    pub(crate) budget: Budget,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) strict: bool,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_body: u64,
}

impl Client {
    /// Starts a client for a site (`https://acme.atlassian.net`, with or without `/wiki`) or, for scoped tokens and
    /// OAuth, for the gateway (`https://api.atlassian.com/ex/confluence/{cloudId}`).
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// Starts a client for a site by its id, through the gateway: for scoped API tokens and OAuth 2.0.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), confluence_rest::Error> {
    /// use confluence_rest::{Auth, Client, cloud};
    ///
    /// let site = Client::builder("https://acme.atlassian.net").build()?;
    /// let id = site.send(cloud::get_tenant_info()).await?.into_body().cloud_id;
    /// let client = Client::gateway(&id).auth(Auth::basic("me@acme.example", "the-scoped-token")).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn gateway(cloud_id: &str) -> ClientBuilder {
        Self::builder(format!("https://api.atlassian.com/ex/confluence/{cloud_id}"))
    }

    /// Sends one request and reads the answer.
    ///
    /// # Errors
    /// The request cannot be made from its values, no answer came, the server answered with an error, or the body is
    /// not what the document says. See [`Error`]'s predicates.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        let raw = self.answer(operation.encode(), O::streams).await?;
        self.decoded::<O>(raw)
    }

    /// Reads the answer to a request of an operation.
    pub(crate) fn decoded<O: Operation>(&self, raw: RawResponse) -> Result<Response<O::Output>, Error> {
        let body = O::decode(&raw)?;
        if self.inner.strict {
            refuse_drift(<O::Output as Model>::drift(&raw), &raw)?;
        }
        Ok(Response::new(body, raw))
    }

    /// Sends a request and returns the body of the answer as it arrives, whatever the document says that it is.
    ///
    /// Some operations answer with a file where their document describes JSON.
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
    /// As [`send`](Self::send), but for what is in the body.
    pub async fn download<O: Operation>(&self, operation: O) -> Result<Response<Download>, Error> {
        let raw = self.answer(operation.encode(), |_| true).await?;
        Ok(Response::new(raw.download(), raw))
    }

    /// Sends a request; an answer that is not what was asked for is an error.
    pub(crate) async fn answer(
        &self,
        request: Result<Request, Error>,
        streams: fn(&RawResponse) -> bool,
    ) -> Result<RawResponse, Error> {
        let request = &request?;
        let operation = request.operation();
        let is_success = |raw: &RawResponse| operation.is_success(raw.status());
        let raw = self.persist(request, |raw| is_success(raw) && streams(raw)).await?;
        if is_success(&raw) {
            Ok(raw)
        } else {
            Err(Error::status_of(raw))
        }
    }

    /// Sends a request as it is and hands over whatever came back, whichever its status.
    ///
    /// Redirects within the origin are followed, unless the operation is documented to redirect.
    ///
    /// # Errors
    /// No whole answer came.
    pub async fn exchange(&self, request: &Request) -> Result<RawResponse, Error> {
        self.persist(request, |_| false).await
    }

    /// The same client with another policy for failures that may pass: for one request, or for many.
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
        Self { retry, ..self.clone() }
    }

    /// Sends a request once and collects the answer, unless it is to be handed over while it arrives.
    pub(crate) async fn receive(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: &(dyn Fn(&RawResponse) -> bool + Sync),
    ) -> Result<RawResponse, Error> {
        let exchange = async {
            let incoming = self.begin_moving(request, credentials).await?;
            let (status, headers) = (incoming.status(), incoming.headers().clone());
            let raw = RawResponse::new(request.operation(), status, headers, "");
            let download = Download::open(
                request.operation(),
                incoming,
                self.inner.max_body,
                self.inner.idle_timeout,
            );
            if streams(&raw) {
                return Ok(raw.arriving(download));
            }
            Ok(raw.with_body(download.bytes().await?))
        };
        // Nobody knows how long a reader takes, as long as it goes on.
        if request.body().is_some_and(RequestBody::is_streamed) {
            return exchange.await;
        }
        let limit = self.inner.timeout;
        tokio::time::timeout(limit, exchange)
            .await
            .unwrap_or_else(|_| Err(Error::from(Kind::TimedOut(limit)).of(request.operation())))
    }

    /// Sends a request until the headers of the answer are there. What is read while it is sent may not stand still.
    async fn begin_moving(&self, request: &Request, credentials: &Credentials) -> Result<reqwest::Response, Error> {
        let movement = Movement::default();
        let mut begin = pin!(self.begin(request, credentials, &movement));
        if !request.body().is_some_and(RequestBody::is_streamed) {
            return begin.await;
        }
        let idle = self.inner.idle_timeout;
        loop {
            match tokio::time::timeout(idle, begin.as_mut()).await {
                Ok(result) => return result,
                Err(_) if movement.take() => {}
                Err(_) => return Err(Error::from(Kind::TimedOut(idle)).of(request.operation())),
            }
        }
    }

    /// Sends a request, along redirects, until the headers of the answer are there.
    async fn begin(
        &self,
        request: &Request,
        credentials: &Credentials,
        movement: &Movement,
    ) -> Result<reqwest::Response, Error> {
        let mut url = self.inner.base.join(request.path(), request.query());
        let mut redirects = 0;
        loop {
            let outgoing = self.inner.http.request(request.method().clone(), url.clone());
            let outgoing = credentials.apply(outgoing.headers(request.headers().clone()));
            let outgoing = carry(outgoing, request, movement).await?;
            let incoming = outgoing.send().await.map_err(|error| broken(error, request))?;
            if redirects < MOST_REDIRECTS
                && !request.operation().is_success(incoming.status())
                && let Some(next) = redirect::next(&url, request.method(), incoming.status(), incoming.headers())
            {
                url = next;
                redirects += 1;
                continue;
            }
            return Ok(incoming);
        }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }
}

/// Makes an error of what is missing from a body or of another type.
fn refuse_drift(drift: Drift, response: &RawResponse) -> Result<(), Error> {
    if drift.missing.is_empty() && drift.mismatched.is_empty() {
        return Ok(());
    }
    let response = response.clone();
    let operation = response.operation();
    Err(Error::from(Kind::Drift { drift, response }).of(operation))
}

/// Puts the body into a request.
async fn carry(
    outgoing: reqwest::RequestBuilder,
    request: &Request,
    movement: &Movement,
) -> Result<reqwest::RequestBuilder, Error> {
    let unread =
        |error| Error::from(Kind::File("what is to be sent cannot be read".to_owned(), error)).of(request.operation());
    Ok(match request.body() {
        None => outgoing,
        Some(RequestBody::Whole(body)) => outgoing.body(body.clone()),
        Some(RequestBody::Upload(upload)) => match upload.open(movement).await.map_err(unread)? {
            (body, Some(length)) => outgoing.header(CONTENT_LENGTH, length).body(body),
            (body, None) => outgoing.body(body),
        },
        Some(RequestBody::Multipart(parts)) => outgoing.multipart(parts.open(movement).await.map_err(unread)?),
    })
}

/// The URL is left out of the error: the operation's path says which request it was.
fn broken(error: reqwest::Error, request: &Request) -> Error {
    Error::from(Kind::Transport(error.without_url())).of(request.operation())
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base.as_str())
            .field("auth", &self.inner.auth)
            .finish_non_exhaustive()
    }
}
