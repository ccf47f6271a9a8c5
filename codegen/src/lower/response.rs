//! Responses, and the media type that is read of each body.

use openapiv3::{ReferenceOr, StatusCode};

use super::{Lowering, Schema};
use crate::pointer::Pointer;

/// A documented response.
#[derive(Debug)]
pub(crate) struct Response {
    pub pointer: Pointer,
    pub status: Status,
    pub description: String,
    pub content: Option<Content>,
}

/// The status that a response is documented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Code(u16),
    /// All codes with this first digit.
    Range(u16),
    Default,
}

/// What a body holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// JSON, of this media type.
    Json(String, Schema),
    /// Anything else, of this media type.
    Bytes(String),
}

impl Status {
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Status::Code(200..=299) | Status::Range(2))
    }
}

impl Lowering<'_> {
    /// The responses in the document's order, `default` last.
    pub(super) fn responses(&mut self, responses: &openapiv3::Responses, at: &Pointer) -> Vec<Response> {
        let at = at.join("responses");
        let mut found = Vec::new();
        let codes = responses.responses.iter().map(|(status, response)| match status {
            StatusCode::Code(code) => (Status::Code(*code), at.join(code), response),
            StatusCode::Range(digit) => (Status::Range(*digit), at.join(format!("{digit}XX")), response),
        });
        let default = responses
            .default
            .iter()
            .map(|response| (Status::Default, at.join("default"), response));
        for (status, at, response) in codes.chain(default) {
            let components = self.document.openapi.components.as_ref();
            let resolved = match response {
                ReferenceOr::Item(response) => Some((response, at)),
                ReferenceOr::Reference { reference } => {
                    self.component(reference, &at, "responses", |name| components?.responses.get(name))
                }
            };
            if let Some((response, at)) = resolved {
                found.push(Response {
                    status,
                    description: response.description.trim().to_owned(),
                    content: self.content(&response.content, &at.join("content")),
                    pointer: at,
                });
            }
        }
        found
    }

    /// The content that is used where several media types are offered: JSON if there is, else the first with a schema.
    pub(super) fn content(&mut self, content: &openapiv3::Content, at: &Pointer) -> Option<Content> {
        let offered = || content.iter().filter(|(_, media)| media.schema.is_some());
        let (name, media) = offered().find(|(name, _)| is_json(name)).or_else(|| offered().next())?;
        for (other, _) in content.iter().filter(|(other, _)| *other != name) {
            self.ignored(&at.join(other), format!("`{name}` is used, `{other}` is not"));
        }
        match &media.schema {
            Some(schema) if is_json(name) => Some(Content::Json(
                name.clone(),
                self.schema(schema, &at.join(name).join("schema")),
            )),
            _ => Some(Content::Bytes(name.clone())),
        }
    }
}

/// Whether a media type is JSON (RFC 6839, section 3.1) or leaves the choice, in which case Confluence speaks JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    matches!(essence, "application/json" | "*/*") || essence.ends_with("+json")
}
