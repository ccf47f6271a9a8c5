//! Diagnostics with their locations, for programs that format them in their own way.

use super::found::{Diagnostic, Diagnostics, Related};
use crate::source::Location;

/// A diagnostic with its locations in the texts, if known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Located<'a> {
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
    /// Its location.
    pub location: Option<Location>,
    /// The related places with their locations.
    pub related: Vec<(&'a Related, Option<Location>)>,
}

impl Diagnostics {
    /// Returns the diagnostics in the order in which they were found, with their locations, for which the texts are parsed again.
    pub fn located(&self) -> impl Iterator<Item = Located<'_>> {
        self.iter().map(|diagnostic| {
            let related = diagnostic.related.iter();
            Located {
                diagnostic,
                location: self.location_of(diagnostic).cloned(),
                related: related
                    .map(|one| (one, self.location_of_related(diagnostic, one).cloned()))
                    .collect(),
            }
        })
    }
}
