//! Responses, and the media types that their bodies come in.

use openapiv3::{MediaType, ReferenceOr, StatusCode};

use super::content::without_schema;
use super::{Lowering, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::media_type::{is_any, is_json, is_text};
use crate::pointer::Pointer;

/// A documented response.
#[derive(Debug)]
pub(crate) struct Response {
    pub status: Status,
    pub description: String,
    /// The alternatives for its body, at most one of each kind; empty if there is no body.
    pub content: Vec<Content>,
    /// The headers that the document names, with their descriptions.
    pub headers: Vec<(String, String)>,
}

/// The status that a response is documented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Code(u16),
    /// All codes with this first digit.
    Range(u16),
    Default,
}

/// The content of a response body.
#[derive(Debug)]
pub(crate) enum Content {
    /// JSON, of this media type.
    Json(String, Schema),
    /// Text, of one of these media types.
    Text(Vec<String>),
    /// Anything else, of one of these media types.
    Bytes(Vec<String>),
}

impl Status {
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Status::Code(200..=299) | Status::Range(2))
    }
}

impl Lowering<'_> {
    /// The responses in the document's order, `default` last.
    pub(super) fn responses(&mut self, method: &str, responses: &openapiv3::Responses, at: &Pointer) -> Vec<Response> {
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
                    content: self.response_content(method, status, response, &at),
                    headers: self.headers(response, &at),
                },
                // There is such a response, of unknown content.
                None => Response {
                    status,
                    description: String::new(),
                    content: (status.is_success() && method != "HEAD")
                        .then(|| Content::unknown(&place))
                        .into_iter()
                        .collect(),
                    headers: Vec::new(),
                },
            });
        }
        found
    }

    fn headers(&mut self, response: &openapiv3::Response, at: &Pointer) -> Vec<(String, String)> {
        let components = self.document.openapi.components.as_ref();
        let mut headers = Vec::new();
        for (name, header) in &response.headers {
            let description = match header {
                ReferenceOr::Item(header) => header.description.clone(),
                ReferenceOr::Reference { reference } => {
                    let at = at.join("headers").join(name);
                    let found = self.component(reference, &at, "headers", |name| components?.headers.get(name));
                    found.and_then(|(header, _)| header.description.clone())
                }
            };
            headers.push((name.clone(), description.unwrap_or_default()));
        }
        headers
    }

    fn response_content(
        &mut self,
        method: &str,
        status: Status,
        response: &openapiv3::Response,
        at: &Pointer,
    ) -> Vec<Content> {
        let at = at.join("content");
        // These have no body, even if one is documented (RFC 9110, sections 9.3.2, 15.3.5 and others).
        let message = match status {
            Status::Code(204 | 205 | 304) => "a response of this status has no body",
            _ if method == "HEAD" => "a response to a `HEAD` request has no body",
            _ => return self.answers(&response.content, &at),
        };
        if response.content.values().any(|media| media.schema.is_some()) {
            self.ignored(&at, message);
        }
        Vec::new()
    }

    /// The alternatives for a body: JSON, text, bytes, or several of them.
    fn answers(&mut self, content: &openapiv3::Content, at: &Pointer) -> Vec<Content> {
        // What is no media type is reported when the document is loaded.
        let media_types = || content.iter().filter(|(name, _)| name.contains('/'));
        let is_any_json = |media: &MediaType| media.schema.as_ref().is_some_and(|schema| !self.is_file(schema));
        let json = media_types()
            .filter(|(name, media)| is_json(name) && media.schema.is_some())
            .chain(media_types().filter(|(name, media)| is_any(name) && is_any_json(media) && content.len() == 1))
            .next();
        let json_schema = json.and_then(|(_, media)| media.schema.as_ref());
        let mut others = Vec::new();
        for (name, media) in media_types() {
            if json.is_some_and(|(json, _)| json == name) {
                continue;
            }
            let is_other = !is_json(name) && (!is_any(name) || content.len() == 1);
            // If all have the same schema, they are encodings of the same value.
            if !is_other || json.is_some() && media.schema.as_ref() == json_schema {
                let message = match json {
                    Some((used, _)) => format!("`{name}` is not used; `{used}` is"),
                    None if is_json(name) => without_schema(name),
                    None => format!("`{name}` is not used"),
                };
                let diagnostic = Diagnostic::new(Code::Ignored, &at.join(name), message);
                self.diagnostics.push(diagnostic.of_key());
            } else {
                others.push(name.clone());
            }
        }
        let mut answers = Vec::new();
        if let Some((name, schema)) = json.zip(json_schema).map(|((name, _), schema)| (name, schema)) {
            let schema = self.schema(schema, &at.join(name).join("schema"));
            answers.push(Content::Json(name.clone(), schema));
        }
        if !others.is_empty() {
            let is_text = others.iter().all(|name| is_text(name));
            answers.push(if is_text {
                Content::Text(others)
            } else {
                Content::Bytes(others)
            });
        }
        // JSON of an unknown type is better than nothing.
        if answers.is_empty()
            && let Some((name, _)) = media_types().find(|(name, _)| is_json(name))
        {
            answers.push(Content::unknown(&at.join(name)));
        }
        answers
    }
}

impl Content {
    /// Content without a schema.
    pub(super) fn unknown(at: &Pointer) -> Self {
        Content::Json("application/json".to_owned(), Schema::any(at))
    }
}
