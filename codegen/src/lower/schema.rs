//! Schemas.

use openapiv3::{AnySchema, ReferenceOr, SchemaKind};

use super::enumeration::{numbers, takes_null};
use super::{Lowering, Named, Object, Union, component_of, is_deep, key_list};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// A schema. References are by name.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub pointer: Pointer,
    pub title: String,
    pub description: String,
    pub deprecated: bool,
    pub nullable: bool,
    /// The shape that it is marked with.
    pub named: Named,
    pub kind: Kind,
}

/// What a schema describes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Any JSON value.
    Any,
    /// Any JSON value, because the document refers to the schema and does not define it.
    Undefined,
    Boolean,
    Integer(Integer),
    Number(Float),
    String,
    DateTime,
    /// Bytes, as a body or a part of one; in JSON, a string.
    Binary,
    /// A string that is one of these, or one that the document does not know yet.
    Enum(Vec<String>),
    Array(Box<Schema>),
    Object(Object),
    /// An object whose values are all of one kind.
    Map(Box<Schema>),
    /// One of several kinds.
    Union(Union),
    /// The component of this name.
    Reference(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Integer {
    I32,
    U64,
    /// Of two integers, the later one fits most values of both.
    I64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Float {
    F32,
    F64,
}

impl PartialEq for Schema {
    /// Whether both describe the same values, regardless of places and descriptions.
    fn eq(&self, other: &Self) -> bool {
        self.nullable == other.nullable && self.kind == other.kind
    }
}

impl Schema {
    /// The placeholder for an undefined schema.
    pub(super) fn undefined(pointer: Pointer) -> Self {
        Self::of(pointer, Kind::Undefined)
    }

    /// Any JSON value.
    pub(super) fn any(at: &Pointer) -> Self {
        Self::of(at.clone(), Kind::Any)
    }

    pub(super) fn of(pointer: Pointer, kind: Kind) -> Self {
        Self {
            pointer,
            title: String::new(),
            description: String::new(),
            deprecated: false,
            nullable: false,
            named: Named::default(),
            kind,
        }
    }
}

impl Lowering<'_> {
    /// The schemas under `components`.
    pub(super) fn components(&mut self) -> Vec<(String, Schema)> {
        let at = Pointer::root().join("components").join("schemas");
        let components = self.document.openapi.components.as_ref();
        let schemas = components.into_iter().flat_map(|components| &components.schemas);
        schemas
            .map(|(name, schema)| (name.clone(), self.schema(schema, &at.join(name))))
            .collect()
    }

    pub(super) fn schema(&mut self, schema: &ReferenceOr<openapiv3::Schema>, at: &Pointer) -> Schema {
        match schema {
            ReferenceOr::Reference { reference } => Schema::of(at.clone(), self.reference(reference, at)),
            ReferenceOr::Item(schema) => self.inline(schema, at),
        }
    }

    pub(super) fn boxed(&mut self, schema: &ReferenceOr<Box<openapiv3::Schema>>, at: &Pointer) -> Schema {
        match schema {
            ReferenceOr::Reference { reference } => Schema::of(at.clone(), self.reference(reference, at)),
            ReferenceOr::Item(schema) => self.inline(schema, at),
        }
    }

    fn reference(&mut self, reference: &str, at: &Pointer) -> Kind {
        let known = component_name(reference).filter(|name| self.defined(name).is_some() || !is_deep(reference));
        let Some(name) = known else {
            let (message, help) = self.unfollowed(reference, "schemas").unwrap_or_else(|| {
                let message = format!("`{reference}` is not under `#/components/schemas/`");
                (message, self.way_out(reference, "schemas"))
            });
            let help = format!("used as an opaque JSON value; {help}");
            self.warn(Code::DanglingRef, at, message, help);
            return Kind::Any;
        };
        if self.defined(&name).is_none() {
            let help = match self.missed.get(&name) {
                Some(help) => help.clone(),
                None => {
                    let help = self.opaque(reference);
                    self.missed.insert(name.clone(), help.clone());
                    self.undefined.push(name.clone());
                    help
                }
            };
            let message = format!("`{reference}` is not defined in this document");
            self.warn(Code::DanglingRef, at, message, help);
        }
        Kind::Reference(name)
    }

    /// The schema of this name under `components`.
    pub(super) fn defined(&self, name: &str) -> Option<&ReferenceOr<openapiv3::Schema>> {
        self.document.openapi.components.as_ref()?.schemas.get(name)
    }

    /// The help text for an undefined reference.
    fn opaque(&mut self, reference: &str) -> String {
        format!("used as an opaque JSON value; {}", self.way_out(reference, "schemas"))
    }

    pub(super) fn inline(&mut self, schema: &openapiv3::Schema, at: &Pointer) -> Schema {
        let data = &schema.schema_data;
        let title = data.title.clone().unwrap_or_default();
        let description = data.description.clone().or_else(|| annotation(&schema.schema_kind));
        let mut description = description.unwrap_or_else(|| title.clone());
        let (mut kind, is_null) = self.kind(schema, at);
        if data.discriminator.is_some() && !has_alternatives(&schema.schema_kind) {
            let message = "without `oneOf` or `anyOf`, a discriminator has no effect";
            let help = "members that only some kinds have are skipped; list the kinds as `oneOf` in an overlay";
            let diagnostic = Diagnostic::new(Code::Ignored, &at.join("discriminator"), message);
            self.diagnostics.push(diagnostic.help(help));
        }
        if let Some(values) = numbers(&schema.schema_kind) {
            description = format!("{description}\n\nOne of {values}.").trim().to_owned();
        }
        if let Kind::Object(object) = &mut kind
            && let Some((list, rest)) = key_list::find(&description)
        {
            self.attach(list, object, at, rest, &mut description);
        }
        Schema {
            pointer: at.clone(),
            title,
            description,
            deprecated: data.deprecated,
            nullable: data.nullable || is_null || takes_null(&schema.schema_kind),
            named: self.named(|name| data.extensions.get(name), at),
            kind: self.settled(kind),
        }
    }

    /// What a schema describes, and whether a part of it allows null.
    fn kind(&mut self, schema: &openapiv3::Schema, at: &Pointer) -> (Kind, bool) {
        let discriminator = schema.schema_data.discriminator.as_ref();
        let any = match &schema.schema_kind {
            SchemaKind::OneOf { one_of } => {
                return self.alternatives(Kind::Any, one_of, discriminator, &at.join("oneOf"));
            }
            SchemaKind::AnyOf { any_of } => {
                return self.alternatives(Kind::Any, any_of, discriminator, &at.join("anyOf"));
            }
            SchemaKind::AllOf { all_of } => return self.all_of(all_of, None, at),
            SchemaKind::Not { .. } => {
                self.ignored(at, "`not` has no equivalent in Rust; any JSON value is accepted");
                return (Kind::Any, false);
            }
            SchemaKind::Type(ty) => return (self.of_type(ty, at), false),
            SchemaKind::Any(any) => any,
        };
        if any.not.is_some() {
            let message = "`not` has no equivalent in Rust; values are accepted without this restriction";
            self.ignored(at, message);
        }
        let own = self.typed(any, at);
        let (own, nullable) = match any.all_of.as_slice() {
            [] => (own, false),
            parts => self.all_of(parts, Some(own), at),
        };
        match (any.one_of.as_slice(), any.any_of.as_slice()) {
            ([], []) => (own, nullable),
            ([], any_of) => self.alternatives(own, any_of, discriminator, &at.join("anyOf")),
            (one_of, any_of) => {
                if !any_of.is_empty() {
                    let message = "`anyOf` beside `oneOf` cannot be expressed";
                    let help = "only `oneOf` is used; write one schema for both in an overlay";
                    self.warn(Code::Opaque, &at.join("anyOf"), message, help);
                }
                self.alternatives(own, one_of, discriminator, &at.join("oneOf"))
            }
        }
    }
}

/// Whether a schema has alternatives that a discriminator can tell apart.
fn has_alternatives(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => !any.one_of.is_empty() || !any.any_of.is_empty(),
        _ => false,
    }
}

/// What a part of an `allOf` says that does nothing else but describe.
fn annotation(kind: &SchemaKind) -> Option<String> {
    let parts = match kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => return None,
    };
    let mut parts = parts.iter().rev().filter_map(ReferenceOr::as_item);
    parts.find_map(|part| match &part.schema_kind {
        SchemaKind::Any(any) if *any == AnySchema::default() => part.schema_data.description.clone(),
        _ => None,
    })
}

/// The name of the schema that a reference leads to, if it is one under `components`.
pub(super) fn component_name(reference: &str) -> Option<String> {
    component_of("schemas", reference)
}
