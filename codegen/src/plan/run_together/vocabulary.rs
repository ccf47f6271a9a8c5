//! The words that a run of letters may consist of, and the best way to read it.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are those of the run's own characters, and there is a reading for each"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::prose::{Text, pairs, stem};

/// Words that connect others in IDs, even if they do not occur in the texts of the operation.
const LINKS: [&str; 20] = [
    "all", "and", "async", "bulk", "by", "for", "from", "id", "ids", "in", "is", "of", "on", "or", "param", "query",
    "to", "using", "with", "without",
];

/// Words that ids begin with, also where the summary has another verb.
const VERBS: [&str; 34] = [
    "add", "archive", "assign", "cancel", "check", "copy", "create", "delete", "do", "download", "edit", "export",
    "find", "get", "import", "list", "merge", "migrate", "move", "publish", "register", "remove", "rename", "replace",
    "reset", "restore", "search", "set", "start", "stop", "store", "update", "upload", "validate",
];

/// The minimum number of letters of a part that is not a word, unless a number follows (`v2`).
const SHORTEST_UNKNOWN: usize = 4;

/// The minimum number of letters of a word that is read as several that stand side by side: "into" stays one word.
const SHORTEST_COMPOUND: usize = 6;

/// The cost of letters that are not a word, in addition to their number.
const UNKNOWN: usize = 3;

/// What some letters of a run are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A word of the operation that is long enough to be unambiguous.
    Word,
    /// A word that is short, or common in ids. Letters that are not a word do not stand next to it.
    Link,
    /// Not a word.
    Unknown,
}

impl Part {
    const ALL: [Self; 3] = [Self::Word, Self::Link, Self::Unknown];

    /// What may follow it.
    fn next(self) -> &'static [Self] {
        match self {
            Self::Word => &Self::ALL,
            Self::Link => &[Self::Word, Self::Link],
            Self::Unknown => &[Self::Word],
        }
    }
}

/// The cheapest way to read a run from an index to its end.
#[derive(Clone, Copy, Debug)]
struct Reading {
    part: Part,
    /// The cost of its unknown letters, and its number of parts.
    cost: (usize, usize),
    end: usize,
    next: Option<Part>,
}

/// The words that a run may consist of.
pub(super) struct Vocabulary<'a> {
    run: &'a str,
    /// The first word of the summary, with which most ids begin, where the run begins the id.
    verb: Option<&'a str>,
    words: BTreeSet<String>,
}

impl<'a> Vocabulary<'a> {
    pub fn new(run: &'a str, verb: Option<&'a str>, texts: &[Text]) -> Self {
        // "Gets" in a description is that verb, and its "s" begins the next word of an id.
        let third_person = verb.map(|verb| format!("{verb}s"));
        let of_run = pairs(run);
        let may_contain = |word: &str| pairs(word) & !of_run == 0;
        // How often each is written as one word, less how often as several ("Issue Type", `issueType`).
        let mut counts: BTreeMap<String, isize> = BTreeMap::new();
        let mut count = |word: &str, by: isize| {
            if !may_contain(stem(word)) {
                return;
            }
            for form in forms(word).filter(|form| may_contain(form) && run.contains(form)) {
                *counts.entry(form).or_default() += by;
            }
        };
        for text in texts {
            for (at, word) in text.words.iter().enumerate().filter(|(_, word)| word.text.len() > 1) {
                count(&word.text, isize::from(text.is_prose));
                if !may_contain(&word.text) {
                    continue;
                }
                let mut compound = word.text.clone();
                let following = text.words.iter().skip(at + 1).zip(word.index + 1..).take(3);
                for (next, index) in following {
                    if next.index != index || next.text.len() < 2 || !run.contains(&compound) {
                        break;
                    }
                    compound.push_str(&next.text);
                    if compound.len() >= SHORTEST_COMPOUND {
                        count(&compound, -1);
                    }
                }
            }
        }
        counts.retain(|word, count| *count >= 0 && word.len() > 2 && Some(word) != third_person.as_ref());
        let words = counts.into_keys().collect();
        Self { run, verb, words }
    }

