//! The documented errors of an operation, as an enum.

use super::info::{Headers, status};
use super::schema::Planner;
use super::success::is_output;
use super::{Case, Docs, Ident, Scope, Table, Type, markdown};
use crate::lower::{self, Content, Status};

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
    /// The status as the document writes it.
    pub status: String,
    pub headers: Headers,
    pub body: Option<Type>,
}

/// The statuses of a variant.
///
/// In the order in which they are to be tried: the first that matches wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Arm {
    Code(u16),
    Range(u16),
    Rest,
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
        let (name, arm) = named(response.status);
        let ident = scope.name(&name, Case::Camel);
        let body = match response.content.first() {
            Some(Content::Json(_, schema)) => {
                let (ty, _) = planner.type_of(schema, &format!("{request} {ident}"));
                planner.respond(&ty);
                Some(planner.variant_body(ty))
            }
            _ => None,
        };
        variants.push(Variant {
            docs: markdown::lines(&response.description),
            ident,
            arm,
            status: status(response.status),
            headers: Table::Own(response.headers.clone()),
            body,
        });
    }
    variants.sort_by_key(|variant| variant.arm);
    Error {
        ident: types.name(&format!("{request} error"), Case::Camel),
        variants,
    }
}

/// The name of a variant, and its statuses.
pub(super) fn named(status: Status) -> (String, Arm) {
    match status {
        Status::Code(code) => (
            reason(code).map_or_else(|| format!("Status{code}"), str::to_owned),
            Arm::Code(code),
        ),
        Status::Range(digit) => (format!("Status{digit}xx"), Arm::Range(digit)),
        Status::Default => ("Default".to_owned(), Arm::Rest),
    }
}

/// The reason phrase of a status (RFC 9110, section 15).
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
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
