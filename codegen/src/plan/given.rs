//! How a caller passes a value, for arguments of requests and members of bodies, and what converts into it.

use std::collections::BTreeMap;

use super::model::{Model, Shape, UnionVariant};
use super::{Given, Ident, Type};

/// How a caller passes a value of this type. `model` looks up the models that it names.
pub(super) fn given<'m>(ty: &Type, model: &impl Fn(&Ident) -> Option<&'m Model>) -> Given {
    let into = is_into(ty, model);
    match ty {
        Type::List(_) if into => Given::EachInto,
        Type::List(_) => Given::Each,
        _ if into => Given::Into,
        _ => Given::Set,
    }
}

/// Whether users have something at hand that converts into the type, or into each item of it.
fn is_into<'m>(ty: &Type, model: &impl Fn(&Ident) -> Option<&'m Model>) -> bool {
    match ty {
        Type::List(item) => !matches!(**item, Type::List(_)) && is_into(item, model),
        Type::String | Type::Upload | Type::DateTime => true,
        Type::Model(ident) => model(ident).is_some_and(|found| match &found.shape {
            Shape::Enum { .. } => true,
            Shape::Union { variants, .. } => converted(ident, variants, model).iter().any(Option::is_some),
            Shape::Alias(ty) => !matches!(ty, Type::List(_)) && is_into(ty, model),
            _ => false,
        }),
        _ => false,
    }
}

/// The types that convert into the variants of a union: structs, enums, strings, numbers and booleans that no other variant has. An
/// alias may be of the same type as another variant, and the union itself converts already.
pub(super) fn converted<'m>(
    union: &Ident,
    variants: &[UnionVariant],
    model: &impl Fn(&Ident) -> Option<&'m Model>,
) -> Vec<Option<Type>> {
    let bodies = variants.iter().map(|variant| variant.ty.unboxed());
    let converts = |ty: &&Type| match ty {
        Type::Model(ident) => {
            ident != union && model(ident).is_some_and(|found| !matches!(found.shape, Shape::Alias(_)))
        }
        Type::Bool | Type::I32 | Type::I64 | Type::U64 | Type::F32 | Type::F64 | Type::String => true,
        _ => false,
    };
    let mut counts: BTreeMap<&Type, usize> = BTreeMap::new();
    for body in bodies.clone() {
        *counts.entry(body).or_default() += 1;
    }
    let bodies = bodies.map(|body| Some(body).filter(converts).filter(|body| counts.get(*body) == Some(&1)));
    bodies.map(Option::<&Type>::cloned).collect()
}
