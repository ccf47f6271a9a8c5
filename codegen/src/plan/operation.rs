//! Operations become request types and the functions that make them.

use proc_macro2::Ident;

use super::info::{Info, info, status};
use super::schema::Planner;
use super::{Case, Docs, Options, Scope, Type, markdown, paragraphs, plain, sentence};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{self, Content, Location, Response, Status, Style};

/// A request type and the function that makes it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub function: Ident,
    pub docs: Docs,
    pub request: Ident,
    pub deprecated: bool,
    pub arguments: Vec<Argument>,
    pub parts: Vec<Part>,
    /// Headers that are always the same.
    pub headers: Vec<(&'static str, &'static str)>,
    pub accept: Option<String>,
    /// What a success carries.
    pub output: Body,
    pub error: Error,
    pub info: Info,
}

/// Something that a caller hands in.
#[derive(Debug)]
pub(crate) struct Argument {
    pub ident: Ident,
    pub docs: Docs,
    pub ty: Type,
    /// Positional if required, a setter otherwise.
    pub required: bool,
    pub deprecated: bool,
    /// Whether the items of a list, or else the value itself, are taken as `impl Into`.
    pub into: bool,
}

/// Where an argument goes.
#[derive(Debug)]
pub(crate) struct Part {
    pub place: Place,
    /// The name on the wire.
    pub name: String,
    pub argument: Ident,
    /// Whether it is left out where it is not set.
    pub optional: bool,
}

#[derive(Debug)]
pub(crate) enum Place {
    Path,
    Query(Style),
    Header,
    Cookie,
    /// A body of this media type.
    Json(String),
    Form(String),
    Bytes(String),
}

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

/// The namespaces that operations share.
struct Names {
    functions: Scope,
    types: Scope,
}

pub(super) fn operations(
    operations: Vec<lower::Operation>,
    module: &Ident,
    options: &Options,
    planner: &mut Planner<'_>,
) -> Vec<Operation> {
    let mut names = Names {
        functions: Scope::without(&["guide", "model", "request", "rt"]),
        types: Scope::default(),
    };
    operations
        .into_iter()
        .map(|one| operation(one, &mut names, module, options, planner))
        .collect()
}

fn operation(
    mut operation: lower::Operation,
    names: &mut Names,
    module: &Ident,
    options: &Options,
    planner: &mut Planner<'_>,
) -> Operation {
    let derived = || format!("{} {}", operation.method.to_lowercase(), operation.path);
    let wanted = operation
        .rust_name
        .clone()
        .or_else(|| operation.id.clone())
        .unwrap_or_else(derived);
    let function = names.functions.name(&wanted, Case::Snake);
    let name = plain(&function);
    let request = names.types.name(&name, Case::Camel);
    let (arguments, parts) = arguments(&operation, &request, planner);
    let (output, accept) = output(&operation, &request, planner);
    let error = error(&operation, &request, names, planner);
    let docs = docs(&operation, &error, example(module, &function, &arguments, options));
    let id = operation.id.clone().unwrap_or(name);
    Operation {
        docs,
        request,
        deprecated: operation.deprecated,
        arguments,
        parts,
        headers: headers(&operation),
        accept,
        output,
        error,
        info: info(&mut operation, id),
        function,
    }
}

