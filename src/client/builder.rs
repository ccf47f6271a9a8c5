//! The configuration of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, PROXY_AUTHORIZATION};
use tokio::sync::Semaphore;

use crate::auth::Auth;
use crate::client::middleware::Middleware;
use crate::client::retry::{Budget, Retry};
use crate::client::throttle::Throttle;
use crate::client::{Client, Inner, Settings};
use crate::connection::base_url::{BaseUrl, is_cloud_id};
use crate::connection::connector::Connector;
use crate::response::error::{Error, Kind};
use crate::text::single_line;
use crate::time::clock::{Clock, SystemClock};

/// Headers that hold credentials.
const SECRET: [HeaderName; 3] = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION];

/// Whether credentials are among headers.
pub(super) fn has_secrets(headers: &HeaderMap) -> bool {
    SECRET.iter().any(|name| headers.contains_key(name))
}

/// Returns an error if credentials would be sent unencrypted to another machine.
pub(super) fn check_encrypted(base: &BaseUrl) -> Result<(), Error> {
    if !base.is_plain() || base.is_loopback() {
        return Ok(());
    }
    let url = base.as_str();
    let problem = format!("`{url}` would send the credentials unencrypted; use https");
    Err(Kind::Configuration(problem).into())
}

/// Configures a [`Client`].
///
/// Created by [`Client::builder`] and [`Client::gateway`]. By default, each attempt times out after one minute and a
/// request as a whole after three, requests that only read are retried up to three times, at most 64 requests are in
/// flight at once, and bodies of more than 64 MiB are not collected in memory.
///
/// ```
/// use std::time::Duration;
///
/// use confluence_rest::{Auth, Client};
///
/// let client = Client::builder("https://acme.atlassian.net")
///     .auth(Auth::basic("me@acme.example", "the-api-token"))
///     .timeout(Duration::from_secs(20))
///     .concurrency(8)
///     .build()?;
/// # Ok::<(), confluence_rest::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base_url: String,
    /// What is wrong with the site's id.
    problem: Option<String>,
    auth: Auth,
    clock: Arc<dyn Clock>,
    strict: bool,
    settings: Settings,
    retry_budget: u32,
    pacing: bool,
    concurrency: usize,
    idle_timeout: Duration,
    max_body: u64,
    resumes: u32,
    headers: HeaderMap,
    pub(super) connector: Connector,
    pub(super) http: Option<reqwest::Client>,
    middleware: Vec<Arc<dyn Middleware>>,
}

impl Client {
    /// Returns a builder for a client of a site (`https://acme.atlassian.net`, with or without `/wiki`) or, for scoped
    /// tokens and OAuth 2.0, of the gateway (`https://api.atlassian.com/ex/confluence/{cloudId}`).
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// Returns a builder for a client of the gateway, for scoped API tokens and OAuth 2.0.
    ///
    /// It takes the ID of the site.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), confluence_rest::Error> {
    /// use confluence_rest::{Auth, Client, cloud};
    ///
    /// let site = Client::builder("https://acme.atlassian.net").build()?;
    /// let id = site.send(cloud::get_tenant_info()).await?.into_body().cloud_id;
    /// let client = Client::gateway(&id)
    ///     .auth(Auth::basic("me@acme.example", "the-scoped-token"))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn gateway(cloud_id: &str) -> ClientBuilder {
        let mut builder = Self::builder(format!("https://api.atlassian.com/ex/confluence/{cloud_id}"));
        if !is_cloud_id(cloud_id) {
            let shown = single_line(cloud_id).unwrap_or_default();
            builder.problem = Some(format!(
                "`{shown}` is not the ID of a site, such as 11223344-a1b2-3b33-c444-def123456789"
            ));
        }
        builder
    }
}

impl ClientBuilder {
    fn new(base_url: String) -> Self {
        Self {
            base_url,
            problem: None,
            auth: Auth::none(),
            clock: Arc::new(SystemClock),
            strict: false,
            settings: Settings {
                retry: Retry::default(),
                hold: Duration::from_secs(60),
                max_retry_after: Duration::from_secs(60 * 60),
                timeout: Duration::from_secs(60),
                total_timeout: None,
                headers: HeaderMap::new(),
            },
            retry_budget: 100,
            pacing: true,
            concurrency: 64,
            idle_timeout: Duration::from_secs(60),
            max_body: 64 << 20,
            resumes: 0,
            headers: HeaderMap::new(),
            connector: Connector::new(),
            http: None,
            middleware: Vec::new(),
        }
    }