    /// The parts of the run: as few unknown letters as can be, then as few parts, the longest first.
    pub fn read(&self) -> Vec<&'a str> {
        let mut readings: Vec<[Option<Reading>; 3]> = vec![[None; 3]; self.run.len() + 1];
        let starts = self.run.char_indices().map(|(start, _)| start);
        for start in starts.rev() {
            for (end, part) in self.parts(start) {
                let offer = self.reading(part, start, end, &readings);
                let best = &mut readings[start][part as usize];
                if let Some(offer) = offer
                    && best.is_none_or(|best| offer.cost < best.cost)
                {
                    *best = Some(offer);
                }
            }
        }
        let (mut parts, mut start, mut reading) = (Vec::new(), 0, cheapest(&readings[0], &Part::ALL));
        while let Some(Reading { end, next, .. }) = reading {
            parts.push(&self.run[start..end]);
            start = end;
            reading = next.and_then(|part| readings[start][part as usize]);
        }
        match parts.is_empty() {
            true => vec![self.run],
            false => parts,
        }
    }

    /// The parts that may begin at an index, with the index of the end, the longest first. A number belongs to the part before it.
    fn parts(&self, start: usize) -> Vec<(usize, Part)> {
        let rest = &self.run[start..];
        let mut parts = Vec::new();
        let mut known = |word: &str, part: Part| {
            if !word.is_empty() && rest.starts_with(word) {
                parts.push((start + word.len(), part));
            }
        };
        let verb = self.verb.filter(|_| start == 0);
        let is_word = |word: &str| verb == Some(word) || word.len() > 3 && self.words.contains(word);
        for word in self.words.iter().map(String::as_str).chain(verb) {
            known(word, if is_word(word) { Part::Word } else { Part::Link });
        }
        let verbs = VERBS.iter().filter(|_| verb.is_some());
        for word in LINKS.iter().chain(verbs).filter(|word| !is_word(word)) {
            known(word, Part::Link);
        }
        let shortest = rest.char_indices().map(|(at, c)| start + at + c.len_utf8());
        let unknown = shortest.filter(|end| self.is_unknown(start, *end));
        parts.extend(unknown.map(|end| (end, Part::Unknown)));
        parts.retain(|(end, _)| !self.run.as_bytes().get(*end).is_some_and(u8::is_ascii_digit));
        parts.sort_unstable_by_key(|(end, _)| Reverse(*end));
        parts
    }

    /// Whether letters that are not a word may be a part.
    fn is_unknown(&self, start: usize, end: usize) -> bool {
        let is_numbered = self.run[..end].ends_with(|c: char| c.is_ascii_digit());
        is_numbered || end - start >= SHORTEST_UNKNOWN || end - start == self.run.len()
    }

    /// The cheapest reading that begins with a part.
    fn reading(&self, part: Part, start: usize, end: usize, readings: &[[Option<Reading>; 3]]) -> Option<Reading> {
        let own = match part {
            Part::Unknown => end - start + UNKNOWN,
            Part::Word | Part::Link => 0,
        };
        let (rest, next) = match end == self.run.len() {
            true => ((0, 0), None),
            false => {
                let next = cheapest(&readings[end], part.next())?;
                (next.cost, Some(next.part))
            }
        };
        let cost = (rest.0 + own, rest.1 + 1);
        Some(Reading { part, cost, end, next })
    }
}

/// The cheapest reading that begins with one of the given parts.
fn cheapest(readings: &[Option<Reading>; 3], parts: &[Part]) -> Option<Reading> {
    let readings = parts.iter().filter_map(|part| readings[*part as usize]);
    readings.min_by_key(|reading| reading.cost)
}

/// A word, and its plural or singular.
fn forms(word: &str) -> impl Iterator<Item = String> + use<> {
    let other = match word {
        _ if word.len() < 3 || word.ends_with("ss") => None,
        _ if word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches") => {
            word.strip_suffix("es").map(str::to_owned)
        }
        _ => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) => Some(format!("{stem}y")),
            (None, Some(stem)) => Some(stem.to_owned()),
            (None, None) => Some(plural(word)),
        },
    };
    [Some(word.to_owned()), other].into_iter().flatten()
}

fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        _ => format!("{word}s"),
    }
}
