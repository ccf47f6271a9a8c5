//! The parts of multipart bodies, and which of them are files.

use openapiv3::{MediaType, ReferenceOr, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty as Format};

use super::content::is_empty;
use super::schema::component_name;
use super::{Kind, Lowering, Property, Schema};
use crate::diagnostic::Code;
use crate::media_type::{is_json, is_opaque};
use crate::pointer::Pointer;

/// A part of a multipart body (OpenAPI 3.0, section 4.7.14.4).
#[derive(Debug)]
pub(crate) struct Part {
    pub name: String,
    pub required: bool,
    /// The media type, where the document has one.
    pub media_type: Option<String>,
    pub schema: Schema,
    pub is_file: bool,
    /// Whether there may be several of this name.
    pub is_list: bool,
}

impl Lowering<'_> {
    pub(super) fn part(&mut self, property: Property, media: &MediaType, at: &Pointer) -> Part {
        let encoding = media.encoding.get(&property.name);
        let types = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let at = at.join("encoding").join(&property.name).join("contentType");
        let media_type = types.and_then(|types| self.part_media(&property, types, &at));
        let is_untyped = self.is_untyped(&property.name, media, media_type.as_deref());
        let (is_binary, is_list) = self.files(&property.schema.kind, is_untyped);
        let is_flag = is_binary && !is_list && speaks_of_true(&property.schema.description);
        if is_flag {
            let message = "the description says when this is `true`, so it is a boolean, not a file";
            self.ignored(&property.schema.pointer.join("format"), message);
        }
        Part {
            name: property.name,
            required: property.required,
            media_type,
            is_file: is_binary && !is_flag,
            is_list,
            schema: Schema {
                kind: if is_flag { Kind::Boolean } else { property.schema.kind },
                ..property.schema
            },
        }
    }

    /// Whether a kind is that of files, and whether there may be several. What says nothing about its values is a file if
    /// `is_untyped`.
    fn files(&self, kind: &Kind, is_untyped: bool) -> (bool, bool) {
        match kind {
            Kind::Array(items) => (self.files(&items.kind, is_untyped) == (true, false), true),
            Kind::Reference(name) => match self.items(name) {
                Some(items) => (items, true),
                None => (self.is_binary(kind), false),
            },
            // One file, or several.
            Kind::Union(union) => {
                let variants = union
                    .variants
                    .iter()
                    .map(|variant| self.files(&variant.schema.kind, false));
                variants.fold((true, false), |(all, any), (is_binary, is_list)| {
                    (all && is_binary, any || is_list)
                })
            }
            Kind::Any => (is_untyped, false),
            kind => (self.is_binary(kind), false),
        }
    }

    /// Whether a part, or each of its items, is a file although it has no type: the media type says what it is, and since OpenAPI 3.1,
    /// the default is one of bytes (section 4.8.15.1).
    fn is_untyped(&self, name: &str, media: &MediaType, media_type: Option<&str>) -> bool {
        if let Some(media_type) = media_type {
            return is_opaque(media_type);
        }
        if self.document.openapi.openapi.starts_with("3.0") {
            return false;
        }
        let object = media.schema.as_ref().and_then(|schema| self.resolved(schema));
        let part = object.and_then(|object| match &object.schema_kind {
            SchemaKind::Type(Type::Object(object)) => object.properties.get(name),
            SchemaKind::Any(any) => any.properties.get(name),
            _ => None,
        });
        let Some(ReferenceOr::Item(part)) = part else {
            return false;
        };
        match &part.schema_kind {
            SchemaKind::Type(Type::Array(array)) => match &array.items {
                Some(ReferenceOr::Item(items)) => is_empty(items),
                Some(ReferenceOr::Reference { .. }) => false,
                None => true,
            },
            _ => is_empty(part),
        }
    }

    /// The media type of a part: the first of the list, which is a choice, but JSON for an object.
    fn part_media(&mut self, property: &Property, types: &str, at: &Pointer) -> Option<String> {
        let types = || types.split(',').map(str::trim);
        let first = types().next()?;
        let item = match &property.schema.kind {
            Kind::Array(items) => &items.kind,
            kind => kind,
        };
        if !self.is_structured(item) {
            return Some(first.to_owned());
        }
        let json = types().find(|name| is_json(name));
        if json.is_none() && !first.contains('*') {
            let message = format!(
                "the part `{}` is an object, which is not sent as `{first}`",
                property.name
            );
            let help = "sent as JSON; describe it as a string in an overlay to write it yourself";
            self.warn(Code::Opaque, at, message, help);
        }
        json.map(str::to_owned)
    }

    /// Whether this is an object, if need be by name.
    pub(super) fn is_structured(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Object(_) | Kind::Map(_) => true,
            Kind::Reference(name) => {
                let schema = self.component_schema(name);
                schema.is_some_and(|schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Object(_))))
            }
            _ => false,
        }
    }

    /// Whether this is an array, if need be by name.
    pub(super) fn is_list(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Array(_) => true,
            Kind::Reference(name) => self.items(name).is_some(),
            _ => false,
        }
    }

    /// Whether the items of a component are files, if it is an array.
    fn items(&self, name: &str) -> Option<bool> {
        let SchemaKind::Type(Type::Array(array)) = &self.component_schema(name)?.schema_kind else {
            return None;
        };
        let items = array.items.as_ref();
        Some(items.is_some_and(|items| match items {
            ReferenceOr::Item(schema) => is_binary(schema),
            ReferenceOr::Reference { reference } => self.is_file_named(reference),
        }))
    }

    /// Whether this is a file, if need be by name.
    fn is_binary(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Binary => true,
            Kind::Reference(name) => self.component_schema(name).is_some_and(is_binary),
            _ => false,
        }
    }

    /// Whether a schema is that of a file, if need be by name.
    pub(super) fn is_file(&self, schema: &ReferenceOr<openapiv3::Schema>) -> bool {
        match schema {
            ReferenceOr::Item(schema) => is_binary(schema),
            ReferenceOr::Reference { reference } => self.is_file_named(reference),
        }
    }

    fn is_file_named(&self, reference: &str) -> bool {
        component_name(reference).is_some_and(|name| self.is_binary(&Kind::Reference(name)))
    }

    /// A schema, if need be by name.
    pub(super) fn resolved<'s>(&'s self, schema: &'s ReferenceOr<openapiv3::Schema>) -> Option<&'s openapiv3::Schema> {
        match schema {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => self.component_schema(&component_name(reference)?),
        }
    }

    /// The schema of a component, which may be another one by name.
    fn component_schema(&self, name: &str) -> Option<&openapiv3::Schema> {
        let schemas = &self.document.openapi.components.as_ref()?.schemas;
        let mut next = schemas.get(name)?;
        // As many steps as there are schemas, as a circle has no end.
        for _ in 0..schemas.len() {
            match next {
                ReferenceOr::Item(schema) => return Some(schema),
                ReferenceOr::Reference { reference } => next = schemas.get(&component_name(reference)?)?,
            }
        }
        None
    }
}

/// Whether a schema is that of a file.
fn is_binary(schema: &openapiv3::Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::String(string))
        if matches!(string.format, Format::Item(StringFormat::Binary)))
}

/// Whether a text quotes the word `true`. Some documents call all parts of a form files.
fn speaks_of_true(text: &str) -> bool {
    ["'true'", "\"true\"", "`true`"].iter().any(|word| text.contains(word))
}
