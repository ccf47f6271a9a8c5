//! Suggestions for misspelled words.

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
