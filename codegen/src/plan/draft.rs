//! The models of a module, once all of them are known.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::given::{converted, given};
use super::graph::Graph;
use super::model::{Field, Model, Shape};
use super::{Given, Ident, Presence, Type, task};
use crate::lower::Access;

/// A constructor with more arguments would be hard to call.
const MOST_ARGUMENTS: usize = 7;

/// Models without the decisions that depend on all of them.
pub(super) struct Draft {
    pub models: Vec<Model>,
    /// The models that requests name.
    pub requested: BTreeSet<Ident>,
    /// The models that operations name.
    pub used: BTreeSet<Ident>,
    /// Whether models that no operation leads to are left out.
    pub only_used: bool,
    /// The models that are the same in an earlier module, with the number of that module.
    pub owners: BTreeMap<Ident, usize>,
}

impl Draft {
    /// The models that users have to construct.
    pub fn requested(&self) -> BTreeSet<Ident> {
        self.reached(&self.requested)
    }

    /// The models that are kept.
    pub fn kept(&self) -> BTreeSet<Ident> {
        if self.only_used {
            self.reached(&self.used)
        } else {
            self.models.iter().map(|model| model.ident.clone()).collect()
        }
    }

    fn reached(&self, from: &BTreeSet<Ident>) -> BTreeSet<Ident> {
        let named = self.graph(Type::named, |_| true);
        let reached = named.reached(from.iter().filter_map(|name| named.number(name)));
        let reached = self.models.iter().zip(reached).filter(|(_, reached)| *reached);
        reached.map(|(model, _)| model.ident.clone()).collect()
    }

    /// Decides what users have to construct, what has to be boxed, and what is kept. `modules` are the names of all modules.
    pub fn finish(mut self, modules: &[Ident]) -> Vec<Model> {
        let requested = self.requested();
        let kept = self.kept();
        let direct = self.graph(Type::direct, |_| true);
        let boxed = direct.cycles();
        // A value that must contain one of its own type would be infinite.
        let endless = self
            .graph(Type::direct, |field| field.presence == Presence::Required)
            .cycles();
        let model = |ident: &Ident| self.models.get(direct.number(ident)?);
        let handed: Vec<Vec<Given>> = self
            .models
            .iter()
            .map(|one| one.fields().map(|field| given(&field.ty, &model)).collect())
            .collect();
        let from = self.models.iter().map(|one| match &one.shape {
            Shape::Union { variants, .. } if requested.contains(&one.ident) => converted(&one.ident, variants, &model),
            _ => Vec::new(),
        });
        let from: Vec<Vec<Option<Type>>> = from.collect();
        for (((number, model), handed), from) in self.models.iter_mut().enumerate().zip(handed).zip(from) {
            if let Shape::Union { variants, .. } = &mut model.shape {
                let variants = variants.iter_mut().zip(from);
                variants.for_each(|(variant, from)| variant.from = from);
            }
            let Shape::Struct(structure) = &mut model.shape else {
                continue;
            };
            structure.requested = requested.contains(&model.ident);
            for (field, given) in structure.fields.iter_mut().zip(handed) {
                field.given = given;
                let target = field.ty.direct().and_then(|name| direct.number(name));
                if field.presence == Presence::Required
                    && target.is_some_and(|target| endless[number].contains(&target))
                {
                    field.presence = Presence::Optional;
                }
                field.presence = of_access(field.presence, field.access, structure.requested);
                if target.is_some_and(|target| boxed[number].contains(&target)) {
                    field.ty = std::mem::replace(&mut field.ty, Type::Unit).boxed();
                    field.given = Given::Boxed;
                }
            }
            let required = structure.fields.iter().filter(|field| field.is_required());
            structure.has_new = required.count() <= MOST_ARGUMENTS;
        }
        let started = self.models.iter().map(|model| match &model.shape {
            Shape::Struct(structure) => task::started(structure, |name| self.models.get(direct.number(name)?)),
            _ => None,
        });
        let started: Vec<_> = started.collect();
        for (model, started) in self.models.iter_mut().zip(started) {
            if let Some(module) = self.owners.get(&model.ident).and_then(|owner| modules.get(*owner)) {
                model.shape = Shape::Shared(module.clone());
            }
            let Shape::Struct(structure) = &mut model.shape else {
                continue;
            };
            structure.started_task = started;
            let fields = &structure.fields;
            let is_optional = |ident: &Ident| {
                let field = fields.iter().find(|field| field.ident == *ident);
                field.is_some_and(|field| field.presence.options() > 0)
            };
            if let Some(page) = &mut structure.page {
                page.optional = is_optional(&page.items);
            }
            if let Some(key) = &mut structure.key {
                key.optional = is_optional(&key.field);
            }
        }
        self.models.retain(|model| kept.contains(&model.ident));
        self.models
    }

    /// Which models refer to which, by the relevant fields.
    fn graph(&self, follow: fn(&Type) -> Option<&Ident>, counts: fn(&Field) -> bool) -> Graph {
        Graph::new(
            self.models
                .iter()
                .map(|model| (&model.ident, edges(model, follow, counts))),
        )
    }
}

/// The presence of a member in a struct that is part of requests, or of responses alone.
fn of_access(presence: Presence, access: Access, requested: bool) -> Presence {
    match (presence, access, requested) {
        (Presence::Required, Access::ReadOnly, true) => Presence::ReadOnly,
        (Presence::RequiredOrNull, Access::ReadOnly, true) => Presence::OptionalOrNull,
        (Presence::Required, Access::WriteOnly, true) => Presence::WriteOnly,
        (Presence::Required | Presence::RequiredOrNull, Access::WriteOnly, false) => Presence::Optional,
        // A response without it is complete.
        (Presence::RequiredOrNull, Access::WriteOnly, true) => Presence::OptionalOrNull,
        // Whether it is absent or null only matters in requests.
        (Presence::OptionalOrNull, _, false) => Presence::Optional,
        _ => presence,
    }
}

/// The relevant models that a model refers to.
pub(super) fn edges(model: &Model, follow: fn(&Type) -> Option<&Ident>, counts: fn(&Field) -> bool) -> Vec<&Ident> {
    match &model.shape {
        Shape::Struct(structure) => {
            let fields = structure
                .fields
                .iter()
                .filter(|field| counts(field))
                .map(|field| &field.ty);
            let types = fields.chain(structure.others.iter().map(|others| &others.ty));
            types
                .filter_map(follow)
                .chain(structure.key.iter().map(|key| &key.ty))
                .collect()
        }
        Shape::Alias(ty) => follow(ty).into_iter().collect(),
        Shape::Union { variants, .. } => variants.iter().filter_map(|variant| follow(&variant.ty)).collect(),
        Shape::Enum { .. } | Shape::Shared(_) => Vec::new(),
    }
}
