//! Unions.

use super::lines::{Lines, literal};
use super::types::Scope;
use crate::plan::{Model, UnionVariant};

pub(super) fn union(model: &Model, discriminator: Option<&str>, variants: &[UnionVariant], scope: &Scope) -> String {
    let mut table = Lines::default();
    table.nest("rt::union! {", "}", |table| {
        table.docs(&model.docs);
        if let Some(property) = discriminator {
            table.line(&format!("#[discriminator = {}]", literal(property)));
        }
        table.nest(&format!("pub enum {} {{", model.ident), "}", |table| {
            for UnionVariant {
                ident,
                docs,
                ty,
                values,
                ..
            } in variants
            {
                table.docs(docs);
                let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
                match values.as_slice() {
                    [] => table.line(&format!("{ident}({}),", scope.ty(ty))),
                    values => table.line(&format!("{ident}({}) = {},", scope.ty(ty), values.join(" | "))),
                }
            }
        });
    });
    table.finish()
}
