//! Builds the reqwest client.

use std::time::Duration;

use http::HeaderValue;
use reqwest::redirect::Policy;

use crate::connect::base_url::BaseUrl;
use crate::connect::trust::Trust;
use crate::response::error::{Error, Kind};

/// The default `User-Agent`.
const AGENT: &str = concat!("confluence-rest/", env!("CARGO_PKG_VERSION"));

/// The longest time without a use that systems take for sockets: Linux has two bytes for the seconds.
const LONGEST_KEEPALIVE: Duration = Duration::from_secs(32_767);

/// How connections are made.
#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) connect_timeout: Duration,
    pub(crate) proxy: Option<String>,
    pub(crate) trust: Trust,
    pub(crate) user_agent: Option<String>,
    pub(crate) pool_max_idle_per_host: Option<usize>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) tcp_keepalive: Option<Duration>,
}

impl Connector {
    pub(crate) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            proxy: None,
            trust: Trust::default(),
            user_agent: None,
            pool_max_idle_per_host: None,
            pool_idle_timeout: None,
            tcp_keepalive: None,
        }
    }

    /// Sets reqwest up.
    pub(crate) fn build(&self, base: &BaseUrl) -> Result<reqwest::Client, Error> {
        let mut http = with_tls(&self.trust)?
            .connect_timeout(self.connect_timeout)
            .redirect(Policy::none());
        if let Some(agent) = &self.user_agent {
            let agent = HeaderValue::from_str(agent);
            let problem = "the user agent contains a line break or another character that no header can carry";
            http = http.user_agent(agent.map_err(|_| Kind::Configuration(problem.to_owned()))?);
        }
        if let Some(most) = self.pool_max_idle_per_host {
            http = http.pool_max_idle_per_host(most);
        }
        if let Some(timeout) = self.pool_idle_timeout {
            // An instant too far in the future cannot be represented.
            let longest = Duration::from_secs(100 * 365 * 24 * 60 * 60);
            http = http.pool_idle_timeout(timeout.min(longest));
        }
        if let Some(after) = self.tcp_keepalive {
            http = http.tcp_keepalive(after.clamp(Duration::from_secs(1), LONGEST_KEEPALIVE));
        }
        match &self.proxy {
            Some(url) => {
                // The URL may hold a password, so it is not repeated.
                let proxy = reqwest::Proxy::all(url);
                http = http.proxy(proxy.map_err(|_| Kind::Configuration("the proxy's URL cannot be read".to_owned()))?);
            }
            // A proxy from the environment would be another machine.
            None if base.is_loopback() => http = http.no_proxy(),
            None => {}
        }
        http.build()
            .map_err(|error| Kind::Configuration(format!("the HTTP client cannot be set up: {error}")).into())
    }
}

/// Returns a builder of a reqwest client with the TLS configuration of a [`Client`](crate::Client), for
/// [`ClientBuilder::http_client`](crate::ClientBuilder::http_client) or for requests of your own.
///
/// With the feature `rustls`, `reqwest::Client::new()` panics unless a process-wide crypto provider is installed
/// (`rustls::crypto::CryptoProvider::install_default`), which this crate does not do, or reqwest's own feature `rustls` is
/// enabled. This builder needs neither. Its clients follow no redirects, unless you set a policy.
///
/// ```
/// let http = confluence_rest::http_client_builder()?.user_agent("mine/1").build()?;
/// let client = confluence_rest::Client::builder("https://acme.atlassian.net")
///     .http_client(http)
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// TLS cannot be set up.
pub fn http_client_builder() -> Result<reqwest::ClientBuilder, Error> {
    Ok(with_tls(&Trust::default())?.redirect(Policy::none()))
}

fn with_tls(trust: &Trust) -> Result<reqwest::ClientBuilder, Error> {
    let http = reqwest::Client::builder().user_agent(AGENT);
    #[cfg(feature = "rustls")]
    let http = http.tls_backend_preconfigured(crate::connect::tls::configuration(trust)?);
    #[cfg(not(feature = "rustls"))]
    let http = crate::connect::native_tls::configured(http, trust)?;
    Ok(http)
}
