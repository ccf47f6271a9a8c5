//! The content of request bodies.

use openapiv3::{MediaType, ReferenceOr};

use super::schema::component_name;
use super::{Access, Kind, Lowering, Property, Schema};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The content of a request's body.
#[derive(Debug)]
pub(crate) enum RequestContent {
    /// JSON, of this media type.
    Json(String, Schema),
    /// A form, of this media type.
    Form(String, Schema),
    /// Several parts; `None` where the document does not name them.
    Multipart(Option<Vec<Part>>),
    /// Anything else, of this media type.
    Bytes(String),
}

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

impl RequestContent {
    /// Content without a schema.
    pub(super) fn unknown(at: &Pointer) -> Self {
        RequestContent::Json("application/json".to_owned(), Schema::any(at))
    }
}

impl Lowering<'_> {
    /// The content that is sent if several media types are accepted: JSON, else a form, else parts, else anything.
    pub(super) fn request_content(&mut self, content: &openapiv3::Content, at: &Pointer) -> Option<RequestContent> {
        let media_types = content.iter().filter(|(name, _)| name.contains('/'));
        let (name, media) = media_types.min_by_key(|(name, media)| rank(name, media))?;
        for (other, _) in content.iter().filter(|(other, _)| *other != name) {
            self.ignored(&at.join(other), format!("`{name}` is used, `{other}` is not"));
        }
        let at = at.join(name);
        let place = at.join("schema");
        Some(match &media.schema {
            Some(schema) if is_json(name) || is_any(name) && !self.is_file(schema) => {
                RequestContent::Json(name.clone(), self.schema(schema, &place))
            }
            None if is_json(name) => RequestContent::unknown(&at),
            Some(schema) if is_form(name) => RequestContent::Form(name.clone(), self.schema(schema, &place)),
            schema if is_multipart(name) => {
                let kind = schema.as_ref().map(|schema| self.expanded(schema, &place));
                let parts = match kind {
                    Some(Kind::Object(object)) if object.others.is_none() => {
                        let properties = object.properties.into_iter();
                        let properties = properties.filter(|property| property.access != Access::ReadOnly);
                        Some(properties.map(|property| self.part(property, media)).collect())
                    }
                    _ => {
                        self.ignored(&place, "no parts are documented, so the caller builds the body");
                        None
                    }
                };
                RequestContent::Multipart(parts)
            }
            _ => {
                if name.starts_with("multipart/") {
                    let message = format!("bodies of `{name}` are not built from their parts");
                    let help = "passed as bytes; specify the boundary in an overlay";
                    self.warn(Code::Opaque, &at, message, help);
                }
                RequestContent::Bytes(name.clone())
            }
        })
    }

    fn part(&mut self, property: Property, media: &MediaType) -> Part {
        let mut media_type = None;
        if let Some(encoding) = media.encoding.get(&property.name) {
            // A list is a choice; a part has one media type.
            let first = encoding
                .content_type
                .as_deref()
                .and_then(|types| types.split(',').next());
            media_type = first.map(|name| name.trim().to_owned());
        }
        let (item, is_list) = match &property.schema.kind {
            Kind::Array(items) => (&items.kind, true),
            kind => (kind, false),
        };
        let is_binary = self.is_binary(item);
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
            ReferenceOr::Reference { reference } => {
                component_name(reference).is_some_and(|name| self.is_binary(&Kind::Reference(name)))
            }
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
    use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty as Format};
    matches!(&schema.schema_kind, SchemaKind::Type(Type::String(string))
        if matches!(string.format, Format::Item(StringFormat::Binary)))
}

/// Whether a text quotes the word `true`. Some documents call all parts of a form files.
fn speaks_of_true(text: &str) -> bool {
    ["'true'", "\"true\"", "`true`"].iter().any(|word| text.contains(word))
}

/// The order of preference of content.
fn rank(name: &str, media: &MediaType) -> usize {
    match media.schema {
        Some(_) if is_json(name) => 0,
        Some(_) if is_form(name) => 1,
        Some(_) if is_multipart(name) => 2,
        Some(_) if !is_any(name) => 3,
        Some(_) => 4,
        None => 5,
    }
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether a media type leaves the choice, in which case Confluence speaks JSON.
pub(super) fn is_any(media_type: &str) -> bool {
    essence(media_type) == "*/*"
}

pub(super) fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/")
}

fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}

/// Whether a body has parts that are distinguished by name; other kinds of multipart go by order.
fn is_multipart(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
