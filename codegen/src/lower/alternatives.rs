//! What stands beside `oneOf` and `anyOf`.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, SchemaKind};

use super::all_of::require;
use super::schema::component_name;
use super::union::add;
use super::{Kind, Lowering, Schema, Union};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The alternatives of a schema, each merged with what the schema says itself, and whether one of them is null.
    pub(super) fn alternatives(
        &mut self,
        own: Kind,
        parts: &[ReferenceOr<openapiv3::Schema>],
        discriminator: Option<&openapiv3::Discriminator>,
        at: &Pointer,
    ) -> (Kind, bool) {
        if self.are_kinds_of_entered(parts) {
            return (own, false);
        }
        if says_nothing(&own) {
            return self.union(parts, discriminator, at);
        }
        self.merging += 1;
        let (kinds, nullable) = self.union(parts, discriminator, at);
        let mut merged = self.merge(own, kinds, &at.parent().unwrap_or_else(Pointer::root));
        self.merging -= 1;
        require(&mut merged);
        (merged, nullable)
    }

    /// A union each of whose variants is merged with another kind; or that kind, if no variant adds members to it.
    pub(super) fn distributed(&mut self, own: Kind, union: Union, at: &Pointer) -> Kind {
        // Kinds with members may lead to the same alternatives again and again.
        if self.distributing && matches!(own, Kind::Object(_) | Kind::Map(_) | Kind::Array(_)) {
            let message = "a part that is one of several schemas cannot be merged with the others";
            self.warn(Code::Opaque, at, message, "used as an opaque JSON value");
            return Kind::Any;
        }
        let targets = union.variants.iter().map(|variant| match &variant.schema.kind {
            Kind::Reference(name) => self.component_as_part(name.clone(), at),
            kind => kind.clone(),
        });
        let targets: Vec<Kind> = targets.collect();
        let is_object = matches!(own, Kind::Object(_));
        if is_object && union.discriminator.is_none() && !targets.iter().any(|target| adds(&own, target)) {
            self.ignored(at, "alternatives that add no members have no effect");
            return own;
        }
        let outer = std::mem::replace(&mut self.distributing, true);
        let mut variants = Vec::new();
        for (mut variant, target) in union.variants.into_iter().zip(targets) {
            // What contradicts the rest is taken as it is described.
            if meet(&own, &target) {
                let kind = std::mem::replace(&mut variant.schema.kind, Kind::Any);
                variant.schema.kind = self.merge(own.clone(), kind, at);
                require(&mut variant.schema.kind);
                // A value may have members of several alternatives, which none of them lists.
                if let Kind::Object(object) = &mut variant.schema.kind {
                    object.others.get_or_insert_with(|| Box::new(Schema::any(at)));
                }
                if let Some(name) = &variant.component
                    && !matches!(variant.schema.kind, Kind::Reference(_))
                {
                    variant.schema.description = self.description(name);
                }
            }
            add(&mut variants, variant);
        }
        self.distributing = outer;
        self.one_of(variants, union.discriminator)
    }

    /// The description of a component.
    fn description(&self, name: &str) -> String {
        let schema = self.defined(name).and_then(ReferenceOr::as_item);
        let description = schema.and_then(|schema| schema.schema_data.description.clone());
        description.unwrap_or_default()
    }

    /// Whether alternatives are kinds of the very component that is being merged: they contain it, so they cannot be a part of it.
    fn are_kinds_of_entered(&self, parts: &[ReferenceOr<openapiv3::Schema>]) -> bool {
        let Some(base) = self.entered.last().filter(|_| self.merges()) else {
            return false;
        };
        let mut seen = BTreeSet::new();
        let mut queue: Vec<String> = parts.iter().flat_map(contained).collect();
        while let Some(name) = queue.pop() {
            if name == *base {
                return true;
            }
            if let Some(schema) = self.defined(&name)
                && seen.insert(name)
            {
                queue.extend(contained(schema));
            }
        }
        false
    }
}

/// Whether a kind adds nothing to alternatives.
fn says_nothing(own: &Kind) -> bool {
    match own {
        Kind::Any | Kind::Undefined => true,
        Kind::Object(object) => object.properties.is_empty() && object.others.is_none(),
        Kind::Map(values) => values.kind == Kind::Any,
        _ => false,
    }
}

/// Whether values of a kind may have members that another kind does not describe.
fn adds(own: &Kind, other: &Kind) -> bool {
    match (own, other) {
        (Kind::Object(own), Kind::Object(other)) => {
            let known = own.properties.iter();
            let known: BTreeMap<&String, &Kind> = known.map(|known| (&known.name, &known.schema.kind)).collect();
            let mut members = other.properties.iter();
            (own.others.is_none() && other.others.is_some())
                || members.any(|member| known.get(&member.name).is_none_or(|own| adds(own, &member.schema.kind)))
        }
        (Kind::Array(own), Kind::Array(other)) => adds(&own.kind, &other.kind),
        (Kind::Object(own), Kind::Map(_)) => own.others.is_none(),
        (Kind::Reference(_), Kind::Object(_) | Kind::Map(_)) => true,
        _ => false,
    }
}

/// Whether a value can be of both kinds.
fn meet(own: &Kind, other: &Kind) -> bool {
    match (json_type(own), json_type(other)) {
        (Some(own), Some(other)) => own == other,
        _ => true,
    }
}

fn json_type(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Boolean => Some("boolean"),
        Kind::Integer(_) | Kind::Number(_) => Some("number"),
        Kind::String | Kind::DateTime | Kind::Binary | Kind::Enum(_) => Some("string"),
        Kind::Array(_) => Some("array"),
        Kind::Object(_) | Kind::Map(_) => Some("object"),
        Kind::Any | Kind::Undefined | Kind::Union(_) | Kind::Reference(_) => None,
    }
}

/// The components that a schema refers to, directly, as parts or as alternatives.
fn contained(schema: &ReferenceOr<openapiv3::Schema>) -> Vec<String> {
    let schema = match schema {
        ReferenceOr::Reference { reference } => return component_name(reference).into_iter().collect(),
        ReferenceOr::Item(schema) => schema,
    };
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter().flat_map(contained).collect(),
        SchemaKind::Any(any) => {
            let parts = any.all_of.iter().chain(&any.one_of).chain(&any.any_of);
            parts.flat_map(contained).collect()
        }
        _ => Vec::new(),
    }
}