fn arguments(operation: &lower::Operation, request: &Ident, planner: &mut Planner<'_>) -> (Vec<Argument>, Vec<Part>) {
    // Setters with these names would hide methods that every request has.
    let mut scope = Scope::without(&["clone", "encode", "decode"]);
    let mut arguments = Vec::new();
    let mut parts = Vec::new();
    let mut add = |argument: Argument, place: Place, name: &str| {
        parts.push(Part {
            place,
            name: name.to_owned(),
            argument: argument.ident.clone(),
            optional: !argument.required,
        });
        arguments.push(argument);
    };
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| !is_xsrf_token(&parameter.name))
    {
        let inline = format!(
            "The parameter `{}` of [`{request}`](struct@super::request::{request}).",
            parameter.name
        );
        let (ty, _) = planner.type_of(&parameter.schema, &format!("{request} {}", parameter.name), &inline);
        planner.request(&ty);
        let default = parameter
            .default
            .as_ref()
            .map(|default| format!("The server's default is `{default}`."));
        let text = match parameter.description.trim() {
            "" => format!("The parameter `{}`.", parameter.name),
            text => sentence(text),
        };
        let argument = Argument {
            ident: scope.name(&parameter.name, Case::Snake),
            docs: paragraphs(&[markdown::lines(&text), default.into_iter().collect()]),
            into: is_into(&ty, planner),
            ty,
            required: parameter.required,
            deprecated: parameter.deprecated,
        };
        let place = match parameter.location {
            Location::Path => Place::Path,
            Location::Query(style) => Place::Query(style),
            Location::Header => Place::Header,
            Location::Cookie => Place::Cookie,
        };
        add(argument, place, &parameter.name);
    }
    if let Some(body) = &operation.body {
        let (ty, place) = match &body.content {
            Content::Json(media, schema) => {
                let inline = format!("What [`{request}`](struct@super::request::{request}) sends.");
                let (ty, _) = planner.type_of(schema, &format!("{request} body"), &inline);
                (ty, Place::Json(json_media(media)))
            }
            Content::Form(media, schema) => {
                let inline = format!("What [`{request}`](struct@super::request::{request}) sends.");
                let (ty, _) = planner.type_of(schema, &format!("{request} body"), &inline);
                (ty, Place::Form(media.clone()))
            }
            Content::Bytes(media) => (Type::Bytes, Place::Bytes(media.clone())),
        };
        planner.request(&ty);
        let text = match body.description.trim() {
            "" => "The body.".to_owned(),
            text => sentence(text),
        };
        let argument = Argument {
            ident: scope.name("body", Case::Snake),
            docs: markdown::lines(&text),
            into: is_into(&ty, planner),
            ty,
            required: body.required,
            deprecated: false,
        };
        add(argument, place, "body");
    }
    (arguments, parts)
}

/// The header that protects against cross-site request forgery. It has one value that works, so nobody is asked for it.
fn is_xsrf_token(name: &str) -> bool {
    name.eq_ignore_ascii_case(XSRF_TOKEN)
}

const XSRF_TOKEN: &str = "X-Atlassian-Token";

/// The headers that an operation needs whatever is asked for.
fn headers(operation: &lower::Operation) -> Vec<(&'static str, &'static str)> {
    let declared = operation
        .parameters
        .iter()
        .any(|parameter| is_xsrf_token(&parameter.name));
    let told = operation.description.contains("`X-Atlassian-Token: no-check`");
    let needed = declared || told;
    needed.then_some((XSRF_TOKEN, "no-check")).into_iter().collect()
}

/// A type that says which media it is; a wildcard means JSON here.
fn json_media(media: &str) -> String {
    if media.contains('*') {
        "application/json".to_owned()
    } else {
        media.to_owned()
    }
}

/// Whether users have something at hand that becomes the type.
fn is_into(ty: &Type, planner: &Planner<'_>) -> bool {
    match ty {
        Type::List(item) => is_into(item, planner) && !matches!(**item, Type::List(_)),
        Type::String | Type::Bytes | Type::DateTime => true,
        other => planner.is_enum(other),
    }
}

