//! Providers of access tokens.

use std::error::Error;
use std::future::Future;
use std::io;
use std::pin::Pin;

use secrecy::SecretString;

/// A source of access tokens for a client, such as a vault or an OAuth 2.0 flow.
///
/// ```
/// use std::future::ready;
/// use std::pin::Pin;
///
/// use confluence_rest::{Auth, TokenProvider, TokenResult};
///
/// struct FromEnvironment;
///
/// impl TokenProvider for FromEnvironment {
///     fn token<'a>(&'a self, _rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
///         Box::pin(ready(std::env::var("CONFLUENCE_TOKEN").map(Into::into).map_err(Into::into)))
///     }
/// }
///
/// let auth = Auth::provider(FromEnvironment);
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token to send with the next request.
    ///
    /// It is called for each request, so implementations should cache the token.
    ///
    /// `rejected` is a token that the server has just rejected (401), though not because of a missing scope. If another
    /// token is returned, the request is sent once more with it. Atlassian's gateway may also answer 403 or 404 to an
    /// expired token; then the provider is called without `rejected`, and the request is sent once more if the token is
    /// another one, as it is if the provider tracks when tokens expire.
    ///
    /// # Errors
    /// There is no token; the request fails with this error as its source. Transient errors are retried as a lost
    /// connection is: an [`Error`](crate::Error) that is [retryable](crate::Error::is_retryable), an [`io::Error`] of
    /// the network or a [`reqwest`](https://docs.rs/reqwest/0.13) error without a response, or an error with one of these as its source.
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>>;
}

/// The result of a [`TokenProvider`]: a token, or the reason why there is none.
pub type TokenResult = Result<SecretString, Box<dyn std::error::Error + Send + Sync>>;

/// Whether there may be a token later: whether an error, or one that it was caused by, passes.
pub(crate) fn is_transient(error: &(dyn Error + 'static)) -> bool {
    let passes = |error: &(dyn Error + 'static)| {
        if let Some(error) = error.downcast_ref::<crate::response::error::Error>() {
            return error.is_retryable();
        }
        #[cfg(feature = "oauth")]
        if let Some(error) = error.downcast_ref::<crate::auth::oauth::Error>() {
            return error.is_transient();
        }
        if let Some(error) = error.downcast_ref::<reqwest::Error>() {
            let refused = error.status().map(|status| status.as_u16());
            return refused.map_or(!error.is_builder(), |status| matches!(status, 429 | 500..=599));
        }
        let error = error.downcast_ref::<io::Error>();
        // What an I/O error wraps is not its source.
        if let Some(wrapped) = error.and_then(io::Error::get_ref) {
            return is_transient(wrapped);
        }
        matches!(
            error.map(io::Error::kind),
            Some(
                io::ErrorKind::BrokenPipe
                    | io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::ConnectionReset
                    | io::ErrorKind::HostUnreachable
                    | io::ErrorKind::NetworkUnreachable
                    | io::ErrorKind::NotConnected
                    | io::ErrorKind::TimedOut
                    | io::ErrorKind::UnexpectedEof
            )
        )
    };
    let mut next = Some(error);
    while let Some(error) = next {
        if passes(error) {
            return true;
        }
        next = error.source();
    }
    false
}
