//! Acronyms whose last letter is a small one: plurals (`IDs`), and versions (`IPv4`).

use std::borrow::Cow;

/// Writes such acronyms as one word (`Ids`, `Ipv4`), as otherwise the case of their letters would divide them.
pub(super) fn as_words(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = chars.clone();
    let mut start = 0;
    while start < chars.len() {
        let rest = chars.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|c| c.is_ascii_uppercase()).count();
        if length > 1 && is_ended(rest.get(length..).unwrap_or_default()) {
            let inner = words.iter_mut().skip(start + 1).take(length - 1);
            inner.for_each(|c| c.make_ascii_lowercase());
        }
        start += length.max(1);
    }
    match words == chars {
        true => Cow::Borrowed(text),
        false => Cow::Owned(words.into_iter().collect()),
    }
}

/// Whether what follows capitals belongs to them.
fn is_ended(rest: &[char]) -> bool {
    match rest {
        ['s'] => true,
        ['s', next, ..] => !next.is_lowercase(),
        ['v', next, ..] => next.is_ascii_digit(),
        _ => false,
    }
}
