//! Errors of the OAuth 2.0 flow.

use std::fmt;
use std::sync::Arc;

use http::StatusCode;
use oauth2::RequestTokenError;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType};

/// An error of the OAuth 2.0 flow.
///
/// It never contains a secret.
///
/// If a request of a client fails because there is no token, this is the [`source`](std::error::Error::source) of the
/// client's error:
///
/// ```
/// use std::error::Error as _;
///
/// use confluence_rest::oauth;
///
/// fn must_log_in_again(error: &confluence_rest::Error) -> bool {
///     let source = error.source().and_then(|source| source.downcast_ref());
///     matches!(source, Some(oauth::Error::ConsentNeeded(_)))
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The configuration of the app is invalid.
    Configuration(String),
    /// The callback URL is not one that Atlassian redirects to.
    Callback(String),
    /// The callback URL belongs to another consent: its state differs.
    State,
    /// The user declined.
    Declined(String),
    /// The refresh token is invalid: used already, revoked, or unused for 90 days. The user has to consent again.
    ConsentNeeded(String),
    /// Atlassian rejects the client ID or the secret of the app.
    WrongSecret(String),
    /// Atlassian rejects the request for another reason.
    Refused(String),
    /// There was no usable response. A later attempt may succeed.
    Unavailable(Arc<dyn std::error::Error + Send + Sync>),
    /// New tokens were issued, and storing them failed. They are kept in memory, and stored before they are used.
    Store(Arc<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Returns whether a later attempt may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

/// Why there is no response to read.
#[derive(Debug)]
pub(super) enum Unanswered {
    Transport(reqwest::Error),
    Status(StatusCode),
    TooLarge,
}

impl From<RequestTokenError<Unanswered, BasicErrorResponse>> for Error {
    /// Codes are those of RFC 6749, section 5.2, with Atlassian's use of them: a dead refresh token is `unauthorized_client`, a
    /// wrong secret `access_denied`.
    fn from(error: RequestTokenError<Unanswered, BasicErrorResponse>) -> Self {
        let said = match error {
            RequestTokenError::ServerResponse(said) => said,
            RequestTokenError::Request(error) => return Self::Unavailable(Arc::new(error)),
            RequestTokenError::Parse(error, _) => return Self::Unavailable(Arc::new(error)),
            RequestTokenError::Other(problem) => return Self::Refused(problem),
        };
        let message = said.to_string();
        match said.error() {
            BasicErrorResponseType::UnauthorizedClient | BasicErrorResponseType::InvalidGrant => {
                Self::ConsentNeeded(message)
            }
            BasicErrorResponseType::InvalidClient => Self::WrongSecret(message),
            BasicErrorResponseType::Extension(code) if code == "access_denied" => Self::WrongSecret(message),
            _ => Self::Refused(message),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(problem) => f.write_str(problem),
            Self::Callback(problem) => write!(f, "the callback URL is invalid: {problem}"),
            Self::State => f.write_str("the `state` of the callback is not that of the consent; start again"),
            Self::Declined(reason) => write!(f, "the user did not consent: {reason}"),
            Self::ConsentNeeded(reason) => write!(f, "the user has to consent again: {reason}"),
            Self::WrongSecret(reason) => write!(f, "Atlassian rejects the app's client ID or secret: {reason}"),
            Self::Refused(reason) => write!(f, "Atlassian issues no token: {reason}"),
            Self::Unavailable(_) => f.write_str("the token request to Atlassian failed"),
            Self::Store(_) => f.write_str("the new tokens could not be stored, so they are not used yet"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(source) | Self::Store(source) => Some(&**source),
            _ => None,
        }
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) if error.is_timeout() => f.write_str("the request timed out"),
            Self::Transport(error) if error.is_connect() => f.write_str("cannot connect"),
            Self::Transport(_) => f.write_str("the connection was lost"),
            Self::Status(status) => write!(f, "{status}"),
            Self::TooLarge => f.write_str("the response is too large"),
        }
    }
}

impl std::error::Error for Unanswered {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::Status(_) | Self::TooLarge => None,
        }
    }
}
