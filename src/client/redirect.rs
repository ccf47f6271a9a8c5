//! Redirects that are followed.

use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use crate::response::redirect::location;

/// Returns the URL to repeat the request at: only within the origin, and only if it stays the same request.
///
/// `301`, `302` and `303` turn other methods into GET (RFC 9110, section 15.4), which no caller would expect.
pub(crate) fn next(from: &Url, method: &Method, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    let keeps_method = match status.as_u16() {
        301..=303 => matches!(*method, Method::GET | Method::HEAD),
        307 | 308 => true,
        _ => false,
    };
    let to = without_user(from.join(location(headers)?).ok()?);
    // Scheme, host and port (RFC 6454, section 4).
    (keeps_method && to.origin() == from.origin()).then_some(to)
}

/// Leaves out the credentials that a redirect brings along: whose they are, nobody knows.
pub(super) fn without_user(mut url: Url) -> Url {
    // Neither fails for a URL with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}
