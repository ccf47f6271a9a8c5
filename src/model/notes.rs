//! What is found out while a value is read.

use crate::model::drift::{Drift, Mismatch};
use crate::model::outcome::Found;
use crate::model::place::Place;

/// What is found out while a value is read.
#[derive(Default)]
pub(crate) struct Notes {
    /// Whether the places are needed.
    keeps_places: bool,
    /// Whether it is found out how well a value fits, and unions in it are passed over.
    is_outline: bool,
    counts: Counts,
    /// How many members were read that the document describes.
    documented: usize,
    /// How many of these it does not name.
    unnamed: usize,
    /// How many members were skipped that it does not describe.
    undocumented: usize,
    drift: Drift,
    /// Where the text stopped being JSON.
    broken: Option<String>,
}

/// How many values depart from the document, and in which way.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub missing: usize,
    pub mismatched: usize,
    pub unknown: usize,
    pub converted: usize,
}

impl Notes {
    /// Notes on how well a value fits a type, up to the unions in it.
    pub(crate) fn outline() -> Self {
        Self {
            is_outline: true,
            ..Self::default()
        }
    }

    /// Notes with the place of each departure.
    pub(crate) fn with_places() -> Self {
        Self {
            keeps_places: true,
            ..Self::default()
        }
    }

    pub(crate) fn into_drift(self) -> Drift {
        self.drift
    }

    /// Whether unions are passed over.
    pub(crate) fn is_outline(&self) -> bool {
        self.is_outline
    }

    /// Whether it matters which members are missing.
    pub(crate) fn watches(&self) -> bool {
        self.keeps_places || self.is_outline
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether there were members, and the document describes none of them.
    pub(crate) fn is_all_undocumented(&self) -> bool {
        self.documented == 0 && self.undocumented > 0
    }

    /// Where the text stopped being JSON, as a path.
    pub(crate) fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    #[inline]
    pub(crate) fn documented(&mut self) {
        self.documented += 1;
    }

    /// Counts a member that the document describes and does not name.
    pub(crate) fn unnamed(&mut self) {
        self.documented += 1;
        self.unnamed += 1;
    }

    /// How many members were read that the document does not name.
    pub(crate) fn unnamed_so_far(&self) -> usize {
        self.unnamed
    }

    pub(crate) fn converted(&mut self) {
        self.counts.converted += 1;
    }

    pub(crate) fn missing(&mut self, place: &Place<'_>) {
        self.documented += 1;
        self.counts.missing += 1;
        if self.keeps_places {
            self.drift.missing.push(place.pointer());
        }
    }

    /// How many missing members were noted with their places.
    pub(crate) fn missing_so_far(&self) -> usize {
        self.drift.missing.len()
    }

    /// Takes the missing members out that were noted since.
    pub(crate) fn missing_since(&mut self, before: usize) -> Vec<String> {
        self.drift.missing.split_off(before)
    }

    /// Puts missing members back that were taken out.
    pub(crate) fn missing_again(&mut self, places: &mut Vec<String>) {
        self.drift.missing.append(places);
    }

    pub(crate) fn mismatched(&mut self, place: &Place<'_>, expected: &'static str, found: Found) {
        self.counts.mismatched += 1;
        if self.keeps_places {
            self.drift.mismatched.push(Mismatch {
                place: place.pointer(),
                expected,
                found: found.as_str(),
            });
        }
    }

    pub(crate) fn unknown_member(&mut self, place: &Place<'_>) {
        self.undocumented += 1;
        self.unknown(place);
    }

    pub(crate) fn unknown(&mut self, place: &Place<'_>) {
        self.counts.unknown += 1;
        if self.keeps_places {
            self.drift.unknown.push(place.pointer());
        }
    }

    /// Notes the innermost place at which the text stopped being JSON.
    pub(crate) fn broke(&mut self, place: &Place<'_>) {
        self.broken.get_or_insert_with(|| place.path());
    }
}
