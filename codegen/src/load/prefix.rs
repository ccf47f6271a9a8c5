//! The name that a publisher's tool prepends to every operationId and summary of a document.

use serde_json::Value;

use super::part::Part;
use crate::pointer::Pointer;

/// The word that the title, every operationId and every summary of the document begin with, as `Atlassian` in
/// `atlassianGettask` and `Atlassian Get Long Running Task`.
///
/// It is looked for in the document as it was published, as an overlay may give it a title without the word. All operations count, also
/// those that are not selected, so that a selection changes no name.
pub(super) fn prefix(published: &Value) -> Option<String> {
    let title = published.pointer("/info/title")?.as_str()?.trim_start();
    let (word, _) = title.split_at(title.find(|c: char| !c.is_alphanumeric()).unwrap_or(title.len()));
    let items = published["paths"].as_object()?.values();
    let parts = items.flat_map(|item| Part::PathItem.parts(item, &Pointer::root()));
    let operations: Vec<&Value> = parts
        .filter(|(_, part, _)| *part == Part::Operation)
        .map(|(operation, ..)| operation)
        .collect();
    let ids = operations.iter().filter_map(|one| one["operationId"].as_str());
    let summaries = operations.iter().filter_map(|one| one["summary"].as_str());
    let summaries = summaries.filter(|summary| !summary.trim().is_empty());
    let is_prefix = !word.is_empty()
        && all(ids, |id| id_begins_with(id, word))
        && all(summaries, |summary| summary_begins_with(summary, word));
    is_prefix.then(|| word.to_owned())
}

/// Whether there are texts, and all are of a kind.
fn all<'a>(texts: impl Iterator<Item = &'a str>, is: impl Fn(&str) -> bool) -> bool {
    let mut texts = texts.peekable();
    texts.peek().is_some() && texts.all(is)
}

/// Whether an ID continues after the word with a capital letter or a separator.
pub(crate) fn id_begins_with(id: &str, word: &str) -> bool {
    let Some(rest) = after(id, word) else {
        return false;
    };
    let name = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_apart = name.len() < rest.len() || name.starts_with(char::is_uppercase);
    is_apart && !name.is_empty()
}

/// Whether a summary has the word before what was its first. A verb that a publisher begins all of its summaries with goes
/// on in lower case ("Search users").
pub(crate) fn summary_begins_with(summary: &str, word: &str) -> bool {
    let rest = after(summary.trim_start(), word).unwrap_or_default();
    let sentence = rest.trim_start();
    sentence.len() < rest.len() && sentence.starts_with(char::is_uppercase)
}

/// What follows a word that a text begins with in any case.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}
