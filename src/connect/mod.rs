//! Connections.

pub(crate) mod base_url;
pub(crate) mod connector;
#[cfg(not(feature = "rustls"))]
mod native_tls;
#[cfg(feature = "rustls")]
mod tls;
mod trust;
