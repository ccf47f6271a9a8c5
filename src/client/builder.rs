//! How a client is set up.

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
use crate::connect::base_url::BaseUrl;
use crate::connect::connector::Connector;
use crate::response::error::{Error, Kind};
use crate::text::single_line;
use crate::time::clock::{Clock, SystemClock};

/// Headers that hold credentials.
const SECRET: [HeaderName; 3] = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION];

/// Sets a [`Client`] up.
#[derive(Clone)]
#[must_use = "nothing is set up before `build` is called"]
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
    connector: Connector,
    http: Option<reqwest::Client>,
    middleware: Vec<Arc<dyn Middleware>>,
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
        let mut builder = Self::builder(format!("https://api.atlassian.com/ex/confluence/{cloud_id}"));
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if cloud_id.is_empty() || !cloud_id.bytes().all(is_id) {
            let shown = single_line(cloud_id).unwrap_or_default();
            builder.problem = Some(format!(
                "`{shown}` is no id of a site, such as 11223344-a1b2-3b33-c444-def123456789"
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

    /// Sets the credentials. The default is none. A request that a [`Middleware`] or an operation gave an `Authorization` of its
    /// own goes out with that alone.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets how long one attempt of a request may take, from connecting to the last byte of the body. The default is 60 seconds.
    ///
    /// What streams may take longer: for a [`Download`](crate::Download) the time ends with the headers, and for an
    /// [`Upload`](crate::Upload) of a file or a reader there is only [`idle_timeout`](Self::idle_timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how long a request may take in all: every attempt, the pauses between them, and waiting for a token or for its turn.
    /// The default is twice the [`timeout`](Self::timeout) and the longest [`hold`](Self::hold): three minutes.
    ///
    /// It does not count for an [`Upload`](crate::Upload) of a file or a reader.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Sets how long connecting may take. The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connector.connect_timeout = timeout;
        self
    }

    /// Sets how long a [`Download`](crate::Download), or an [`Upload`](crate::Upload) of a file or a reader, may stand still
    /// between two chunks, and how long the answer to such an upload may take. The default is 60 seconds.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets how many bytes of a body are collected at most. More is an error, so that no answer fills the memory. The
    /// default is 64 MiB. What a [`Download`](crate::Download) hands over chunk by chunk, or saves, is not collected.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets how often a [`Download`](crate::Download) goes on after its connection broke off or stood still. The default is not
    /// at all.
    ///
    /// It asks for the rest (`Range` and `If-Range`: RFC 9110, section 14) after a pause of [`Retry::backoff`], past all
    /// [`Middleware`]. That takes a GET whose answer says how long it is, that the server sends parts of it, and
    /// which content it is, by a strong `ETag` or by `Last-Modified`. If the content has changed in between, that is an error.
    /// Nothing is compressed on the way then, as the parts could not be put together.
    pub fn resume_downloads(mut self, times: u32) -> Self {
        self.resumes = times;
        self
    }

    /// Sends these headers with each request that has none of the same name. An `Authorization` among them goes out instead of
    /// [`auth`](Self::auth). They do not go to another origin.
    pub fn default_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Sets what is sent as `User-Agent` (RFC 9110, section 10.1.5). The default names this crate and its version.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.connector.user_agent = Some(agent.into());
        self
    }

    /// Sets how many connections without a use are kept open to each host. The default is not to limit them.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.connector.pool_max_idle_per_host = Some(connections);
        self
    }

    /// Sets how long a connection without a use is kept open. The default is 90 seconds.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.connector.pool_idle_timeout = Some(timeout);
        self
    }

    /// Sets how long a connection is silent before the system asks whether the other end is still there, from a second to
    /// 32,767 seconds. What lies beyond is taken as the nearest of these. The default is 15 seconds.
    pub fn tcp_keepalive(mut self, after: Duration) -> Self {
        self.connector.tcp_keepalive = Some(after);
        self
    }

    /// Shows a certificate to servers that ask for one: a chain of certificates in PEM, the client's own first, and its private key
    /// in PEM (PKCS #8; with the feature `rustls`, also PKCS #1 or SEC 1).
    pub fn client_certificate(mut self, chain: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.connector.trust.identity = Some((chain.into(), key.into()));
        self
    }

    /// Sends everything through a proxy (`http://proxy.example:3128`), with credentials in the URL if it wants any. The
    /// default is what the environment says (`HTTPS_PROXY` and so on), and none for this machine.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connector.proxy = Some(url.into());
        self
    }

    /// Trusts root certificates besides those of the operating system: one or more in PEM.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connector.trust.roots.push(pem.into());
        self
    }

    /// Uses a reqwest client that is set up already. Its own proxy, certificates, user agent, pool and time limits for connecting
    /// count; those set here do not. It should not follow redirects: the client does, within the origin.
    ///
    /// It is one of [`reqwest`], as re-exported here; [`http_client_builder`](crate::http_client_builder) starts one. Its own
    /// default headers go to wherever [`Client::follow`] leads.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Sets which failures the client retries by itself. See [`Retry`] for the default.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
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
        self.settings.hold = most;
        self
    }

    /// Sets how long a pause is at most, whatever the server asks for in `Retry-After`. The default is an hour.
    ///
    /// Where it is longer than [`hold`](Self::hold), one request a minute that only reads goes out all the same, to find out
    /// whether the server still refuses.
    pub fn max_retry_after(mut self, most: Duration) -> Self {
        self.settings.max_retry_after = most;
        self
    }

    /// Sets whether the client slows down by itself. The default is that it does.
    ///
    /// Once the server has refused requests (429, or 503 with `Retry-After`), they go out at the rate that it accepted, which
    /// grows slowly until it refuses again. Where a response says that a limit is nearly reached (`X-RateLimit-NearLimit`, or
    /// less than a fifth in `X-RateLimit-Remaining`), what is left is spread until `X-RateLimit-Reset`.
    pub fn pacing(mut self, pacing: bool) -> Self {
        self.pacing = pacing;
        self
    }

    /// Sets how many requests of the client and its clones may be under way at once, at least one. Others wait for their turn,
    /// in their order. The default is 64. A body that streams is not under way once its headers are there.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// Puts something between the client and the wire. The first one that is added is the outermost.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Makes a body without all that the document requires an error. The default is to take each missing member as its type's
    /// default, and to list it in [`Response::drift`](crate::Response::drift). Members that the document does not know are
    /// listed there, too; they are no error, as they come with every novelty of the server.
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
        if let Some(problem) = self.problem {
            return Err(Kind::Configuration(problem).into());
        }
        let base = BaseUrl::parse(&self.base_url)?;
        self.auth.check()?;
        let has_secrets = SECRET.iter().any(|name| self.headers.contains_key(name)) || !self.auth.is_none();
        if base.is_plain() && !base.is_loopback() && has_secrets {
            let url = base.as_str();
            let problem = format!("`{url}` would show the credentials to everyone on the way; use https");
            return Err(Kind::Configuration(problem).into());
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
