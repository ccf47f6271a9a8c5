//! TLS through the operating system's library.

use std::fmt;

use crate::connect::trust::Trust;
use crate::response::error::{Error, Kind};

/// Trusts these roots, too, and shows the client's certificate.
pub(crate) fn configured(mut http: reqwest::ClientBuilder, trust: &Trust) -> Result<reqwest::ClientBuilder, Error> {
    let failed = |error: &dyn fmt::Display| Kind::Configuration(format!("TLS cannot be set up: {error}"));
    for pem in &trust.roots {
        let certificates = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| failed(&format_args!("root certificate: {error}")))?;
        if certificates.is_empty() {
            return Err(failed(&"there is no root certificate in PEM in what was given").into());
        }
        http = certificates
            .into_iter()
            .fold(http, reqwest::ClientBuilder::add_root_certificate);
    }
    if let Some((chain, key)) = &trust.identity {
        let identity = reqwest::Identity::from_pkcs8_pem(chain, key)
            .map_err(|error| failed(&format_args!("client certificate: {error}")))?;
        http = http.identity(identity);
    }
    Ok(http)
}
