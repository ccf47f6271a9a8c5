//! Reads the types of an outline off a plan.

use super::read::{Reader, text};
use super::{Argument, Field, Kind, Struct, Type, Value, Variant};
use crate::emit;
use crate::plan::{self, Ident, Model, Presence, Shape};

/// The members that lead to the next page.
fn next(next: &plan::Next) -> Vec<String> {
    match next {
        plan::Next::Link(pointer) => vec![pointer.trim_start_matches('/').replace('/', ".")],
        plan::Next::Token(member) => vec![(*member).to_owned()],
        plan::Next::Count { start, limit } => vec![(*start).to_owned(), (*limit).to_owned()],
    }
}

impl Reader<'_> {
    pub(super) fn model(&self, model: &Model) -> Type {
        let kind = match &model.shape {
            Shape::Struct(structure) => Kind::Struct(self.read(model, structure)),
            Shape::Enum { variants } => Kind::Enum(
                variants
                    .iter()
                    .map(|variant| Value {
                        name: variant.ident.to_string(),
                        value: variant.value.clone(),
                        meaning: variant.meaning.clone(),
                    })
                    .collect(),
            ),
            Shape::Union {
                discriminator,
                variants,
            } => Kind::Union {
                discriminator: discriminator.clone(),
                variants: variants.iter().map(|one| self.variant(one)).collect(),
                values: variants
                    .iter()
                    .flat_map(|one| one.values.iter().map(|value| (value.clone(), one.ident.to_string())))
                    .collect(),
            },
            Shape::Alias(ty) => Kind::Alias(self.ty(ty)),
            Shape::Shared(module) => Kind::Alias(format!("super::{module}::model::{}", model.ident)),
        };
        Type {
            name: model.ident.to_string(),
            docs: text(&model.docs),
            kind,
            pointer: model.pointer.clone(),
        }
    }

    fn variant(&self, variant: &plan::UnionVariant) -> Variant {
        Variant {
            name: variant.ident.to_string(),
            ty: self.ty(&variant.ty),
            docs: text(&variant.docs),
            from: variant.from.as_ref().map(|from| self.ty(from)),
        }
    }

    fn read(&self, model: &Model, structure: &plan::Struct) -> Struct {
        let mut fields: Vec<Field> = structure
            .fields
            .iter()
            .map(|field| self.field(field, structure))
            .collect();
        fields.extend(structure.others.iter().map(|others| Field {
            name: others.ident.to_string(),
            member: String::new(),
            ty: self.ty(&others.ty),
            docs: String::new(),
            presence: emit::presence(Presence::Optional),
            setter: structure.requested.then(|| others.setter.to_string()),
            pointer: model.pointer.join("additionalProperties"),
        }));
        let names = |task: &plan::LongTask| {
            let (first, second) = match &task.end {
                plan::TaskEnd::Flags {
                    finished, successful, ..
                } => (finished, Some(successful)),
                plan::TaskEnd::Status { field, .. } => (field, None),
            };
            let all = [Some(first), second, task.percentage.as_ref()];
            all.into_iter().flatten().map(Ident::to_string).collect()
        };
        Struct {
            fields,
            new: (structure.requested && structure.has_new).then(|| self.constructor(structure)),
            long_task: structure.long_task.as_ref().map(names),
            is_started_task: structure.started_task.is_some(),
            page: structure
                .page
                .as_ref()
                .map(|one| (one.items.to_string(), self.ty(&one.item))),
            next: structure.page.iter().flat_map(|one| &one.next).flat_map(next).collect(),
            key: structure
                .key
                .as_ref()
                .map(|one| (one.method.to_string(), format!("model::{}", one.ty))),
        }
    }

    /// What the constructor takes.
    fn constructor(&self, structure: &plan::Struct) -> Vec<Argument> {
        let required = structure.fields.iter().filter(|field| field.is_required());
        let arguments = required.map(|field| Argument {
            name: field.ident.to_string(),
            ty: self.scope.handed(field.argument(), field.given),
            place: String::new(),
            docs: String::new(),
            deprecated: false,
        });
        arguments.collect()
    }

    fn field(&self, field: &plan::Field, structure: &plan::Struct) -> Field {
        let is_in_new = structure.has_new && field.is_required();
        let setter = field.setter.as_ref().filter(|_| structure.requested && !is_in_new);
        Field {
            name: field.ident.to_string(),
            member: field.name.clone(),
            ty: self.scope.member_text(&field.ty, field.presence),
            docs: text(&field.docs),
            presence: emit::presence(field.presence),
            setter: setter.map(Ident::to_string),
            pointer: field.pointer.clone(),
        }
    }
}
