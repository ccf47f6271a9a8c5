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
const FIRST: usize = 5;

/// What to do about an action if the document is as it should be.
const ADAPT: &str = "adapt the action or remove it";

/// What is said of a member that a target probably meant.
const MEANT: &str = "which was probably meant";

/// The number of actions that match nothing from which on the document may be at fault.
const MANY: usize = 3;

/// Adds to the first target that selects nothing that the document may be incomplete, if there are many such targets.
pub(in crate::load) fn doubt(document: &Source, told: &mut [Diagnostic]) {
    let is_unmatched = |told: &Diagnostic| {
        let help = told.help.as_deref().unwrap_or_default();
        told.code == Code::OverlayNoMatch && help.ends_with(ADAPT) && !help.contains(MEANT)
    };
    let count = told.iter().filter(|told| is_unmatched(told)).count();
    let first = told
        .iter_mut()
        .find(|told| is_unmatched(told))
        .filter(|_| count >= MANY);
    if let Some(help) = first.and_then(|first| first.help.as_mut()) {
        let lines = document.text.lines().count();
        *help +=
            &format!("; {count} actions match nothing, so the document may be incomplete: it ends in line {lines}");
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
        return told.help(format!("the document has changed, or the path has a typo; {ADAPT}"));
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
    let there = match meant {
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
    told.help(format!("{there}; {ADAPT}"))
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
