//! The content of request bodies.

use openapiv3::{AnySchema, MediaType, QueryStyle, ReferenceOr, SchemaKind};

use super::{Access, Kind, Lowering, Part, Schema};
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
            Some(schema) if is_json(name) || is_any(name) && !self.is_file(schema) && !is_empty(schema) => {
                RequestContent::Json(name.clone(), self.schema(schema, &place))
            }
            None if is_json(name) => RequestContent::unknown(&at),
            Some(schema) if is_form(name) => {
                let schema = self.schema(schema, &place);
                self.check_form(&schema, media, &at);
                RequestContent::Form(name.clone(), schema)
            }
            schema if is_multipart(name) => {
                let kind = schema.as_ref().map(|schema| self.expanded(schema, &place));
                let parts = match kind {
                    Some(Kind::Object(object)) if object.others.is_none() => {
                        let properties = object.properties.into_iter();
                        let properties = properties.filter(|property| property.access != Access::ReadOnly);
                        Some(properties.map(|property| self.part(property, media, &at)).collect())
                    }
                    kind => {
                        let message = match kind {
                            Some(Kind::Object(_)) => {
                                "parts of any name are allowed beside those that are documented, so the caller builds the body"
                            }
                            _ => "no parts are documented, so the caller builds the body",
                        };
                        self.ignored(&place, message);
                        None
                    }
                };
                RequestContent::Multipart(parts)
            }
            _ => {
                if essence(name).starts_with("multipart/") {
                    let message = format!("bodies of `{name}` are not built from their parts");
                    let help = "passed as bytes; specify the boundary in an overlay";
                    self.warn(Code::Opaque, &at, message, help);
                }
                RequestContent::Bytes(name.clone())
            }
        })
    }

    /// Reports what a form cannot express, or what is written in another way.
    fn check_form(&mut self, schema: &Schema, media: &MediaType, at: &Pointer) {
        for (name, encoding) in &media.encoding {
            let is_as_sent = encoding.explode && matches!(encoding.style, None | Some(QueryStyle::Form));
            if !is_as_sent || encoding.content_type.is_some() || encoding.allow_reserved {
                let message = format!(
                    "the encoding of `{name}` has no effect: each item of a list is sent as a field of that name, an object as JSON"
                );
                self.ignored(&at.join("encoding").join(name), message);
            }
        }
        if self.is_list(&schema.kind) {
            let message = "a form has named fields, but this schema is an array";
            let help = "the request fails when it is sent; describe an object in an overlay";
            self.warn(Code::Opaque, &at.join("schema"), message, help);
        }
    }
}

/// Whether a schema says nothing about the values.
fn is_empty(schema: &ReferenceOr<openapiv3::Schema>) -> bool {
    let schema = schema.as_item();
    schema.is_some_and(|schema| matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default()))
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
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type leaves the choice. Of a value with a schema, Confluence speaks JSON; what has none is a file.
pub(super) fn is_any(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// Whether a media type is text that ends. Events are sent for as long as there are any.
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/") && essence != "text/event-stream"
}

fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}

/// Whether a body has parts that are distinguished by name; other kinds of multipart go by order.
fn is_multipart(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// Whether a value of this media type is neither text nor a value of a known form.
pub(super) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type);
    let is_xml = essence == "application/xml" || essence.ends_with("+xml");
    !is_xml && !is_json(&essence) && !is_text(&essence) && !is_form(&essence) && !essence.contains('*')
}

/// A media type without its parameters, in lower case, as the case has no meaning (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
