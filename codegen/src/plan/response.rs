//! Responses: what a success carries, and an enum of the documented errors.

use proc_macro2::Ident;

use super::info::status;
use super::operation::json_media;
use super::schema::Planner;
use super::{Case, Docs, Scope, Type, markdown};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{self, Content, Response, Status};

/// How a response's body is read.
#[derive(Debug)]
pub(crate) enum Body {
    Nothing,
    Json(Type),
    /// JSON, or nothing: some successes have no body.
    Perhaps(Type),
    /// Where to go from here.
    Redirect,
    Bytes,
}

/// The documented error responses.
#[derive(Debug)]
pub(crate) struct Error {
    pub ident: Ident,
    pub variants: Vec<Variant>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub ident: Ident,
    pub docs: Docs,
    pub arm: Arm,
    pub body: Option<Type>,
}

/// The statuses that a variant stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Arm {
    Code(u16),
    Range(u16),
    Rest,
}

/// The body of a success: that of the first success which has one, or of `default` where no success is documented.
pub(super) fn output(
    operation: &lower::Operation,
    request: &Ident,
    planner: &mut Planner<'_>,
) -> (Body, Option<String>) {
    let successes = || {
        operation
            .responses
            .iter()
            .filter(|response| is_output(response, operation))
    };
    let mut contents = successes().filter_map(|response| Some((response, response.content.as_ref()?)));
    let Some((_, content)) = contents.next() else {
        let redirects =
            successes().any(|response| matches!(response.status, Status::Code(300..=399) | Status::Range(3)));
        return (if redirects { Body::Redirect } else { Body::Nothing }, None);
    };
    for (other, _) in contents {
        let message = format!(
            "several successes have bodies; that of {} is not told apart",
            status(other.status)
        );
        let diagnostic = Diagnostic::new(Code::Opaque, &other.pointer, message);
        planner.diagnostics.push(diagnostic.help("read as the first one is"));
    }
    match content {
        Content::Json(media, schema) => {
            let inline = format!("What [`{request}`](struct@super::request::{request}) answers.");
            let (ty, nullable) = planner.type_of(schema, &format!("{request} response"), &inline);
            planner.respond(&ty);
            let body = match (nullable, successes().all(|response| response.content.is_some())) {
                (_, false) => Body::Perhaps(ty),
                (true, true) => Body::Json(ty.option()),
                (false, true) => Body::Json(ty),
            };
            (body, Some(json_media(media)))
        }
        Content::Form(media, _) | Content::Bytes(media) => (Body::Bytes, Some(media.clone())),
    }
}

/// Whether a response is what the operation is for: a success, else a redirect, else `default`.
pub(super) fn is_output(response: &Response, operation: &lower::Operation) -> bool {
    let is_redirect = |status| matches!(status, Status::Code(300..=303 | 307 | 308) | Status::Range(3));
    let has = |is: &dyn Fn(Status) -> bool| operation.responses.iter().any(|response| is(response.status));
    let has_success = has(&|status| status.is_success());
    response.status.is_success()
        || !has_success && is_redirect(response.status)
        || !has_success && !has(&is_redirect) && response.status == Status::Default
}

/// The error responses of an operation; the enum gets its name among those of the requests.
pub(super) fn error(
    operation: &lower::Operation,
    request: &Ident,
    types: &mut Scope,
    planner: &mut Planner<'_>,
) -> Error {
    let mut scope = Scope::without(&["Other"]);
    let mut variants = Vec::new();
    for response in operation
        .responses
        .iter()
        .filter(|response| !is_output(response, operation))
    {
        let (name, arm) = match response.status {
            Status::Code(code) => (
                reason(code).map_or_else(|| format!("Status{code}"), str::to_owned),
                Arm::Code(code),
            ),
            Status::Range(digit) => (format!("Status{digit}xx"), Arm::Range(digit)),
            Status::Default => ("Default".to_owned(), Arm::Rest),
        };
        let ident = scope.name(&name, Case::Camel);
        let body = match &response.content {
            Some(Content::Json(_, schema)) => {
                let inline = format!(
                    "What [`{request}`](struct@super::request::{request}) answers with {}.",
                    status(response.status)
                );
                let (ty, _) = planner.type_of(schema, &format!("{request} {ident}"), &inline);
                planner.respond(&ty);
                Some(ty)
            }
            _ => None,
        };
        variants.push(Variant {
            docs: markdown::lines(&format!("{}: {}", status(response.status), response.description)),
            ident,
            arm,
            body,
        });
    }
    // The first arm that matches wins, so the narrow ones come first.
    variants.sort_by_key(|variant| match variant.arm {
        Arm::Code(_) => 0,
        Arm::Range(_) => 1,
        Arm::Rest => 2,
    });
    Error {
        ident: types.name(&format!("{request} error"), Case::Camel),
        variants,
    }
}

/// The reason phrase of a status (RFC 9110, section 15.5 and 15.6).
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        422 => "UnprocessableContent",
        423 => "Locked",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => return None,
    })
}
