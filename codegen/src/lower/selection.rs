//! The selection of operations.

use std::fmt;
use std::sync::Arc;

/// An operation that may be generated or left out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Candidate<'a> {
    /// The `operationId`, if there is one.
    pub id: Option<&'a str>,
    /// The method in upper case.
    pub method: &'a str,
    /// The path template from the root of the site.
    pub path: &'a str,
    /// The tags.
    pub tags: &'a [String],
}

/// The operations to generate. The default is all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub tags: Vec<String>,
    pub take: Option<Take>,
}

/// A function that selects operations.
#[derive(Clone)]
pub(crate) struct Take(pub Arc<dyn Fn(&Candidate<'_>) -> bool + Send + Sync>);

impl fmt::Debug for Take {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a function")
    }
}

impl Selection {
    /// Whether everything is wanted.
    pub(crate) fn is_everything(&self) -> bool {
        self.tags.is_empty() && self.take.is_none()
    }

    pub(super) fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let tagged = self.tags.is_empty() || candidate.tags.iter().any(|tag| self.tags.contains(tag));
        tagged && self.take.as_ref().is_none_or(|Take(take)| take(candidate))
    }
}
