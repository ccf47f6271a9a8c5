//! TLS through rustls, without touching the process-wide default that other crates may set.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::error::{Error, Kind};

/// TLS 1.2 and 1.3 with ring; certificates are checked by the operating system's rules.
pub(crate) fn configuration() -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map(|builder| builder.with_no_client_auth())
        .map_err(|error| Kind::Configuration(format!("TLS cannot be set up: {error}")).into())
}
