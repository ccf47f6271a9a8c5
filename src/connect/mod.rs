//! Connections: where to, and over what.

pub(crate) mod base_url;
pub(crate) mod connector;
#[cfg(feature = "rustls")]
mod tls;
