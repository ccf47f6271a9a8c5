//! Types that several modules have are one Rust type, which the first of them defines.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, edges};
use super::model::{EnumVariant, Field, KeyEnum, Model, Others, Shape, Struct, UnionVariant};
use super::{Ident, Type};

/// Finds models that are the same in an earlier module, and adds what later modules need to that module.
pub(super) fn share(drafts: &mut [Draft]) {
    for later in 1..drafts.len() {
        for earlier in 0..later {
            let same = same(&drafts[earlier].models, &drafts[later].models);
            for ident in same {
                drafts[later].owners.entry(ident).or_insert(earlier);
            }
        }
        let (requested, kept) = (drafts[later].requested(), drafts[later].kept());
        for (ident, owner) in drafts[later].owners.clone() {
            let draft = &mut drafts[owner];
            if requested.contains(&ident) {
                draft.requested.insert(ident.clone());
            }
            if kept.contains(&ident) {
                draft.used.insert(ident);
            }
        }
    }
}

/// The models that are the same in both modules, with all that they name. Aliases are the same type anyway.
fn same(earlier: &[Model], later: &[Model]) -> BTreeSet<Ident> {
    let known: BTreeMap<&Ident, &Model> = earlier.iter().map(|model| (&model.ident, model)).collect();
    let alike = later.iter().filter(|model| {
        let other = known.get(&model.ident);
        other.is_some_and(|other| is_alike(&model.shape, &other.shape))
    });
    let mut same: BTreeMap<&Ident, &Model> = alike.map(|model| (&model.ident, model)).collect();
    // What names something that differs, differs; and so on until nothing more falls away.
    loop {
        let stays = |model: &Model| {
            edges(model, Type::named, |_| true)
                .iter()
                .all(|name| same.contains_key(*name))
        };
        let differing: Vec<&Ident> = same
            .values()
            .filter(|model| !stays(model))
            .map(|model| &model.ident)
            .collect();
        if differing.is_empty() {
            break;
        }
        for ident in differing {
            same.remove(ident);
        }
    }
    let types = same
        .into_values()
        .filter(|model| !matches!(model.shape, Shape::Alias(_)));
    types.map(|model| model.ident.clone()).collect()
}

/// Whether two models are written the same, but for their documentation.
fn is_alike(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::Struct(one), Shape::Struct(other)) => structs_are_alike(one, other),
        (Shape::Enum { variants: ones }, Shape::Enum { variants: others }) => {
            let written = |one: &EnumVariant, other: &EnumVariant| {
                one.ident == other.ident && one.value == other.value && one.meaning == other.meaning
            };
            are_alike(ones, others, written)
        }
        (
            Shape::Union {
                discriminator: one,
                variants: ones,
            },
            Shape::Union {
                discriminator: other,
                variants: others,
            },
        ) => {
            let written = |one: &UnionVariant, other: &UnionVariant| {
                one.ident == other.ident && one.ty == other.ty && one.values == other.values
            };
            one == other && are_alike(ones, others, written)
        }
        (Shape::Alias(one), Shape::Alias(other)) => one == other,
        _ => false,
    }
}

fn structs_are_alike(one: &Struct, other: &Struct) -> bool {
    let fields = |one: &Field, other: &Field| {
        one.name == other.name && one.ident == other.ident && one.presence == other.presence && one.ty == other.ty
    };
    let others = |others: &Others| (others.ident.clone(), others.ty.clone());
    let keys = |key: &KeyEnum| (key.method.clone(), key.field.clone(), key.ty.clone());
    are_alike(&one.fields, &other.fields, fields)
        && one.others.as_ref().map(others) == other.others.as_ref().map(others)
        && one.long_task == other.long_task
        && one.key.as_ref().map(keys) == other.key.as_ref().map(keys)
}

fn are_alike<T>(ones: &[T], others: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| alike(one, other))
}
