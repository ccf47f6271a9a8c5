//! Aliases of themselves, which are not types in Rust, and unions of themselves, which cannot be read.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use std::collections::BTreeMap;

use super::graph::Graph;
use super::model::{Model, Shape};
use super::{Ident, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::{Kind, Schema};

/// An alias of itself is not a type in Rust.
pub(super) fn cut_endless_aliases(models: &mut [Model], diagnostics: &mut Diagnostics) {
    let numbers = models.iter().enumerate();
    let numbers: BTreeMap<Ident, usize> = numbers.map(|(number, model)| (model.ident.clone(), number)).collect();
    // Whether the aliases of a model are known to end.
    let mut ends = vec![false; models.len()];
    for index in 0..models.len() {
        let mut way = Vec::new();
        let mut next = Some(index);
        while let Some(number) = next
            && !ends[number]
            && way.len() <= models.len()
        {
            way.push(number);
            next = match &models[number].shape {
                Shape::Alias(ty) => ty.named().and_then(|target| numbers.get(target)).copied(),
                _ => None,
            };
        }
        if way.len() <= models.len() {
            way.into_iter().for_each(|number| ends[number] = true);
            continue;
        }
        let model = &mut models[index];
        model.shape = Shape::Alias(Type::Json);
        ends[index] = true;
        let message = format!("`{}` is defined by itself", model.ident);
        let diagnostic = Diagnostic::new(Code::Opaque, &model.pointer, message);
        diagnostics.push(diagnostic.help("used as an opaque JSON value"));
    }
}

/// A union that is one of its own variants, with no member or item in between, would be read again and again from the same value.
/// The variant that closes such a circle is dropped.
pub(super) fn cut_endless_unions(models: &mut [Model], diagnostics: &mut Diagnostics) {
    let graph = Graph::new(models.iter().map(|model| (&model.ident, same_values(model))));
    let circles = graph.cycles();
    // The edges of circles that are kept so far: those of aliases, and of the unions before.
    let mut kept: Vec<Vec<usize>> = circles.clone();
    let unions = models.iter().enumerate();
    let unions =
        unions.filter(|(number, model)| !circles[*number].is_empty() && matches!(model.shape, Shape::Union { .. }));
    let unions: Vec<usize> = unions.map(|(number, _)| number).collect();
    unions.iter().for_each(|number| kept[*number].clear());
    for number in unions {
        let model = &mut models[number];
        let Shape::Union { variants, .. } = &mut model.shape else {
            continue;
        };
        variants.retain(|variant| {
            let target = same_value(&variant.ty).and_then(|name| graph.number(name));
            let Some(target) = target.filter(|target| circles[number].contains(target)) else {
                return true;
            };
            let closes = leads(&kept, target, number);
            if closes {
                let message = format!(
                    "`{}` is defined by itself, as its variant `{}`",
                    model.ident, variant.ident
                );
                let diagnostic = Diagnostic::new(Code::Opaque, &model.pointer, message);
                diagnostics.push(diagnostic.help("the variant is left out"));
            } else {
                kept[number].push(target);
            }
            !closes
        });
        if variants.is_empty() {
            model.shape = Shape::Alias(Type::Json);
        }
    }
}

/// Whether each component may be null: it is declared so, or it is another name of one that is. `numbers` are the components by name.
pub(super) fn nullable(schemas: &[(String, Schema)], numbers: &BTreeMap<&str, usize>) -> Vec<bool> {
    let mut known: Vec<Option<bool>> = vec![None; schemas.len()];
    for start in 0..schemas.len() {
        let (mut way, mut next) = (Vec::new(), Some(start));
        let is_nullable = loop {
            let Some(number) = next else { break false };
            if let Some(known) = known[number] {
                break known;
            }
            // Names that lead in a circle add nothing.
            known[number] = Some(false);
            way.push(number);
            let schema = &schemas[number].1;
            if schema.nullable {
                break true;
            }
            next = match &schema.kind {
                Kind::Reference(name) => numbers.get(name.as_str()).copied(),
                _ => None,
            };
        };
        way.into_iter().for_each(|number| known[number] = Some(is_nullable));
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

/// The models that are read from the very value of a model.
fn same_values(model: &Model) -> Vec<&Ident> {
    match &model.shape {
        Shape::Alias(ty) => same_value(ty).into_iter().collect(),
        Shape::Union { variants, .. } => variants.iter().filter_map(|variant| same_value(&variant.ty)).collect(),
        Shape::Struct(_) | Shape::Enum { .. } | Shape::Shared(_) => Vec::new(),
    }
}

fn same_value(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Option(inner) | Type::Boxed(inner) => same_value(inner),
        _ => None,
    }
}

/// Whether edges lead from one model to another, or both are the same.
fn leads(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut queue = vec![from];
    while let Some(number) = queue.pop() {
        if number == to {
            return true;
        }
        if !std::mem::replace(&mut seen[number], true) {
            queue.extend(&edges[number]);
        }
    }
    false
}
