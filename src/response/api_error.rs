//! What an error response says, in any of the shapes that Confluence and what stands before it use.
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use serde_json::Value;

use crate::response::incoming::MOST_OF_ERROR;
use crate::response::raw::RawResponse;
use crate::text::single_line;

/// How many bytes of text are put together of a page at most: only its first words are shown.
const LONGEST_PAGE: usize = 2048;

/// The decoded body of an error response.
///
/// Confluence v1 and v2, Jira, Bitbucket, the gateway, the OAuth server and the servlet container each have their own
/// format; this is what they have in common. The bytes are available from [`Error::response`](crate::Error::response).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    message: Option<String>,
    code: Option<String>,
    details: Vec<String>,
    /// The class of an exception in the server.
    class: Option<String>,
}

impl ApiError {
    /// Returns the main message, on one line, or `None` if the body has none.
    ///
    /// The class name of an exception, which v1 puts first, is removed if there is more.
    pub fn message(&self) -> Option<&str> {
        let first = || self.details.first().map(String::as_str);
        self.message.as_deref().or_else(first).or(self.class.as_deref())
    }

    /// Returns the error code, if there is one (`NOT_FOUND`, `invalid_grant`).
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the individual errors, if the response lists them.
    ///
    /// Those of a field begin with its name.
    pub fn details(&self) -> &[String] {
        &self.details
    }

    /// Returns a summary on one line: the message, details that add to it, and the class of the exception last.
    pub(crate) fn line(&self) -> Option<String> {
        let mut line = self.message().or(self.code())?.to_owned();
        let added: Vec<&str> = self
            .details
            .iter()
            .map(String::as_str)
            .filter(|detail| !line.contains(detail))
            .collect();
        if let Some(added) = single_line(&added.join("; ")) {
            line.push_str("; ");
            line.push_str(&added);
        }
        if let Some(class) = self.class.as_deref().filter(|class| !line.contains(class)) {
            line.push_str(&format!(" ({class})"));
        }
        Some(line)
    }

    pub(crate) fn read(response: &RawResponse) -> Self {
        let body = response.body();
        let body = body.get(..MOST_OF_ERROR).unwrap_or(body);
        match serde_json::from_slice(body) {
            Ok(json) => Self::from_json(&json),
            Err(_) => Self {
                message: from_text(&String::from_utf8_lossy(body)),
                ..Self::default()
            },
        }
    }

    fn from_json(json: &Value) -> Self {
        // Bitbucket wraps it all.
        let inner = if json["error"].is_object() {
            &json["error"]
        } else {
            json
        };
        let mut details = Vec::new();
        add_details(inner, &mut details);
        let names = ["message", "error_description", "errorMessage"];
        let message = names.iter().find_map(|name| string(&inner[*name]));
        let message = message.or_else(|| detail(inner)).or_else(|| string(&inner["reason"]));
        // What Bitbucket adds to its message. Elsewhere, it is a part of the message.
        let added = string(&inner["detail"]);
        details.extend(added.filter(|added| message.as_ref().is_some_and(|message| !message.contains(added))));
        let code = || string(&entries(inner)?.first()?["code"]);
        let code = string(&json["error"]).or_else(code).or_else(|| string(&inner["code"]));
        let (class, mut message) = message.map_or((None, None), without_class);
        if class.is_some() && !details.is_empty() {
            // Then the details are the cause.
            details.extend(message.take());
        }
        Self {
            message,
            code,
            details,
            class,
        }
    }
}

/// The single errors, where they are listed.
fn entries(json: &Value) -> Option<&Vec<Value>> {
    [&json["errors"], &json["data"]["errors"], json]
        .into_iter()
        .find_map(Value::as_array)
}

/// Adds the single errors. Jira lists plain messages, messages by field and, of several issues, all that of each.
fn add_details(json: &Value, details: &mut Vec<String>) {
    for entry in entries(json).into_iter().flatten() {
        match &entry["elementErrors"] {
            Value::Null => details.extend(detail(entry).map(words)),
            all => add_details(all, details),
        }
    }
    details.extend(
        json["errorMessages"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(string),
    );
    for fields in [&json["errors"], &json["fields"], &json["detail"]] {
        let fields = fields.as_object().into_iter().flatten();
        details.extend(fields.filter_map(|(name, value)| by_field(name, value)));
    }
}

/// One entry of `errors`: v1 wraps a translation, or a key with what it is about; v2 has a title and a detail (as RFC 9457 does).
fn detail(error: &Value) -> Option<String> {
    let message = &error["message"];
    if let (Some(title), Some(detail)) = (string(&error["title"]), string(&error["detail"])) {
        return Some(format!("{title}: {detail}"));
    }
    let by_key = || {
        let key = message["key"].as_str()?;
        by_field(key, &message["args"]).or_else(|| single_line(key))
    };
    let texts = [message, &error["title"], &error["detail"], &error["code"], error];
    string(&message["translation"])
        .or_else(by_key)
        .or_else(|| texts.into_iter().find_map(string))
}

/// What is said of a field: a text, or several.
fn by_field(name: &str, value: &Value) -> Option<String> {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(string).collect(),
        text => string(text).into_iter().collect(),
    };
    let name = single_line(name).filter(|_| !texts.is_empty())?;
    Some(format!("{name}: {}", texts.join(", ")))
}

/// A string that says something.
fn string(value: &Value) -> Option<String> {
    single_line(value.as_str()?)
}

/// Takes the classes of Java's exceptions off the beginning of a message; what is left says what happened.
fn without_class(message: String) -> (Option<String>, Option<String>) {
    let mut rest = message.as_str();
    let mut first = None;
    loop {
        let (name, after) = rest.split_once(':').unwrap_or((rest, ""));
        if !is_class(name) {
            break;
        }
        first.get_or_insert(name);
        rest = after.trim_start();
    }
    match first {
        None => (None, Some(message)),
        Some(class) => (Some(class.to_owned()), (!rest.is_empty()).then(|| rest.to_owned())),
    }
}

/// What a message says; the class of an exception if that is all.
fn words(message: String) -> String {
    let (class, words) = without_class(message);
    words.or(class).unwrap_or_default()
}

/// Whether a text is the full name of a class, such as `java.lang.IllegalArgumentException`.
fn is_class(text: &str) -> bool {
    let mut parts = text.rsplit('.');
    let is_name = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'))
    };
    let is_upper = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase()) && is_name(part);
    let is_lower = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase()) && is_name(part);
    parts.next().is_some_and(is_upper) && text.matches('.').count() > 1 && parts.all(is_lower)
}

/// The text of a body that is not JSON; of an HTML page, what stands between the tags of its body.
fn from_text(text: &str) -> Option<String> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return single_line(text);
    }
    let body = text.find("<body").and_then(|start| text.get(start..)).unwrap_or(text);
    let mut plain = String::new();
    let mut is_hidden = false;
    for part in body.split('<') {
        match part.get(..5) {
            Some("scrip" | "style") => is_hidden = true,
            Some("/scri" | "/styl") => is_hidden = false,
            _ => {}
        }
        let shown = part.split_once('>').map_or(part, |(_, after)| after);
        for word in shown.split_whitespace().filter(|_| !is_hidden) {
            plain.extend([word, " "]);
        }
        if plain.len() > LONGEST_PAGE {
            break;
        }
    }
    single_line(&plain)
}
