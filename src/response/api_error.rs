//! What an error response says, in any of the shapes that Confluence and what stands before it use.

use serde_json::Value;

use crate::response::raw::RawResponse;
use crate::text::single_line;

/// The content of an error response.
///
/// Confluence v1 and v2, the gateway, the OAuth server, Jira and the servlet container all answer in shapes of their
/// own; this is what they have in common. The bytes are kept in [`Error::response`](crate::Error::response).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    message: Option<String>,
    code: Option<String>,
    details: Vec<String>,
}

impl ApiError {
    /// The main message, on one line. `None` if the body is empty or says nothing.
    pub fn message(&self) -> Option<&str> {
        self.message
            .as_deref()
            .or_else(|| self.details.first().map(String::as_str))
    }

    /// The error's code in words, where it has one (`NOT_FOUND`, `invalid_grant`).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The single errors, where the response lists them.
    pub fn details(&self) -> &[String] {
        &self.details
    }

    pub(crate) fn read(response: &RawResponse) -> Self {
        match serde_json::from_slice(response.body()) {
            Ok(json) => Self::from_json(&json),
            Err(_) => Self {
                message: from_text(&String::from_utf8_lossy(response.body())),
                ..Self::default()
            },
        }
    }

    fn from_json(json: &Value) -> Self {
        let errors = json["errors"].as_array().or_else(|| json["data"]["errors"].as_array());
        let mut details: Vec<String> = errors.into_iter().flatten().filter_map(detail).collect();
        // Jira lists plain messages, and messages by field.
        details.extend(
            json["errorMessages"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(string),
        );
        if let Some(fields) = json["errors"].as_object() {
            details.extend(
                fields
                    .iter()
                    .filter_map(|(name, text)| Some(format!("{name}: {}", string(text)?))),
            );
        }
        let message = ["message", "error_description", "errorMessage", "reason"];
        let code = errors.and_then(|errors| string(&errors.first()?["code"]));
        Self {
            message: message
                .iter()
                .find_map(|name| string(&json[*name]))
                .or_else(|| string(json)),
            code: string(&json["error"]).or(code),
            details,
        }
    }
}

/// One entry of `errors`: v1 wraps a translation, v2 has a title and a detail.
fn detail(error: &Value) -> Option<String> {
    let message = &error["message"];
    if let (Some(title), Some(detail)) = (string(&error["title"]), string(&error["detail"])) {
        return Some(format!("{title}: {detail}"));
    }
    [
        &message["translation"],
        &message["key"],
        message,
        &error["title"],
        &error["detail"],
        error,
    ]
    .into_iter()
    .find_map(string)
}

/// A string that says something.
fn string(value: &Value) -> Option<String> {
    single_line(value.as_str()?)
}

/// The text of a body that is not JSON; of an HTML page, what stands between the tags of its body.
fn from_text(text: &str) -> Option<String> {
    let text = text.trim();
    let is_html = text.get(..1) == Some("<");
    let mut plain = String::new();
    if is_html {
        let body = text.find("<body").map_or(text, |start| &text[start..]);
        for part in body.split('<') {
            plain.push_str(part.split_once('>').map_or(part, |(_, after)| after));
            plain.push(' ');
        }
    } else {
        plain.push_str(text);
    }
    single_line(&plain)
}
