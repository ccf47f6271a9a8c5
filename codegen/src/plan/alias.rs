//! Aliases that have no meaning in Rust.

use super::Type;
use super::schema::{Model, Shape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// An alias that leads back to itself has no meaning in Rust.
pub(super) fn cut_endless_aliases(models: &mut [Model], diagnostics: &mut Diagnostics) {
    for index in 0..models.len() {
        let mut next = &models[index];
        let mut steps = 0;
        let endless = loop {
            let Shape::Alias(ty) = &next.shape else { break false };
            let Some(target) = ty.named() else { break false };
            let Some(model) = models.iter().find(|model| model.ident == *target) else {
                break false;
            };
            next = model;
            steps += 1;
            if steps > models.len() {
                break true;
            }
        };
        if endless {
            let model = &mut models[index];
            model.shape = Shape::Alias(Type::Json);
            let message = format!("`{}` is defined by itself", model.ident);
            let diagnostic = Diagnostic::new(Code::Opaque, &model.pointer, message);
            diagnostics.push(diagnostic.help("used as an opaque JSON value"));
        }
    }
}
