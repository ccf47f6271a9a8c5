//! Who is asking: the credentials that a client sends.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Kind};

/// The credentials that a [`Client`](crate::Client) sends with each request.
///
/// Secrets are kept out of `Debug`, `Display`, logs and errors; the stored token is wiped from memory when dropped.
///
/// ```
/// let auth = confluence_rest::Auth::basic("me@acme.example", "the-api-token");
/// assert_eq!(format!("{auth:?}"), r#"Basic { user: "me@acme.example", token: [REDACTED] }"#);
/// ```
#[derive(Clone, Default)]
pub struct Auth(Scheme);

#[derive(Clone, Default)]
enum Scheme {
    #[default]
    None,
    Basic {
        user: String,
        token: SecretString,
    },
    Bearer(SecretString),
}

impl Auth {
    /// Sends no credentials: the caller is anonymous. This is the default.
    pub fn none() -> Self {
        Self::default()
    }

    /// Sends an account's e-mail address and API token as HTTP Basic credentials (RFC 7617).
    ///
    /// Tokens without scopes are for the site, tokens with scopes for the gateway.
    pub fn basic(email: impl Into<String>, api_token: impl Into<String>) -> Self {
        Self(Scheme::Basic {
            user: email.into(),
            token: SecretString::from(api_token.into()),
        })
    }

    /// Sends a token as HTTP Bearer credentials (RFC 6750), such as an OAuth 2.0 access token for the gateway.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Scheme::Bearer(SecretString::from(token.into())))
    }

    /// Whether nothing is sent.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.0, Scheme::None)
    }

    /// Finds what would make every request fail, so that building the client says so.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let problem = match &self.0 {
            Scheme::None => None,
            Scheme::Basic { user, .. } if user.is_empty() => Some("the e-mail address is empty"),
            Scheme::Basic { user, .. } if user.contains(':') => {
                Some("the e-mail address contains a colon, which HTTP Basic does not allow")
            }
            Scheme::Basic { token, .. } | Scheme::Bearer(token) => {
                let token = token.expose_secret();
                if token.is_empty() {
                    Some("the token is empty")
                } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                    Some("the token contains a space, a line break or another character that no token has")
                } else {
                    None
                }
            }
        };
        match problem {
            Some(problem) => Err(Kind::Configuration(format!("credentials: {problem}")).into()),
            None => Ok(()),
        }
    }

    /// Adds the credentials to a request; reqwest marks the header as sensitive.
    pub(crate) fn apply(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.0 {
            Scheme::None => request,
            Scheme::Basic { user, token } => request.basic_auth(user, Some(token.expose_secret())),
            Scheme::Bearer(token) => request.bearer_auth(token.expose_secret()),
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Scheme::None => f.write_str("None"),
            Scheme::Basic { user, .. } => f
                .debug_struct("Basic")
                .field("user", user)
                .field("token", &format_args!("[REDACTED]"))
                .finish(),
            Scheme::Bearer(_) => f.write_str("Bearer([REDACTED])"),
        }
    }
}
