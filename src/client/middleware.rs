//! What stands between the client and the wire: headers of one's own, metrics, caches.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::request::Request;
use crate::response::error::Error;
use crate::response::raw::RawResponse;

/// Something that sees each exchange of a client, and may change it.
///
/// It is called for each attempt, so a request that is retried comes by again. The first one that was added is the
/// outermost. Credentials are added after all of them, to requests without an `Authorization` of their own.
///
/// ```
/// use std::pin::Pin;
///
/// use confluence_rest::reqwest::header::HeaderValue;
/// use confluence_rest::{Client, Error, Middleware, Next, RawResponse, Request};
///
/// struct Tenant;
///
/// impl Middleware for Tenant {
///     fn handle<'a>(
///         &'a self,
///         mut request: Request,
///         next: Next<'a>,
///     ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
///         Box::pin(async move {
///             request.headers_mut().insert("x-tenant", HeaderValue::from_static("acme"));
///             let response = next.run(request).await?;
///             println!("{} {}", response.operation().path, response.status());
///             Ok(response)
///         })
///     }
/// }
///
/// let client = Client::builder("https://acme.atlassian.net").middleware(Tenant).build()?;
/// # Ok::<(), Error>(())
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles one exchange: by [`Next::run`], or with a response of its own.
    ///
    /// # Errors
    /// As [`Next::run`], or for reasons of its own.
    fn handle<'a>(
        &'a self,
        request: Request,
        next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>>;
}

/// Puts a request on the wire, and returns what comes back.
pub(crate) type Wire<'a> = dyn Fn(Request) -> Exchange<'a> + Sync + 'a;

/// An exchange under way.
pub(crate) type Exchange<'a> = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>>;

/// The rest of the way to the wire.
pub struct Next<'a> {
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) wire: &'a Wire<'a>,
}

impl Next<'_> {
    /// Sends the request and returns whatever comes back, whichever its status. The body of a response that streams is
    /// there as [`RawResponse::download`].
    ///
    /// # Errors
    /// No whole answer came.
    pub async fn run(self, request: Request) -> Result<RawResponse, Error> {
        match self.rest.split_first() {
            Some((first, rest)) => first.handle(request, Next { rest, ..self }).await,
            None => (self.wire)(request).await,
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("rest", &self.rest.len())
            .finish_non_exhaustive()
    }
}
