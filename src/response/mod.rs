//! Responses: as they came, as models, as streams, and as errors.

pub(crate) mod api_error;
pub(crate) mod decode;
pub(crate) mod download;
pub(crate) mod error;
pub(crate) mod incoming;
mod message;
pub(crate) mod rate_limit;
pub(crate) mod raw;
pub(crate) mod redirect;
pub(crate) mod report;
pub(crate) mod resume;
mod save;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use http::{HeaderMap, StatusCode};

use crate::model::drift::Drift;
use crate::response::decode::Model;
use crate::response::rate_limit::RateLimit;
use crate::response::raw::RawResponse;
use crate::response::report::{Describe, Report};

/// A successful response: dereferences to the decoded body.
#[derive(Clone, Debug)]
pub struct Response<T> {
    body: T,
    raw: RawResponse,
    /// What a task says about itself, once it was asked for.
    report: OnceLock<Arc<Report>>,
}

impl<T> Response<T> {
    /// Puts a decoded body and the response it came in together.
    pub fn new(body: T, raw: RawResponse) -> Self {
        let report = OnceLock::new();
        Self { body, raw, report }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// A header as text. `None` if there is none, or if it is not visible ASCII.
    ///
    /// [`OperationInfo::response`](crate::OperationInfo::response) has the headers that the document names.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw.header(name)
    }

    /// What the response says about the limits that it counted towards.
    pub fn rate_limit(&self) -> RateLimit {
        self.raw.rate_limit()
    }

    /// The response as it came.
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// What a task says about itself, read when this is called first.
    pub(crate) fn report_of(&self, describe: Describe) -> &Report {
        self.report.get_or_init(|| Arc::new(Report::of(&self.raw, describe)))
    }

    /// The decoded body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: Model> Response<T> {
    /// Where the body departs from the document: what it requires and was missing or null, what is of another type, and what
    /// it does not describe. Outputs that are files, text or nothing have no drift.
    ///
    /// Real Confluence payloads do all of this; [`ClientBuilder::strict`](crate::ClientBuilder::strict) makes errors of the
    /// first two. The body is read once more when this is called.
    pub fn drift(&self) -> Drift {
        T::drift(&self.raw)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
