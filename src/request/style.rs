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
    /// `key[name]=value`: deepObject. OpenAPI leaves open what is deeper; it is written as most servers read it, `key[name][inner]=value`
    /// and `key[name][0]=value`.
    DeepObject,
}

/// A value as pairs of a query or a form, percent-encoded. Null has none.
pub(super) fn pairs(name: &str, style: QueryStyle, value: &Value) -> Vec<(String, String)> {
    let delimiter = match style {
        QueryStyle::Form | QueryStyle::Comma => ",",
        QueryStyle::Space => "%20",
        QueryStyle::Pipe => "%7C",
        QueryStyle::DeepObject => {
            let mut pairs = Vec::new();
            if !value.is_null() {
                deep(encode(name), value, &mut pairs);
            }
            return pairs;
        }
    };
    match (value, style) {
        (Value::Null, _) => Vec::new(),
        (Value::Array(items), _) if items.is_empty() => Vec::new(),
        (Value::Array(items), QueryStyle::Form) => each(name, items),
        (Value::Object(members), QueryStyle::Form) => {
            members.iter().flat_map(|(key, value)| member(key, value)).collect()
        }
        (value, _) => vec![(encode(name), Parts::of(value).joined(delimiter))],
    }
}

/// A member of an exploded object stands in a query like a parameter, so a list in it has a pair for each item.
fn member(key: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) => each(key, items),
        value => vec![(encode(key), text(value))],
    }
}

/// A pair for each item.
fn each(name: &str, items: &[Value]) -> Vec<(String, String)> {
    items.iter().map(|item| (encode(name), text(item))).collect()
}

/// A pair for each scalar within a value, with the way to it in brackets.
fn deep(way: String, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{way}%5B{index}%5D"), item, pairs);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                deep(format!("{way}%5B{}%5D", encode(key)), value, pairs);
            }
        }
        scalar => pairs.push((way, text(scalar))),
    }
}

/// A parameter's value, percent-encoded.
pub(super) enum Parts {
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Parts {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Parts::Array(items.iter().map(text).collect()),
            Value::Object(members) => {
                Parts::Object(members.iter().map(|(key, value)| (encode(key), text(value))).collect())
            }
            scalar => Parts::Scalar(text(scalar)),
        }
    }

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

/// A scalar, percent-encoded.
fn text(value: &Value) -> String {
    encode(&plain(value))
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
