//! Middleware: custom headers, metrics, caches.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::request::Request;
use crate::response::error::Error;
use crate::response::raw::RawResponse;

/// A middleware, which sees each request and response of a client and may change them.
///
/// It is called for each attempt, so again for each retry, and for each request that resumes a download. The first one
/// that was added is the outermost. Credentials are added after all of them, to requests without an `Authorization`
/// header.
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
#[doc(alias("interceptor", "logging", "metrics"))]
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request, with [`Next::run`] or a response of its own.
    ///
    /// # Errors
    /// The same as for [`Next::run`], or its own.
    fn handle<'a>(
        &'a self,
        request: Request,
        next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>>;
}

/// Sends a request and returns the response.
pub(crate) type Wire<'a> = dyn Fn(Request) -> Exchange<'a> + Sync + 'a;

/// An exchange in flight.
pub(crate) type Exchange<'a> = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>>;

/// The rest of the middleware, and the connection.
pub struct Next<'a> {
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) wire: &'a Wire<'a>,
}

impl Next<'_> {
    /// Sends the request and returns the response, whatever its status.
    ///
    /// A streamed body is available as [`RawResponse::download`].
    ///
    /// # Errors
    /// No complete response was received.
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
