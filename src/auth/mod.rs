//! The credentials of a client.

#[cfg(feature = "connect")]
mod connect;
#[cfg(feature = "oauth")]
pub mod oauth;
pub(crate) mod token;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::Method;
#[cfg(feature = "connect")]
use http::header::AUTHORIZATION;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use crate::auth::token::{TokenProvider, is_transient};
use crate::info::OperationInfo;
use crate::response::error::{Error, Kind};

/// Credentials that a [`Client`](crate::Client) sends with each request.
///
/// Secrets are kept out of `Debug`, `Display`, logs and errors; the stored token is wiped from memory when dropped.
///
/// ```
/// let auth = confluence_rest::Auth::basic("me@acme.example", "the-api-token");
/// assert_eq!(format!("{auth:?}"), r#"Basic { user: "me@acme.example", token: [REDACTED] }"#);
/// ```
#[derive(Clone, Default)]
pub struct Auth {
    scheme: Scheme,
    /// The scopes that were granted, where they are known.
    scopes: Option<Vec<String>>,
}

#[derive(Clone, Default)]
enum Scheme {
    #[default]
    None,
    Basic {
        user: String,
        token: SecretString,
    },
    Bearer(SecretString),
    Provider(Arc<dyn TokenProvider>),
    #[cfg(feature = "connect")]
    Connect(connect::Issuer),
}

/// What is sent with one request.
pub(crate) struct Credentials(Scheme);

impl Auth {
    /// No credentials: requests are anonymous.
    ///
    /// This is the default.
    pub fn none() -> Self {
        Self::default()
    }

    /// HTTP Basic credentials (RFC 7617): the e-mail address of an account and an API token.
    ///
    /// Use tokens without scopes with the site, tokens with scopes with the gateway.
    pub fn basic(email: impl Into<String>, api_token: impl Into<String>) -> Self {
        Self::of(Scheme::Basic {
            user: email.into(),
            token: SecretString::from(api_token.into()),
        })
    }

    /// An HTTP Bearer token (RFC 6750), such as an OAuth 2.0 access token for the gateway.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::of(Scheme::Bearer(SecretString::from(token.into())))
    }

    /// HTTP Bearer tokens (RFC 6750) of a [`TokenProvider`], which is asked for another one when one is rejected.
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self::of(Scheme::Provider(Arc::new(provider)))
    }

    /// A JSON Web Token for each request, as Connect apps send them, signed with the key of the app (`key` in its
    /// descriptor) and the secret that the site sent when the app was installed (`sharedSecret`).
    ///
    /// The token covers method, path and query of the request (`qsh`) and is valid for three minutes. Use it with the
    /// site, not with the gateway.
    ///
    /// ```
    /// use confluence_rest::{Auth, Client};
    ///
    /// let auth = Auth::connect_jwt("com.example.app", "the-shared-secret");
    /// let client = Client::builder("https://acme.atlassian.net/wiki").auth(auth).build()?;
    /// # Ok::<(), confluence_rest::Error>(())
    /// ```
    #[cfg(feature = "connect")]
    pub fn connect_jwt(app_key: impl Into<String>, shared_secret: impl Into<String>) -> Self {
        Self::of(Scheme::Connect(connect::Issuer::new(
            app_key.into(),
            shared_secret.into(),
        )))
    }

    /// Sets the scopes that were granted, so that a request that needs others fails before it is sent.
    ///
    /// An empty list means that they are unknown.
    ///
    /// ```
    /// use confluence_rest::Auth;
    ///
    /// let auth = Auth::bearer("the-token").scopes(["read:confluence-space.summary"]);
    /// ```
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.scopes = (!scopes.is_empty()).then_some(scopes);
        self
    }

    fn of(scheme: Scheme) -> Self {
        Self { scheme, scopes: None }
    }

    /// Whether nothing is sent.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self.scheme, Scheme::None)
    }

    /// Returns what would make every request fail, so that building the client fails.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let problem = match &self.scheme {
            Scheme::None | Scheme::Provider(_) => None,
            #[cfg(feature = "connect")]
            Scheme::Connect(issuer) => issuer.problem(),
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

    /// Returns the missing scopes of each alternative of an operation.
    pub(crate) fn check_scopes(&self, operation: &'static OperationInfo) -> Result<(), Error> {
        let Some(granted) = &self.scopes else { return Ok(()) };
        let lacks = |scopes: &[&'static str]| -> Vec<&'static str> {
            let missing = scopes.iter().filter(|scope| !granted.iter().any(|one| one == *scope));
            missing.copied().collect()
        };
        let missing: Vec<_> = operation
            .scopes
            .groups
            .iter()
            .map(|group| lacks(group.scopes))
            .collect();
        if missing.is_empty() || missing.iter().any(Vec::is_empty) {
            return Ok(());
        }
        Err(Error::from(Kind::Scopes(missing)).of(operation))
    }

    /// What is sent with the next request; `rejected` is what the last one was refused with.
    pub(crate) async fn credentials(&self, rejected: Option<&Credentials>) -> Result<Credentials, Error> {
        let Scheme::Provider(provider) = &self.scheme else {
            return Ok(Credentials(self.scheme.clone()));
        };
        let rejected = rejected.and_then(Credentials::token);
        let token = provider.token(rejected).await.map_err(|error| Kind::Token {
            is_transient: is_transient(&*error),
            error,
        })?;
        Ok(Credentials(Scheme::Bearer(token)))
    }

    /// Whether there may be another token when one is refused.
    pub(crate) fn is_renewable(&self) -> bool {
        matches!(self.scheme, Scheme::Provider(_))
    }
}

impl Credentials {
    /// Adds the credentials to a request, which is sent now; reqwest marks the header as sensitive.
    #[cfg_attr(
        not(feature = "connect"),
        expect(unused_variables, reason = "some tokens are for one request")
    )]
    pub(crate) fn apply(
        &self,
        outgoing: reqwest::RequestBuilder,
        method: &Method,
        url: &Url,
        now: SystemTime,
    ) -> Result<reqwest::RequestBuilder, Error> {
        Ok(match &self.0 {
            Scheme::None | Scheme::Provider(_) => outgoing,
            Scheme::Basic { user, token } => outgoing.basic_auth(user, Some(token.expose_secret())),
            Scheme::Bearer(token) => outgoing.bearer_auth(token.expose_secret()),
            #[cfg(feature = "connect")]
            Scheme::Connect(issuer) => outgoing.header(AUTHORIZATION, issuer.header(method, url, now)?),
        })
    }

    fn token(&self) -> Option<&str> {
        match &self.0 {
            Scheme::Bearer(token) => Some(token.expose_secret()),
            _ => None,
        }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.token() == other.token()
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.scheme {
            Scheme::None => f.write_str("None"),
            Scheme::Provider(_) => f.write_str("Provider([REDACTED])"),
            Scheme::Basic { user, .. } => f
                .debug_struct("Basic")
                .field("user", user)
                .field("token", &format_args!("[REDACTED]"))
                .finish(),
            Scheme::Bearer(_) => f.write_str("Bearer([REDACTED])"),
            #[cfg(feature = "connect")]
            Scheme::Connect(issuer) => f
                .debug_struct("Connect")
                .field("app_key", &issuer.app_key())
                .field("shared_secret", &format_args!("[REDACTED]"))
                .finish(),
        }
    }
}
