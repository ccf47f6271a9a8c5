//! What makes the connections.

use std::time::Duration;

use reqwest::redirect::Policy;

use crate::connect::base_url::BaseUrl;
use crate::response::error::{Error, Kind};

/// Sets reqwest up.
pub(crate) fn connector(
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
        http = http.tls_backend_preconfigured(crate::connect::tls::configuration(roots)?);
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
