//! Schemas become models: structs, open enums and aliases.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::alias::cut_endless_aliases;
use super::draft::Draft;
use super::model::{EnumVariant, Field, KeyEnum, LongTask, Model, Shape, Struct, UnionVariant};
use super::{Case, Docs, Given, Ident, Presence, Scope, Type, markdown, paragraphs, sentence};
use super::{page, task};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::{Access, Float, Integer, KeyList, Kind, Object, Schema, Union};
use crate::pointer::Pointer;

/// Collects models while operations are planned.
pub(super) struct Planner<'a> {
    schemas: &'a [(String, Schema)],
    /// What the build says of long-running tasks.
    long_tasks: &'a [crate::LongTask],
    numbers: BTreeMap<&'a str, usize>,
    idents: Vec<Ident>,
    /// The components by their identifiers.
    components: BTreeMap<Ident, usize>,
    scope: Scope,
    models: Vec<Model>,
    /// Where each model stands among the models.
    places: BTreeMap<Ident, usize>,
    key_enums: BTreeMap<Rc<KeyList>, Ident>,
    /// The models that requests name.
    requested: BTreeSet<Ident>,
    /// The models that operations name.
    used: BTreeSet<Ident>,
    pub diagnostics: &'a mut Diagnostics,
}

impl<'a> Planner<'a> {
    /// Plans the components. They get their names first, so that what is inline never takes one from them.
    pub fn new(
        schemas: &'a [(String, Schema)],
        long_tasks: &'a [crate::LongTask],
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut scope = Scope::default();
        let mut planner = Self {
            schemas,
            long_tasks,
            numbers: schemas
                .iter()
                .enumerate()
                .map(|(number, (name, _))| (name.as_str(), number))
                .collect(),
            idents: schemas.iter().map(|(name, _)| scope.name(name, Case::Camel)).collect(),
            components: BTreeMap::new(),
            scope,
            models: Vec::new(),
            places: BTreeMap::new(),
            key_enums: BTreeMap::new(),
            requested: BTreeSet::new(),
            used: BTreeSet::new(),
            diagnostics,
        };
        let idents = planner.idents.iter().cloned().enumerate();
        planner.components = idents.map(|(index, ident)| (ident, index)).collect();
        for (index, (_, schema)) in schemas.iter().enumerate() {
            let ident = planner.idents[index].clone();
            planner.define(ident, schema);
        }
        cut_endless_aliases(&mut planner.models, planner.diagnostics);
        planner
    }

    /// The type of a schema, and whether its values may be null. What is inline becomes a model of the given name.
    pub fn type_of(&mut self, schema: &Schema, name: &str) -> (Type, bool) {
        let ty = match &schema.kind {
            Kind::Any | Kind::Undefined => Type::Json,
            Kind::Boolean => Type::Bool,
            Kind::Integer(Integer::I32) => Type::I32,
            Kind::Integer(Integer::I64) => Type::I64,
            Kind::Number(Float::F32) => Type::F32,
            Kind::Number(Float::F64) => Type::F64,
            Kind::String | Kind::Binary => Type::String,
            Kind::DateTime => Type::DateTime,
            Kind::Array(items) => Type::List(Box::new(self.item(items, &format!("{name} item")))),
            Kind::Map(values) => Type::Map(Box::new(self.item(values, &format!("{name} value")))),
            Kind::Enum(_) | Kind::Object(_) | Kind::Union(_) => {
                let ident = self.scope.name(name, Case::Camel);
                self.define(ident.clone(), schema);
                Type::Model(ident)
            }
            Kind::Reference(name) => match self.numbers.get(name.as_str()).copied() {
                Some(index) => {
                    let nullable = schema.nullable || self.schemas[index].1.nullable;
                    return (Type::Model(self.idents[index].clone()), nullable);
                }
                None => Type::Json,
            },
        };
        // Null is a JSON value like any other.
        let nullable = schema.nullable && ty != Type::Json;
        (ty, nullable)
    }

    fn item(&mut self, schema: &Schema, name: &str) -> Type {
        match self.type_of(schema, name) {
            (ty, true) => ty.option(),
            (ty, false) => ty,
        }
    }

    /// Notes that users have to make values of a type.
    pub fn request(&mut self, ty: &Type) {
        self.requested.extend(ty.named().cloned());
        self.respond(ty);
    }

    /// Notes that an operation has to do with a type.
    pub fn respond(&mut self, ty: &Type) {
        self.used.extend(ty.named().cloned());
    }

    /// The type in which a caller hands in an argument, and how: the items of a list, or else the value.
    pub fn given(&self, ty: Type) -> (Type, Given) {
        let into = self.is_into(&ty);
        match ty {
            Type::List(item) => (*item, if into { Given::EachInto } else { Given::Each }),
            ty => (ty, if into { Given::Into } else { Given::Set }),
        }
    }

