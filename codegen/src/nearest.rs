//! What was probably meant by a word with a slip.

/// The known word that is nearest to one that is not known, if it is near enough to be meant.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    // One slip in every three characters.
    let slips = (word.chars().count() / 3).min(3);
    let near = known.into_iter().filter_map(|known| {
        let distance = strsim::osa_distance(&word, &known.to_lowercase());
        (distance <= slips).then_some((distance, known))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}
