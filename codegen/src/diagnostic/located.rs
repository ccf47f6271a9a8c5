//! Diagnostics with their places in the texts, for programs that show them in their own way.

use super::found::{Diagnostic, Diagnostics, Related};
use crate::source::Location;

/// A diagnostic with the places in the texts where it stands, as far as they are known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Located<'a> {
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
    /// Where it stands.
    pub location: Option<Location>,
    /// What it has to do with, and where that stands.
    pub related: Vec<(&'a Related, Option<Location>)>,
}

impl Diagnostics {
    /// The diagnostics in the order in which they were found, each with its places. The texts are read for it.
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
