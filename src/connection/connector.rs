//! Builds the reqwest client.

use std::error::Error as _;
use std::time::Duration;

use http::HeaderValue;
use reqwest::redirect::Policy;

use crate::connection::base_url::BaseUrl;
use crate::connection::tls::Tls;
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
    pub(crate) tls: Tls,
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
            tls: Tls::default(),
            user_agent: None,
            pool_max_idle_per_host: None,
            pool_idle_timeout: None,
            tcp_keepalive: None,
        }
    }

    /// Sets reqwest up.
    pub(crate) fn build(&self, base: &BaseUrl) -> Result<reqwest::Client, Error> {
        let http = reqwest::Client::builder().user_agent(AGENT);
        let mut http = (self.tls.configure(http)?)
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
        http.build().map_err(|error| {
            let reason = error.source().unwrap_or(&error);
            Kind::Configuration(format!("the HTTP client cannot be set up: {reason}")).into()
        })
    }
}
