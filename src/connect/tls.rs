//! TLS through rustls, without touching the process-wide default that other crates may set.

use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::response::error::{Error, Kind};

/// TLS 1.2 and 1.3 with ring; certificates are checked by the operating system's rules, and these roots are trusted, too.
pub(crate) fn configuration(roots: &[Vec<u8>]) -> Result<ClientConfig, Error> {
    let failed = |error: &dyn fmt::Display| Kind::Configuration(format!("TLS cannot be set up: {error}"));
    let mut certificates = Vec::new();
    for pem in roots {
        let before = certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            certificates.push(certificate.map_err(|error| failed(&format!("root certificate: {error}")))?);
        }
        if certificates.len() == before {
            return Err(failed(&"there is no root certificate in PEM in what was given").into());
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(certificates, provider.clone()).map_err(|error| failed(&error))?;
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| {
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
                .with_no_client_auth()
        })
        .map_err(|error| failed(&error).into())
}
