//! Aliases of themselves, which are not types in Rust.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use std::collections::BTreeMap;

use super::model::{Model, Shape};
use super::{Ident, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// An alias of itself is not a type in Rust.
pub(super) fn cut_endless_aliases(models: &mut [Model], diagnostics: &mut Diagnostics) {
    let numbers = models.iter().enumerate();
    let numbers: BTreeMap<Ident, usize> = numbers.map(|(number, model)| (model.ident.clone(), number)).collect();
    // Whether the aliases of a model are known to end.
    let mut ends = vec![false; models.len()];
    for index in 0..models.len() {
        let mut way = Vec::new();
        let mut next = Some(index);
        while let Some(number) = next
            && !ends[number]
            && way.len() <= models.len()
        {
            way.push(number);
            next = match &models[number].shape {
                Shape::Alias(ty) => ty.named().and_then(|target| numbers.get(target)).copied(),
                _ => None,
            };
        }
        if way.len() <= models.len() {
            way.into_iter().for_each(|number| ends[number] = true);
            continue;
        }
        let model = &mut models[index];
        model.shape = Shape::Alias(Type::Json);
        ends[index] = true;
        let message = format!("`{}` is defined by itself", model.ident);
        let diagnostic = Diagnostic::new(Code::Opaque, &model.pointer, message);
        diagnostics.push(diagnostic.help("used as an opaque JSON value"));
    }
}
