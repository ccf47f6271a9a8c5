//! Access tokens that come from elsewhere, and are renewed there.

use std::future::Future;
use std::pin::Pin;

use secrecy::SecretString;

/// Where a client gets its access tokens from, such as a vault or an OAuth 2.0 flow.
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
    /// The token to send with the next request. It is asked for each time, so it should be kept where it is cheap to get.
    ///
    /// `rejected` is a token that the server has just refused (401), though not for want of a scope. If another token comes
    /// back, the request is made once more with it. Atlassian's gateway may also answer 403 or 404 to a token that has
    /// ended; then, the provider is asked without `rejected`, and the request is made once more if the token is another one by
    /// now, as it is where the provider knows when tokens end.
    ///
    /// # Errors
    /// There is no token; the request fails with this error as its source.
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>>;
}

/// A token, or why there is none.
pub type TokenResult = Result<SecretString, Box<dyn std::error::Error + Send + Sync>>;
