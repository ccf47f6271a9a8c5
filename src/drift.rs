//! Where a body departs from the document.

use std::collections::BTreeMap;
use std::fmt;

use crate::RawResponse;
use crate::place::Place;
use crate::rt::{Found, Json};

/// What a successful response carries.
///
/// The generator implements it, for models and whatever else an operation returns.
pub trait Model {
    /// Compares the body of a response with the document.
    fn drift(response: &RawResponse) -> Drift;
}

impl<T: Json> Model for T {
    fn drift(response: &RawResponse) -> Drift {
        Drift::of::<T>(response)
    }
}

/// Where a body departs from the document. Places are JSON Pointers (RFC 6901).
///
/// `Display` shows a place that comes at many indices once, with `*` for the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Required members that were absent, or null without being allowed to. They are their type's default.
    pub missing: Vec<String>,
    /// Values of another type than the document says. They are left out, or their type's default.
    pub mismatched: Vec<Mismatch>,
    /// Members, values of enums and types of unions that the document does not describe.
    pub unknown: Vec<String>,
}

/// A value of another type than the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The place, as a JSON Pointer.
    pub place: String,
    /// What the document describes: `a string`, `an object`.
    pub expected: &'static str,
    /// What came: `null`, `an array`.
    pub found: &'static str,
}

impl Drift {
    /// Compares the body of a response with a type. A body that is not JSON, or of another type as a whole, has no drift.
    pub(crate) fn of<T: Json>(response: &RawResponse) -> Self {
        let mut notes = Notes {
            keeps_places: true,
            ..Notes::default()
        };
        let _ = response.read_into(&mut T::default(), T::EXPECTED, &mut notes);
        notes.drift
    }

    /// Whether the body is what the document says.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.mismatched.is_empty() && self.unknown.is_empty()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = |places: &[String]| folded(places.iter().map(|place| (place.as_str(), String::new())));
        let mismatched = self.mismatched.iter().map(|one| (one.place.as_str(), one.types()));
        let mut separator = "";
        for (what, places) in [
            ("missing", bare(&self.missing)),
            ("mismatched", folded(mismatched)),
            ("unknown", bare(&self.unknown)),
        ] {
            if !places.is_empty() {
                write!(f, "{separator}{what}: {}", places.join(", "))?;
                separator = "; ";
            }
        }
        Ok(())
    }
}

impl Mismatch {
    fn types(&self) -> String {
        format!(" (expected {}, got {})", self.expected, self.found)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.place, self.types())
    }
}

/// Shows places with what is said of each. Those that differ in their indices alone become one, where the first of them came.
fn folded<'p>(places: impl Iterator<Item = (&'p str, String)>) -> Vec<String> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (place, more) in places {
        let number = *numbers.entry(starred(place) + &more).or_insert(groups.len());
        match groups.get_mut(number) {
            Some((_, count)) => *count += 1,
            None => groups.push((format!("{place}{more}"), 1)),
        }
    }
    for (shown, number) in numbers {
        if let Some((text, count)) = groups.get_mut(number)
            && *count > 1
        {
            *text = format!("{shown}, {count} times");
        }
    }
    groups.into_iter().map(|(text, _)| text).collect()
}

/// A place with `*` for each index.
fn starred(place: &str) -> String {
    let steps = place.split('/').map(|step| {
        let is_index = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        if is_index { "*" } else { step }
    });
    steps.collect::<Vec<_>>().join("/")
}

/// What is found out while a value is read.
#[derive(Default)]
pub(crate) struct Notes {
    /// Whether somebody asks for the places.
    keeps_places: bool,
    /// Whether it is found out how well a value fits, and unions in it are passed over.
    is_outline: bool,
    counts: Counts,
    /// How many members were read that the document describes.
    documented: usize,
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
