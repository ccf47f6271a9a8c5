//! Requests: path, query, headers and body, serialized as OpenAPI says, before any I/O.

pub(crate) mod body;
pub(crate) mod builder;
pub(crate) mod multipart;
mod path;
pub(crate) mod sending;
pub(crate) mod style;
pub(crate) mod upload;

use std::fmt;

use http::Method;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, PROXY_AUTHORIZATION};
use percent_encoding::percent_decode_str;

use crate::info::OperationInfo;
use crate::request::body::RequestBody;
use crate::request::style::encode;

/// An encoded request, without the site and the credentials.
///
/// `Debug` shows neither credentials nor cookies, and of the body only its length.
#[derive(Clone)]
pub struct Request {
    pub(super) operation: &'static OperationInfo,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<RequestBody>,
}

impl Request {
    /// Returns the operation of the request.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.operation.method
    }

    /// Returns the path from the root of the site, percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query without its question mark, percent-encoded.
    ///
    /// Empty if there is none.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The same request with these query parameters instead of those of the same names.
    pub(crate) fn with_query(&self, parameters: &[(String, String)]) -> Self {
        let name = |pair: &str| {
            let name = pair.split('=').next().unwrap_or_default();
            percent_decode_str(name).decode_utf8_lossy().into_owned()
        };
        let stays = |pair: &&str| !pair.is_empty() && !parameters.iter().any(|(known, _)| *known == name(pair));
        let kept = self.query.split('&').filter(stays).map(str::to_owned);
        let added = parameters
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let pairs: Vec<String> = kept.chain(added).collect();
        Self {
            query: pairs.join("&"),
            ..self.clone()
        }
    }

    /// Returns the headers of the operation.
    ///
    /// The client's credentials are not among them.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the headers for modification.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the body, if there is one.
    pub fn body(&self) -> Option<&RequestBody> {
        self.body.as_ref()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.headers.clone();
        for (name, value) in &mut headers {
            value.set_sensitive(value.is_sensitive() || [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name));
        }
        let operation = format_args!("{} {}", self.operation.method, self.operation.path);
        f.debug_struct("Request")
            .field("operation", &operation)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish()
    }
}
