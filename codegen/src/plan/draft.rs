//! The models of a module, once all of them are known.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::graph::Graph;
use super::schema::{Field, Model, Shape};
use super::{Presence, Type, task};

/// Models for which is left to decide what depends on all of them.
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
    /// The models that users have to make.
    pub fn requested(&self) -> BTreeSet<Ident> {
        self.reached(&self.requested)
    }

    /// The models that stay.
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

    /// Decides what users have to make, what has to be on the heap, and what stays. `modules` are the names of all modules.
    pub fn finish(mut self, modules: &[Ident]) -> Vec<Model> {
        let started = self.models.iter().map(|model| match &model.shape {
            Shape::Struct(structure) => task::started(structure, &self.models),
            _ => None,
        });
        let started: Vec<_> = started.collect();
        for (model, started) in self.models.iter_mut().zip(started) {
            if let Shape::Struct(structure) = &mut model.shape {
                structure.started_task = started;
            }
        }
        let requested = self.requested();
        let kept = self.kept();
        let direct = self.graph(Type::direct, |_| true);
        let boxed = direct.cycles();
        // A value that has to hold one of its own kind would never end.
        let endless = self
            .graph(Type::direct, |field| field.presence == Presence::Required)
            .cycles();
        for (number, model) in self.models.iter_mut().enumerate() {
            if let Some(module) = self.owners.get(&model.ident).and_then(|owner| modules.get(*owner)) {
                model.shape = Shape::Shared(module.clone());
            }
            let Shape::Struct(structure) = &mut model.shape else {
                continue;
            };
            structure.requested = requested.contains(&model.ident);
            for field in &mut structure.fields {
                let mut ty = std::mem::replace(&mut field.ty, Type::Unit);
                let target = ty.direct().and_then(|name| direct.number(name));
                if target.is_some_and(|target| boxed[number].contains(&target)) {
                    ty = ty.boxed();
                }
                if field.presence == Presence::Required
                    && target.is_some_and(|target| endless[number].contains(&target))
                {
                    field.presence = Presence::Optional;
                }
                field.ty = match field.presence {
                    Presence::Required => ty,
                    Presence::OptionalOrNull if structure.requested => ty.option().option(),
                    Presence::OptionalOrNull => {
                        field.presence = Presence::Optional;
                        ty.option()
                    }
                    Presence::RequiredOrNull | Presence::Optional => ty.option(),
                };
            }
        }
        self.models.retain(|model| kept.contains(&model.ident));
        self.models
    }

    /// What leads where, by the fields that count.
    fn graph(&self, follow: fn(&Type) -> Option<&Ident>, counts: fn(&Field) -> bool) -> Graph {
        Graph::new(
            self.models
                .iter()
                .map(|model| (&model.ident, edges(model, follow, counts))),
        )
    }
}

/// The models that a model names, of those that count.
pub(super) fn edges(model: &Model, follow: fn(&Type) -> Option<&Ident>, counts: fn(&Field) -> bool) -> Vec<&Ident> {
    match &model.shape {
        Shape::Struct(structure) => {
            let fields = structure
                .fields
                .iter()
                .filter(|field| counts(field))
                .map(|field| &field.ty);
            let types = fields.chain(structure.others.iter().map(|(_, ty)| ty));
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
