//! What an OpenAPI document consists of, before it is parsed: which parts there are, and where.

use serde_json::{Value, json};

use crate::pointer::{Pointer, Step};

/// The kinds of parts that are checked separately.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Document,
    Info,
    Server,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Schema,
    SecurityScheme,
    SecurityRequirement,
    Flows,
    ImplicitFlow,
    /// The flow `password` or `clientCredentials`.
    TokenFlow,
    CodeFlow,
    ExternalDocs,
    Encoding,
    Discriminator,
}

/// The members of a part that are parts: the name, the kind, and whether the member is a map or list of them.
type Members = &'static [(&'static str, Part, bool)];

impl Part {
    fn members(self) -> Members {
        match self {
            Part::Document => &[
                ("info", Part::Info, false),
                ("servers", Part::Server, true),
                ("tags", Part::Tag, true),
                ("paths", Part::PathItem, true),
                ("components", Part::Components, false),
                ("security", Part::SecurityRequirement, true),
                ("externalDocs", Part::ExternalDocs, false),
            ],
            Part::Components => &[
                ("schemas", Part::Schema, true),
                ("responses", Part::Response, true),
                ("parameters", Part::Parameter, true),
                ("requestBodies", Part::RequestBody, true),
                ("headers", Part::Header, true),
                ("securitySchemes", Part::SecurityScheme, true),
            ],
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
                ("security", Part::SecurityRequirement, true),
                ("externalDocs", Part::ExternalDocs, false),
            ],
            Part::Parameter | Part::Header => &[("schema", Part::Schema, false), ("content", Part::MediaType, true)],
            Part::RequestBody => &[("content", Part::MediaType, true)],
            Part::Response => &[("headers", Part::Header, true), ("content", Part::MediaType, true)],
            Part::MediaType => &[("schema", Part::Schema, false), ("encoding", Part::Encoding, true)],
            Part::Schema => &[
                ("properties", Part::Schema, true),
                ("items", Part::Schema, false),
                ("additionalProperties", Part::Schema, false),
                ("allOf", Part::Schema, true),
                ("oneOf", Part::Schema, true),
                ("anyOf", Part::Schema, true),
                ("not", Part::Schema, false),
                ("discriminator", Part::Discriminator, false),
                ("externalDocs", Part::ExternalDocs, false),
            ],
            Part::Tag => &[("externalDocs", Part::ExternalDocs, false)],
            Part::SecurityScheme => &[("flows", Part::Flows, false)],
            Part::Flows => &[
                ("implicit", Part::ImplicitFlow, false),
                ("password", Part::TokenFlow, false),
                ("clientCredentials", Part::TokenFlow, false),
                ("authorizationCode", Part::CodeFlow, false),
            ],
            _ => &[],
        }
    }

    /// The kind of the part at a place. `None` if there is no part, such as in a map of parts.
    pub(super) fn at(place: &Pointer) -> Option<Self> {
        let mut part = Part::Document;
        let mut steps = place.steps().iter();
        while let Some(step) = steps.next() {
            let (_, held, many) = part.members().iter().find(|(name, ..)| name == step)?;
            if *many {
                steps.next()?;
            }
            part = *held;
        }
        Some(part)
    }

    /// Whether a member with this name is an extension, among parts of this kind that this part holds. Components, properties,
    /// headers and media types may be called anything, paths and responses may not.
    fn is_extension(self, held: Part, name: &str) -> bool {
        let has_extensions = matches!(
            (self, held),
            (Part::Document, Part::PathItem) | (Part::Operation, Part::Response)
        );
        has_extensions && name.starts_with("x-")
    }

    /// The parts that a part consists of, each with its place.
    pub(super) fn parts<'a>(self, value: &'a Value, at: &Pointer) -> Vec<(&'a Value, Part, Pointer)> {
        let mut found = Vec::new();
        for (name, part, many) in self.members() {
            let at = at.join(name);
            match value.get(name) {
                Some(Value::Object(inner)) if *many => {
                    let inner = inner.iter().filter(|(name, _)| !self.is_extension(*part, name));
                    found.extend(inner.map(|(name, value)| (value, *part, at.join(name))));
                }
                Some(Value::Array(inner)) if *many => {
                    let inner = inner.iter().enumerate();
                    found.extend(inner.map(|(index, value)| (value, *part, at.join(index))));
                }
                Some(value @ Value::Object(_)) if !*many => found.push((value, *part, at)),
                _ => {}
            }
        }
        found
    }

    /// Returns a part in which each nested part is replaced with a valid placeholder, so that it can be checked separately.
    pub(super) fn alone(self, value: &Value) -> Value {
        let Value::Object(object) = value else {
            return value.clone();
        };
        let members = object.iter().map(|(name, value)| {
            let known = self.members().iter().find(|(known, ..)| known == name);
            let value = match (known, value) {
                (Some((_, part, true)), Value::Object(inner)) => {
                    let inner = inner.keys().filter(|name| !self.is_extension(*part, name));
                    inner.map(|name| (name.clone(), part.smallest())).collect()
                }
                (Some((_, part, true)), Value::Array(inner)) => inner.iter().map(|_| part.smallest()).collect(),
                (Some((_, part, false)), Value::Object(_)) => part.smallest(),
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        Value::Object(members.collect())
    }

    /// The smallest valid part of this kind.
    fn smallest(self) -> Value {
        match self {
            Part::Document
            | Part::Components
            | Part::MediaType
            | Part::SecurityRequirement
            | Part::Flows
            | Part::Encoding => json!({}),
            Part::Info => json!({ "title": "", "version": "" }),
            Part::Server => json!({ "url": "" }),
            Part::Tag => json!({ "name": "" }),
            Part::Operation => json!({ "responses": {} }),
            Part::ImplicitFlow | Part::TokenFlow | Part::CodeFlow => {
                json!({ "authorizationUrl": "", "tokenUrl": "", "scopes": {} })
            }
            Part::ExternalDocs => json!({ "url": "" }),
            Part::Discriminator => json!({ "propertyName": "" }),
            _ => json!({ "$ref": "" }),
        }
    }

    /// Whether a reference may stand for a part of this kind.
    pub(super) fn may_refer(self) -> bool {
        self.smallest().get("$ref").is_some()
    }

    /// Changes this part and then every part below it.
    pub(super) fn change(self, value: &mut Value, at: &Step<'_>, change: &mut dyn FnMut(&mut Value, Part, &Step<'_>)) {
        change(value, self, at);
        for (name, part, many) in self.members() {
            let at = at.join(name);
            match value.get_mut(name) {
                Some(Value::Object(inner)) if *many => {
                    for (name, value) in inner.iter_mut().filter(|(name, _)| !self.is_extension(*part, name)) {
                        part.change(value, &at.join(name), change);
                    }
                }
                Some(Value::Array(inner)) if *many => {
                    for (index, value) in inner.iter_mut().enumerate() {
                        part.change(value, &at.join(&index), change);
                    }
                }
                Some(value) if !*many => part.change(value, &at, change),
                _ => {}
            }
        }
    }
}
