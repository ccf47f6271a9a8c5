//! Which responses are what an operation is for.

use crate::lower::{self, Response, Status};

/// Whether a response is what the operation is for: a success or, where the document describes none, a redirect that names
/// another URL. What `default` describes is an error (OpenAPI 3.0, section 4.7.16: "for statuses that are not declared").
pub(super) fn is_output(response: &Response, operation: &lower::Operation) -> bool {
    response.status.is_success() || redirects(operation) && is_redirect(response.status)
}

/// Whether a redirect is what the operation is for.
pub(super) fn redirects(operation: &lower::Operation) -> bool {
    let has = |is: fn(Status) -> bool| operation.responses.iter().any(|response| is(response.status));
    has(is_redirect) && !has(Status::is_success)
}

/// Whether a status names another URL to go to (RFC 9110, section 15.4).
fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(300..=303 | 307 | 308) | Status::Range(3))
}
