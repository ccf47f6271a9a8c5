//! The client that sends requests.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use reqwest::redirect::Policy;

use crate::auth::{Auth, Credentials};
use crate::base_url::BaseUrl;
use crate::clock::{Clock, SystemClock};
use crate::download::Download;
use crate::error::{Error, Kind};
use crate::limits::Gate;
use crate::operation::Operation;
use crate::redirect;
use crate::request::{Request, RequestBody};
use crate::response::{RawResponse, Response};
use crate::retry::{Budget, Retry};

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
    inner: Arc<Inner>,
    retry: Retry,
}

/// What clones of a client share.
struct Inner {
    http: reqwest::Client,
    base: BaseUrl,
    auth: Auth,
    clock: Arc<dyn Clock>,
    gate: Gate,
    budget: Budget,
    strict: bool,
    timeout: Duration,
    idle_timeout: Duration,
    max_body: u64,
    hold: Duration,
}

impl Client {
    /// Starts a client for a site (`https://acme.atlassian.net`, with or without `/wiki`) or, for scoped tokens and
    /// OAuth, for the gateway (`https://api.atlassian.com/ex/confluence/{cloudId}`).
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            base_url: base_url.into(),
            auth: Auth::none(),
            clock: Arc::new(SystemClock),
            strict: false,
            timeout: Duration::from_secs(60),
            retry: Retry::default(),
            retry_budget: 100,
            hold: Duration::from_secs(60),
            idle_timeout: Duration::from_secs(60),
            max_body: 64 << 20,
            proxy: None,
            roots: Vec::new(),
            http: None,
            connect_timeout: Duration::from_secs(10),
        }
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
        self.fetch::<O>(&operation.encode()?).await
    }

    /// Sends a request of an operation and reads the answer.
    pub(crate) async fn fetch<O: Operation>(&self, request: &Request) -> Result<Response<O::Output>, Error> {
        let is_answer = |raw: &RawResponse| raw.status().is_success() || redirect::is_documented(O::INFO, raw.status());
        let raw = self.persist(request, |raw| is_answer(raw) && O::streams(raw)).await?;
        if !is_answer(&raw) {
            return Err(Error::status_of(raw));
        }
        let response = Response::new(O::decode(&raw)?, raw);
        if self.inner.strict {
            let drift = response.drift();
            if !drift.is_empty() {
                let response = response.raw().clone();
                return Err(Error::from(Kind::Drift { drift, response }).of(O::INFO));
            }
        }
        Ok(response)
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
        Self {
            inner: self.inner.clone(),
            retry,
        }
    }

    /// Sends a request once and collects the answer, unless it is to be handed over while it arrives.
    pub(crate) async fn receive(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: impl Fn(&RawResponse) -> bool,
    ) -> Result<RawResponse, Error> {
        let exchange = async {
            let incoming = self.begin(request, credentials).await?;
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
        // Nobody knows how long a reader takes.
        if request.body().is_some_and(RequestBody::is_streamed) {
            return exchange.await;
        }
        let limit = self.inner.timeout;
        tokio::time::timeout(limit, exchange)
            .await
            .unwrap_or_else(|_| Err(Error::from(Kind::TimedOut(limit)).of(request.operation())))
    }

    /// Sends a request, along redirects, until the headers of the answer are there.
    async fn begin(&self, request: &Request, credentials: &Credentials) -> Result<reqwest::Response, Error> {
        let mut url = self.inner.base.join(request.path(), request.query());
        let mut redirects = 0;
        loop {
            let outgoing = self.inner.http.request(request.method().clone(), url.clone());
            let outgoing = credentials.apply(outgoing.headers(request.headers().clone()));
            let outgoing = carry(outgoing, request).await?;
            let incoming = outgoing.send().await.map_err(|error| broken(error, request))?;
            if redirects < MOST_REDIRECTS
                && !redirect::is_documented(request.operation(), incoming.status())
                && let Some(next) = redirect::next(&url, request.method(), incoming.status(), incoming.headers())
            {
                url = next;
                redirects += 1;
                continue;
            }
            return Ok(incoming);
        }
    }

    pub(crate) fn auth(&self) -> &Auth {
        &self.inner.auth
    }

    pub(crate) fn retry(&self) -> &Retry {
        &self.retry
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.inner.gate
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.inner.budget
    }

    /// How long a request may be held back.
    pub(crate) fn most_held(&self) -> Duration {
        self.inner.hold
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.clock
    }
}

