//! The type of a successful response.

use super::argument::json_media;
use super::docs::choice_docs;
use super::info::status;
use super::response::{Arm, named};
use super::schema::Planner;
use super::success::{is_output, redirects};
use super::{Case, Docs, Ident, Scope, Type, markdown};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{self, Content, Kind, Response, Status};

/// The type of the body of a successful response.
#[derive(Debug)]
pub(crate) enum Output {
    Nothing,
    Json(Type),
    Text,
    /// Bytes, returned while they are received.
    Download,
    /// The target of a redirect.
    Redirect,
    Choice(Choice),
}

impl Output {
    /// The types that are read from JSON.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let (one, several) = match self {
            Output::Json(ty) => (Some(ty), [].as_slice()),
            Output::Choice(choice) => (None, choice.variants.as_slice()),
            Output::Nothing | Output::Text | Output::Download | Output::Redirect => (None, [].as_slice()),
        };
        let several = several.iter().filter_map(|variant| match &variant.body {
            Some(ChoiceBody::Json(ty)) => Some(ty),
            _ => None,
        });
        one.into_iter().chain(several)
    }
}

/// An enum for successful responses that differ.
#[derive(Debug)]
pub(crate) struct Choice {
    pub ident: Ident,
    pub docs: Docs,
    pub variants: Vec<ChoiceVariant>,
}

impl Choice {
    /// Whether a variant is returned while it is received.
    pub(crate) fn has_download(&self) -> bool {
        self.variants.iter().any(ChoiceVariant::is_download)
    }
}

#[derive(Debug)]
pub(crate) struct ChoiceVariant {
    pub ident: Ident,
    pub docs: Docs,
    pub arm: Arm,
    pub body: Option<ChoiceBody>,
    /// Whether another variant of the same status, which comes later, reads what is not JSON.
    pub is_one_of_several: bool,
}

impl ChoiceVariant {
    /// Whether its body is returned while it is received.
    pub(crate) fn is_download(&self) -> bool {
        matches!(self.body, Some(ChoiceBody::Download))
    }
}

#[derive(Debug)]
pub(crate) enum ChoiceBody {
    Json(Type),
    Text,
    Download,
}

/// Decides the type of a successful response, and which media types to accept.
pub(super) fn output(
    operation: &lower::Operation,
    request: &Ident,
    types: &mut Scope,
    planner: &mut Planner<'_>,
) -> (Output, Vec<String>) {
    let is_output = |response: &&Response| is_output(response, operation);
    let successes: Vec<&Response> = operation.responses.iter().filter(is_output).collect();
    let mut contents = successes.iter().flat_map(|response| &response.content);
    let mut accepted = Vec::new();
    for media_type in contents.clone().flat_map(media_types) {
        if !accepted.contains(&media_type) {
            accepted.push(media_type);
        }
    }
    let Some(first) = contents.next() else {
        let output = if redirects(operation) {
            Output::Redirect
        } else {
            undocumented(operation, &successes, planner)
        };
        return (output, accepted);
    };
    if !contents.all(|other| is_same(first, other)) {
        let ident = types.name(&format!("{request} output"), Case::Camel);
        let variants = variants(&successes, request, planner);
        let docs = choice_docs(request);
        return (Output::Choice(Choice { ident, docs, variants }), accepted);
    }
    let output = match first {
        Content::Text(_) => Output::Text,
        Content::Bytes(_) => Output::Download,
        Content::Json(_, schema) => {
            let ty = planner.value(schema, &format!("{request} response"));
            planner.respond(&ty);
            // No body at all is read as null.
            let may_be_absent = successes.iter().any(|response| response.content.is_empty());
            Output::Json(match ty {
                Type::Option(_) => ty,
                ty if may_be_absent => ty.option(),
                ty => ty,
            })
        }
    };
    (output, accepted)
}

