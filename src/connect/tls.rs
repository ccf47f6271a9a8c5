//! TLS through rustls, without touching the process-wide default that other crates may set.

use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;

use crate::connect::trust::Trust;
use crate::response::error::{Error, Kind};

/// TLS 1.2 and 1.3 with ring; certificates are checked by the operating system's rules, and these roots are trusted, too.
pub(crate) fn configuration(trust: &Trust) -> Result<ClientConfig, Error> {
    let mut roots = Vec::new();
    for pem in &trust.roots {
        roots.extend(certificates(pem, "root certificate")?);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone()).map_err(|error| failed(&error))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    #[cfg_attr(not(feature = "http2"), expect(unused_mut, reason = "HTTP/2 is offered"))]
    let mut config = match &trust.identity {
        None => builder.with_no_client_auth(),
        Some((chain, key)) => {
            let chain = certificates(chain, "client certificate")?;
            let key = PrivateKeyDer::from_pem_slice(key)
                .map_err(|error| failed(&format_args!("key of the client certificate: {error}")))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| failed(&format_args!("client certificate: {error}")))?
        }
    };
    #[cfg(feature = "http2")]
    {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

/// Reads one or more certificates in PEM.
fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let certificates = certificates.map_err(|error| failed(&format_args!("{what}: {error}")))?;
    if certificates.is_empty() {
        return Err(failed(&format_args!("there is no {what} in PEM in what was given")).into());
    }
    Ok(certificates)
}

fn failed(error: &dyn fmt::Display) -> Kind {
    Kind::Configuration(format!("TLS cannot be set up: {error}"))
}
