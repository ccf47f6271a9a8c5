//! Objects become structs.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use super::description::{access_docs, key_docs, schema_docs};
use super::model::{Field, KeyEnum, LongTask, Others, Shape, Struct};
use super::schema::Planner;
use super::{Case, Given, Ident, Presence, Scope, Type, page, paragraphs, task};
use crate::lower::{Access, Kind, Object, Property};

impl Planner<'_> {
    pub(super) fn object(&mut self, ident: &Ident, object: &Object) -> Shape {
        let mut names = Scope::default();
        let mut methods = Scope::without(&["new"]);
        let mut fields = Vec::new();
        for property in &object.properties {
            fields.push(self.field(ident, property, &mut names, &mut methods));
        }
        let others = object.others.as_ref().map(|schema| Others {
            ty: Type::Map(Box::new(self.value(schema, &format!("{ident} value")))),
            ident: names.name("additional_properties", Case::Snake),
            setter: methods.name("additional_properties", Case::Snake),
        });
        let key = object.key_list.as_ref().and_then(|(list, place)| {
            let field = fields.iter().find(|field| field.name == list.property)?;
            Some(KeyEnum {
                docs: key_docs(&field.ident),
                method: methods.name(&list.title, Case::Snake),
                field: field.ident.clone(),
                // Decided with the presence of all fields.
                optional: false,
                ty: self.key_enum(list, place),
            })
        });
        let mut long_task = self.long_task(ident, &fields);
        if let (Some(task), Some(key)) = (&mut long_task, &key) {
            task.keys = Some(key.ty.clone());
        }
        Shape::Struct(Box::new(Struct {
            long_task,
            started_task: None,
            page: page::page(&fields).ok(),
            fields,
            others,
            // Decided with all models.
            requested: false,
            has_new: false,
            key,
        }))
    }

    /// The field for a property. What is inline in it is named after the struct and the property.
    fn field(&mut self, ident: &Ident, property: &Property, names: &mut Scope, methods: &mut Scope) -> Field {
        let name = format!("{ident} {}", property.name);
        let (ty, nullable) = self.type_of(&property.schema, &name);
        Field {
            ident: names.name(&property.name, Case::Snake),
            setter: (property.access != Access::ReadOnly).then(|| methods.name(&property.name, Case::Snake)),
            name: property.name.clone(),
            docs: paragraphs(&[
                schema_docs(&property.schema.description, property.schema.deprecated),
                access_docs(property.access),
            ]),
            access: property.access,
            presence: match (property.required, nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredOrNull,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalOrNull,
            },
            given: Given::Set,
            ty,
            deprecated: property.schema.deprecated,
            pointer: property.schema.pointer.clone(),
        }
    }

    /// The fields that make a struct the status of a long-running task: as configured, else by its shape.
    fn long_task(&mut self, ident: &Ident, fields: &[Field]) -> Option<LongTask> {
        let component = self.components.get(ident).map(|number| &self.schemas[*number]);
        let named = component.and_then(|(name, _)| self.long_tasks.iter().find(|task| task.schema == *name));
        let (Some((_, schema)), Some(task)) = (component, named) else {
            return task::by_shape(fields).ok();
        };
        match task::by_name(task, fields, |ident| self.values(ident)) {
            Ok(task) => Some(task),
            Err(problem) => {
                self.not_as_built(task, &schema.pointer, &problem);
                None
            }
        }
    }

    /// The documented values of a model that is a string, if there are any. `None` if it is not a string.
    fn values(&self, ident: &Ident) -> Option<Vec<&str>> {
        if let Some(number) = self.components.get(ident) {
            return match &self.schemas[*number].1.kind {
                Kind::String => Some(Vec::new()),
                Kind::Enum(values) => Some(values.iter().map(String::as_str).collect()),
                _ => None,
            };
        }
        match &self.model(ident)?.shape {
            Shape::Enum { variants, .. } => Some(variants.iter().map(|variant| variant.value.as_str()).collect()),
            _ => None,
        }
    }
}
