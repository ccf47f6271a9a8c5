//! Parses values as OpenAPI, with the exact place of each mistake.
//!
//! openapiv3 flattens, so it reports every mistake at the start of what it was parsing, and it parses again what fails, so that a
//! mistake takes it twice as long for each level that it is deep. The parts are therefore parsed one by one before, from the outside
//! in, and a part that fails is compared with the types of its members.

use openapiv3::{
    AuthorizationCodeOAuth2Flow, Components, Discriminator, Encoding, ExternalDocumentation, Header,
    ImplicitOAuth2Flow, Info, MediaType, OAuth2Flows, OpenAPI, Operation, Parameter, PasswordOAuth2Flow, PathItem,
    ReferenceOr, RequestBody, Response, Schema, SecurityRequirement, SecurityScheme, Server, Tag,
};
use serde::Deserialize;
use serde_json::Value;

use super::part::Part;
use super::shape;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// The maximum depth of a document that is parsed as a whole at once.
const SHALLOW: usize = 24;

/// Whether a mistake in a document costs little wherever it is: openapiv3 takes twice as long for each level of schemas around it.
pub(super) fn is_shallow(raw: &Value) -> bool {
    fn is_within(value: &Value, levels: usize) -> bool {
        match (value, levels.checked_sub(1)) {
            (Value::Array(items), Some(levels)) => items.iter().all(|item| is_within(item, levels)),
            (Value::Object(members), Some(levels)) => members.values().all(|member| is_within(member, levels)),
            (Value::Array(_) | Value::Object(_), None) => false,
            _ => true,
        }
    }
    is_within(raw, SHALLOW)
}

/// Parses a whole document. `None` if it has mistakes.
pub(super) fn parse(raw: Value) -> Option<OpenAPI> {
    OpenAPI::deserialize(raw).ok()
}

/// Parses a document part by part first, so that mistakes are found one by one and cost the same at any depth.
pub(super) fn parse_in_parts(raw: Value) -> Result<OpenAPI, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    find(&raw, Part::Document, &Pointer::root(), &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    OpenAPI::deserialize(raw).map_err(|error| vec![Diagnostic::new(Code::OpenApi, &Pointer::root(), error.to_string())])
}

/// Finds what is wrong with a part and the parts below it, from the outside in. Each is parsed separately.
fn find(value: &Value, part: Part, at: &Pointer, errors: &mut Vec<Diagnostic>) {
    let before = errors.len();
    if let Err(message) = check_as(&part.alone(value), part) {
        errors.extend(shape::problems(value, part, at));
        if errors.len() == before {
            errors.push(Diagnostic::new(Code::OpenApi, at, message));
        }
    }
    let own = errors.iter().skip(before).map(|error| error.pointer.clone());
    let told: Vec<Pointer> = own.filter(|told| told != at).collect();
    for (value, part, at) in part.parts(value, at) {
        if !told.iter().any(|told| at.below(told).is_some()) {
            find(value, part, &at, errors);
        }
    }
}

fn check_as(value: &Value, part: Part) -> Result<(), String> {
    match part {
        Part::Document => check::<OpenAPI>(value),
        Part::Info => check::<Info>(value),
        Part::Server => check::<Server>(value),
        Part::Tag => check::<Tag>(value),
        Part::Components => check::<Components>(value),
        Part::PathItem => check::<ReferenceOr<PathItem>>(value),
        Part::Operation => check::<Operation>(value),
        Part::Parameter => check::<ReferenceOr<Parameter>>(value),
        Part::RequestBody => check::<ReferenceOr<RequestBody>>(value),
        Part::Response => check::<ReferenceOr<Response>>(value),
        Part::Header => check::<ReferenceOr<Header>>(value),
        Part::MediaType => check::<MediaType>(value),
        Part::Schema => check::<ReferenceOr<Schema>>(value),
        Part::SecurityScheme => check::<ReferenceOr<SecurityScheme>>(value),
        Part::SecurityRequirement => check::<SecurityRequirement>(value),
        Part::Flows => check::<OAuth2Flows>(value),
        Part::ImplicitFlow => check::<ImplicitOAuth2Flow>(value),
        Part::TokenFlow => check::<PasswordOAuth2Flow>(value),
        Part::CodeFlow => check::<AuthorizationCodeOAuth2Flow>(value),
        Part::ExternalDocs => check::<ExternalDocumentation>(value),
        Part::Encoding => check::<Encoding>(value),
        Part::Discriminator => check::<Discriminator>(value),
    }
}

fn check<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<(), String> {
    T::deserialize(value).map(drop).map_err(|error| error.to_string())
}
