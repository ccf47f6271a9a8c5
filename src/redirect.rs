//! Redirects: which are followed, and which are what was asked for.

use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use crate::RawResponse;
use crate::drift::{Drift, Model};

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

/// Where the same request is to be made again: only within the origin, and only if it stays the same request.
///
/// `301`, `302` and `303` turn other methods into GET (RFC 9110, section 15.4), which no caller would expect.
pub(crate) fn next(from: &Url, method: &Method, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    let keeps_method = match status.as_u16() {
        301..=303 => matches!(*method, Method::GET | Method::HEAD),
        307 | 308 => true,
        _ => false,
    };
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let to = from.join(location).ok()?;
    // Scheme, host and port (RFC 6454, section 4).
    (keeps_method && to.origin() == from.origin()).then_some(to)
}
