//! Redirects that are what was asked for.

use http::header::LOCATION;

use crate::model::drift::Drift;
use crate::response::decode::Model;
use crate::response::raw::RawResponse;

/// The answer of an operation that is documented to redirect, such as the download of an attachment.
///
/// It is not followed: the place is mostly on another host, which must not see the credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redirect {
    /// Where to go from here, as the server wrote it: a URL, or a path on the same site. `None` if the server did not say.
    pub location: Option<String>,
}

impl Redirect {
    /// Reads the `Location` of a response (RFC 9110, section 10.2.2).
    pub fn new(response: &RawResponse) -> Self {
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        Self {
            location: location.map(str::to_owned),
        }
    }
}

impl Model for Redirect {
    fn drift(_response: &RawResponse) -> Drift {
        Drift::default()
    }
}