    /// Whether users have something at hand that becomes the type.
    fn is_into(&self, ty: &Type) -> bool {
        match ty {
            Type::List(item) => !matches!(**item, Type::List(_)) && self.is_into(item),
            Type::String | Type::Upload | Type::DateTime => true,
            Type::Model(ident) => self.model(ident).is_some_and(|model| match &model.shape {
                Shape::Enum { .. } => true,
                Shape::Alias(ty) => !matches!(ty, Type::List(_)) && self.is_into(ty),
                _ => false,
            }),
            _ => false,
        }
    }

    /// A type as the body of a variant: a struct goes on the heap, so that no variant is much larger than the others.
    pub fn variant_body(&self, ty: Type) -> Type {
        if self.is_struct(&ty) { ty.boxed() } else { ty }
    }

    fn is_struct(&self, ty: &Type) -> bool {
        match ty {
            Type::Option(inner) => self.is_struct(inner),
            Type::Model(ident) => self.model(ident).is_some_and(|model| match &model.shape {
                Shape::Struct(_) => true,
                Shape::Alias(target) => self.is_struct(target),
                _ => false,
            }),
            _ => false,
        }
    }

    fn model(&self, ident: &Ident) -> Option<&Model> {
        self.models.get(*self.places.get(ident)?)
    }

    fn define(&mut self, ident: Ident, schema: &Schema) {
        // The model stands before what is inline in it.
        let place = self.models.len();
        self.places.insert(ident.clone(), place);
        self.models.push(Model {
            ident: ident.clone(),
            docs: Docs::new(),
            shape: Shape::Alias(Type::Unit),
            pointer: schema.pointer.clone(),
        });
        let shape = match &schema.kind {
            Kind::Object(object) => self.object(&ident, object),
            Kind::Union(union) => self.union(&ident, union),
            Kind::Enum(values) => Shape::Enum {
                variants: variants(values.iter().map(|value| (value.as_str(), String::new()))),
            },
            _ => {
                let name = ident.to_string();
                Shape::Alias(self.type_of(schema, &name).0)
            }
        };
        let description = match schema.kind {
            Kind::Undefined => "The document refers to this schema and does not define it.",
            _ => &schema.description,
        };
        let model = Model {
            docs: docs(description, schema.deprecated),
            pointer: schema.pointer.clone(),
            ident,
            shape,
        };
        self.models[place] = model;
    }

    fn object(&mut self, ident: &Ident, object: &Object) -> Shape {
        let mut names = Scope::default();
        let mut methods = Scope::without(&["new"]);
        let mut fields = Vec::new();
        for property in &object.properties {
            let name = format!("{ident} {}", property.name);
            let (ty, nullable) = self.type_of(&property.schema, &name);
            let description = match &property.schema.kind {
                // The type's own documentation has it.
                Kind::Object(_) | Kind::Enum(_) | Kind::Union(_) => "",
                _ => property.schema.description.as_str(),
            };
            fields.push(Field {
                ident: names.name(&property.name, Case::Snake),
                setter: (property.access != Access::ReadOnly).then(|| methods.name(&property.name, Case::Snake)),
                name: property.name.clone(),
                docs: paragraphs(&[
                    docs(description, property.schema.deprecated),
                    access_docs(property.access),
                ]),
                access: property.access,
                presence: match (property.required, nullable) {
                    (true, false) => Presence::Required,
                    (true, true) => Presence::RequiredOrNull,
                    (false, false) => Presence::Optional,
                    (false, true) => Presence::OptionalOrNull,
                },
                given: match ty {
                    Type::String | Type::DateTime => Given::Into,
                    _ => Given::Set,
                },
                ty,
            });
        }
        let others = object.others.as_ref().map(|schema| {
            let ty = self.item(schema, &format!("{ident} value"));
            (
                names.name("additional_properties", Case::Snake),
                Type::Map(Box::new(ty)),
            )
        });
        let key = object.key_list.as_ref().and_then(|list| {
            let field = fields.iter().find(|field| field.name == list.property)?;
            Some(KeyEnum {
                method: methods.name(&list.title, Case::Snake),
                field: field.ident.clone(),
                // Decided with the presence of all fields.
                optional: false,
                ty: self.key_enum(list),
            })
        });
        let mut long_task = self.long_task(ident, &fields);
        if let (Some(task), Some(key)) = (&mut long_task, &key) {
            task.keys = Some(key.ty.clone());
        }
        Shape::Struct(Box::new(Struct {
            long_task,
            started_task: None,
            page: page::page(&fields),
            fields,
            others,
            // Decided with all models.
            requested: false,
            has_new: false,
            key,
        }))
    }

    /// What makes a struct the status of a long-running task: what the build says of it, else its shape.
    fn long_task(&mut self, ident: &Ident, fields: &[Field]) -> Option<LongTask> {
        let component = self.components.get(ident).map(|number| &self.schemas[*number]);
        let named = component.and_then(|(name, _)| self.long_tasks.iter().find(|task| task.schema == *name));
        let (Some((name, schema)), Some(task)) = (component, named) else {
            return task::by_shape(fields);
        };
        match task::by_name(task, fields, |ident| self.is_text(ident)) {
            Ok(task) => Some(task),
            Err(problem) => {
                let message = format!("the build calls `{name}` a long-running task, but {problem}");
                self.diagnostics
                    .push(Diagnostic::new(Code::LongTask, &schema.pointer, message));
                None
            }
        }
    }

