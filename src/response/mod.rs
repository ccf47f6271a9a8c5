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

/// A successful response.
///
/// It dereferences to the decoded body.
#[derive(Clone, Debug)]
pub struct Response<T> {
    body: T,
    raw: RawResponse,
    /// What a task says about itself, once it was asked for.
    report: OnceLock<Arc<Report>>,
}

impl<T> Response<T> {
    /// Creates a response from a decoded body and the response as received.
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

    /// Returns a header as text, or `None` if it is absent or not visible ASCII.
    ///
    /// [`OperationInfo::response`](crate::OperationInfo::response) has the headers that the document names.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw.header(name)
    }

    /// Returns the rate limits that the response reports.
    pub fn rate_limit(&self) -> RateLimit {
        self.raw.rate_limit()
    }

    /// Returns the response as received.
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// Returns the messages, errors and warnings of a task, which are read on the first call.
    pub(crate) fn report_of(&self, describe: Describe) -> &Report {
        self.report.get_or_init(|| Arc::new(Report::of(&self.raw, describe)))
    }

    /// Returns the decoded body.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: Model> Response<T> {
    /// Returns where the body departs from the document: required members that are missing or null, values of another
    /// type, and members that it does not describe.
    ///
    /// Files, text and empty bodies have no drift.
    ///
    /// Real responses of Confluence have all of these; [`ClientBuilder::strict`](crate::ClientBuilder::strict) makes
    /// the first two an error. Each call decodes the body once more.
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
