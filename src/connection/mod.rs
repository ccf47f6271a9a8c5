//! Connections.

pub(crate) mod base_url;
pub(crate) mod connector;
mod tls;
