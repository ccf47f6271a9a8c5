//! Schemas.

use openapiv3::{
    AnySchema, IntegerFormat, NumberFormat, ReferenceOr, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty as Format,
};
use serde_json::Value;

use super::enumeration::{numbers, strings, takes_null};
use super::{Lowering, Named, Object, Union, component_of, is_deep, key_list};
use crate::diagnostic::Code;
use crate::nearest::nearest;
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

/// The types that a schema can name.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Integer {
    I32,
    I64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let known = component_name(reference).filter(|name| self.defines(name) || !is_deep(reference));
        let Some(name) = known else {
            let (message, help) = self.unfollowed(reference).unwrap_or_else(|| {
                let message = format!("`{reference}` is not under `#/components/schemas/`");
                (message, self.way_out(reference, "schemas"))
            });
            let help = format!("used as an opaque JSON value; {help}");
            self.warn(Code::DanglingRef, at, message, help);
            return Kind::Any;
        };
        if !self.defines(&name) {
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

    /// Whether there is a schema of this name under `components`.
    fn defines(&self, name: &str) -> bool {
        let components = self.document.openapi.components.as_ref();
        components.is_some_and(|components| components.schemas.contains_key(name))
    }

    /// The help text for an undefined reference.
    fn opaque(&mut self, reference: &str) -> String {
        format!("used as an opaque JSON value; {}", self.way_out(reference, "schemas"))
    }

    pub(super) fn inline(&mut self, schema: &openapiv3::Schema, at: &Pointer) -> Schema {
        let data = &schema.schema_data;
        let title = data.title.clone().unwrap_or_default();
        let mut description = data.description.clone().unwrap_or_else(|| title.clone());
        let discriminator = data.discriminator.as_ref();
        let mut kind = match &schema.schema_kind {
            SchemaKind::OneOf { one_of } => self.union(one_of, discriminator, &at.join("oneOf")),
            SchemaKind::AnyOf { any_of } => self.union(any_of, discriminator, &at.join("anyOf")),
            SchemaKind::AllOf { all_of } => self.all_of(all_of, None, at),
            SchemaKind::Not { .. } => {
                self.ignored(at, "`not` has no equivalent in Rust; any JSON value is accepted");
                Kind::Any
            }
            SchemaKind::Type(ty) => self.typed(&plain(ty), at),
            SchemaKind::Any(any) => match any {
                any if !any.all_of.is_empty() => {
                    let own = self.typed(any, at);
                    self.all_of(&any.all_of, Some(own), at)
                }
                any if any.properties.is_empty() && !any.one_of.is_empty() => {
                    self.union(&any.one_of, discriminator, &at.join("oneOf"))
                }
                any if any.properties.is_empty() && !any.any_of.is_empty() => {
                    self.union(&any.any_of, discriminator, &at.join("anyOf"))
                }
                any => {
                    if !any.one_of.is_empty() || !any.any_of.is_empty() || any.not.is_some() {
                        let message = match any.properties.is_empty() {
                            true => "`not` has no equivalent in Rust; values are accepted without this restriction",
                            false => "`oneOf`, `anyOf` and `not` beside properties have no effect",
                        };
                        self.ignored(at, message);
                    }
                    self.typed(any, at)
                }
            },
        };
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
            nullable: data.nullable || takes_null(&schema.schema_kind),
            named: self.named(|name| data.extensions.get(name), at),
            kind: self.settled(kind, at),
        }
    }

    /// A schema by its `type`, or by its other keywords if it has none.
    fn typed(&mut self, any: &AnySchema, at: &Pointer) -> Kind {
        let by_content = match () {
            () if !any.properties.is_empty() || any.additional_properties.is_some() => "object",
            () if any.items.is_some() => "array",
            () if !any.enumeration.is_empty()
                && any.enumeration.iter().all(|value| value.is_string() || value.is_null()) =>
            {
                "string"
            }
            () if !any.required.is_empty() => "object",
            () => "",
        };
        match any.typ.as_deref().unwrap_or(by_content) {
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer(match any.format.as_deref() {
                Some("int32") => Integer::I32,
                _ => Integer::I64,
            }),
            "number" => Kind::Number(match any.format.as_deref() {
                Some("float") => Float::F32,
                _ => Float::F64,
            }),
            "string" => match strings(&any.enumeration) {
                values if values.is_empty() => match any.format.as_deref() {
                    Some("date-time") => Kind::DateTime,
                    Some("binary") => Kind::Binary,
                    _ => Kind::String,
                },
                values => Kind::Enum(values),
            },
            "array" => {
                let mut items = match &any.items {
                    Some(items) => self.boxed(items, &at.join("items")),
                    None => Schema::any(at),
                };
                // Some documents list the values of the items beside them.
                let values = strings(&any.enumeration);
                if matches!(items.kind, Kind::String) && !values.is_empty() {
                    items.kind = Kind::Enum(values);
                }
                Kind::Array(Box::new(items))
            }
            "object" => self.object(any, at),
            "" => Kind::Any,
            other => {
                let message = format!("`{other}` is not an OpenAPI type");
                let mut help = "used as an opaque JSON value".to_owned();
                let begun = TYPES
                    .into_iter()
                    .find(|name| other.len() > 2 && name.starts_with(other));
                if let Some(meant) = begun.or_else(|| nearest(other, TYPES)) {
                    help.push_str(&format!("; did you mean `{meant}`?"));
                }
                self.warn(Code::Opaque, &at.join("type"), message, help);
                Kind::Any
            }
        }
    }
}

/// The name of the schema that a reference leads to, if it is one under `components`.
pub(super) fn component_name(reference: &str) -> Option<String> {
    component_of("schemas", reference)
}

/// A schema with a `type` as one of any kind.
fn plain(ty: &Type) -> AnySchema {
    let mut any = AnySchema::default();
    let typ = match ty {
        Type::String(string) => {
            any.enumeration = string
                .enumeration
                .iter()
                .map(|value| value.clone().map_or(Value::Null, Value::String))
                .collect();
            any.format = match &string.format {
                Format::Item(StringFormat::DateTime) => Some("date-time".to_owned()),
                Format::Item(StringFormat::Binary) => Some("binary".to_owned()),
                _ => None,
            };
            "string"
        }
        Type::Integer(integer) => {
            any.format = matches!(integer.format, Format::Item(IntegerFormat::Int32)).then(|| "int32".to_owned());
            "integer"
        }
        Type::Number(number) => {
            any.format = matches!(number.format, Format::Item(NumberFormat::Float)).then(|| "float".to_owned());
            "number"
        }
        Type::Boolean(_) => "boolean",
        Type::Array(array) => {
            any.items = array.items.clone();
            "array"
        }
        Type::Object(object) => {
            any.properties = object.properties.clone();
            any.required = object.required.clone();
            any.additional_properties = object.additional_properties.clone();
            "object"
        }
    };
    any.typ = Some(typ.to_owned());
    any
}
