//! Warnings in a few lines, for builds: one for each kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::code::{Code, Severity};
use super::found::{Diagnostic, Diagnostics};
use crate::text::one_line;

/// The maximum number of subjects that are named for one kind of warning.
const MOST_NAMED: usize = 5;

impl Diagnostics {
    /// Returns a line for each kind of warning: the warning if there is one, else a summary, with the command that shows each.
    pub(crate) fn folded(&self) -> Vec<String> {
        let mut kinds: Vec<(Code, Vec<&Diagnostic>)> = Vec::new();
        for diagnostic in self.iter().filter(|one| one.severity == Severity::Warning) {
            match kinds.iter_mut().find(|(code, _)| *code == diagnostic.code) {
                Some((_, alike)) => alike.push(diagnostic),
                None => kinds.push((diagnostic.code, vec![diagnostic])),
            }
        }
        let lines = kinds.into_iter().map(|(code, alike)| match alike.as_slice() {
            [one] => self.whole(one),
            several => self.counted(code, several),
        });
        lines.map(|line| one_line(&line)).collect()
    }

    fn whole(&self, diagnostic: &Diagnostic) -> String {
        let place = match self.location_of(diagnostic) {
            Some(location) => location.to_string(),
            None => format!("{} {}", self.sources.name(), diagnostic.pointer),
        };
        let mut line = format!("{place}: {} ({})", diagnostic.message, diagnostic.code);
        if let [related] = diagnostic.related.as_slice()
            && let Some(location) = self.location_of_related(diagnostic, related)
        {
            line.push_str(&format!("; {} ({location})", related.label));
        }
        if let Some(help) = &diagnostic.help {
            line.push_str(&format!("; {help}"));
        }
        line
    }

    fn counted(&self, code: Code, alike: &[&Diagnostic]) -> String {
        let (count, several, document) = (alike.len(), code.several(), self.sources.name());
        let named = match named(alike) {
            names if names.is_empty() => String::new(),
            names => format!(": {names}"),
        };
        let check = self.sources.command("check", &[document]);
        format!("{count} {several} in {document}{named}; `{check}` shows each")
    }
}

/// The subjects of diagnostics with their counts, the most frequent ones first.
fn named(alike: &[&Diagnostic]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for name in alike.iter().filter_map(|one| subject(&one.message)) {
        let place = *places.entry(name).or_insert(counts.len());
        match counts.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    // The sort is stable: among equals, the first one found stays first.
    counts.sort_by_key(|(_, count)| Reverse(*count));
    let mut names: Vec<String> = counts
        .iter()
        .take(MOST_NAMED)
        .map(|(name, count)| match count {
            1 => format!("`{name}`"),
            count => format!("`{name}` ({count})"),
        })
        .collect();
    if counts.len() > MOST_NAMED {
        names.push("...".to_owned());
    }
    names.join(", ")
}

/// The subject of a message is its first text between backticks; for a reference within the document, its last step.
fn subject(message: &str) -> Option<&str> {
    let name = message.split('`').nth(1)?;
    let last = name.strip_prefix("#/").and_then(|steps| steps.rsplit('/').next());
    Some(last.unwrap_or(name))
}
