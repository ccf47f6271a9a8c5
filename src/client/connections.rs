//! The settings of connections.

use std::time::Duration;

use crate::client::builder::ClientBuilder;

impl ClientBuilder {
    /// Sets the timeout for connecting.
    ///
    /// The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connector.connect_timeout = timeout;
        self
    }

    /// Sets the `User-Agent` header (RFC 9110, section 10.1.5).
    ///
    /// The default names this crate and its version.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.connector.user_agent = Some(agent.into());
        self
    }

    /// Sets how many idle connections are kept open to each host.
    ///
    /// The default is no limit.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.connector.pool_max_idle_per_host = Some(connections);
        self
    }

    /// Sets how long an idle connection is kept open.
    ///
    /// The default is 90 seconds.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.connector.pool_idle_timeout = Some(timeout);
        self
    }

    /// Sets the TCP keepalive time: how long a connection is idle before the system probes it.
    ///
    /// It is clamped to between 1 and 32,767 seconds. The default is 15 seconds.
    pub fn tcp_keepalive(mut self, after: Duration) -> Self {
        self.connector.tcp_keepalive = Some(after);
        self
    }

    /// Sets the client certificate for mutual TLS: a certificate chain in PEM, the client's own first, and its private
    /// key in PEM (PKCS #8; with rustls, also PKCS #1 or SEC 1).
    pub fn client_certificate(mut self, chain: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.connector.tls.identity = Some((chain.into(), key.into()));
        self
    }

    /// Sets a proxy for all requests (`http://proxy.example:3128`), with credentials in the URL if it requires any.
    ///
    /// The default is taken from the environment (`HTTPS_PROXY` and so on); requests to this machine use no proxy.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connector.proxy = Some(url.into());
        self
    }

    /// Adds trusted root certificates, one or more in PEM, to those of the operating system.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connector.tls.roots.push(pem.into());
        self
    }

    /// Uses a reqwest client of your own.
    ///
    /// Its proxy, certificates, user agent, pool, connect timeout and TCP keepalive apply; those set here do not. It
    /// should not follow redirects itself: this client follows those within the origin, and a
    /// [`Redirect`](crate::Redirect) would otherwise have no location.
    ///
    /// Its type is that of the re-exported [`reqwest`](crate::reqwest). Its own default headers are also sent to other
    /// hosts by [`Client::follow`](crate::Client::follow).
    ///
    /// ```
    /// use confluence_rest::{Client, reqwest};
    ///
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let client = Client::builder("https://acme.atlassian.net").http_client(http).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }
}