/// Puts the body into a request.
async fn carry(outgoing: reqwest::RequestBuilder, request: &Request) -> Result<reqwest::RequestBuilder, Error> {
    let unread =
        |error| Error::from(Kind::File("what is to be sent cannot be read".to_owned(), error)).of(request.operation());
    Ok(match request.body() {
        None => outgoing,
        Some(RequestBody::Whole(body)) => outgoing.body(body.clone()),
        Some(RequestBody::Upload(upload)) => match upload.open().await.map_err(unread)? {
            (body, Some(length)) => outgoing.header(CONTENT_LENGTH, length).body(body),
            (body, None) => outgoing.body(body),
        },
        Some(RequestBody::Multipart(parts)) => outgoing.multipart(parts.open().await.map_err(unread)?),
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

/// Sets a [`Client`] up.
#[derive(Clone)]
#[must_use = "nothing is set up before `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    auth: Auth,
    clock: Arc<dyn Clock>,
    strict: bool,
    timeout: Duration,
    connect_timeout: Duration,
    retry: Retry,
    retry_budget: u32,
    hold: Duration,
    idle_timeout: Duration,
    max_body: u64,
    proxy: Option<String>,
    roots: Vec<Vec<u8>>,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    /// Sets the credentials. The default is none.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets how long one request may take, from connecting to the last byte of the body. The default is 60 seconds.
    ///
    /// What streams may take longer: for a [`Download`] the time ends with the headers, and for an
    /// [`Upload`](crate::Upload) of a file or a reader there is no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long connecting may take. The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a [`Download`] may stand still between two chunks. The default is 60 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets how many bytes of a body are collected at most. More is an error, so that no answer fills the memory. The
    /// default is 64 MiB. What a [`Download`] hands over chunk by chunk, or saves, is not collected.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sends everything through a proxy (`http://proxy.example:3128`), with credentials in the URL if it wants any. The
    /// default is what the environment says (`HTTPS_PROXY` and so on), and none for this machine.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Trusts root certificates besides those of the operating system: one or more in PEM.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Uses a reqwest client that is set up already. Its own proxy, certificates and time limits for connecting count; those
    /// set here do not. It should not follow redirects: the client does, within the origin.
    ///
    /// It is one of [`reqwest`], as re-exported here. With the feature `rustls`, reqwest wants a provider of cryptography before it
    /// is built: `rustls::crypto::ring::default_provider().install_default()`, or a TLS configuration of its own.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Sets which failures the client gets over by itself. See [`Retry`] for the default.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets how many retries all requests of the client have together; ten successes earn another one. The default is 100.
    /// What the server asks for (429, or 503 with `Retry-After`) is not counted.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Sets how long a request may be held back because the server asks for fewer requests. Beyond it, requests fail
    /// at once, with an error that says for how long. The default is 60 seconds.
    ///
    /// Atlassian's limits count for all that a client sends, so one 429 holds back all of it.
    pub fn hold(mut self, most: Duration) -> Self {
        self.hold = most;
        self
    }

    /// Makes a body that departs from the document an error. The default is to decode what can be decoded and to list
    /// the rest in [`Response::drift`].
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets the source of time for waiting. The default is [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// The base URL or the credentials are not usable, credentials would go over plain HTTP to another machine, or TLS
    /// cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        let base = BaseUrl::parse(&self.base_url)?;
        self.auth.check()?;
        if base.is_plain() && !base.is_loopback() && !self.auth.is_none() {
            let url = base.as_str();
            let problem = format!("`{url}` would show the credentials to everyone on the way; use https");
            return Err(Kind::Configuration(problem).into());
        }
        let http = match self.http {
            Some(http) => http,
            None => connector(&base, self.connect_timeout, self.proxy.as_deref(), &self.roots)?,
        };
        Ok(Client {
            inner: Arc::new(Inner {
                http,
                base,
                auth: self.auth,
                clock: self.clock,
                gate: Gate::default(),
                budget: Budget::new(self.retry_budget),
                strict: self.strict,
                timeout: self.timeout,
                idle_timeout: self.idle_timeout,
                max_body: self.max_body,
                hold: self.hold,
            }),
            retry: self.retry,
        })
    }
}

/// What makes the connections.
fn connector(
    base: &BaseUrl,
    connect_timeout: Duration,
    proxy: Option<&str>,
    roots: &[Vec<u8>],
) -> Result<reqwest::Client, Error> {
    let mut http = reqwest::Client::builder()
        .user_agent(concat!("confluence-rest/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect_timeout)
        .redirect(Policy::none());
    match proxy {
        Some(url) => {
            // The URL may hold a password, so it is not repeated.
            let proxy = reqwest::Proxy::all(url);
            http = http.proxy(proxy.map_err(|_| Kind::Configuration("the proxy's URL cannot be read".to_owned()))?);
        }
        // A proxy from the environment would be another machine.
        None if base.is_loopback() => http = http.no_proxy(),
        None => {}
    }
    #[cfg(feature = "rustls")]
    {
        http = http.tls_backend_preconfigured(crate::tls::configuration(roots)?);
    }
    #[cfg(not(feature = "rustls"))]
    for pem in roots {
        let certificates = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| Kind::Configuration(format!("root certificate: {error}")))?;
        http = certificates
            .into_iter()
            .fold(http, reqwest::ClientBuilder::add_root_certificate);
    }
    http.build()
        .map_err(|error| Kind::Configuration(format!("the HTTP client cannot be set up: {error}")).into())
}

impl fmt::Debug for ClientBuilder {
    /// Leaves the base URL out: it has not been checked for a password yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("strict", &self.strict)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("hold", &self.hold)
            .finish_non_exhaustive()
    }
}
