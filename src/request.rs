//! What goes out: path, query, headers and body, serialized as OpenAPI says, before any I/O.

use std::borrow::Cow;

use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::error::{Error, Kind};
use crate::rt::{AnyJson, Root, to_json};
use crate::{Multipart, OperationInfo, RequestBody, Upload};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an operation sends, apart from where to and who asks.
#[derive(Clone, Debug)]
pub struct Request {
    operation: &'static OperationInfo,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Option<RequestBody>,
}

impl Request {
    /// The operation that is called.
    pub fn operation(&self) -> &'static OperationInfo {
        self.operation
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.operation.method
    }

    /// The path from the root of the site, percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query without its question mark, percent-encoded; empty where there is none.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The same request with these query parameters instead of those of the same names.
    pub(crate) fn with_query(&self, parameters: &[(String, String)]) -> Self {
        let name = |pair: &str| {
            let name = pair.split('=').next().unwrap_or_default();
            percent_decode_str(name).decode_utf8_lossy().into_owned()
        };
        let stays = |pair: &&str| !pair.is_empty() && !parameters.iter().any(|(known, _)| *known == name(pair));
        let kept = self.query.split('&').filter(stays).map(str::to_owned);
        let added = parameters
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let pairs: Vec<String> = kept.chain(added).collect();
        Self {
            query: pairs.join("&"),
            ..self.clone()
        }
    }

    /// The headers that the operation asks for. Credentials are not among them.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to add to them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The body, where there is one.
    pub fn body(&self) -> Option<&RequestBody> {
        self.body.as_ref()
    }
}

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

/// Collects the parts of a [`Request`]. Generated code calls it; the first mistake is reported by [`finish`](Self::finish).
#[derive(Debug)]
pub struct RequestBuilder {
    request: Request,
    variables: Vec<(&'static str, String)>,
    error: Option<String>,
}

impl RequestBuilder {
    /// Starts a request to an operation.
    pub fn new(operation: &'static OperationInfo) -> Self {
        Self {
            request: Request {
                operation,
                path: String::new(),
                query: String::new(),
                headers: HeaderMap::new(),
                body: None,
            },
            variables: Vec::new(),
            error: None,
        }
    }

    /// Gives a variable of the path template its value, percent-encoded (style `simple`).
    pub fn path(&mut self, name: &'static str, value: &dyn AnyJson) {
        if let Some(parts) = self.parts("path parameter", name, value) {
            self.variables.push((name, parts.joined(",")));
        }
    }

    /// Adds a query parameter in the style that is the default. A value that serializes to null is left out.
    pub fn query(&mut self, name: &'static str, value: &dyn AnyJson) {
        self.query_as(name, QueryStyle::Form, value);
    }

    /// Adds a query parameter in a style. A value that serializes to null is left out.
    pub fn query_as(&mut self, name: &'static str, style: QueryStyle, value: &dyn AnyJson) {
        let Some(parts) = self.parts("query parameter", name, value) else {
            return;
        };
        let delimiter = match style {
            QueryStyle::Form | QueryStyle::Comma => ",",
            QueryStyle::Space => "%20",
            QueryStyle::Pipe => "%7C",
            QueryStyle::DeepObject => "",
        };
        match (parts, style) {
            (Parts::Scalar(text), _) => self.pair(&encode(name), &text),
            (Parts::Array(items), QueryStyle::Form) => {
                for item in items {
                    self.pair(&encode(name), &item);
                }
            }
            (Parts::Object(members), QueryStyle::Form) => {
                for (key, item) in members {
                    self.pair(&key, &item);
                }
            }
            (Parts::Object(members), QueryStyle::DeepObject) => {
                for (key, item) in members {
                    self.pair(&format!("{}%5B{key}%5D", encode(name)), &item);
                }
            }
            (Parts::Array(items), _) if items.is_empty() => {}
            (parts, _) => {
                let text = parts.joined(delimiter);
                self.pair(&encode(name), &text);
            }
        }
    }

