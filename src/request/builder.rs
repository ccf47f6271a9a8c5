//! Encodes requests. Generated code calls it.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::info::OperationInfo;
use crate::model::json::AnyJson;
use crate::model::json_text::to_json;
use crate::model::write::Root;
use crate::request::Request;
use crate::request::body::RequestBody;
use crate::request::multipart::Multipart;
use crate::request::path::expand;
use crate::request::style::{Parts, QueryStyle, encode, pairs, plain};
use crate::request::upload::{Files, Upload};
use crate::response::error::{Error, Kind};

/// Collects the parts of a [`Request`].
///
/// Generated code calls it; the first mistake is reported by [`finish`](Self::finish).
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

    /// Adds a query parameter in the style that is the default.
    ///
    /// A value that serializes to null is left out.
    pub fn query(&mut self, name: &'static str, value: &dyn AnyJson) {
        self.query_as(name, QueryStyle::Form, value);
    }

    /// Adds a query parameter in a style.
    ///
    /// A value that serializes to null is left out.
    pub fn query_as(&mut self, name: &'static str, style: QueryStyle, value: &dyn AnyJson) {
        let Some(value) = self.value("query parameter", name, value) else {
            return;
        };
        for (key, value) in pairs(name, style, &value) {
            self.pair(&format!("{key}={value}"));
        }
    }

    /// Adds a part of the query that is the same in every request, percent-encoded.
    pub fn fixed_query(&mut self, query: &str) {
        self.pair(query);
    }

    /// Adds a header (style `simple`).
    ///
    /// A value that serializes to null is left out.
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

    /// Adds a cookie (style `form`).
    ///
    /// A value that serializes to null is left out.
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

    /// Says which media types the response may have.
    pub fn accept(&mut self, media_types: &str) {
        self.media_type(ACCEPT, media_types);
    }

    /// Says which media types the response may have: the one that was chosen, else any of these.
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

    /// Sends a value as JSON.
    ///
    /// Without one, no body is sent.
    pub fn json(&mut self, media_type: &'static str, body: &dyn AnyJson) {
        match to_json(body) {
            None => {}
            Some(body) => self.whole(media_type, body.into()),
        }
    }

    /// Sends the members of a value as a form (`application/x-www-form-urlencoded`): a list as one pair for each item,
    /// an object as JSON.
    ///
    /// Without a value, no body is sent.
    pub fn form(&mut self, media_type: &'static str, body: &dyn AnyJson) {
        self.form_as(media_type, &[], body);
    }

    /// Sends the members of a value as a form, some of them in a documented style.
    pub fn form_as(&mut self, media_type: &'static str, styles: &[(&str, QueryStyle)], body: &dyn AnyJson) {
        let members = match self.value("body", "form", body) {
            Some(Value::Object(members)) => members,
            Some(Value::Null) => return,
            Some(_) => {
                self.fail("the body is no object, so it cannot be written as a form".to_owned());
                return;
            }
            None => return,
        };
        let fields = members.iter().flat_map(|(name, value)| {
            let style = styles.iter().find(|(known, _)| known == name);
            match (style, value) {
                (Some((_, style)), _) => pairs(name, *style, value),
                (None, Value::Object(_)) => vec![(encode(name), encode(&plain(value)))],
                (None, _) => pairs(name, QueryStyle::Form, value),
            }
        });
        let fields: Vec<String> = fields.map(|(name, value)| format!("{name}={value}")).collect();
        self.whole(media_type, fields.join("&").into());
    }

    fn whole(&mut self, media_type: &'static str, body: Bytes) {
        self.request.body = Some(RequestBody::Whole(body));
        self.media_type(CONTENT_TYPE, media_type);
    }

    /// Sends bytes as they are.
    ///
    /// Without any, no body is sent.
    pub fn upload<'u>(&mut self, media_type: &'static str, body: impl Into<Option<&'u Upload>>) {
        let Some(body) = body.into() else { return };
        self.request.body = Some(RequestBody::Upload(body.clone()));
        let media_type = body.media(Some(media_type));
        self.media_type(
            CONTENT_TYPE,
            media_type.as_deref().unwrap_or("application/octet-stream"),
        );
    }

    /// Sends parts that the document does not name.
    ///
    /// Without any, no body is sent.
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

    /// Adds a value as a part: a list as one part for each item, an object as JSON (OpenAPI 3.0, section 4.7.14.4).
    ///
    /// A value that serializes to null is left out.
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
            let mut part = Upload::new(plain(item).into_owned());
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

    fn pair(&mut self, pair: &str) {
        if !self.request.query.is_empty() {
            self.request.query.push('&');
        }
        self.request.query.push_str(pair);
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
        match self.value(place, name, value)? {
            Value::Null => None,
            value => Some(Parts::of(&value)),
        }
    }
}
