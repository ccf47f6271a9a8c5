//! Responses, and the media type that is read of each body.

use openapiv3::{ReferenceOr, StatusCode};

use super::{Lowering, Schema};
use crate::diagnostic::Code;
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
    /// A form, of this media type.
    Form(String, Schema),
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
        for (status, place, response) in codes.chain(default) {
            let components = self.document.openapi.components.as_ref();
            let resolved = match response {
                ReferenceOr::Item(response) => Some((response, place.clone())),
                ReferenceOr::Reference { reference } => {
                    self.component(reference, &place, "responses", |name| components?.responses.get(name))
                }
            };
            found.push(match resolved {
                Some((response, at)) => Response {
                    status,
                    description: response.description.trim().to_owned(),
                    content: self.response_content(status, response, &at),
                    pointer: at,
                },
                // That there is such a response is known; what it holds is not.
                None => Response {
                    status,
                    description: String::new(),
                    content: status.is_success().then(|| Content::unknown(&place)),
                    pointer: place,
                },
            });
        }
        found
    }

    fn response_content(&mut self, status: Status, response: &openapiv3::Response, at: &Pointer) -> Option<Content> {
        let at = at.join("content");
        match status {
            // These have no body, whatever is documented (RFC 9110, section 15.3.5 and others).
            Status::Code(204 | 205 | 304) => {
                if response.content.values().any(|media| media.schema.is_some()) {
                    self.ignored(&at, "a response of this status has no body");
                }
                None
            }
            _ => self.content(&response.content, &at),
        }
    }

    /// The content that is used where several media types are offered: JSON if there is, else the first.
    ///
    /// Media types without a schema count only where no other one has any.
    pub(super) fn content(&mut self, content: &openapiv3::Content, at: &Pointer) -> Option<Content> {
        let with_schema = || content.iter().filter(|(_, media)| media.schema.is_some());
        let named = || content.iter().filter(|(name, _)| name.contains('/'));
        let chosen = with_schema()
            .find(|(name, _)| is_json(name))
            .or_else(|| with_schema().find(|(name, _)| is_any(name) && content.len() == 1))
            .or_else(|| with_schema().next())
            .or_else(|| named().next());
        let (name, media) = chosen?;
        for (other, _) in content.iter().filter(|(other, _)| *other != name) {
            self.ignored(&at.join(other), format!("`{name}` is used, `{other}` is not"));
        }
        let at = at.join(name);
        match &media.schema {
            Some(schema) if is_json(name) || is_any(name) && content.len() == 1 => {
                Some(Content::Json(name.clone(), self.schema(schema, &at.join("schema"))))
            }
            None if is_json(name) => Some(Content::unknown(&at)),
            Some(schema) if name.starts_with("application/x-www-form-urlencoded") => {
                Some(Content::Form(name.clone(), self.schema(schema, &at.join("schema"))))
            }
            _ => {
                if name.starts_with("multipart/") {
                    let message = format!("bodies of `{name}` are not put together yet");
                    self.warn(
                        Code::Opaque,
                        &at,
                        message,
                        "taken as bytes; name the boundary in an overlay",
                    );
                }
                Some(Content::Bytes(name.clone()))
            }
        }
    }
}

impl Content {
    /// Content of which only its existence is known.
    pub(super) fn unknown(at: &Pointer) -> Self {
        Content::Json("application/json".to_owned(), Schema::any(at))
    }
}

/// Whether a media type is JSON (RFC 6839, section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether a media type leaves the choice, in which case Confluence speaks JSON.
fn is_any(media_type: &str) -> bool {
    media_type.trim() == "*/*"
}