    /// Adds a header (style `simple`). A value that serializes to null is left out.
    pub fn header(&mut self, name: &'static str, value: &dyn AnyJson) {
        match self.value("header", name, value) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) => self.header_text(name, &items.iter().map(plain).collect::<Vec<_>>().join(",")),
            Some(value) => self.header_text(name, &plain(&value)),
        }
    }

    /// Adds a header.
    pub fn header_text(&mut self, name: &'static str, text: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(value)) => {
                self.request.headers.insert(name, value);
            }
            _ => self.fail(format!(
                "the header `{name}` cannot carry a line break or a control character"
            )),
        }
    }

    /// Adds a cookie (style `form`). A value that serializes to null is left out.
    pub fn cookie(&mut self, name: &'static str, value: &dyn AnyJson) {
        let Some(parts) = self.parts("cookie", name, value) else {
            return;
        };
        let mut cookies = match self.request.headers.get(COOKIE).map(HeaderValue::to_str) {
            Some(Ok(others)) => format!("{others}; "),
            _ => String::new(),
        };
        cookies.extend([name, "=", &parts.joined(",")]);
        match HeaderValue::try_from(cookies) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.request.headers.insert(COOKIE, value);
            }
            Err(_) => self.fail(format!("the cookie `{name}` does not fit into a header")),
        }
    }

    /// Says which media types the answer may have.
    pub fn accept(&mut self, media_types: &str) {
        self.media_type(ACCEPT, media_types);
    }

    /// Says which media types the answer may have: the one that was chosen, else any of these.
    pub fn accept_or(&mut self, media_types: &str, chosen: &Option<String>) {
        self.accept(chosen.as_deref().unwrap_or(media_types));
    }

    fn media_type(&mut self, name: HeaderName, media_type: &str) {
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.request.headers.insert(name, value);
            }
            Err(_) => self.fail(format!("the media type `{media_type}` does not fit into a header")),
        }
    }

    /// Sends a value as JSON. Without one, no body is sent.
    pub fn json(&mut self, media_type: &'static str, body: &dyn AnyJson) {
        match to_json(body) {
            None => {}
            Some(body) => self.whole(media_type, body.into()),
        }
    }

    /// Sends the members of a value as a form (`application/x-www-form-urlencoded`): a list as one pair for each item.
    /// Without a value, no body is sent.
    pub fn form(&mut self, media_type: &'static str, body: &dyn AnyJson) {
        let members = match self.value("body", "form", body) {
            Some(Value::Object(members)) => members,
            Some(Value::Null) => return,
            Some(_) => {
                self.fail("the body is no object, so it cannot be written as a form".to_owned());
                return;
            }
            None => return,
        };
        let mut pairs = Vec::new();
        for (name, value) in &members {
            let items = match value {
                Value::Null => continue,
                Value::Array(items) => items.iter().collect(),
                value => vec![value],
            };
            pairs.extend(
                items
                    .iter()
                    .map(|item| format!("{}={}", encode(name), encode(&plain(item)))),
            );
        }
        self.whole(media_type, pairs.join("&").into());
    }

    fn whole(&mut self, media_type: &'static str, body: Bytes) {
        self.request.body = Some(RequestBody::Whole(body));
        self.media_type(CONTENT_TYPE, media_type);
    }

    /// Sends bytes as they are. Without any, no body is sent.
    pub fn upload<'u>(&mut self, media_type: &'static str, body: impl Into<Option<&'u Upload>>) {
        let Some(body) = body.into() else { return };
        self.request.body = Some(RequestBody::Upload(body.clone()));
        let media_type = body.media(Some(media_type));
        self.media_type(
            CONTENT_TYPE,
            media_type.as_deref().unwrap_or("application/octet-stream"),
        );
    }

    /// Sends parts that the document does not name. Without any, no body is sent.
    pub fn multipart<'m>(&mut self, body: impl Into<Option<&'m Multipart>>) {
        if let Some(body) = body.into() {
            self.request.body = Some(RequestBody::Multipart(body.clone()));
        }
    }

    /// Adds a part for each file, all of one name.
    pub fn files(&mut self, name: &'static str, files: &dyn Files) {
        self.all_files(name, None, files);
    }

    /// Adds a part of a documented media type for each file, all of one name.
    pub fn files_as(&mut self, name: &'static str, media_type: &'static str, files: &dyn Files) {
        self.all_files(name, Some(media_type), files);
    }

    fn all_files(&mut self, name: &'static str, media_type: Option<&'static str>, files: &dyn Files) {
        for file in files.files() {
            let mut file = file.clone();
            if let Some(media_type) = file.media(media_type) {
                file = file.media_type(media_type);
            }
            self.add(name, file);
        }
    }

    /// Adds a value as a part: a list as one part for each item, an object as JSON (OpenAPI 3.0, section 4.7.14.4). A value
    /// that serializes to null is left out.
    pub fn field(&mut self, name: &'static str, value: &dyn AnyJson) {
        self.all_items(name, None, value);
    }

    /// Adds a value as a part of a documented media type, or as several.
    pub fn field_as(&mut self, name: &'static str, media_type: &'static str, value: &dyn AnyJson) {
        self.all_items(name, Some(media_type), value);
    }

    fn all_items(&mut self, name: &'static str, media_type: Option<&'static str>, value: &dyn AnyJson) {
        let items = match self.value("part", name, value) {
            None => return,
            Some(Value::Array(items)) => items,
            Some(value) => vec![value],
        };
        for item in items.iter().filter(|item| !item.is_null()) {
            let by_kind = matches!(item, Value::Array(_) | Value::Object(_)).then_some("application/json");
            let mut part = Upload::from(plain(item).into_owned());
            if let Some(media_type) = media_type.or(by_kind) {
                part = part.media_type(media_type);
            }
            self.add(name, part);
        }
    }

    fn add(&mut self, name: &'static str, part: Upload) {
        let parts = match self.request.body.take() {
            Some(RequestBody::Multipart(parts)) => parts,
            _ => Multipart::new(),
        };
        self.request.body = Some(RequestBody::Multipart(parts.part(name, part)));
    }

    /// Puts the path together.
    ///
    /// # Errors
    /// A path parameter is missing or empty or would lead out of its place, or another part did not fit.
    pub fn finish(mut self) -> Result<Request, Error> {
        if self.error.is_none() {
            match expand(self.request.operation.path, &self.variables) {
                Ok(path) => self.request.path = path,
                Err(problem) => self.error = Some(problem),
            }
        }
        match self.error {
            None => Ok(self.request),
            Some(problem) => Err(Error::from(Kind::Request(problem)).of(self.request.operation)),
        }
    }

    /// Notes what is wrong, unless something was wrong before.
    fn fail(&mut self, problem: String) {
        self.error.get_or_insert(problem);
    }

    fn pair(&mut self, key: &str, value: &str) {
        if !self.request.query.is_empty() {
            self.request.query.push('&');
        }
        self.request.query.extend([key, "=", value]);
    }

    fn value(&mut self, place: &str, name: &str, value: &dyn AnyJson) -> Option<Value> {
        let mut root = Root::new(serde_json::value::Serializer);
        value.write_any("", &mut root);
        match root.finish() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(format!("the {place} `{name}` cannot be written: {error}"));
                None
            }
        }
    }

    fn parts(&mut self, place: &str, name: &str, value: &dyn AnyJson) -> Option<Parts> {
        let text = |value: &Value| encode(&plain(value));
        Some(match self.value(place, name, value)? {
            Value::Null => return None,
            Value::Array(items) => Parts::Array(items.iter().map(text).collect()),
            Value::Object(members) => {
                Parts::Object(members.iter().map(|(key, value)| (encode(key), text(value))).collect())
            }
            scalar => Parts::Scalar(text(&scalar)),
        })
    }
}