    /// Whether a model is a string, be it of known values.
    fn is_text(&self, ident: &Ident) -> bool {
        if let Some(number) = self.components.get(ident) {
            return matches!(self.schemas[*number].1.kind, Kind::String | Kind::Enum(_));
        }
        let model = self.model(ident);
        model.is_some_and(|model| matches!(model.shape, Shape::Enum { .. }))
    }

    fn union(&mut self, ident: &Ident, union: &Union) -> Shape {
        let mut names = Scope::without(&["Unknown"]);
        let mut variants = Vec::new();
        for schema in &union.variants {
            let text = match &schema.kind {
                Kind::Reference(name) => name,
                _ if !schema.title.is_empty() => &schema.title,
                Kind::Any | Kind::Undefined | Kind::Union(_) => "Value",
                Kind::Boolean => "Boolean",
                Kind::Integer(_) => "Integer",
                Kind::Number(_) => "Number",
                Kind::String | Kind::Binary | Kind::Enum(_) => "String",
                Kind::DateTime => "DateTime",
                Kind::Array(_) => "Array",
                Kind::Object(_) | Kind::Map(_) => "Object",
            };
            let variant = names.name(text, Case::Camel);
            let (ty, _) = self.type_of(schema, &format!("{ident} {variant}"));
            let values = match (&union.discriminator, &schema.kind) {
                (Some(discriminator), Kind::Reference(name)) => {
                    let mapped = discriminator.values.get(name).into_iter().flatten();
                    // Without a mapping, the component's name is the value (OpenAPI 3.0, section 4.7.25).
                    mapped.chain([name]).cloned().collect()
                }
                _ => Vec::new(),
            };
            variants.push(UnionVariant {
                docs: docs(&schema.description, schema.deprecated),
                ident: variant,
                // Of one size, and finite in any case.
                ty: if matches!(ty, Type::Model(_)) { ty.boxed() } else { ty },
                values,
            });
        }
        Shape::Union {
            discriminator: union.discriminator.as_ref().map(|one| one.property.clone()),
            variants,
        }
    }

    /// The enum for a list of keys; the same list is the same enum.
    fn key_enum(&mut self, list: &Rc<KeyList>) -> Ident {
        if let Some(ident) = self.key_enums.get(list) {
            return ident.clone();
        }
        let ident = self.scope.name(&list.title, Case::Camel);
        self.key_enums.insert(list.clone(), ident.clone());
        self.places.insert(ident.clone(), self.models.len());
        let keys = list.keys.iter().map(|(key, meaning)| (key.as_str(), sentence(meaning)));
        self.models.push(Model {
            ident: ident.clone(),
            docs: markdown::lines(&format!("A {}, as the document lists them.", list.title.to_lowercase())),
            pointer: Pointer::root(),
            shape: Shape::Enum {
                variants: variants(keys),
            },
        });
        ident
    }

    /// Hands over what was collected.
    pub fn draft(self, only_used: bool) -> Draft {
        Draft {
            models: self.models,
            requested: self.requested,
            used: self.used,
            only_used,
            owners: BTreeMap::new(),
        }
    }
}

/// Documentation from a description. What the document does not describe has no words.
fn docs(description: &str, deprecated: bool) -> Docs {
    let text = markdown::lines(description);
    let deprecated = deprecated.then(|| "**Deprecated.**".to_owned());
    paragraphs(&[text, deprecated.into_iter().collect()])
}

/// What is said of a member that requests or responses leave out.
fn access_docs(access: Access) -> Docs {
    let text = match access {
        Access::Both => return Docs::new(),
        Access::ReadOnly => "Read-only: the server sets it, and requests leave it out.",
        Access::WriteOnly => "Write-only: responses leave it out.",
    };
    vec![text.to_owned()]
}

/// A variant for each value, in order. `Unknown` is left for the values that the document does not know.
fn variants<'v>(values: impl Iterator<Item = (&'v str, String)>) -> Vec<EnumVariant> {
    let mut names = Scope::without(&["Unknown"]);
    let mut variants: Vec<EnumVariant> = Vec::new();
    let mut known = BTreeSet::new();
    for (value, meaning) in values {
        if !known.insert(value) {
            continue;
        }
        let plain = match meaning.as_str() {
            "" => format!("`{value}`"),
            meaning => format!("`{value}`: {meaning}"),
        };
        let docs = match meaning.as_str() {
            "" => markdown::code(value),
            meaning => format!("{}: {meaning}", markdown::code(value)),
        };
        let docs = markdown::lines(&docs);
        variants.push(EnumVariant {
            ident: names.name(value, Case::Camel),
            value: value.to_owned(),
            // Where both are documentation as they are, the declaration adds it.
            docs: if docs == [plain] { Docs::new() } else { docs },
            meaning,
        });
    }
    variants
}
