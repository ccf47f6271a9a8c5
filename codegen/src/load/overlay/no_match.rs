//! What a target that selects nothing probably meant.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::node;
use super::slip::slip;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::members;
use crate::load::part::Part;
use crate::load::shape::kind;
use crate::load::target::select;
use crate::nearest::nearest;
use crate::pointer::Pointer;
use crate::source::Source;

/// The maximum number of members that a message names.
const FIRST: usize = 12;

/// What is said of a member that a target probably meant.
const MEANT: &str = "which was probably meant";

/// The number of missing parts from which on the document may be at fault.
const MANY: usize = 3;

/// Adds to the first target that selects nothing that the document may be incomplete, if many parts that are targeted are missing.
/// Those that the message explains are not counted.
pub(in crate::load) fn doubt(document: &Value, text: &Source, overlay: &Value, told: &mut [Diagnostic]) {
    let missing = |told: &Diagnostic| {
        let is_explained = told.help.as_ref().is_some_and(|help| help.contains(MEANT)) || !told.related.is_empty();
        if told.code != Code::OverlayNoMatch || is_explained {
            return None;
        }
        let target = overlay.pointer(&told.pointer.path())?.as_str()?;
        let found = Found::of(document, target)?;
        Some((found.there, first_name(found.rest)))
    };
    let parts: BTreeSet<_> = told.iter().filter_map(missing).collect();
    let first = told.iter_mut().find(|told| missing(told).is_some());
    if let Some(help) = first
        .filter(|_| parts.len() >= MANY)
        .and_then(|first| first.help.as_mut())
    {
        let (count, lines) = (parts.len(), text.text.lines().count());
        *help += &format!("; {count} parts are missing, so the document may be incomplete: it ends in line {lines}");
    }
}

/// Adds to what is told of a target that selects nothing which part of it exists, and how to correct it.
pub(super) fn no_match(document: &Value, target: &str, told: Diagnostic) -> Diagnostic {
    let Some(Found {
        there,
        rest,
        place,
        value,
    }) = Found::of(document, target)
    else {
        return told.help("the document has changed, or the path has a typo; adapt the action or remove it");
    };
    if let Some(slip) = slip(value) {
        let found = kind(value);
        let help = format!("`{there}` is {found}; the overlay may be right; {slip}");
        return told.help(help).related(format!("this is {found}"), &place);
    }
    let names = || value.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
    let name = first_name(rest);
    // What OpenAPI knows is not meant to be something else that it knows.
    let is_known = |name: &str| is_known(name, &place);
    let meant = nearest(name, names().filter(|other| !is_known(name) || !is_known(other)));
    if let Some(typo) = meant.filter(|meant| is_typo(meant, name, &place)) {
        let help = format!("the document has `{typo}` in `{there}`, which is probably misspelled; correct it there");
        return told
            .help(help)
            .related_key(format!("did you mean `{name}`?"), &place.join(typo));
    }
    if let Some(lost) = lost_level(rest, value, &place) {
        let help = format!("`{there}` has `{lost}` itself; in the document, write it below `{name}`");
        return told
            .help(help)
            .related_key(format!("this is not below `{name}`"), &place.join(lost));
    }
    let similar = || of_similar_words(name, names().filter(|other| !is_known(name) && !is_known(other)));
    let there = match meant.or_else(similar) {
        Some(meant) => format!("`{there}` has `{meant}`, {MEANT}"),
        None => {
            let first: Vec<String> = names().take(FIRST).map(|name| format!("`{name}`")).collect();
            let has = match names().count() {
                0 => String::new(),
                1..=FIRST => format!("; it has {}", first.join(", ")),
                more => format!("; it has {} and {} more", first.join(", "), more - FIRST),
            };
            format!("`{there}` exists, but nothing in it matches `{rest}`{has}")
        }
    };
    told.help(format!("{there}; adapt the action or remove it"))
}

/// The only name that contains another one or is contained in it, such as `details` and `additionalDetails`.
fn of_similar_words<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let is_similar = |other: &&str| {
        let other = other.to_lowercase();
        let shorter = name.len().min(other.len());
        shorter > 2 && (name.contains(&other) || other.contains(&name))
    };
    let mut similar = names.filter(is_similar);
    let found = similar.next()?;
    similar.next().is_none().then_some(found)
}

/// The member that the rest of a target names below one that OpenAPI knows, if the document has it in the place of that, such as a property
/// that is not below `properties`.
fn lost_level<'v>(rest: &str, value: &'v Value, place: &Pointer) -> Option<&'v str> {
    let level = first_name(rest);
    let (_, below) = rest.split_once(level)?;
    let below = first_name(below.trim_start_matches(['\'', '"', ']']));
    let (lost, _) = value.as_object()?.get_key_value(below)?;
    (is_known(level, place) && !is_known(lost, place)).then_some(lost)
}

/// Whether a member at a place in the document is misspelled, rather than the name of a member that OpenAPI knows there. A path starts with
/// a slash.
fn is_typo(member: &str, name: &str, place: &Pointer) -> bool {
    match place.steps() {
        [paths] if paths == "paths" => name.starts_with('/') && !member.starts_with('/'),
        _ => is_known(name, place) && !is_known(member, place),
    }
}

/// Whether OpenAPI knows a member at a place in the document.
fn is_known(name: &str, place: &Pointer) -> bool {
    Part::at(place).is_some_and(|part| members::known(part).any(|known| known == name))
}

/// The part of a target that exists.
struct Found<'a> {
    there: &'a str,
    rest: &'a str,
    place: Pointer,
    value: &'a Value,
}

impl<'a> Found<'a> {
    fn of(document: &'a Value, target: &'a str) -> Option<Self> {
        let cuts = target.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '['));
        cuts.map(|(index, _)| index).find_map(|index| {
            let (there, rest) = target.split_at_checked(index)?;
            let place = select(document, there).ok()?.into_iter().next()?;
            let value = node(document, &place)?;
            Some(Self {
                there,
                rest,
                place,
                value,
            })
        })
    }
}

/// The name that a part of a path begins with.
fn first_name(path: &str) -> &str {
    let name = path.trim_start_matches(['.', '[', '\'', '"']);
    // What follows may be below the member.
    let end = if path.starts_with('[') {
        name.find(['\'', '"', ']'])
    } else {
        name.find(['.', '['])
    };
    name.split_at(end.unwrap_or(name.len())).0
}
