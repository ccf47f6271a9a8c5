//! Trusted root certificates, and the client certificate.

/// Certificates in PEM.
#[derive(Clone, Default)]
pub(crate) struct Trust {
    pub(crate) roots: Vec<Vec<u8>>,
    /// A chain of certificates and the key of the first.
    pub(crate) identity: Option<(Vec<u8>, Vec<u8>)>,
}
