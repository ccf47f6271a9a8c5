//! Schemas become types, and models where they have a name.
#![expect(
    clippy::indexing_slicing,
    reason = "the numbers are those of the models, which the lists were made for"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alias::{cut_endless_aliases, cut_endless_unions, nullable};
use super::description::schema_docs;
use super::draft::Draft;
use super::enumeration::variants;
use super::given::given;
use super::model::{Model, Shape};
use super::{Case, Docs, Given, Ident, Scope, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::{Float, Integer, KeyList, Kind, Named, Schema};
use crate::pointer::Pointer;

/// Collects models while operations are planned.
pub(super) struct Planner<'a> {
    pub schemas: &'a [(String, Schema)],
    /// The configured long-running tasks.
    pub long_tasks: &'a [crate::LongTask],
    numbers: BTreeMap<&'a str, usize>,
    /// Whether each component may be null.
    nullable: Vec<bool>,
    idents: Vec<Ident>,
    /// The components by their identifiers.
    pub components: BTreeMap<Ident, usize>,
    pub scope: Scope,
    pub models: Vec<Model>,
    /// The index of each model.
    pub places: BTreeMap<Ident, usize>,
    pub key_enums: BTreeMap<Arc<KeyList>, Ident>,
    /// The models that are marked as a long-running task or a page, each with its place.
    pub named: Vec<(Ident, Named, Pointer)>,
    /// The models that requests name.
    requested: BTreeSet<Ident>,
    /// The models that operations name.
    used: BTreeSet<Ident>,
    pub diagnostics: &'a mut Diagnostics,
}

/// The names of the types of components. One that is taken is reported.
fn component_names(schemas: &[(String, Schema)], scope: &mut Scope, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut places: BTreeMap<Ident, &Pointer> = BTreeMap::new();
    let names = schemas.iter().map(|(name, schema)| {
        let (ident, taken) = scope.numbered(name, Case::Camel);
        places.insert(ident.clone(), &schema.pointer);
        // A name of its own stands for what a reference leads to and nothing defines.
        if let (Some(own), false) = (taken, schema.kind == Kind::Undefined)
            && let Some(first) = places.get(&own)
        {
            let message = format!("the type name `{own}` is already taken");
            let diagnostic = Diagnostic::new(Code::TakenName, &schema.pointer, message).of_key();
            let diagnostic = diagnostic.help(format!("the type is named `{ident}`"));
            diagnostics.push(diagnostic.related(format!("this is `{own}`"), first));
        }
        ident
    });
    names.collect()
}

impl<'a> Planner<'a> {
    /// Plans the components. They are named first, so that no inline schema takes one of their names.
    pub fn new(
        schemas: &'a [(String, Schema)],
        long_tasks: &'a [crate::LongTask],
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut scope = Scope::default();
        let numbers = schemas.iter().enumerate();
        let numbers = numbers.map(|(number, (name, _))| (name.as_str(), number)).collect();
        let mut planner = Self {
            schemas,
            long_tasks,
            nullable: nullable(schemas, &numbers),
            numbers,
            idents: component_names(schemas, &mut scope, diagnostics),
            components: BTreeMap::new(),
            scope,
            models: Vec::new(),
            places: BTreeMap::new(),
            key_enums: BTreeMap::new(),
            named: Vec::new(),
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
        cut_endless_unions(&mut planner.models, planner.diagnostics);
        planner
    }

    /// The type of a schema, and whether its values may be null. What is inline becomes a model of the given name.
    pub fn type_of(&mut self, schema: &Schema, name: &str) -> (Type, bool) {
        let ty = match &schema.kind {
            Kind::Any | Kind::Undefined => Type::Json,
            Kind::Boolean => Type::Bool,
            Kind::Integer(Integer::I32) => Type::I32,
            Kind::Integer(Integer::U64) => Type::U64,
            Kind::Integer(Integer::I64) => Type::I64,
            Kind::Number(Float::F32) => Type::F32,
            Kind::Number(Float::F64) => Type::F64,
            Kind::String | Kind::Binary => Type::String,
            Kind::DateTime => Type::DateTime,
            Kind::Array(items) => Type::List(Box::new(self.value(items, &format!("{name} item")))),
            Kind::Map(values) => Type::Map(Box::new(self.value(values, &format!("{name} value")))),
            Kind::Enum(_) | Kind::Object(_) | Kind::Union(_) => {
                let ident = self.scope.name(name, Case::Camel);
                self.define(ident.clone(), schema);
                Type::Model(ident)
            }
            Kind::Reference(name) => match self.numbers.get(name.as_str()).copied() {
                Some(index) => {
                    let nullable = schema.nullable || self.nullable[index];
                    return (Type::Model(self.idents[index].clone()), nullable);
                }
                None => Type::Json,
            },
        };
        // Null is a JSON value like any other.
        let nullable = schema.nullable && ty != Type::Json;
        (ty, nullable)
    }

    /// The type of the items of a list, of the values of a map, or of the body of a response. They are nullable only if their own
    /// schema is: a nullable component only applies to properties that refer to it, and servers send no null as a result.
    pub fn value(&mut self, schema: &Schema, name: &str) -> Type {
        match self.type_of(schema, name) {
            (ty, true) if schema.nullable => ty.option(),
            (ty, _) => ty,
        }
    }

    /// Notes that users have to construct values of a type.
    pub fn request(&mut self, ty: &Type) {
        self.requested.extend(ty.named().cloned());
        self.respond(ty);
    }

    /// Notes that an operation uses a type.
    pub fn respond(&mut self, ty: &Type) {
        self.used.extend(ty.named().cloned());
    }

    /// The type of an argument, and how a caller passes it: the items of a list, or the value.
    pub fn given(&self, ty: Type) -> (Type, Given) {
        let given = given(&ty, &|ident| self.model(ident));
        match ty {
            Type::List(item) => (*item, given),
            ty => (ty, given),
        }
    }

    /// A type as the body of a variant: a struct is boxed, so that no variant is much larger than the others.
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

    pub fn model(&self, ident: &Ident) -> Option<&Model> {
        self.models.get(*self.places.get(ident)?)
    }

    fn define(&mut self, ident: Ident, schema: &Schema) {
        if schema.named.long_task || schema.named.page {
            self.named.push((ident.clone(), schema.named, schema.pointer.clone()));
        }
        // The model comes before its inline schemas.
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
            docs: schema_docs(description, schema.deprecated),
            pointer: schema.pointer.clone(),
            ident,
            shape,
        };
        self.models[place] = model;
    }

    /// Returns what was collected.
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
