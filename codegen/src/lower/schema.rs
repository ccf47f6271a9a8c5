//! Schemas in our own words.

use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, NumberFormat, ObjectType, ReferenceOr, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};

use super::{KeyList, Lowering, key_list};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// A schema. What a reference leads to is looked up by name.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub pointer: Pointer,
    pub description: String,
    pub deprecated: bool,
    pub nullable: bool,
    pub kind: Kind,
}

/// What a schema describes.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Any JSON value.
    Any,
    /// Any JSON value, because the document refers to the schema and does not define it.
    Undefined,
    Boolean,
    Integer(Integer),
    Number(Float),
    String,
    /// A string that is one of these, or one that the document does not know yet.
    Enum(Vec<String>),
    Array(Box<Schema>),
    Object(Object),
    /// An object whose values are all of one kind.
    Map(Box<Schema>),
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

/// An object with named members.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub properties: Vec<Property>,
    /// The kind of the other members, where the document speaks of them.
    pub others: Option<Box<Schema>>,
    /// Keys that only the description lists.
    pub key_list: Option<std::rc::Rc<KeyList>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub name: String,
    pub required: bool,
    pub schema: Schema,
}

impl Schema {
    /// What stands for a schema that is referred to and not defined.
    pub(super) fn undefined(pointer: Pointer) -> Self {
        Self::of(pointer, Kind::Undefined)
    }

    fn of(pointer: Pointer, kind: Kind) -> Self {
        Self {
            pointer,
            description: String::new(),
            deprecated: false,
            nullable: false,
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

    fn boxed(&mut self, schema: &ReferenceOr<Box<openapiv3::Schema>>, at: &Pointer) -> Schema {
        match schema {
            ReferenceOr::Reference { reference } => Schema::of(at.clone(), self.reference(reference, at)),
            ReferenceOr::Item(schema) => self.inline(schema, at),
        }
    }

    fn reference(&mut self, reference: &str, at: &Pointer) -> Kind {
        let Some(name) = reference.strip_prefix("#/components/schemas/") else {
            let message = format!("`{reference}` leads out of `#/components/schemas`");
            self.warn(
                Code::DanglingRef,
                at,
                message,
                "used as an opaque JSON value; define it in an overlay",
            );
            return Kind::Any;
        };
        let name = name.replace("~1", "/").replace("~0", "~");
        let components = self.document.openapi.components.as_ref();
        let defined = components.is_some_and(|components| components.schemas.contains_key(&name));
        if !defined && !self.undefined.contains(&name) {
            let message = format!("`{reference}` is not defined in this document");
            self.warn(
                Code::DanglingRef,
                at,
                message,
                "used as an opaque JSON value; define it in an overlay",
            );
            self.undefined.push(name.clone());
        }
        Kind::Reference(name)
    }

    fn inline(&mut self, schema: &openapiv3::Schema, at: &Pointer) -> Schema {
        let data = &schema.schema_data;
        let mut description = data
            .description
            .clone()
            .or_else(|| data.title.clone())
            .unwrap_or_default();
        let mut kind = self.kind(&schema.schema_kind, at);
        if let Kind::Object(object) = &mut kind
            && let Some((list, rest)) = key_list::find(&description)
        {
            self.attach(list, object, at, rest, &mut description);
        }
        Schema {
            pointer: at.clone(),
            description,
            deprecated: data.deprecated,
            nullable: data.nullable,
            kind,
        }
    }

    /// Gives a key list to the object whose property it goes with.
    fn attach(&mut self, list: KeyList, object: &mut Object, at: &Pointer, rest: String, description: &mut String) {
        let holds_text = |property: &Property| matches!(property.schema.kind, Kind::String);
        match object.properties.iter().find(|property| property.name == list.property) {
            Some(property) if holds_text(property) => {
                object.key_list = Some(list.into());
                *description = rest;
            }
            _ => {
                let message = format!(
                    "the description lists keys of `{}`, which is no string property",
                    list.property
                );
                self.warn(
                    Code::KeyList,
                    &at.join("description"),
                    message,
                    "left in the documentation",
                );
            }
        }
    }

    fn kind(&mut self, kind: &SchemaKind, at: &Pointer) -> Kind {
        match kind {
            SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
            SchemaKind::Type(Type::Integer(integer)) => Kind::Integer(match integer.format {
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Integer::I32,
                _ => Integer::I64,
            }),
            SchemaKind::Type(Type::Number(number)) => Kind::Number(match number.format {
                VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Float::F32,
                _ => Float::F64,
            }),
            SchemaKind::Type(Type::String(string)) => {
                let values: Vec<String> = string.enumeration.iter().flatten().cloned().collect();
                if values.is_empty() {
                    Kind::String
                } else {
                    Kind::Enum(values)
                }
            }
            SchemaKind::Type(Type::Array(array)) => {
                let items = match &array.items {
                    Some(items) => self.boxed(items, &at.join("items")),
                    None => Schema::of(at.clone(), Kind::Any),
                };
                Kind::Array(Box::new(items))
            }
            SchemaKind::Type(Type::Object(object)) => self.object(object, at),
            SchemaKind::Any(any) if is_empty(any) => Kind::Any,
            _ => {
                let message = "allOf, oneOf, anyOf, not and mixtures of types have no Rust form yet";
                self.warn(Code::Opaque, at, message, "used as an opaque JSON value");
                Kind::Any
            }
        }
    }

    fn object(&mut self, object: &ObjectType, at: &Pointer) -> Kind {
        let others = match &object.additional_properties {
            None | Some(AdditionalProperties::Any(false)) => None,
            Some(AdditionalProperties::Any(true)) => Some(Schema::of(at.clone(), Kind::Any)),
            Some(AdditionalProperties::Schema(schema)) => Some(self.schema(schema, &at.join("additionalProperties"))),
        };
        let mut properties = Vec::new();
        for (name, schema) in &object.properties {
            let at = at.join("properties").join(name);
            properties.push(Property {
                name: name.clone(),
                required: object.required.contains(name),
                schema: self.boxed(schema, &at),
            });
        }
        for name in object
            .required
            .iter()
            .filter(|name| !object.properties.contains_key(*name))
        {
            self.ignored(
                &at.join("required"),
                format!("`{name}` is required and not among the properties"),
            );
        }
        match (properties.is_empty(), others) {
            (false, others) => Kind::Object(Object {
                properties,
                others: others.map(Box::new),
                key_list: None,
            }),
            (true, Some(others)) => Kind::Map(Box::new(others)),
            // The document says nothing about the members, and servers send what they like there.
            (true, None) => Kind::Any,
        }
    }
}

fn is_empty(any: &AnySchema) -> bool {
    *any == AnySchema::default()
}
