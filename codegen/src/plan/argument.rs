//! The arguments of an operation: its parameters, and its body as a whole or in parts.

use super::header::is_xsrf_token;
use super::schema::Planner;
use super::{Case, Docs, Given, Ident, Scope, Type, markdown, paragraphs, sentence};
use crate::lower::{self, Location, Parameter, RequestContent, Style};

/// An argument, and where it is sent.
#[derive(Debug)]
pub(crate) struct Argument {
    pub ident: Ident,
    pub docs: Docs,
    /// The type of the value, or of each item of a list.
    pub ty: Type,
    pub given: Given,
    /// Whether the function takes it; otherwise a setter does.
    pub required: bool,
    pub deprecated: bool,
    pub place: Place,
    /// The name on the wire.
    pub name: String,
}

#[derive(Debug)]
pub(crate) enum Place {
    Path,
    Query(Style),
    Header,
    Cookie,
    /// A body of this media type.
    Json(String),
    /// A form, and the fields that have a style.
    Form(String, Vec<(String, Style)>),
    Upload(String),
    /// A body of parts that the document does not name.
    Multipart,
    /// Files as parts of a body, of this media type.
    Files(Option<String>),
    /// A part of a body, of this media type.
    Field(Option<String>),
    /// The media types of the response: all of these unless one is chosen.
    Accept(String),
}

impl Place {
    /// Whether it is the body, or a part of it.
    pub(super) fn is_of_body(&self) -> bool {
        match self {
            Place::Json(_) | Place::Form(..) | Place::Upload(_) | Place::Multipart => true,
            Place::Files(_) | Place::Field(_) => true,
            Place::Path | Place::Query(_) | Place::Header | Place::Cookie | Place::Accept(_) => false,
        }
    }
}

/// What the arguments of an operation share.
struct Arguments<'o, 'p, 'a> {
    request: &'o Ident,
    scope: Scope,
    planner: &'p mut Planner<'a>,
}

pub(super) fn arguments(
    operation: &lower::Operation,
    request: &Ident,
    accepted: &[String],
    planner: &mut Planner<'_>,
) -> Vec<Argument> {
    let mut all = Arguments {
        request,
        // Setters with these names would hide what every request has.
        scope: Scope::without(&["clone", "encode", "decode", "new", "streams"]),
        planner,
    };
    let mut parameters: Vec<&Parameter> = operation.parameters.iter().collect();
    parameters.retain(|one| !is_xsrf_token(&one.name));
    // Documents list path parameters in any order; those of the function are in the order of the path.
    parameters.sort_by_key(|one| match one.location {
        Location::Path => operation.path.find(&format!("{{{}}}", one.name)),
        _ => Some(usize::MAX),
    });
    let mut arguments: Vec<Argument> = parameters.into_iter().map(|one| all.parameter(one)).collect();
    if let Some(body) = &operation.body {
        match &body.content {
            RequestContent::Multipart(Some(parts)) => {
                arguments.extend(parts.iter().map(|part| all.part(part, body.required)));
            }
            _ => arguments.push(all.body(body)),
        }
    }
    if accepted.len() > 1 {
        arguments.push(all.accept(accepted));
    }
    arguments
}

impl Arguments<'_, '_, '_> {
    /// The type of a schema; what is inline in it is named after the request and the argument.
    fn type_of(&mut self, schema: &lower::Schema, name: &str) -> Type {
        let (ty, _) = self.planner.type_of(schema, &format!("{} {name}", self.request));
        self.planner.request(&ty);
        ty
    }

    fn parameter(&mut self, parameter: &Parameter) -> Argument {
        let ty = self.type_of(&parameter.schema, &parameter.name);
        let (ty, given) = self.planner.given(ty);
        let default = parameter
            .default
            .as_ref()
            .map(|default| format!("The server's default is {}.", markdown::code(&default.to_string())));
        let text = match parameter.description.trim() {
            "" => format!("The parameter {}.", markdown::code(&parameter.name)),
            text => sentence(text),
        };
        Argument {
            ident: self.scope.name(&parameter.name, Case::Snake),
            docs: paragraphs(&[markdown::lines(&text), default.into_iter().collect()]),
            ty,
            given,
            required: parameter.required,
            deprecated: parameter.deprecated,
            place: match parameter.location {
                Location::Path => Place::Path,
                Location::Query(style) => Place::Query(style),
                Location::Header => Place::Header,
                Location::Cookie => Place::Cookie,
            },
            name: parameter.name.clone(),
        }
    }

    /// The body as a whole.
    fn body(&mut self, body: &lower::Body) -> Argument {
        let (ty, place) = match &body.content {
            RequestContent::Json(media, schema) => (self.type_of(schema, "body"), Place::Json(json_media(media))),
            RequestContent::Form(media, schema, styles) => {
                (self.type_of(schema, "body"), Place::Form(media.clone(), styles.clone()))
            }
            RequestContent::Bytes(media) => (Type::Upload, Place::Upload(media.clone())),
            RequestContent::Multipart(_) => (Type::Multipart, Place::Multipart),
        };
        let (ty, given) = self.planner.given(ty);
        let text = match body.description.trim() {
            "" => "The body.".to_owned(),
            text => sentence(text),
        };
        Argument {
            ident: self.scope.name("body", Case::Snake),
            docs: markdown::lines(&text),
            ty,
            given,
            required: body.required,
            deprecated: false,
            place,
            name: "body".to_owned(),
        }
    }

    /// A part of a body.
    fn part(&mut self, part: &lower::Part, body_required: bool) -> Argument {
        let (ty, place) = match (part.is_file, part.is_list) {
            (true, false) => (Type::Upload, Place::Files(part.media_type.clone())),
            (true, true) => (
                Type::List(Box::new(Type::Upload)),
                Place::Files(part.media_type.clone()),
            ),
            (false, _) => {
                let ty = self.type_of(&part.schema, &part.name);
                (ty, Place::Field(part.media_type.clone()))
            }
        };
        let (ty, given) = self.planner.given(ty);
        let text = match part.schema.description.trim() {
            "" => format!("The part {} of the body.", markdown::code(&part.name)),
            text => sentence(text),
        };
        Argument {
            ident: self.scope.name(&part.name, Case::Snake),
            docs: markdown::lines(&text),
            ty,
            given,
            required: part.required && body_required,
            deprecated: part.schema.deprecated,
            place,
            name: part.name.clone(),
        }
    }

    /// The choice of a media type for the response.
    fn accept(&mut self, accepted: &[String]) -> Argument {
        let names: Vec<String> = accepted.iter().map(|media| markdown::code(media)).collect();
        let text = format!(
            "The media type of the response: {}. The default is any of them.",
            names.join(", ")
        );
        Argument {
            ident: self.scope.name("accept", Case::Snake),
            docs: markdown::lines(&text),
            ty: Type::String,
            given: Given::Into,
            required: false,
            deprecated: false,
            place: Place::Accept(accepted.join(", ")),
            name: "accept".to_owned(),
        }
    }
}

/// A concrete media type; a wildcard is replaced with JSON.
pub(super) fn json_media(media: &str) -> String {
    if media.contains('*') {
        "application/json".to_owned()
    } else {
        media.to_owned()
    }
}
