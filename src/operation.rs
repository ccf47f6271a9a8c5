//! A call that can be made: what generated requests have in common.

use crate::info::OperationInfo;
use crate::info::ResponseInfo;
use crate::request::Request;
use crate::response::decode::Model;
use crate::response::error::Error;
use crate::response::raw::RawResponse;

/// A request to one operation, independent of who sends it.
///
/// Generated request types implement this. A value says what to send ([`encode`](Self::encode)) and how to read the
/// answer ([`decode`](Self::decode)); it does no I/O, so the same value serves a client, a waiter and a test.
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
    /// What a successful response carries.
    type Output: Model;
    /// The documented error responses.
    type Error: DocumentedError;
    /// What the document says about the operation.
    const INFO: &'static OperationInfo;

    /// Says what to send.
    ///
    /// # Errors
    /// A value does not fit its place, such as an empty path parameter.
    fn encode(&self) -> Result<Request, Error>;

    /// Whether the body of a successful response is returned as a stream, going by its status and headers.
    fn streams(_response: &RawResponse) -> bool {
        false
    }

    /// Reads a successful response.
    ///
    /// # Errors
    /// The body is not what the document says.
    fn decode(response: &RawResponse) -> Result<Self::Output, Error>;
}

/// The documented error responses of an operation: one variant per status, and one for the rest.
pub trait DocumentedError: Sized {
    /// What the document says of each, in its order.
    const RESPONSES: &'static [ResponseInfo];

    /// Reads an error response. A body that is not what the document says makes it one of the rest.
    fn from_response(response: &RawResponse) -> Self;
}

impl Error {
    /// The error response as the document describes it for the operation `O`.
    ///
    /// `None` if there was no error response, or if it came from another operation.
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
        let same = called.path == O::INFO.path && called.method == O::INFO.method;
        same.then(|| O::Error::from_response(response))
    }
}
