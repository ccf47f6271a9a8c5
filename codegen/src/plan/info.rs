//! Data about the document and about each operation.

use super::success::{is_output, redirects};
use super::{Docs, Ident, Table, markdown, paragraphs, sentence};
use crate::lower::{Api, Operation, Requirement, Response, ScopeGroup, Status};
use crate::pointer::Pointer;

/// A string constant of the module.
#[derive(Debug)]
pub(crate) struct Const {
    pub name: Ident,
    pub docs: Docs,
    pub value: String,
}

/// The data of an operation.
#[derive(Debug)]
pub(crate) struct Info {
    pub id: String,
    /// The name of the constant in `http::Method`.
    pub method: Ident,
    pub path: String,
    pub tags: Vec<String>,
    pub summary: String,
    pub deprecated: bool,
    pub security: Table<Vec<Requirement>>,
    pub scopes: Table<ScopeGroup>,
    pub connect_scope: Option<String>,
    pub app_access_rule_exempt: Option<bool>,
    /// The documented successes.
    pub responses: Table<ResponseInfo>,
    /// Whether a redirect is what the operation is for.
    pub redirects: bool,
    pub pointer: Pointer,
}

/// The headers of a response: names with descriptions.
pub(crate) type Headers = Table<(String, String)>;

/// The data of a response.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ResponseInfo {
    pub status: String,
    pub description: String,
    pub headers: Headers,
}

pub(super) fn docs(api: &Api) -> Docs {
    let more = api
        .external_docs
        .as_ref()
        .map(|url| markdown::lines(&format!("More: {url}")));
    let contents = match api.operations.as_slice() {
        [] if api.is_selected => "No operation of the document is selected.",
        [] => "The document has no operations; its schemas are in [`model`].",
        _ => {
            "Each operation is a function that returns a request (see [`request`]); [`model`] has the types of bodies."
        }
    };
    let guide = match api.guide.as_slice() {
        [] => Docs::new(),
        _ => vec!["The document's own guide is in [`guide`].".to_owned()],
    };
    paragraphs(&[
        markdown::lines(&sentence(&api.title)),
        markdown::lines(&api.description),
        more.unwrap_or_default(),
        vec![contents.to_owned()],
        guide,
    ])
}

pub(super) fn consts(api: &Api) -> Vec<Const> {
    let texts = [
        ("TITLE", "The title of the document.", Some(&api.title)),
        ("VERSION", "The version of the document.", Some(&api.version)),
        (
            "DESCRIPTION",
            "The description of the document, in Markdown.",
            Some(&api.description),
        ),
        (
            "TERMS_OF_SERVICE",
            "The URL of the terms of service.",
            api.terms_of_service.as_ref(),
        ),
        (
            "EXTERNAL_DOCS",
            "The URL of further documentation.",
            api.external_docs.as_ref(),
        ),
        (
            "SERVER",
            "The URL of the first server in the document. Its path is part of the paths of requests, so the base URL of a client does not repeat it.",
            api.server.as_ref(),
        ),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, docs, value)| Some((name, docs, value?)));
    texts
        .filter(|(_, _, value)| !value.is_empty())
        .map(|(name, docs, value)| Const {
            name: Ident::new(name),
            docs: vec![docs.to_owned()],
            value: value.clone(),
        })
        .collect()
}

pub(super) fn info(operation: &Operation, id: String) -> Info {
    let successes = operation
        .responses
        .iter()
        .filter(|response| is_output(response, operation));
    Info {
        id,
        method: Ident::new(operation.method),
        path: operation.path.clone(),
        tags: operation.tags.clone(),
        summary: operation.summary.clone(),
        deprecated: operation.deprecated,
        security: Table::Own(operation.security.clone()),
        scopes: Table::Own(operation.scopes.clone()),
        connect_scope: operation.connect_scope.clone(),
        app_access_rule_exempt: operation.app_access_rule_exempt,
        redirects: redirects(operation),
        pointer: operation.pointer.clone(),
        responses: Table::Own(successes.map(response).collect()),
    }
}

fn response(response: &Response) -> ResponseInfo {
    ResponseInfo {
        status: status(response.status),
        description: response.description.clone(),
        headers: Table::Own(response.headers.clone()),
    }
}

/// A status as the document writes it.
pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
