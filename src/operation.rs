//! Operations: what generated requests have in common.

use crate::info::OperationInfo;
use crate::info::ResponseInfo;
use crate::request::Request;
use crate::response::decode::Model;
use crate::response::error::Error;
use crate::response::raw::RawResponse;

/// A request to one operation, independent of the client that sends it.
///
/// Generated request types implement it. A value encodes the request ([`encode`](Self::encode)) and decodes the
/// response ([`decode`](Self::decode)); it does no I/O, so it can be used by any client, wait or test.
///
/// ```
/// use confluence_rest::{Operation, longtask};
///
/// let request = longtask::get_task("1180606").encode()?;
/// assert_eq!(request.path(), "/wiki/rest/api/longtask/1180606");
/// # Ok::<(), confluence_rest::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request of an operation",
    label = "not a request",
    note = "requests are made by the functions of a generated module, such as `longtask::get_task(id)`"
)]
pub trait Operation {
    /// The body of a successful response.
    type Output: Model;
    /// The documented error responses.
    type Error: DocumentedError;
    /// What the document says about the operation.
    const INFO: &'static OperationInfo;

    /// Encodes the request.
    ///
    /// # Errors
    /// A value cannot be encoded, such as an empty path parameter.
    fn encode(&self) -> Result<Request, Error>;

    /// Returns whether the body of a successful response is streamed, according to its status and headers.
    fn streams(_response: &RawResponse) -> bool {
        false
    }

    /// Decodes a successful response.
    ///
    /// # Errors
    /// The body does not match the document.
    fn decode(response: &RawResponse) -> Result<Self::Output, Error>;
}

/// The documented error responses of an operation: a variant for each status, and one for all others.
pub trait DocumentedError: Sized {
    /// What the document says of each, in its order.
    const RESPONSES: &'static [ResponseInfo];

    /// Decodes an error response.
    ///
    /// One whose body does not match the document is `Other`.
    fn from_response(response: &RawResponse) -> Self;
}

impl Error {
    /// Returns the error response as documented for the operation `O`.
    ///
    /// Returns `None` if there was no error response, or if it is of another operation or of what a redirect led to.
    ///
    /// ```
    /// use confluence_rest::longtask::request::{GetTask, GetTaskError};
    ///
    /// fn is_gone(error: &confluence_rest::Error) -> bool {
    ///     matches!(error.documented::<GetTask>(), Some(GetTaskError::NotFound))
    /// }
    /// ```
    pub fn documented<O: Operation>(&self) -> Option<O::Error> {
        self.api()?;
        let response = self.response()?;
        let called = response.operation();
        let same = called.path == O::INFO.path && called.method == O::INFO.method && !self.is_of_redirect();
        same.then(|| O::Error::from_response(response))
    }
}
