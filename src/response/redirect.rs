//! Redirects that are the result of an operation.

use std::fmt;

use http::HeaderMap;
use http::header::LOCATION;
use reqwest::Url;

use crate::info::OperationInfo;
use crate::model::drift::Drift;
use crate::response::decode::Model;
use crate::response::raw::RawResponse;

/// The response of an operation that is documented to redirect, such as the download of an attachment.
///
/// It is not followed automatically, as it mostly leads to another host, which must not see the credentials.
/// [`Client::follow`](crate::Client::follow) follows it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Redirect {
    /// The `Location` header, as the server wrote it: a URL, or a path on the same site. `None` if there is none.
    pub location: Option<String>,
    /// What a path is relative to.
    pub(crate) from: Option<Url>,
    pub(crate) operation: &'static OperationInfo,
}

impl Redirect {
    /// Reads the `Location` of a response (RFC 9110, section 10.2.2).
    pub fn new(response: &RawResponse) -> Self {
        Self {
            location: location(response.headers()).map(str::to_owned),
            from: response.url().cloned(),
            operation: response.operation(),
        }
    }
}

/// The `Location` of a response. Some servers do not percent-encode it; joining it with a URL does.
pub(crate) fn location(headers: &HeaderMap) -> Option<&str> {
    std::str::from_utf8(headers.get(LOCATION)?.as_bytes()).ok()
}

impl PartialEq for Redirect {
    fn eq(&self, other: &Self) -> bool {
        (&self.location, &self.from) == (&other.location, &other.from)
    }
}

impl Eq for Redirect {}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

impl Model for Redirect {
    fn drift(_response: &RawResponse) -> Drift {
        Drift::default()
    }
}
