//! Parameters of the path, the query and the headers.

use openapiv3::{ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::{Kind, Lowering, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::WHOLE_QUERY;
use crate::pointer::Pointer;

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// Where the operation or its path lists it.
    pub pointer: Pointer,
    pub name: String,
    pub location: Location,
    pub required: bool,
    pub deprecated: bool,
    pub description: String,
    pub default: Option<String>,
    pub schema: Schema,
}

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query(Style),
    Header,
    Cookie,
}

/// How arrays and objects are serialized in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Form,
    Comma,
    Space,
    Pipe,
    DeepObject,
}

impl Parameter {
    /// Whether another parameter has the same name and location. Header names are case-insensitive (RFC 9110, section 5.1).
    fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.location) == std::mem::discriminant(&other.location)
            && match self.location {
                Location::Header => self.name.eq_ignore_ascii_case(&other.name),
                _ => self.name == other.name,
            }
    }
}

impl Lowering<'_> {
    /// The parameters of an operation and of its path; the operation's own win (OpenAPI 3.0, section 4.7.10).
    pub(super) fn parameters(
        &mut self,
        shared: &[ReferenceOr<openapiv3::Parameter>],
        own: &[ReferenceOr<openapiv3::Parameter>],
        path_item: &Pointer,
        operation: &Pointer,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let shared = shared
            .iter()
            .enumerate()
            .map(|(index, one)| (one, path_item.join("parameters").join(index)));
        let own = own
            .iter()
            .enumerate()
            .map(|(index, one)| (one, operation.join("parameters").join(index)));
        for (parameter, at) in shared.chain(own) {
            let Some(parameter) = self.parameter(parameter, &at) else {
                continue;
            };
            match parameters.iter_mut().find(|known| known.is_same(&parameter)) {
                Some(known) => {
                    if known.pointer.parent() == at.parent() {
                        let message = format!("the parameter `{}` is declared more than once", parameter.name);
                        let diagnostic = Diagnostic::new(Code::DuplicateParameter, &at, message);
                        let diagnostic = diagnostic.help("the last one is used; remove the others in an overlay");
                        self.diagnostics
                            .push(diagnostic.related("first occurrence", &known.pointer));
                    }
                    *known = parameter;
                }
                None => parameters.push(parameter),
            }
        }
        parameters
    }

    fn parameter(&mut self, parameter: &ReferenceOr<openapiv3::Parameter>, pointer: &Pointer) -> Option<Parameter> {
        let components = self.document.openapi.components.as_ref();
        let (parameter, at) = match parameter {
            ReferenceOr::Item(parameter) => (parameter, pointer.clone()),
            ReferenceOr::Reference { reference } => self.component(reference, pointer, "parameters", |name| {
                components?.parameters.get(name)
            })?,
        };
        let data = parameter.parameter_data_ref();
        if data.extensions.contains_key(WHOLE_QUERY) {
            self.ignored(&at, "a parameter for the whole query string is not supported");
            return None;
        }
        let location = location(parameter);
        let reserved = ["accept", "content-type", "authorization"];
        if location == Location::Header && reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
            // OpenAPI 3.0, section 4.7.12: such a definition shall be ignored.
            self.ignored(&at, format!("the header `{}` is set by the client", data.name));
            return None;
        }
        self.check_style(parameter, &at);
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => self.schema(schema, &at.join("schema")),
            ParameterSchemaOrContent::Content(_) => {
                let message = format!("the parameter `{}` is described by a media type", data.name);
                self.warn(Code::Opaque, &at, message, "treated as text that is sent unchanged");
                Schema::of(at.clone(), Kind::String)
            }
        };
        if data.explode == Some(true) {
            self.check_explode(&data.name, location, &schema.kind, &at.join("explode"));
        }
        if let Location::Query(style) = location {
            self.check_nesting(&data.name, style, &schema.kind, &at.join("schema"));
        }
        let default = match &data.format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => {
                schema.schema_data.default.as_ref().map(ToString::to_string)
            }
            _ => None,
        };
        Some(Parameter {
            pointer: pointer.clone(),
            name: data.name.clone(),
            location,
            // Path parameters are always required (OpenAPI 3.0, section 4.7.12).
            required: data.required || location == Location::Path,
            deprecated: data.deprecated.unwrap_or(false),
            description: data.description.clone().unwrap_or_else(|| schema.description.clone()),
            default,
            schema,
        })
    }

    /// Reports a style that is not the one that is sent.
    fn check_style(&mut self, parameter: &openapiv3::Parameter, at: &Pointer) {
        let name = &parameter.parameter_data_ref().name;
        if let openapiv3::Parameter::Path { style, .. } = parameter
            && !matches!(style, PathStyle::Simple)
        {
            let message = format!("the style of the path parameter `{name}` is not supported");
            self.warn(Code::Opaque, &at.join("style"), message, "sent in style `simple`");
        }
        if let openapiv3::Parameter::Query {
            allow_reserved: true, ..
        } = parameter
        {
            let message = format!("reserved characters in `{name}` are percent-encoded anyway");
            self.ignored(&at.join("allowReserved"), message);
        }
    }

    /// Reports what is nested deeper than a style goes.
    fn check_nesting(&mut self, name: &str, style: Style, kind: &Kind, at: &Pointer) {
        if style == Style::DeepObject {
            return;
        }
        let kind = self.referred(kind, at);
        let Kind::Object(object) = &*kind else { return };
        for property in &object.properties {
            let kind = &property.schema.kind;
            if self.is_structured(kind) || style != Style::Form && self.is_list(kind) {
                let message = format!(
                    "`{}` is nested in the query parameter `{name}`, which its style does not provide for",
                    property.name
                );
                let help = "sent as JSON; set `style: deepObject` in an overlay if the server reads that";
                self.warn(Code::Opaque, at, message, help);
            }
        }
    }

    /// Reports `explode` where it would make a difference: only a query is sent exploded.
    fn check_explode(&mut self, name: &str, location: Location, kind: &Kind, at: &Pointer) {
        let (place, is_different) = match location {
            Location::Query(_) => return,
            Location::Path => ("path parameter", self.is_structured(kind)),
            Location::Header => ("header", self.is_structured(kind)),
            Location::Cookie => ("cookie", self.is_structured(kind) || self.is_list(kind)),
        };
        if is_different {
            let message = format!("`explode` of the {place} `{name}` is not supported");
            self.warn(Code::Opaque, at, message, "sent as if it were false");
        }
    }
}

/// The location of a parameter.
fn location(parameter: &openapiv3::Parameter) -> Location {
    let explode = parameter.parameter_data_ref().explode;
    match parameter {
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Query { style, .. } => {
            let explode = explode.unwrap_or(matches!(style, QueryStyle::Form));
            Location::Query(query_style(style, explode))
        }
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// How a value is written in a query or a form.
pub(super) fn query_style(style: &QueryStyle, explode: bool) -> Style {
    match (style, explode) {
        (QueryStyle::DeepObject, _) => Style::DeepObject,
        // An exploded list is the same in all other styles.
        (_, true) => Style::Form,
        (QueryStyle::Form, false) => Style::Comma,
        (QueryStyle::SpaceDelimited, false) => Style::Space,
        (QueryStyle::PipeDelimited, false) => Style::Pipe,
    }
}
