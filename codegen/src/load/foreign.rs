//! Recognizes files that are not OpenAPI documents.

use std::fmt;

use serde_json::Value;

use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;

/// Decodes bytes as UTF-8, or describes what they are instead.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    const STARTS: [(&[u8], &str); 5] = [
        (
            b"\xff\xfe",
            "it is text in UTF-16; save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`",
        ),
        (
            b"\xfe\xff",
            "it is text in UTF-16; save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`",
        ),
        (b"\x1f\x8b", "it is compressed with gzip; decompress it"),
        (b"PK\x03\x04", "it is a ZIP archive; extract it"),
        (b"%PDF", "it is a PDF file; a document in YAML or JSON is expected"),
    ];
    if let Some((_, what)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err((*what).to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        format!("it is not UTF-8 from line {line} on; save it as UTF-8, unless it is not a text file")
    })
}

/// Recognizes a text before it is parsed.
pub(super) fn text(source: &Source) -> Option<Diagnostic> {
    let text = super::yaml::without_mark(&source.text).trim_start();
    let start: String = text.chars().take(14).collect::<String>().to_ascii_lowercase();
    let (message, help) = if text.is_empty() {
        (
            "the file is empty",
            "save the document or the overlay here, as YAML or JSON",
        )
    } else if text.contains('\0') {
        (
            "the file contains NUL bytes, so it is UTF-16 or not a text file",
            "save the document as UTF-8",
        )
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
        (
            "this is an HTML page",
            "download the document itself; a server that requires a login may return such a page",
        )
    } else if start.starts_with('<') && !start.starts_with("<<") {
        ("this is XML", "an OpenAPI document is YAML or JSON")
    } else {
        return None;
    };
    let nul = source.text.find('\0');
    let index = nul.or_else(|| source.text.find(text)).unwrap_or_default();
    let (before, _) = source.text.split_at(index);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let place = source.at(before.matches('\n').count() + 1, line.chars().count() + 1);
    let diagnostic = Diagnostic::new(Code::Syntax, &Pointer::root(), message);
    Some(diagnostic.help(help).at(Some(place)))
}

/// Other kinds of documents, by a member that only they have, and what to do with them.
const OTHERS: [(&str, &str, &str); 6] = [
    (
        "swagger",
        "Swagger",
        "convert it first, for example with `npx swagger2openapi`",
    ),
    (
        "asyncapi",
        "AsyncAPI",
        "it describes messages, for which no HTTP client can be generated; use an OpenAPI document",
    ),
    (
        "overlay",
        "OpenAPI Overlay",
        "name the document that it belongs to, and add the overlay with `--overlay`, or with `Config::overlay` in a build script",
    ),
    ("arazzo", "Arazzo", "use one of its `sourceDescriptions` instead"),
    (
        "$schema",
        "JSON Schema",
        "put the schemas under `components.schemas` of an OpenAPI document",
    ),
    ("item", "Postman collection", "export the collection as OpenAPI first"),
];

/// Describes an unsupported version, or a value that is not an OpenAPI document.
pub(super) fn value(document: &Value) -> Option<Diagnostic> {
    let root = Pointer::root();
    let wrong = |at: &Pointer, message: String| Diagnostic::new(Code::Version, at, message);
    let Value::Object(members) = document else {
        let what = match document {
            Value::Null => "the file contains only comments",
            Value::Array(_) => "this is a list",
            _ => "this is a single value",
        };
        let diagnostic = wrong(&root, format!("{what}, not an OpenAPI document"));
        return Some(diagnostic.help("a document starts with `openapi: 3.0.3`"));
    };
    let at = root.join("openapi");
    match members.get("openapi") {
        Some(Value::String(version)) if Version::of(version).is_some() => None,
        Some(Value::String(version)) => Some(wrong(&at, unread(version))),
        Some(Value::Number(number)) => {
            let full = match number.as_f64() {
                Some(3.0) => "3.0.3",
                Some(3.1) => "3.1.0",
                Some(3.2) => "3.2.0",
                _ => return Some(wrong(&at, unread(number))),
            };
            let message = format!("the version is the number {number}, not a string");
            Some(wrong(&at, message).help(format!("write '{full}' in quotes")))
        }
        Some(_) => Some(wrong(&at, "the version is not a string".to_owned()).help("write `openapi: '3.0.3'`")),
        None => {
            let other = OTHERS.iter().find(|(name, ..)| members.contains_key(*name));
            let Some((name, kind, help)) = other else {
                let message = "this is not an OpenAPI document: `openapi: 3.0.x` is missing";
                return Some(wrong(&root, message.to_owned()));
            };
            let version = match members.get(*name) {
                Some(Value::String(version)) if *name != "$schema" => format!(" {version}"),
                Some(Value::Number(version)) => format!(" {version}"),
                _ => String::new(),
            };
            let message = match *name {
                "overlay" => format!("this is an {kind}, not an OpenAPI document"),
                _ => format!("{kind}{version} is not supported; OpenAPI 3.0, 3.1 and 3.2 are"),
            };
            Some(wrong(&root.join(name), message).help(*help))
        }
    }
}

fn unread(version: &dyn fmt::Display) -> String {
    format!("OpenAPI {version} is not supported; 3.0, 3.1 and 3.2 are")
}
