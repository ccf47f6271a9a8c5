//! The content of request bodies.

use openapiv3::{AnySchema, MediaType, SchemaKind};

use super::parameter::query_style;
use super::{Access, Kind, Lowering, Part, Schema, Style};
use crate::diagnostic::{Code, Diagnostic};
use crate::media_type::{essence, is_any, is_form, is_json, is_multipart};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// The content of a request's body.
#[derive(Debug)]
pub(crate) enum RequestContent {
    /// JSON, of this media type.
    Json(String, Schema),
    /// A form, of this media type, and the fields that have a style.
    Form(String, Schema, Vec<(String, Style)>),
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
        let mut media_types: Vec<_> = content.iter().filter(|(name, _)| name.contains('/')).collect();
        media_types.sort_by_key(|(name, media)| rank(name, media));
        let (name, media) = *media_types.first()?;
        for other in content.keys().filter(|other| *other != name && other.contains('/')) {
            let message = format!("`{name}` is used, `{other}` is not");
            let mut diagnostic = Diagnostic::new(Code::Ignored, &at.join(other), message).of_key();
            // What is used if the first is not there.
            if media_types.get(1).is_some_and(|(next, _)| *next == other) {
                let target = at.join(name).json_path();
                diagnostic = diagnostic.help(format!("to send `{other}`, remove `{target}` in an overlay"));
            }
            self.diagnostics.push(diagnostic);
        }
        let at = at.join(name);
        let place = at.join("schema");
        Some(match &media.schema {
            Some(schema)
                if is_json(name)
                    || is_any(name) && !self.is_file(schema) && !schema.as_item().is_some_and(is_empty) =>
            {
                RequestContent::Json(name.clone(), self.schema(schema, &place))
            }
            None if is_json(name) => self.any_json(name, &at),
            Some(schema) if is_form(name) => {
                let schema = self.schema(schema, &place);
                self.check_form(&schema, media, &at);
                self.check_encoding(&schema.kind, media, &at);
                RequestContent::Form(name.clone(), schema, field_styles(media))
            }
            schema if is_multipart(name) => {
                let kind = schema.as_ref().map(|schema| self.expanded(schema, &place));
                if let Some(kind) = &kind {
                    self.check_encoding(kind, media, &at);
                }
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

    /// JSON of a media type without a schema.
    fn any_json(&mut self, name: &str, at: &Pointer) -> RequestContent {
        self.diagnostics
            .push(Diagnostic::new(Code::Ignored, at, without_schema(name)).of_key());
        RequestContent::Json(name.to_owned(), Schema::any(at))
    }

    /// Reports encodings of properties that the body does not have.
    fn check_encoding(&mut self, kind: &Kind, media: &MediaType, at: &Pointer) {
        if media.encoding.is_empty() {
            return;
        }
        let kind = self.referred(kind, at);
        let object = match &*kind {
            Kind::Object(object) if object.others.is_none() => object,
            _ => return,
        };
        let names = || object.properties.iter().map(|property| property.name.as_str());
        for name in media
            .encoding
            .keys()
            .filter(|name| !names().any(|known| known == *name))
        {
            let message = format!("`{name}` is not a property of the body, so its encoding has no effect");
            let told = Diagnostic::new(Code::UnknownKey, &at.join("encoding").join(name), message).of_key();
            let others = names().filter(|known| !media.encoding.contains_key(*known));
            self.diagnostics.push(match nearest(name, others) {
                Some(meant) => told.help(format!("did you mean `{meant}`?")),
                None => told,
            });
        }
    }

    /// Reports what a form cannot express, or what is written in another way.
    fn check_form(&mut self, schema: &Schema, media: &MediaType, at: &Pointer) {
        for (name, encoding) in &media.encoding {
            let at = at.join("encoding").join(name);
            if encoding.allow_reserved {
                let message = format!("reserved characters in `{name}` are percent-encoded anyway");
                self.ignored(&at.join("allowReserved"), message);
            }
            if encoding.content_type.is_some() && encoding.style.is_none() {
                let message = format!(
                    "the media type of `{name}` has no effect: each item of a list is sent as a field of that name, an object as JSON"
                );
                self.ignored(&at.join("contentType"), message);
            }
        }
        if self.is_list(&schema.kind) {
            let message = "a form has named fields, but this schema is an array";
            let help = "the request fails when it is sent; describe an object in an overlay";
            self.warn(Code::Opaque, &at.join("schema"), message, help);
        }
    }
}

/// The styles of the fields of a form, where the document has one: without, an object is JSON (OpenAPI 3.1, section 4.8.15.1).
fn field_styles(media: &MediaType) -> Vec<(String, Style)> {
    let fields = media.encoding.iter();
    let fields = fields.filter_map(|(name, encoding)| {
        let style = query_style(encoding.style.as_ref()?, encoding.explode);
        Some((name.clone(), style))
    });
    fields.collect()
}

/// What is reported of a media type for JSON that has no schema.
pub(super) fn without_schema(name: &str) -> String {
    format!("`{name}` has no `schema`, so the body may be any JSON value")
}

/// Whether a schema says nothing about the values.
pub(super) fn is_empty(schema: &openapiv3::Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
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
