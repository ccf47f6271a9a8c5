//! Security schemes.

/// A way to authenticate that the document declares (OpenAPI 3.0, section 4.7.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// HTTP authentication, such as `basic` or `bearer`.
    #[non_exhaustive]
    Http {
        /// The scheme's name in the document.
        name: &'static str,
        /// The authentication scheme of the `Authorization` header.
        scheme: &'static str,
    },
    /// A key in a header, a query parameter or a cookie.
    #[non_exhaustive]
    ApiKey {
        /// The scheme's name in the document.
        name: &'static str,
        /// `header`, `query` or `cookie`.
        location: &'static str,
        /// The name of the header, parameter or cookie.
        key: &'static str,
    },
    /// OAuth 2.0. URLs are empty where the flow has none.
    #[non_exhaustive]
    OAuth2 {
        /// The scheme's name in the document.
        name: &'static str,
        /// Where a user grants access.
        authorization_url: &'static str,
        /// Where tokens are issued.
        token_url: &'static str,
    },
    /// OpenID Connect.
    #[non_exhaustive]
    OpenIdConnect {
        /// The scheme's name in the document.
        name: &'static str,
        /// Where the provider describes itself.
        url: &'static str,
    },
    /// Mutual TLS: the client has a certificate.
    #[non_exhaustive]
    MutualTls {
        /// The scheme's name in the document.
        name: &'static str,
    },
}

impl SecurityScheme {
    /// HTTP authentication.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::Http { name, scheme }
    }

    /// A key in a header, a query parameter or a cookie.
    pub const fn api_key(name: &'static str, location: &'static str, key: &'static str) -> Self {
        Self::ApiKey { name, location, key }
    }

    /// OAuth 2.0.
    pub const fn oauth2(name: &'static str, authorization_url: &'static str, token_url: &'static str) -> Self {
        Self::OAuth2 {
            name,
            authorization_url,
            token_url,
        }
    }

    /// OpenID Connect.
    pub const fn open_id_connect(name: &'static str, url: &'static str) -> Self {
        Self::OpenIdConnect { name, url }
    }

    /// Mutual TLS.
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self::MutualTls { name }
    }
}
