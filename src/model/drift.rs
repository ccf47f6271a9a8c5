//! Departures of a body from the document.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::text::OneLine;

/// The departures of a body from the document, as JSON Pointers (RFC 6901).
///
/// `Display` shows departures that repeat in a list once, with `*` for the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Required members that are absent, or null although they may not be. Their values are their type's default.
    pub missing: Vec<String>,
    /// Values of another type than documented. They are omitted, or their type's default. What converts without loss is not listed:
    /// a number to text, `12.0` to an integer, milliseconds to a date.
    pub mismatched: Vec<Mismatch>,
    /// Members, values of enums and types of unions that the document does not describe.
    pub unknown: Vec<String>,
}

/// A value of another type than documented.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The place, as a JSON Pointer.
    pub place: String,
    /// The documented type: `a string`, `an object`.
    pub expected: &'static str,
    /// The received type: `null`, `an array`.
    pub found: &'static str,
}

impl Drift {
    /// Returns whether there are no departures.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.mismatched.is_empty() && self.unknown.is_empty()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut OneLine::new(f);
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
        write!(OneLine::new(f), "{}{}", self.place, self.types())
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
