//! Ids whose words a tool has run together (`Getissuetypescheme`): the words are recovered from the texts of the operation.
//!
//! An operation is read on its own: a name depends on the operation and on a few words that are common in ids, never on
//! other operations. Letters are kept, so ids that differ in more than case and separators have different names.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the places are those of the run's own characters, and there is a reading for each"
)]

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::lower::Operation;

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

/// A run of this length or more is not separated.
const LONGEST: usize = 120;

/// The minimum number of letters of a part that is not a word, unless a number follows (`v2`).
const SHORTEST_UNKNOWN: usize = 4;

/// The fewest letters of a word that is taken for several, where those stand side by side: "into" stays.
const SHORTEST_COMPOUND: usize = 6;

/// What letters cost that are no word, beyond their number.
const UNKNOWN: usize = 3;

/// Takes what a tool has put before summary and id away, and names the function by the words of the rest, unless it has a
/// name (`x-rust-name`). The id itself stays.
pub(super) fn separate(operation: &mut Operation, prefix: &str) {
    let rest = |text: &str| {
        text.trim_start()
            .get(prefix.len()..)
            .unwrap_or_default()
            .trim_start()
            .to_owned()
    };
    operation.summary = rest(&operation.summary);
    if operation.rust_name.is_none() {
        operation.rust_name = operation.id.as_deref().map(|id| words(&rest(id), operation));
    }
}

/// The words of an id, with spaces between them. What is not a word is kept.
fn words(id: &str, operation: &Operation) -> String {
    let id = id.to_snake_case();
    let texts = texts(operation);
    let verb = prose(&operation.summary).into_iter().next().unwrap_or_default();
    let parts = id.split('_').enumerate().map(|(number, run)| {
        let verb = (number == 0).then_some(verb.as_str());
        match run.len() {
            ..LONGEST => Vocabulary::new(run, verb, &texts).read().join(" "),
            _ => run.to_owned(),
        }
    });
    parts.collect::<Vec<String>>().join(" ")
}

/// A text of the operation.
struct Text {
    /// Its words in lower case.
    words: Vec<String>,
    /// Whether it has spaces, so that a word in it is one. A path or the name of a parameter may have run several together.
    is_prose: bool,
}

/// The texts of the operation.
fn texts(operation: &Operation) -> Vec<Text> {
    let parameters = operation.parameters.iter();
    let texts = [operation.summary.as_str(), &operation.description, &operation.path]
        .into_iter()
        .chain(operation.tags.iter().map(String::as_str))
        .chain(parameters.flat_map(|one| [one.name.as_str(), one.description.as_str()]))
        .chain(operation.body.iter().map(|body| body.description.as_str()));
    let texts = texts.map(|text| Text {
        words: prose(text),
        is_prose: text.contains(' '),
    });
    texts.collect()
}

/// The words of a text in lower case, without its links.
fn prose(text: &str) -> Vec<String> {
    let tokens = text
        .split_whitespace()
        .map(|token| token.split("](").next().unwrap_or(token));
    let mut words = Vec::new();
    for token in tokens.filter(|token| !token.contains("://")) {
        // Most are one word with or without a capital and punctuation, and build scripts are not optimised.
        let token = token.trim_matches(|c: char| c.is_ascii_punctuation());
        match token.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) && token.is_ascii() {
            true => words.push(token.to_ascii_lowercase()),
            false => words.extend(token.to_snake_case().split('_').map(str::to_owned)),
        }
    }
    words
}

/// How the letters from somewhere to somewhere are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A word of the operation that is long enough to end where it seems to.
    Word,
    /// A word that is short or only common. What is not a word does not stand next to it.
    Link,
    /// No word.
    Unknown,
}

impl Part {
    const ALL: [Self; 3] = [Self::Word, Self::Link, Self::Unknown];

    fn may_precede(self, next: Self) -> bool {
        self == Self::Word || next == Self::Word || (self, next) == (Self::Link, Self::Link)
    }
}

/// The cheapest way to read a run from somewhere to its end.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// What its unknown letters cost, and how many parts it has.
    cost: (usize, usize),
    end: usize,
    next: Option<Part>,
}

/// The words that a run may consist of.
struct Vocabulary<'a> {
    run: &'a str,
    /// The first word of the summary, with which most ids begin, where the run begins the id.
    verb: Option<&'a str>,
    words: BTreeSet<String>,
    /// The bytes of the longest of them.
    longest: usize,
}