    /// Sets the credentials.
    ///
    /// The default is none. An `Authorization` header that a [`Middleware`] or an operation sets takes precedence.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets the timeout of each attempt of a request, from connecting to the last byte of the body.
    ///
    /// The default is 60 seconds. Streams may take longer: for a [`Download`](crate::Download) the timeout ends with
    /// the response headers, and for an [`Upload`](crate::Upload) of a file or a reader only
    /// [`idle_timeout`](Self::idle_timeout) applies.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets the timeout of a request as a whole, including all attempts, the pauses between them, and the time to wait
    /// for a token or for [`concurrency`](Self::concurrency).
    ///
    /// The default is twice [`timeout`](Self::timeout) plus [`hold`](Self::hold), which is three minutes unless these
    /// are changed. It does not apply to an [`Upload`](crate::Upload) of a file or a reader.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Sets how long a [`Download`](crate::Download), or an [`Upload`](crate::Upload) of a file or a reader, may be
    /// idle between two chunks, and how long the response to such an upload may take.
    ///
    /// The default is 60 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets the body size limit: how many bytes of a response body are collected in memory.
    ///
    /// A larger body is an error. The default is 64 MiB. It does not apply to a [`Download`](crate::Download) that is
    /// read in chunks or saved to a file.
    #[doc(alias = "body size limit")]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how often a [`Download`](crate::Download) is resumed after its connection was lost or idle for too long.
    ///
    /// The default is 0: downloads are not resumed. The rest is requested (`Range` and `If-Range`: RFC 9110, section
    /// 14) after a pause of [`Retry::backoff`], through all [`Middleware`]. Only GET requests are resumed, and only if
    /// the response has a length, `Accept-Ranges`, and a strong `ETag` or a `Last-Modified`. If the content has changed
    /// in between, that is an error. Responses are not compressed then, as their parts could not be joined.
    pub fn resume_downloads(mut self, times: u32) -> Self {
        self.resumes = times;
        self
    }

    /// Sets headers that are sent with each request that has none of the same name.
    ///
    /// An `Authorization` among them takes precedence over [`auth`](Self::auth). They are not sent to other origins.
    pub fn default_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Sets which failures are retried.
    ///
    /// See [`Retry`] for the default.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Sets the retry budget, which all requests of the client share; ten responses that are not server errors add a
    /// retry to it.
    ///
    /// The default is 100. Retries that the server asks for (429, or 503 with `Retry-After`) are not counted.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Sets how long a request may be delayed by a rate limit.
    ///
    /// If the server asks for a longer pause, requests fail at once, with an error that says how long it is. The
    /// default is 60 seconds.
    ///
    /// Atlassian's limits apply to everything that a client sends, so one 429 delays all of its requests.
    #[doc(alias = "rate limit")]
    pub fn hold(mut self, most: Duration) -> Self {
        self.settings.hold = most;
        self
    }

    /// Sets the longest pause that a `Retry-After` of the server can cause.
    ///
    /// The default is one hour. During a pause that is longer than [`hold`](Self::hold), one read-only request a minute
    /// is sent all the same, to find out whether the limit still applies.
    pub fn max_retry_after(mut self, most: Duration) -> Self {
        self.settings.max_retry_after = most;
        self
    }

    /// Sets whether the client adapts its request rate to the server's limits.
    ///
    /// The default is `true`. Once the server has rejected requests (429, or 503 with `Retry-After`), they are sent at
    /// the rate that it accepted, which grows slowly until it rejects some again. If a response says that a limit is
    /// nearly reached (`X-RateLimit-NearLimit`, or less than a fifth in `X-RateLimit-Remaining`), the remaining
    /// requests are spread until `X-RateLimit-Reset`.
    #[doc(alias = "rate limit")]
    pub fn pacing(mut self, pacing: bool) -> Self {
        self.pacing = pacing;
        self
    }

    /// Sets how many requests the client and its clones may have in flight at once, at least one.
    ///
    /// Others are queued. The default is 64. A streamed response counts until its headers have arrived.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// Adds a middleware.
    ///
    /// The first one that is added is the outermost.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Makes missing required members and type mismatches in response bodies an error.
    ///
    /// By default, such members become their type's default or `None`, and [`Response::drift`](crate::Response::drift)
    /// lists them. Members that the document does not know are listed there, too, and are never an error, as servers
    /// add some at any time. A value of another type that converts without loss is neither an error nor listed: a
    /// number to text, `12.0` to an integer, milliseconds to a date.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets the clock for pauses and timeouts.
    ///
    /// The default is [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Builds the client.
    ///
    /// Nothing is sent.
    ///
    /// # Errors
    /// The base URL, the ID of the site, the credentials, the proxy's URL, the user agent or a certificate is invalid,
    /// credentials would be sent over plain HTTP to another machine, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(problem) = self.problem {
            return Err(Kind::Configuration(problem).into());
        }
        let base = BaseUrl::parse(&self.base_url)?;
        self.auth.check()?;
        if !self.auth.is_none() || has_secrets(&self.headers) {
            check_encrypted(&base)?;
        }
        let http = match self.http {
            Some(http) => http,
            None => self.connector.build(&base)?,
        };
        Ok(Client {
            inner: Arc::new(Inner {
                http,
                base,
                auth: self.auth,
                clock: self.clock,
                throttle: Throttle::new(self.pacing, self.settings.max_retry_after),
                permits: Semaphore::new(self.concurrency),
                budget: Budget::new(self.retry_budget),
                middleware: self.middleware,
                headers: self.headers,
                resumes: self.resumes,
                strict: self.strict,
                idle_timeout: self.idle_timeout,
                max_body: self.max_body,
            }),
            settings: self.settings,
        })
    }
}

impl fmt::Debug for ClientBuilder {
    /// Leaves the base URL out: it has not been checked for a password yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("auth", &self.auth)
            .field("strict", &self.strict)
            .field("timeout", &self.settings.timeout)
            .field("connect_timeout", &self.connector.connect_timeout)
            .field("retry", &self.settings.retry)
            .field("hold", &self.settings.hold)
            .finish_non_exhaustive()
    }
}
