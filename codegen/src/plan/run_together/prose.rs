//! The words of an operation's texts.

use heck::ToSnakeCase;

use crate::lower::Operation;

/// A text of the operation.
pub(super) struct Text {
    /// The words that may occur in the id.
    pub words: Vec<Word>,
    /// Whether it has spaces, so that a word in it is one. A path or the name of a parameter may have run several together.
    pub is_prose: bool,
}

pub(super) struct Word {
    /// How many words of the text come before.
    pub index: usize,
    /// The word in lower case.
    pub text: String,
}

/// The texts of the operation, for an id with these pairs of letters.
pub(super) fn texts(operation: &Operation, of: u128) -> Vec<Text> {
    let parameters = operation.parameters.iter();
    let texts = [operation.summary.as_str(), &operation.description, &operation.path]
        .into_iter()
        .chain(operation.tags.iter().map(String::as_str))
        .chain(parameters.flat_map(|one| [one.name.as_str(), one.description.as_str()]))
        .chain(operation.body.iter().map(|body| body.description.as_str()));
    let texts = texts.map(|text| Text {
        words: prose(text, of),
        is_prose: text.contains(' '),
    });
    texts.collect()
}

/// The first word of a text.
pub(super) fn first_word(text: &str) -> String {
    let first = prose(text, u128::MAX).into_iter().next();
    first.map(|word| word.text).unwrap_or_default()
}

/// The pairs of letters that stand side by side in a text, as bits: a word with other pairs does not occur in it. Different pairs may
/// share a bit.
pub(super) fn pairs(text: &str) -> u128 {
    let mut pairs = 0;
    let mut before: Option<u8> = None;
    // In a build script, which is not optimised, an iterator would cost more than its body.
    for byte in text.as_bytes() {
        let letter = byte.to_ascii_lowercase();
        if let Some(before) = before {
            pairs |= 1 << (before.wrapping_mul(7).wrapping_add(letter) % 128);
        }
        before = Some(letter);
    }
    pairs
}

/// What a word in the singular and in the plural begin with.
pub(super) fn stem(word: &str) -> &str {
    let ending = match word.as_bytes().last() {
        Some(b's') => 3,
        Some(b'y') => 1,
        _ => 0,
    };
    word.get(..word.len().saturating_sub(ending)).unwrap_or_default()
}

/// The words of a text without its links, except those with other pairs of letters than the given ones, which are most.
fn prose(text: &str, of: u128) -> Vec<Word> {
    let has_links = text.contains("](") || text.contains("://");
    let mut words = Vec::new();
    let mut index = 0;
    for token in text.split_whitespace() {
        let token = match has_links {
            true => token.split("](").next().unwrap_or(token),
            false => token,
        };
        if has_links && token.contains("://") {
            continue;
        }
        let token = match token.as_bytes() {
            [first, .., last] if first.is_ascii_alphabetic() && last.is_ascii_alphabetic() => token,
            _ => token.trim_matches(|c: char| c.is_ascii_punctuation()),
        };
        // Most are one word, with or without a capital.
        if !is_word(token) {
            for text in token.to_snake_case().split('_') {
                words.push(Word {
                    index,
                    text: text.to_owned(),
                });
                index += 1;
            }
            continue;
        }
        if pairs(stem(token)) & !of == 0 {
            let text = token.to_ascii_lowercase();
            words.push(Word { index, text });
        }
        index += 1;
    }
    words
}

/// Whether all letters of a text except the first are lowercase.
fn is_word(text: &str) -> bool {
    let [first, rest @ ..] = text.as_bytes() else {
        return false;
    };
    for byte in rest {
        if !byte.is_ascii_lowercase() {
            return false;
        }
    }
    first.is_ascii()
}