/// What is read where no content is documented for a success.
fn undocumented(operation: &lower::Operation, successes: &[&Response], planner: &mut Planner<'_>) -> Output {
    let is_download = may_have_a_body(operation, successes);
    let default = operation.responses.iter().find(|one| one.status == Status::Default);
    let is_by_default = successes.is_empty() && default.is_some_and(|default| !default.content.is_empty());
    if is_download || is_by_default {
        let mut message = format!(
            "no content is documented for a successful response of `{} {}`",
            operation.method,
            operation.target()
        );
        if is_by_default {
            message.push_str(", as `default` describes errors");
        }
        let help = match is_download {
            true => "returned as a download; describe its content in an overlay",
            false => "its body is not read; describe its content in an overlay",
        };
        let diagnostic = Diagnostic::new(Code::UndocumentedBody, &operation.pointer.join("responses"), message);
        planner.diagnostics.push(diagnostic.help(help));
    }
    match is_download {
        true => Output::Download,
        false => Output::Nothing,
    }
}

/// Whether a successful response without documented content may still have a body: a GET has no other purpose, unless its status
/// rules a body out (RFC 9110, sections 15.3.5 and 15.3.6).
fn may_have_a_body(operation: &lower::Operation, successes: &[&Response]) -> bool {
    let rules_out = |response: &&Response| matches!(response.status, Status::Code(204 | 205));
    operation.method == "GET" && (successes.is_empty() || !successes.iter().all(rules_out))
}

fn media_types(content: &Content) -> Vec<String> {
    match content {
        // Servers differ in how they send a string, so they choose.
        Content::Json(media_type, schema) if schema.kind == Kind::String && media_type.contains('*') => {
            vec![media_type.clone()]
        }
        Content::Json(media_type, _) => vec![json_media(media_type)],
        Content::Text(media_types) | Content::Bytes(media_types) => media_types.clone(),
    }
}

/// Whether both are read into the same type.
fn is_same(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Json(_, one), Content::Json(_, other)) => one == other,
        (Content::Text(_), Content::Text(_)) | (Content::Bytes(_), Content::Bytes(_)) => true,
        _ => false,
    }
}

/// A variant for each status, and for each kind of body that it may have.
fn variants(successes: &[&Response], request: &Ident, planner: &mut Planner<'_>) -> Vec<ChoiceVariant> {
    let mut scope = Scope::without(&["Other"]);
    let mut variants = Vec::new();
    for response in successes {
        let (name, arm) = named(response.status);
        let bodies = response.content.iter().map(Some);
        let nothing = response.content.is_empty().then_some(None);
        for content in bodies.chain(nothing) {
            let kind = match content {
                Some(Content::Json(..)) => "Json",
                Some(Content::Text(_)) => "Text",
                Some(Content::Bytes(_)) => "Download",
                None => "Nothing",
            };
            let name = match (successes.len(), response.content.len()) {
                (1, _) => kind.to_owned(),
                (_, 0 | 1) => name.clone(),
                _ => format!("{name} {kind}"),
            };
            let ident = scope.name(&name, Case::Camel);
            let body = content.map(|content| match content {
                Content::Text(_) => ChoiceBody::Text,
                Content::Bytes(_) => ChoiceBody::Download,
                Content::Json(_, schema) => {
                    let ty = planner.value(schema, &format!("{request} {ident}"));
                    planner.respond(&ty);
                    ChoiceBody::Json(match ty {
                        Type::Option(ty) => planner.variant_body(*ty).option(),
                        ty => planner.variant_body(ty),
                    })
                }
            });
            let media = content.map(|content| media_types(content).join(", "));
            let media = media
                .map(|media| format!(" ({})", markdown::code(&media)))
                .unwrap_or_default();
            let text = format!("{}{media}: {}", status(response.status), response.description);
            variants.push(ChoiceVariant {
                docs: markdown::lines(text.trim_end_matches(": ")),
                ident,
                arm,
                body,
                is_one_of_several: response.content.len() > 1,
            });
        }
    }
    // The first arm that matches wins, so the narrow ones come first.
    variants.sort_by_key(|variant| variant.arm);
    variants
}
