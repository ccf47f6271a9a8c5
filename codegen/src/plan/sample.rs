//! Values for examples, as a user of the crate would write them.

use std::collections::BTreeMap;

use super::argument::Argument;
use super::expression::Expression;
use super::model::{Field, Model, Others, Shape, Struct};
use super::{Given, Ident, Type, plain};

/// How deep a body is filled in.
const DEPTH: usize = 3;

/// How many optional members of a body are set, where others are required and where none are.
const SETTERS: [usize; 2] = [1, 2];

/// All models, by the names of their modules and their own.
pub(super) type Known<'p> = BTreeMap<(&'p Ident, &'p Ident), &'p Model>;

/// The values of a module.
pub(super) struct Samples<'p> {
    pub module: &'p Ident,
    pub known: &'p Known<'p>,
    /// The path of the runtime.
    pub runtime: String,
    /// The path of the models.
    pub models: String,
}

impl<'p> Samples<'p> {
    /// The sample value of an argument.
    pub fn argument(&self, argument: &Argument) -> Expression {
        let name = plain(&argument.ident);
        self.given(&argument.ty, argument.given, &name, 0)
    }

    fn given(&self, ty: &Type, given: Given, name: &str, depth: usize) -> Expression {
        match given {
            Given::Set | Given::Boxed => self.value(ty, false, name, depth),
            Given::Into => self.value(ty, true, name, depth),
            Given::Each => Expression::list(vec![self.value(ty, false, name, depth)]),
            Given::EachInto if *ty == Type::String => {
                Expression::list(vec![Expression::plain("\"one\""), Expression::plain("\"two\"")])
            }
            Given::EachInto => Expression::list(vec![self.value(ty, true, name, depth)]),
        }
    }

    /// A value of a type, or what converts into one.
    fn value(&self, ty: &Type, into: bool, name: &str, depth: usize) -> Expression {
        let runtime = &self.runtime;
        let inner = |ty: &Type| self.value(ty, false, name, depth);
        match ty {
            Type::Unit => Expression::plain("()"),
            Type::Bool => Expression::plain("true"),
            Type::I32 | Type::U64 | Type::I64 => Expression::plain("1"),
            Type::F32 | Type::F64 => Expression::plain("1.0"),
            Type::String if into => Expression::plain(format!("\"{name}\"")),
            Type::String => Expression::plain(format!("\"{name}\".to_owned()")),
            Type::DateTime if into => Expression::plain("\"2026-01-02T03:04:05Z\""),
            Type::DateTime => Expression::plain(format!("{runtime}::DateTime::from(\"2026-01-02T03:04:05Z\")")),
            Type::Json => Expression::plain(format!("{runtime}::Value::from(\"{name}\")")),
            Type::Upload => Expression::plain(format!("{runtime}::Upload::file(\"report.pdf\")")),
            Type::Multipart => {
                let file = Expression::plain(format!("\"file\", {runtime}::Upload::file(\"report.pdf\")"));
                Expression::call(format!("{runtime}::Multipart::new"), Vec::new()).method("part", file)
            }
            Type::List(item) => Expression::List("vec!", vec![inner(item)]),
            Type::Map(value) => {
                let pair = Expression::call("", vec![Expression::plain("\"key\".to_owned()"), inner(value)]);
                Expression::list(vec![pair]).method("into", Expression::plain(""))
            }
            Type::Option(some) => Expression::call("Some", vec![inner(some)]),
            Type::Boxed(value) => Expression::call("Box::new", vec![inner(value)]),
            Type::Model(ident) => self.model(ident, into, name, depth),
        }
    }

    fn model(&self, ident: &Ident, into: bool, name: &str, depth: usize) -> Expression {
        let path = format!("{}::{ident}", self.models);
        match self.known(ident).map(|model| &model.shape) {
            Some(Shape::Alias(ty)) => self.value(ty, into, name, depth),
            Some(Shape::Enum { variants }) => match variants.first() {
                Some(first) => Expression::plain(format!("{path}::{}", first.ident)),
                None => Expression::plain(format!("{path}::from(\"{name}\")")),
            },
            Some(Shape::Union { variants, .. }) if depth < DEPTH => match variants.first() {
                Some(first) if into && first.from.is_some() => {
                    let is_text = first.ty == Type::String;
                    self.value(first.ty.unboxed(), is_text, name, depth + 1)
                }
                Some(first) => {
                    let value = self.value(&first.ty, false, name, depth + 1);
                    Expression::call(format!("{path}::{}", first.ident), vec![value])
                }
                None => Expression::call(format!("{path}::default"), Vec::new()),
            },
            Some(Shape::Struct(structure)) if structure.requested && depth < DEPTH => {
                self.made(&path, structure, depth)
            }
            Some(Shape::Union { .. } | Shape::Struct(_)) => Expression::call(format!("{path}::default"), Vec::new()),
            _ => Expression::plain("Default::default()"),
        }
    }

    /// A struct of what is required, and with some of what is optional.
    fn made(&self, path: &str, structure: &Struct, depth: usize) -> Expression {
        let member = |field: &Field| self.given(field.argument(), field.given, &plain(&field.ident), depth + 1);
        let required = structure.fields.iter().filter(|field| field.is_required());
        let (mut made, mut left) = if structure.has_new {
            let arguments: Vec<Expression> = required.map(member).collect();
            let left = if arguments.is_empty() { SETTERS[1] } else { SETTERS[0] };
            (Expression::call(format!("{path}::new"), arguments), left)
        } else {
            let empty = Expression::call(format!("{path}::default"), Vec::new());
            let setters = required.filter_map(|field| Some((field.setter.as_ref()?, member(field))));
            (
                setters.fold(empty, |made, (setter, value)| made.method(setter.as_str(), value)),
                0,
            )
        };
        let is_empty = left == SETTERS[1];
        if depth > 0 {
            left = usize::from(is_empty);
        }
        let optional = structure
            .fields
            .iter()
            .filter(|field| !field.is_required() && !field.deprecated);
        let mut set: Vec<(&Ident, Expression)> = optional
            .filter_map(|field| Some((field.setter.as_ref()?, member(field))))
            .collect();
        // What is short comes first.
        set.sort_by_key(|(_, value)| !value.is_simple());
        if set.is_empty() && is_empty {
            set.extend(
                structure
                    .others
                    .iter()
                    .map(|Others { setter, ty, .. }| (setter, self.value(ty, false, "value", depth + 1))),
            );
        }
        for (setter, value) in set.into_iter().take(left) {
            made = made.method(setter.as_str(), value);
        }
        made
    }

    /// A model, in the module that defines it.
    fn known(&self, ident: &Ident) -> Option<&'p Model> {
        let model = self.known.get(&(self.module, ident)).copied()?;
        match &model.shape {
            Shape::Shared(module) => self.known.get(&(module, ident)).copied(),
            _ => Some(model),
        }
    }

    /// The struct that a type is, if it is one.
    pub fn structure(&self, ty: &Type) -> Option<&'p Struct> {
        let Type::Model(ident) = ty else { return None };
        match &self.known(ident)?.shape {
            Shape::Struct(structure) => Some(structure),
            Shape::Alias(ty) => self.structure(ty),
            _ => None,
        }
    }
}
