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

use super::part::Part;
use crate::pointer::Pointer;

type Errors = Vec<(Pointer, String)>;

/// Parses a whole document. `None` if there are [`errors`].
pub(super) fn parse(raw: Value) -> Option<OpenAPI> {
    OpenAPI::deserialize(raw).ok()
}

/// What is wrong with a document that cannot be parsed.
pub(super) fn errors(raw: &Value) -> Errors {
    let mut errors = Errors::new();
    find(raw, Part::Document, &Pointer::root(), &mut errors);
    errors
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
    for (value, part, at) in part.parts(value, at) {
        find(value, part, &at, errors);
    }
    if errors.len() == before {
        errors.push((at.clone(), message));
    }
}

fn check<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<(), String> {
    T::deserialize(value).map(drop).map_err(|error| error.to_string())
}
