//! OpenAPI from raw values, with the true place of what is wrong.
//!
//! openapiv3 flattens, so it reports every mistake at the start of what it was parsing. The parts are therefore parsed
//! again one by one, from the outside in, until the smallest one that fails is found.

use openapiv3::{
    Header, MediaType, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde::Deserialize;
use serde_json::Value;

use crate::pointer::Pointer;

type Errors = Vec<(Pointer, String)>;

/// Parses a whole document.
pub(super) fn parse(raw: &Value) -> Result<OpenAPI, Errors> {
    let mut plain = raw.clone();
    strip_examples(&mut plain);
    OpenAPI::deserialize(&plain).map_err(|_| {
        let mut errors = Errors::new();
        find(&plain, Part::Document, &Pointer::root(), &mut errors);
        errors
    })
}

/// Examples are not needed, and published ones are often malformed.
fn strip_examples(document: &mut Value) {
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.shift_remove("examples");
    }
}

/// The kinds of things that are parsed on their own.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Document,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Schema,
    SecurityScheme,
}

/// Finds the smallest parts below a place that fail.
fn find(value: &Value, part: Part, at: &Pointer, errors: &mut Errors) {
    let result = match part {
        Part::Document => check::<OpenAPI>(value),
        Part::PathItem => check::<ReferenceOr<PathItem>>(value),
        Part::Operation => check::<Operation>(value),
        Part::Parameter => check::<ReferenceOr<Parameter>>(value),
        Part::RequestBody => check::<ReferenceOr<RequestBody>>(value),
        Part::Response => check::<ReferenceOr<Response>>(value),
        Part::Header => check::<ReferenceOr<Header>>(value),
        Part::MediaType => check::<MediaType>(value),
        Part::Schema => check::<ReferenceOr<Schema>>(value),
        Part::SecurityScheme => check::<ReferenceOr<SecurityScheme>>(value),
    };
    let Err(message) = result else { return };
    let before = errors.len();
    for (value, part, at) in parts(value, part, at) {
        find(value, part, &at, errors);
    }
    if errors.len() == before {
        errors.push((at.clone(), message));
    }
}

fn check<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<(), String> {
    T::deserialize(value).map(drop).map_err(|error| error.to_string())
}

/// The parts that a part consists of.
fn parts<'a>(value: &'a Value, part: Part, at: &Pointer) -> Vec<(&'a Value, Part, Pointer)> {
    // A name, the part it holds, and whether it holds many of them.
    let members: &[(&str, Part, bool)] = match part {
        Part::Document => &[("paths", Part::PathItem, true)],
        Part::PathItem => &[
            ("parameters", Part::Parameter, true),
            ("get", Part::Operation, false),
            ("put", Part::Operation, false),
            ("post", Part::Operation, false),
            ("delete", Part::Operation, false),
            ("options", Part::Operation, false),
            ("head", Part::Operation, false),
            ("patch", Part::Operation, false),
            ("trace", Part::Operation, false),
        ],
        Part::Operation => &[
            ("parameters", Part::Parameter, true),
            ("requestBody", Part::RequestBody, false),
            ("responses", Part::Response, true),
        ],
        Part::Parameter | Part::Header => &[("schema", Part::Schema, false), ("content", Part::MediaType, true)],
        Part::RequestBody => &[("content", Part::MediaType, true)],
        Part::Response => &[("headers", Part::Header, true), ("content", Part::MediaType, true)],
        Part::MediaType => &[("schema", Part::Schema, false)],
        Part::Schema => &[
            ("properties", Part::Schema, true),
            ("items", Part::Schema, false),
            ("additionalProperties", Part::Schema, false),
            ("allOf", Part::Schema, true),
            ("oneOf", Part::Schema, true),
            ("anyOf", Part::Schema, true),
            ("not", Part::Schema, false),
        ],
        Part::SecurityScheme => &[],
    };
    let mut found = Vec::new();
    let mut collect = |value: &'a Value, at: &Pointer, members: &[(&str, Part, bool)]| {
        for (name, part, many) in members {
            let at = at.join(name);
            match value.get(name) {
                Some(Value::Object(inner)) if *many => {
                    let inner = inner.iter().filter(|(name, _)| !name.starts_with("x-"));
                    found.extend(inner.map(|(name, value)| (value, *part, at.join(name))));
                }
                Some(Value::Array(inner)) if *many => {
                    found.extend(
                        inner
                            .iter()
                            .enumerate()
                            .map(|(index, value)| (value, *part, at.join(index))),
                    );
                }
                Some(value @ Value::Object(_)) if !*many => found.push((value, *part, at)),
                _ => {}
            }
        }
    };
    collect(value, at, members);
    if part == Part::Document {
        let components: &[(&str, Part, bool)] = &[
            ("schemas", Part::Schema, true),
            ("responses", Part::Response, true),
            ("parameters", Part::Parameter, true),
            ("requestBodies", Part::RequestBody, true),
            ("headers", Part::Header, true),
            ("securitySchemes", Part::SecurityScheme, true),
        ];
        collect(&value["components"], &at.join("components"), components);
    }
    found
}
