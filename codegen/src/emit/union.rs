//! Unions.

use super::lines::{Lines, literal};
use super::types::Scope;
use crate::plan::{Model, Type, UnionVariant};

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
                from,
                values,
            } in variants
            {
                table.docs(docs);
                let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
                let mut line = format!("{ident}({})", scope.ty(ty));
                if let Some(from) = from {
                    let text = if *from == Type::String { "&str | " } else { "" };
                    line += &format!(" from {text}{}", scope.ty(from));
                }
                if !values.is_empty() {
                    line += &format!(" = {}", values.join(" | "));
                }
                table.line(&format!("{line},"));
            }
        });
    });
    table.finish()
}