/// The body of a success: that of the first success which has one, or of `default` where no success is documented.
fn output(operation: &lower::Operation, request: &Ident, planner: &mut Planner<'_>) -> (Body, Option<String>) {
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
fn is_output(response: &Response, operation: &lower::Operation) -> bool {
    let is_redirect = |status| matches!(status, Status::Code(300..=303 | 307 | 308) | Status::Range(3));
    let has = |is: &dyn Fn(Status) -> bool| operation.responses.iter().any(|response| is(response.status));
    let has_success = has(&|status| status.is_success());
    response.status.is_success()
        || !has_success && is_redirect(response.status)
        || !has_success && !has(&is_redirect) && response.status == Status::Default
}

fn error(operation: &lower::Operation, request: &Ident, names: &mut Names, planner: &mut Planner<'_>) -> Error {
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
        ident: names.types.name(&format!("{request} error"), Case::Camel),
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

fn docs(operation: &lower::Operation, error: &Error, example: Docs) -> Docs {
    let first = match operation.summary.trim() {
        "" => format!("Calls `{} {}`.", operation.method, operation.path),
        summary => sentence(summary),
    };
    let call = vec![format!("`{} {}`", operation.method, operation.path)];
    let more = operation
        .external_docs
        .as_ref()
        .map(|url| markdown::lines(&format!("More: {url}")));
    paragraphs(&[
        markdown::lines(&first),
        markdown::lines(&operation.description),
        call,
        more.unwrap_or_default(),
        scope_docs(operation),
        error_docs(operation, error),
        example,
    ])
}

fn scope_docs(operation: &lower::Operation) -> Docs {
    let mut docs = Docs::new();
    for group in &operation.scopes {
        let scopes: Vec<String> = group.scopes.iter().map(|scope| format!("`{scope}`")).collect();
        docs.push(format!(
            "- OAuth 2.0, {}: {}",
            group.state.to_lowercase(),
            scopes.join(" and ")
        ));
    }
    if let Some(scope) = &operation.connect_scope {
        docs.push(format!("- Connect: `{scope}`"));
    }
    if !docs.is_empty() {
        docs.splice(0..0, ["# Scopes".to_owned(), String::new()]);
    }
    docs
}

fn error_docs(operation: &lower::Operation, error: &Error) -> Docs {
    if error.variants.is_empty() {
        return Docs::new();
    }
    let mut docs = vec!["# Errors".to_owned(), String::new()];
    for response in operation
        .responses
        .iter()
        .filter(|response| !is_output(response, operation))
    {
        let mut text = markdown::lines(&response.description);
        let mut item = format!("- {}:", status(response.status));
        // Only a line of prose can go on where the item starts.
        if text.first().is_some_and(|line| line.starts_with(char::is_alphabetic)) {
            item.push(' ');
            item.push_str(&text.remove(0));
        }
        docs.push(item);
        docs.extend(text.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            }
        }));
    }
    docs
}

/// A call with every required argument, as a user of the crate would write it.
fn example(module: &Ident, function: &Ident, arguments: &[Argument], options: &Options) -> Docs {
    let runtime = options.public_runtime();
    let parent = options.parent.as_deref().unwrap_or("crate");
    let path = format!("{parent}::{module}");
    let mut given = vec![format!("client: &{runtime}::Client")];
    let mut values = Vec::new();
    for argument in arguments.iter().filter(|argument| argument.required) {
        values.push(match &argument.ty {
            Type::String => format!("\"{}\"", plain(&argument.ident)),
            Type::Bool => "true".to_owned(),
            Type::I32 | Type::I64 => "1".to_owned(),
            Type::F32 | Type::F64 => "1.0".to_owned(),
            Type::List(item) if **item == Type::String => "[\"one\", \"two\"]".to_owned(),
            ty => {
                given.push(format!("{}: {}", argument.ident, written(ty, &path, &runtime)));
                argument.ident.to_string()
            }
        });
    }
    let compiled = options.parent.is_some();
    let mut docs = vec![
        "# Example".to_owned(),
        String::new(),
        if compiled { "```no_run" } else { "```text" }.to_owned(),
    ];
    let call = format!(
        "let response = client.send({path}::{function}({})).await?;",
        values.join(", ")
    );
    if compiled {
        let given = given.join(", ");
        docs.push(format!(
            "# async fn example({given}) -> Result<(), {runtime}::Error> {{"
        ));
    }
    docs.extend([call, "println!(\"{response:#?}\");".to_owned()]);
    if compiled {
        docs.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    }
    docs.push("```".to_owned());
    docs
}

/// A type as a user of the crate would write it.
fn written(ty: &Type, path: &str, runtime: &str) -> String {
    let inner = |ty: &Type| written(ty, path, runtime);
    match ty {
        Type::Unit => "()".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::F32 => "f32".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Json => format!("{runtime}::Value"),
        Type::DateTime => format!("{runtime}::DateTime"),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)),
        Type::Option(some) => format!("Option<{}>", inner(some)),
        Type::Boxed(value) => format!("Box<{}>", inner(value)),
        Type::Model(name) => format!("{path}::model::{name}"),
    }
}
