//! The members of each part of a document, and what they may be.

use super::part::Part;
use super::version::Version;

/// The members of a path that are operations.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What a value may be.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Text,
    Flag,
    Number,
    Count,
    List,
    Strings,
    Object,
    /// An object whose values are strings.
    Texts,
    ObjectOrFlag,
    /// One of these strings.
    Choice(&'static [&'static str]),
}

use Shape::{Choice, Count, Flag, List, Number, Object, ObjectOrFlag, Strings, Text, Texts};

/// The members of a part that have this shape: those that it needs, and those that it may have.
pub(super) type Members = &'static [(Shape, &'static [&'static str], &'static [&'static str])];

/// The names of the members of a part.
pub(super) fn known(part: Part) -> impl Iterator<Item = &'static str> {
    let (_, kinds) = members(part);
    kinds
        .iter()
        .flat_map(|(_, needed, others)| needed.iter().chain(*others))
        .copied()
}

/// Whether a member of this name is a list in documents, paths or schemas.
pub(super) fn is_list(name: &str) -> bool {
    let parts = [Part::Document, Part::PathItem, Part::Schema].into_iter();
    let mut kinds = parts.flat_map(|part| members(part).1);
    kinds.any(|(shape, needed, others)| {
        matches!(shape, List | Strings) && needed.iter().chain(*others).any(|member| *member == name)
    })
}

/// Whether a part needs a member in a version.
pub(super) fn is_needed(part: Part, name: &str, version: Version) -> bool {
    let is_optional = match (part, name) {
        (Part::Document, "paths") | (Part::Operation, "responses") => version >= Version::V3_1,
        (Part::Response, "description") => version >= Version::V3_2,
        _ => false,
    };
    let (_, kinds) = members(part);
    !is_optional && kinds.iter().any(|(_, needed, _)| needed.contains(&name))
}

/// What a part is called, and its members.
pub(super) fn members(part: Part) -> (&'static str, Members) {
    match part {
        Part::Document => (
            "document",
            &[
                (Text, &["openapi"], &[]),
                (Object, &["info", "paths"], &["components", "externalDocs"]),
                (List, &[], &["servers", "security", "tags"]),
            ],
        ),
        Part::Info => (
            "info object",
            &[
                (Text, &["title", "version"], &["description", "termsOfService"]),
                (Object, &[], &["contact", "license"]),
            ],
        ),
        Part::Server => (
            "server",
            &[(Text, &["url"], &["description"]), (Object, &[], &["variables"])],
        ),
        Part::Tag => (
            "tag",
            &[(Text, &["name"], &["description"]), (Object, &[], &["externalDocs"])],
        ),
        Part::Components => (
            "components object",
            &[(
                Object,
                &[],
                &[
                    "schemas",
                    "responses",
                    "parameters",
                    "examples",
                    "requestBodies",
                    "headers",
                    "securitySchemes",
                    "links",
                    "callbacks",
                ],
            )],
        ),
        Part::PathItem => (
            "path",
            &[
                (Text, &[], &["summary", "description"]),
                (Object, &[], &METHODS),
                (List, &[], &["servers", "parameters"]),
            ],
        ),
        Part::Operation => (
            "operation",
            &[
                (Object, &["responses"], &["requestBody", "callbacks", "externalDocs"]),
                (Text, &[], &["summary", "description", "operationId"]),
                (Strings, &[], &["tags"]),
                (List, &[], &["parameters", "security", "servers"]),
                (Flag, &[], &["deprecated"]),
            ],
        ),
        Part::Parameter => (
            "parameter",
            &[
                (Text, &["name"], &["description", "style"]),
                (Choice(&["query", "header", "path", "cookie"]), &["in"], &[]),
                (
                    Flag,
                    &[],
                    &["required", "deprecated", "explode", "allowReserved", "allowEmptyValue"],
                ),
                (Object, &[], &["schema", "content"]),
            ],
        ),
        Part::Header => (
            "header",
            &[
                (Text, &[], &["description", "style"]),
                (Flag, &[], &["required", "deprecated"]),
                (Object, &[], &["schema", "content"]),
            ],
        ),
        Part::RequestBody => (
            "request body",
            &[
                (Object, &[], &["content"]),
                (Text, &[], &["description"]),
                (Flag, &[], &["required"]),
            ],
        ),
        Part::Response => (
            "response",
            &[
                (Text, &["description"], &[]),
                (Object, &[], &["headers", "content", "links"]),
            ],
        ),
        Part::MediaType => ("media type", &[(Object, &[], &["schema", "encoding"])]),
        Part::Schema => ("schema", SCHEMA),
        Part::SecurityScheme => (
            "security scheme",
            &[
                (Choice(&["apiKey", "http", "oauth2", "openIdConnect"]), &["type"], &[]),
                (Text, &[], &["description", "name", "scheme", "openIdConnectUrl"]),
                (Choice(&["query", "header", "cookie"]), &[], &["in"]),
                (Object, &[], &["flows"]),
            ],
        ),
        Part::SecurityRequirement => ("security requirement", &[]),
        Part::Flows => (
            "flows object",
            &[(
                Object,
                &[],
                &["implicit", "password", "clientCredentials", "authorizationCode"],
            )],
        ),
        Part::ImplicitFlow => (
            "flow",
            &[
                (Text, &["authorizationUrl"], &["refreshUrl"]),
                (Texts, &["scopes"], &[]),
            ],
        ),
        Part::TokenFlow => (
            "flow",
            &[(Text, &["tokenUrl"], &["refreshUrl"]), (Texts, &["scopes"], &[])],
        ),
        Part::CodeFlow => (
            "flow",
            &[
                (Text, &["authorizationUrl", "tokenUrl"], &["refreshUrl"]),
                (Texts, &["scopes"], &[]),
            ],
        ),
        Part::ExternalDocs => ("external documentation", &[(Text, &["url"], &["description"])]),
        Part::Encoding => (
            "encoding",
            &[
                (Text, &[], &["contentType"]),
                (
                    Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
                    &[],
                    &["style"],
                ),
                (Flag, &[], &["explode", "allowReserved"]),
                (Object, &[], &["headers"]),
            ],
        ),
        Part::Discriminator => (
            "discriminator",
            &[(Text, &["propertyName"], &[]), (Texts, &[], &["mapping"])],
        ),
    }
}

const SCHEMA: Members = &[
    (Text, &[], &["type", "title", "description", "format", "pattern"]),
    (
        Flag,
        &[],
        &[
            "nullable",
            "readOnly",
            "writeOnly",
            "deprecated",
            "uniqueItems",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
    ),
    (Number, &[], &["minimum", "maximum", "multipleOf"]),
    (
        Count,
        &[],
        &[
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
        ],
    ),
    (List, &[], &["enum", "allOf", "oneOf", "anyOf"]),
    (Strings, &[], &["required"]),
    (
        Object,
        &[],
        &["properties", "items", "not", "discriminator", "externalDocs"],
    ),
    (ObjectOrFlag, &[], &["additionalProperties"]),
];
