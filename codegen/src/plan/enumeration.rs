//! The values of open enums.

use std::collections::BTreeSet;

use super::model::EnumVariant;
use super::{Case, Docs, Scope, markdown};

/// A variant for each value, in order. `Unknown` is left for the values that the document does not know.
pub(super) fn variants<'v>(values: impl Iterator<Item = (&'v str, String)>) -> Vec<EnumVariant> {
    let mut names = Scope::without(&["Unknown"]);
    let mut variants: Vec<EnumVariant> = Vec::new();
    let mut known = BTreeSet::new();
    for (value, meaning) in values {
        if !known.insert(value) {
            continue;
        }
        let plain = match meaning.as_str() {
            "" => format!("`{value}`"),
            meaning => format!("`{value}`: {meaning}"),
        };
        let docs = match meaning.as_str() {
            "" => markdown::code(value),
            meaning => format!("{}: {meaning}", markdown::code(value)),
        };
        let docs = markdown::lines(&docs);
        variants.push(EnumVariant {
            ident: names.name(value, Case::Camel),
            value: value.to_owned(),
            // Where both are documentation as they are, the declaration adds it.
            docs: if docs == [plain] { Docs::new() } else { docs },
            meaning,
        });
    }
    variants
}
