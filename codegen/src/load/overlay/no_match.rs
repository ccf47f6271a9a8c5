//! What a target that selects nothing probably meant.

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

/// The number of actions that match nothing from which on the document may be at fault.
const MANY: usize = 3;

/// Adds to the first target that selects nothing that the document may be incomplete, if there are many such targets. Those below
/// another one, and those that the message explains, are not counted.
pub(in crate::load) fn doubt(document: &Source, overlay: &Value, told: &mut [Diagnostic]) {
    let unmatched = |told: &Diagnostic| {
        let is_explained = told.help.as_ref().is_some_and(|help| help.contains(MEANT)) || !told.related.is_empty();
        let target = overlay.pointer(&told.pointer.path())?.as_str()?;
        (told.code == Code::OverlayNoMatch && !is_explained).then_some(target)
    };
    let targets: Vec<&str> = told.iter().filter_map(unmatched).collect();
    let is_below = |target: &str, other: &str| {
        let rest = target.strip_prefix(other);
        rest.is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let uppermost = |target: &&&str| !targets.iter().any(|other| is_below(target, other));
    let count = targets.iter().filter(uppermost).count();
    let first = told.iter_mut().find(|told| unmatched(told).is_some());
    if let Some(help) = first.filter(|_| count >= MANY).and_then(|first| first.help.as_mut()) {
        let lines = document.text.lines().count();
        *help +=
            &format!("; {count} targets match nothing, so the document may be incomplete: it ends in line {lines}");
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
    let meant = nearest(name, names());
    if let Some(typo) = meant.filter(|meant| is_typo(meant, name, &place)) {
        let help = format!("the document has `{typo}` in `{there}`, which is probably misspelled; correct it there");
        return told
            .help(help)
            .related_key(format!("did you mean `{name}`?"), &place.join(typo));
    }
    let there = match meant.or_else(|| of_similar_words(name, names())) {
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

/// Whether a member at a place in the document is misspelled, rather than the name of a member that OpenAPI knows there.
fn is_typo(member: &str, name: &str, place: &Pointer) -> bool {
    Part::at(place).is_some_and(|part| {
        let is_known = |name: &str| members::known(part).any(|known| known == name);
        is_known(name) && !is_known(member)
    })
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
