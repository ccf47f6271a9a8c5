//! Operations become request types and the functions that make them.

use super::docs::{docs, example};
use super::info::{Info, info};
use super::output::{Output, output};
use super::response::{Error, error};
use super::schema::Planner;
use super::{Case, Docs, Ident, Options, Scope, Type, markdown, paragraphs, plain, sentence};
use crate::lower::{self, Location, RequestContent, Style};

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
    /// The media type of the answer, where there is no choice.
    pub accept: Option<String>,
    /// What a success carries.
    pub output: Output,
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
    pub is_list: bool,
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
    Upload(String),
    /// A body of parts that the document does not name.
    Multipart,
    /// Files as parts of a body, of this media type.
    Files(Option<String>),
    /// A part of a body, of this media type.
    Field(Option<String>),
    /// The media types of the answer, which are these unless it is set.
    Accept(String),
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
    operation: lower::Operation,
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
    let (output, mut accepted) = output(&operation, &request, &mut names.types, planner);
    let (arguments, parts) = arguments(&operation, &request, &accepted, planner);
    let accept = if accepted.len() == 1 { accepted.pop() } else { None };
    let error = error(&operation, &request, &mut names.types, planner);
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
        info: info(&operation, id),
        function,
    }
}

fn arguments(
    operation: &lower::Operation,
    request: &Ident,
    accepted: &[String],
    planner: &mut Planner<'_>,
) -> (Vec<Argument>, Vec<Part>) {
    // Setters with these names would hide methods that every request has.
    let mut scope = Scope::without(&["clone", "encode", "decode", "streams"]);
    let mut arguments = Vec::new();
    let mut parts = Vec::new();
    let mut add = |argument: Argument, place: Place, name: &str| {
        parts.push(Part {
            place,
            name: name.to_owned(),
            argument: argument.ident.clone(),
            optional: !argument.required,
            is_list: matches!(argument.ty, Type::List(_)),
        });
        arguments.push(argument);
    };
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| !is_xsrf_token(&parameter.name))
    {
        let (ty, _) = planner.type_of(&parameter.schema, &format!("{request} {}", parameter.name));
        planner.request(&ty);
        let default = parameter
            .default
            .as_ref()
            .map(|default| format!("The server's default is {}.", markdown::code(&default.to_string())));
        let text = match parameter.description.trim() {
            "" => format!("The parameter {}.", markdown::code(&parameter.name)),
            text => sentence(text),
        };
        let argument = Argument {
            ident: scope.name(&parameter.name, Case::Snake),
            docs: paragraphs(&[markdown::lines(&text), default.into_iter().collect()]),
            into: planner.is_into(&ty),
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
        for (argument, place, name) in body_arguments(body, request, &mut scope, planner) {
            add(argument, place, name);
        }
    }
    if accepted.len() > 1 {
        let names: Vec<String> = accepted.iter().map(|media| markdown::code(media)).collect();
        let text = format!(
            "The media type of the answer: {}. The default is any of them.",
            names.join(", ")
        );
        let argument = Argument {
            ident: scope.name("accept", Case::Snake),
            docs: markdown::lines(&text),
            ty: Type::String,
            required: false,
            deprecated: false,
            into: true,
        };
        add(argument, Place::Accept(accepted.join(", ")), "accept");
    }
    (arguments, parts)
}

/// What a caller hands in for the body: the whole of it, or its parts.
fn body_arguments<'b>(
    body: &'b lower::Body,
    request: &Ident,
    scope: &mut Scope,
    planner: &mut Planner<'_>,
) -> Vec<(Argument, Place, &'b str)> {
    let mut whole = |schema: &lower::Schema| planner.type_of(schema, &format!("{request} body")).0;
    let (ty, place) = match &body.content {
        RequestContent::Json(media, schema) => (whole(schema), Place::Json(json_media(media))),
        RequestContent::Form(media, schema) => (whole(schema), Place::Form(media.clone())),
        RequestContent::Bytes(media) => (Type::Upload, Place::Upload(media.clone())),
        RequestContent::Multipart(None) => (Type::Multipart, Place::Multipart),
        RequestContent::Multipart(Some(parts)) => {
            let argument = |part: &'b lower::Part| {
                let (argument, place) = part_argument(part, body.required, request, scope, planner);
                (argument, place, part.name.as_str())
            };
            return parts.iter().map(argument).collect();
        }
    };
    planner.request(&ty);
    let text = match body.description.trim() {
        "" => "The body.".to_owned(),
        text => sentence(text),
    };
    let argument = Argument {
        ident: scope.name("body", Case::Snake),
        docs: markdown::lines(&text),
        into: planner.is_into(&ty),
        ty,
        required: body.required,
        deprecated: false,
    };
    vec![(argument, place, "body")]
}

fn part_argument(
    part: &lower::Part,
    body_required: bool,
    request: &Ident,
    scope: &mut Scope,
    planner: &mut Planner<'_>,
) -> (Argument, Place) {
    let (ty, place) = match (part.is_file, part.is_list) {
        (true, false) => (Type::Upload, Place::Files(part.media_type.clone())),
        (true, true) => (
            Type::List(Box::new(Type::Upload)),
            Place::Files(part.media_type.clone()),
        ),
        (false, _) => {
            let (ty, _) = planner.type_of(&part.schema, &format!("{request} {}", part.name));
            (ty, Place::Field(part.media_type.clone()))
        }
    };
    planner.request(&ty);
    let text = match part.schema.description.trim() {
        "" => format!("The part {} of the body.", markdown::code(&part.name)),
        text => sentence(text),
    };
    let argument = Argument {
        ident: scope.name(&part.name, Case::Snake),
        docs: markdown::lines(&text),
        into: planner.is_into(&ty),
        ty,
        required: part.required && body_required,
        deprecated: part.schema.deprecated,
    };
    (argument, place)
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
    // Atlassian asks for it wherever a browser could be made to send the body, which is how files are sent.
    let is_atlassian =
        !operation.scopes.is_empty() || operation.connect_scope.is_some() || operation.app_access_rule_exempt.is_some();
    let has_parts = operation
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.content, RequestContent::Multipart(_)));
    let needed = declared || told || is_atlassian && has_parts;
    needed.then_some((XSRF_TOKEN, "no-check")).into_iter().collect()
}

/// A type that says which media it is; a wildcard means JSON here.
pub(super) fn json_media(media: &str) -> String {
    if media.contains('*') {
        "application/json".to_owned()
    } else {
        media.to_owned()
    }
}
