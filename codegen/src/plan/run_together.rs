//! Ids whose words a tool has run together (`Getissuetypescheme`): the words are recovered from the texts of the operation.
//!
//! An operation is read on its own: a name depends on the operation and on a few words that are common in ids, never on
//! other operations. Letters are kept, so ids that differ in more than case and separators have different names.

mod prose;
mod vocabulary;

use heck::ToSnakeCase;

use self::prose::{first_word, pairs, texts};
use self::vocabulary::Vocabulary;
use crate::load::prefix::{id_begins_with, summary_begins_with};
use crate::lower::Operation;

/// A run of this length or more is not separated.
const LONGEST: usize = 120;

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
    // An overlay may have changed them.
    if summary_begins_with(&operation.summary, prefix) {
        operation.summary = rest(&operation.summary);
    }
    if operation.rust_name.is_none() {
        let id = operation.id.as_deref().filter(|id| id_begins_with(id, prefix));
        operation.words = id.map(|id| words(&rest(id), operation));
    }
}

/// The words of an id, with spaces between them. What is not a word is kept.
fn words(id: &str, operation: &Operation) -> String {
    // What is left of "snippet's" where a tool separated it.
    let id = id.to_snake_case().replace("_s_", "s_");
    let texts = texts(operation, pairs(&id));
    let verb = first_word(&operation.summary);
    let parts = id.split('_').enumerate().map(|(number, run)| {
        let verb = (number == 0).then_some(verb.as_str());
        match run.len() {
            ..LONGEST => Vocabulary::new(run, verb, &texts).read().join(" "),
            _ => run.to_owned(),
        }
    });
    parts.collect::<Vec<String>>().join(" ")
}
