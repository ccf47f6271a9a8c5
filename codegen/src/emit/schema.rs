//! Models: what each shape is printed as.

use quote::quote;

use super::enumeration::{key_accessor, open_enum};
use super::page::page;
use super::record::{declaration, record, setters};
use super::task::{long_task, started_task};
use super::types::Scope;
use super::union::union;
use super::{Piece, docs};
use crate::plan::{Model, Shape, Struct};

pub(super) fn model(model: &Model, scope: &Scope) -> Vec<Piece> {
    let ident = &model.ident;
    match &model.shape {
        Shape::Alias(target) => {
            let (docs, target) = (docs(&model.docs), scope.ty(target));
            vec![Piece::Rust(quote! {
                #docs
                pub type #ident = #target;
            })]
        }
        Shape::Shared(module) => vec![Piece::Rust(quote!(pub use super::super::#module::model::#ident;))],
        Shape::Union {
            discriminator,
            variants,
        } => vec![Piece::Table(union(model, discriminator.as_deref(), variants, scope))],
        Shape::Enum { variants } => vec![Piece::Table(open_enum(model, variants))],
        Shape::Struct(structure) => {
            let Struct { fields, others, .. } = &**structure;
            let mut pieces = vec![
                Piece::Rust(declaration(model, fields, others.as_ref(), scope)),
                Piece::Table(record(ident, fields, others.as_ref())),
            ];
            if structure.requested {
                pieces.push(Piece::Table(setters(ident, structure, scope)));
            }
            let implemented = [
                structure.key.as_ref().map(|key| key_accessor(ident, key, scope)),
                structure
                    .long_task
                    .as_ref()
                    .map(|task| long_task(ident, task, fields, scope)),
                structure
                    .started_task
                    .as_ref()
                    .map(|task| started_task(ident, task, scope)),
                structure.page.as_ref().map(|one| page(ident, one, scope)),
            ];
            pieces.extend(implemented.into_iter().flatten().map(Piece::Rust));
            pieces
        }
    }
}
