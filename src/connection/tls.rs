//! TLS: the backend, trusted root certificates, and the client certificate.

use std::error::Error as _;

use reqwest::{Certificate, ClientBuilder, Identity};

use crate::response::error::{Error, Kind};

/// Certificates in PEM.
#[derive(Clone, Default)]
pub(crate) struct Tls {
    pub(crate) roots: Vec<Vec<u8>>,
    /// A chain of certificates and the key of the first.
    pub(crate) identity: Option<(Vec<u8>, Vec<u8>)>,
}

impl Tls {
    /// Trusts these roots in addition to those of the operating system, and presents the client certificate.
    pub(crate) fn configure(&self, http: ClientBuilder) -> Result<ClientBuilder, Error> {
        let mut http = backend(http)?;
        for pem in &self.roots {
            let roots = Certificate::from_pem_bundle(pem).map_err(|error| failed("root certificate", &error))?;
            if roots.is_empty() {
                let problem = "TLS cannot be set up: there is no root certificate in PEM in what was given";
                return Err(Kind::Configuration(problem.to_owned()).into());
            }
            http = http.tls_certs_merge(roots);
        }
        if let Some((chain, key)) = &self.identity {
            http = http.identity(identity(chain, key).map_err(|error| failed("client certificate", &error))?);
        }
        Ok(http)
    }
}

/// Selects the backend, as another package may have enabled the other one, too.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
fn backend(http: ClientBuilder) -> Result<ClientBuilder, Error> {
    // reqwest panics without a provider.
    #[cfg(not(feature = "rustls"))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let problem = "TLS cannot be set up: no crypto provider of rustls is installed in this process; install one before \
                       (`rustls::crypto::ring::default_provider().install_default()`), or enable the feature `rustls`";
        return Err(Kind::Configuration(problem.to_owned()).into());
    }
    Ok(http.tls_backend_rustls())
}

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider")))]
fn backend(http: ClientBuilder) -> Result<ClientBuilder, Error> {
    Ok(http.tls_backend_native())
}

#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
fn identity(chain: &[u8], key: &[u8]) -> reqwest::Result<Identity> {
    Identity::from_pem(&[chain, b"\n", key].concat())
}

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider")))]
fn identity(chain: &[u8], key: &[u8]) -> reqwest::Result<Identity> {
    Identity::from_pkcs8_pem(chain, key)
}

fn failed(what: &str, error: &reqwest::Error) -> Error {
    let reason = error.source().unwrap_or(error);
    Kind::Configuration(format!("TLS cannot be set up: {what}: {reason}")).into()
}
