//! Unions become enums.

use super::description::schema_docs;
use super::model::{Shape, UnionVariant};
use super::schema::Planner;
use super::{Case, Ident, Scope, Type};
use crate::lower::{Kind, Union, Variant};

impl Planner<'_> {
    pub(super) fn union(&mut self, ident: &Ident, union: &Union) -> Shape {
        let mut names = Scope::without(&["Unknown"]);
        let mut variants = Vec::new();
        for Variant { schema, component } in &union.variants {
            let text = match (component, &schema.kind) {
                (Some(name), _) | (None, Kind::Reference(name)) => name,
                _ if !schema.title.is_empty() => &schema.title,
                (_, Kind::Any | Kind::Undefined | Kind::Union(_)) => "Value",
                (_, Kind::Boolean) => "Boolean",
                (_, Kind::Integer(_)) => "Integer",
                (_, Kind::Number(_)) => "Number",
                (_, Kind::String | Kind::Binary | Kind::Enum(_)) => "String",
                (_, Kind::DateTime) => "DateTime",
                (_, Kind::Array(_)) => "Array",
                (_, Kind::Object(_) | Kind::Map(_)) => "Object",
            };
            let variant = names.name(text, Case::Camel);
            let (ty, _) = self.type_of(schema, &format!("{ident} {variant}"));
            let values = match (&union.discriminator, component) {
                (Some(discriminator), Some(name)) => {
                    let mapped = discriminator.values.get(name).into_iter().flatten();
                    // Without a mapping, the component's name is the value (OpenAPI 3.0, section 4.7.25).
                    mapped.chain([name]).cloned().collect()
                }
                _ => Vec::new(),
            };
            variants.push(UnionVariant {
                docs: schema_docs(&schema.description, schema.deprecated),
                ident: variant,
                // Of one size, and finite in any case.
                ty: if matches!(ty, Type::Model(_)) { ty.boxed() } else { ty },
                from: None,
                values,
            });
        }
        Shape::Union {
            discriminator: union.discriminator.as_ref().map(|one| one.property.clone()),
            variants,
        }
    }
}
