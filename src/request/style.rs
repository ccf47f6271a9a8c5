//! Styles: how a value stands in a path or a query (OpenAPI 3.0, section 4.7.12.2).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How the items of an array or object stand in a query (OpenAPI 3.0, section 4.7.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryStyle {
    /// `key=a&key=b`: form, exploded. The default.
    Form,
    /// `key=a,b`: form, not exploded.
    Comma,
    /// `key=a%20b`: spaceDelimited.
    Space,
    /// `key=a%7Cb`: pipeDelimited.
    Pipe,
    /// `key[name]=value`: deepObject.
    DeepObject,
}

/// A parameter's value, percent-encoded.
pub(super) enum Parts {
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Parts {
    pub(super) fn joined(self, delimiter: &str) -> String {
        match self {
            Parts::Scalar(text) => text,
            Parts::Array(items) => items.join(delimiter),
            Parts::Object(members) => {
                let items: Vec<String> = members.into_iter().flat_map(|(key, value)| [key, value]).collect();
                items.join(delimiter)
            }
        }
    }
}

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A scalar as text; what is nested deeper than OpenAPI defines stays JSON. A whole number has no fraction, as many servers read
/// nothing but digits.
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => {
            let mut text = other.to_string();
            if other.is_f64() && text.ends_with(".0") {
                text.truncate(text.len().saturating_sub(2));
            }
            Cow::Owned(text)
        }
    }
}