/// The files of a part: one or several, be they there or not.
pub trait Files {
    /// Each of them.
    fn files(&self) -> &[Upload];
}

impl Files for Upload {
    fn files(&self) -> &[Upload] {
        std::slice::from_ref(self)
    }
}

impl Files for Vec<Upload> {
    fn files(&self) -> &[Upload] {
        self
    }
}

impl<F: Files> Files for Option<F> {
    fn files(&self) -> &[Upload] {
        self.as_ref().map_or(&[], Files::files)
    }
}

/// A parameter's value, percent-encoded.
enum Parts {
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Parts {
    fn joined(self, delimiter: &str) -> String {
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

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A scalar as text; what is nested deeper than OpenAPI defines stays JSON.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

/// Fills the variables of a path template in, segment by segment.
///
/// A segment that comes out as `.` or `..` is refused: URL parsers resolve both, encoded or not, and the request would
/// go to another operation (RFC 3986, section 5.2.4).
fn expand(template: &str, variables: &[(&'static str, String)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 16);
    for segment in template.split('/').skip(1) {
        path.push('/');
        let start = path.len();
        let mut rest = segment;
        let mut last = None;
        while let Some((before, name, after)) = variable(rest) {
            let value = variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value);
            match value {
                None => return Err(format!("the path parameter `{name}` has no value")),
                Some(value) if value.is_empty() => return Err(format!("the path parameter `{name}` is empty")),
                Some(value) => path.extend([before, value]),
            }
            last = Some(name);
            rest = after;
        }
        path.push_str(rest);
        if let (Some(name), "." | "..") = (last, &path[start..]) {
            return Err(format!(
                "the path parameter `{name}` is `{}`, which would change the path",
                &path[start..]
            ));
        }
    }
    Ok(path)
}

/// Splits at the first `{name}`.
fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
