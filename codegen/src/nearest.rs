//! Suggestions for misspelled words.

use serde_json::Value;

/// Returns the known word that is most similar to an unknown one, if it is similar enough.
#[expect(clippy::integer_division, reason = "a rough limit")]
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    // One typo in every three characters.
    let length = word.chars().count();
    let typos = (length / 3).min(3);
    // Lengths that differ by more need no comparison.
    let close = known
        .into_iter()
        .filter(|known| known.chars().count().abs_diff(length) <= typos);
    let near = close.filter_map(|known| {
        let distance = strsim::osa_distance(&word, &known.to_lowercase());
        (distance <= typos).then_some((distance, known))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Returns the first member that an object lacks and has under a similar name, with that name.
pub(crate) fn misspelled<'v, 'm>(object: &'v Value, members: &[&'m str]) -> Option<(&'v str, &'m str)> {
    let object = object.as_object()?;
    let missing = members.iter().filter(|member| !object.contains_key(**member));
    let names = || object.keys().map(String::as_str).filter(|name| !members.contains(name));
    let found = missing.filter_map(|member| Some((nearest(member, names())?, *member)));
    { found }.next()
}
