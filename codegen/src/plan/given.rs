//! How a caller passes a value, for arguments of requests and members of bodies.

use super::model::{Model, Shape};
use super::union::converted;
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