impl<'a> Vocabulary<'a> {
    fn new(run: &'a str, verb: Option<&'a str>, texts: &[Text]) -> Self {
        // "Gets" in a description is that verb, and its "s" begins the next word of an id.
        let third_person = verb.map(|verb| format!("{verb}s"));
        // How often each is written as one word, less how often as several ("Issue Type", `issueType`).
        let mut counts: BTreeMap<String, isize> = BTreeMap::new();
        let mut count = |word: &str, by: isize| {
            // What the singular and the plural have in common.
            let stem = word.get(..word.len().saturating_sub(3)).unwrap_or_default();
            if !run.contains(stem) {
                return;
            }
            for form in forms(word).filter(|form| run.contains(form)) {
                *counts.entry(form).or_default() += by;
            }
        };
        for text in texts {
            let words = text.words.iter().enumerate();
            for (start, word) in words.filter(|(_, word)| word.len() > 1) {
                count(word, isize::from(text.is_prose));
                if !run.contains(word) {
                    continue;
                }
                let rest = text.words.iter().skip(start + 1).take(3);
                let mut compound = word.clone();
                for next in rest.take_while(|next| next.len() > 1) {
                    if !run.contains(&compound) {
                        break;
                    }
                    compound.push_str(next);
                    if compound.len() >= SHORTEST_COMPOUND {
                        count(&compound, -1);
                    }
                }
            }
        }
        counts.retain(|word, count| *count >= 0 && word.len() > 2 && Some(word) != third_person.as_ref());
        let longest = counts.keys().map(String::len).max().unwrap_or_default();
        let words = counts.into_keys().collect();
        Self {
            run,
            verb,
            words,
            longest,
        }
    }

    /// The parts of the run: as few unknown letters as can be, then as few parts, the longest first.
    fn read(&self) -> Vec<&'a str> {
        let mut readings: Vec<[Option<Reading>; 3]> = vec![[None; 3]; self.run.len() + 1];
        let starts = self.run.char_indices().map(|(start, _)| start);
        for start in starts.rev() {
            for part in Part::ALL {
                readings[start][part as usize] = self.reading(start, part, &readings);
            }
        }
        let cheapest = |start: usize| {
            let found = Part::ALL.into_iter().filter_map(|part| readings[start][part as usize]);
            found.min_by_key(|reading| reading.cost)
        };
        let (mut parts, mut start, mut reading) = (Vec::new(), 0, cheapest(0));
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

    /// The cheapest reading from somewhere whose first part is of a kind.
    fn reading(&self, start: usize, part: Part, readings: &[[Option<Reading>; 3]]) -> Option<Reading> {
        let mut best: Option<Reading> = None;
        let ends = self.run[start..]
            .char_indices()
            .map(|(at, c)| start + at + c.len_utf8());
        for end in ends.rev().filter(|end| self.is(part, start, *end)) {
            let own = match part {
                Part::Unknown => end - start + UNKNOWN,
                Part::Word | Part::Link => 0,
            };
            let mut offer = |(unknown, parts): (usize, usize), next| {
                let cost = (unknown + own, parts + 1);
                if best.is_none_or(|best| cost < best.cost) {
                    best = Some(Reading { cost, end, next });
                }
            };
            if end == self.run.len() {
                offer((0, 0), None);
            }
            for next in Part::ALL.into_iter().filter(|next| part.may_precede(*next)) {
                if let Some(rest) = readings[end][next as usize] {
                    offer(rest.cost, Some(next));
                }
            }
        }
        best
    }

    /// Whether the letters from somewhere to somewhere can be such a part. A number belongs to the part before it.
    fn is(&self, part: Part, start: usize, end: usize) -> bool {
        let text = &self.run[start..end];
        if self.run.as_bytes().get(end).is_some_and(u8::is_ascii_digit) {
            return false;
        }
        if part == Part::Unknown {
            let is_numbered = text.ends_with(|c: char| c.is_ascii_digit());
            return is_numbered || text.len() >= SHORTEST_UNKNOWN || text.len() == self.run.len();
        }
        let verb = self.verb.filter(|_| start == 0);
        let is_known = text.len() <= self.longest && self.words.contains(text);
        let is_word = is_known && text.len() > 3 || verb == Some(text);
        match part {
            Part::Word => is_word,
            _ => !is_word && (is_known || LINKS.contains(&text) || verb.is_some() && VERBS.contains(&text)),
        }
    }
}

/// A word in the singular and in the plural, whichever it is.
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
