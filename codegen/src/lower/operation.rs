//! Operations.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::ReferenceOr;
use serde_json::Value;

use super::{
    Candidate, Kind, Location, Lowering, Named, Parameter, RequestContent, Requirement, Response, Schema, ScopeGroup,
    Selection,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// One method of one path.
#[derive(Debug)]
pub(crate) struct Operation {
    pub pointer: Pointer,
    /// The `operationId`, if there is one.
    pub id: Option<String>,
    /// The name of the function, if not derived from the id: `x-rust-name`.
    pub rust_name: Option<String>,
    /// The words of the id, where a publisher's tool has run them together.
    pub words: Option<String>,
    /// The method in upper case.
    pub method: &'static str,
    /// The path template from the root of the site.
    pub path: String,
    /// The query that is part of the document's path, if there is one.
    pub query: Option<String>,
    pub tags: Vec<String>,
    pub summary: String,
    pub description: String,
    pub deprecated: bool,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub responses: Vec<Response>,
    pub security: Vec<Vec<Requirement>>,
    /// Whether it has one of Atlassian's extensions.
    pub is_atlassian: bool,
    pub scopes: Vec<ScopeGroup>,
    pub connect_scope: Option<String>,
    pub app_access_rule_exempt: Option<bool>,
    pub external_docs: Option<String>,
    /// The shape that a successful response is marked with.
    pub named: Named,
}

impl Operation {
    /// The path with its query.
    pub(crate) fn target(&self) -> String {
        match &self.query {
            None => self.path.clone(),
            Some(query) => format!("{}?{query}", self.path),
        }
    }
}

/// The request body of an operation.
#[derive(Debug)]
pub(crate) struct Body {
    pub required: bool,
    pub description: String,
    pub content: RequestContent,
}

impl Lowering<'_> {
    /// The operations in the order of their paths.
    pub(super) fn operations(&mut self, selection: &Selection) -> Vec<Operation> {
        let document_base = self.base_path();
        let mut operations = Vec::new();
        let mut ids: BTreeMap<&str, Pointer> = BTreeMap::new();
        for (path, item) in &self.document.openapi.paths.paths {
            let path_item = Pointer::root().join("paths").join(path);
            let item = match item {
                ReferenceOr::Item(item) => item,
                ReferenceOr::Reference { reference } => {
                    let (message, help) = self.unfollowed(reference, "pathItems").unwrap_or_else(|| {
                        let message = format!("`{reference}` is not defined in this document");
                        (message, "define it in an overlay".to_owned())
                    });
                    let help = format!("its operations are not generated; {help}");
                    self.warn(Code::DanglingRef, &path_item, message, help);
                    continue;
                }
            };
            let (template, query) = self.path_and_query(path, &path_item);
            let path_base = self.own_base_path(&item.servers, &path_item);
            let path_base = path_base.as_ref().unwrap_or(&document_base);
            for (method, operation) in item.iter() {
                let at = path_item.join(method);
                let own_base = self.own_base_path(&operation.servers, &at);
                let path = format!("{}{template}", own_base.as_ref().unwrap_or(path_base));
                let candidate = Candidate {
                    id: operation.operation_id.as_deref(),
                    method: upper(method),
                    path: &path,
                    tags: &operation.tags,
                };
                if !selection.takes(&candidate) {
                    continue;
                }
                if let Some(id) = &operation.operation_id {
                    self.check_id(id, &at.join("operationId"), &mut ids);
                }
                let parameters = self.parameters(&item.parameters, &operation.parameters, &path_item, &at);
                operations.push(self.operation(method, (path, query), parameters, operation, &at));
            }
        }
        operations
    }

    /// Warns of an `operationId` that another operation has already.
    fn check_id<'i>(&mut self, id: &'i str, at: &Pointer, ids: &mut BTreeMap<&'i str, Pointer>) {
        let Some(first) = ids.get(id) else {
            ids.insert(id, at.clone());
            return;
        };
        let message = format!("the operationId `{id}` is used more than once");
        let help = "later functions get a numeric suffix; set names with `x-rust-name` in an overlay";
        let diagnostic = Diagnostic::new(Code::DuplicateOperationId, at, message).help(help);
        self.diagnostics.push(diagnostic.related("first occurrence", first));
    }

    fn operation(
        &mut self,
        method: &str,
        (path, query): (String, Option<&str>),
        mut parameters: Vec<Parameter>,
        operation: &openapiv3::Operation,
        at: &Pointer,
    ) -> Operation {
        self.complete(&path, &mut parameters, at);
        let security = self.security(operation, at);
        Operation {
            pointer: at.clone(),
            id: operation.operation_id.clone(),
            rust_name: self.rust_name(operation, at),
            words: None,
            method: upper(method),
            path,
            query: query.map(str::to_owned),
            tags: operation.tags.clone(),
            summary: operation.summary.clone().unwrap_or_default(),
            description: operation.description.clone().unwrap_or_default(),
            deprecated: operation.deprecated,
            parameters,
            body: self.body(operation, at),
            responses: self.responses(upper(method), &operation.responses, at),
            is_atlassian: Self::is_atlassian(operation),
            scopes: self.scopes(operation, &security, at),
            security,
            connect_scope: self.connect_scope(operation, at),
            app_access_rule_exempt: self.app_access_rule_exempt(operation, at),
            external_docs: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
            named: self.named(|name| operation.extensions.get(name), at),
        }
    }

    /// The name that is set for the function.
    fn rust_name(&mut self, operation: &openapiv3::Operation, at: &Pointer) -> Option<String> {
        let at = at.join("x-rust-name");
        match operation.extensions.get("x-rust-name")? {
            Value::String(name) if is_name(name) => return Some(name.clone()),
            Value::String(name) if !name.trim().is_empty() => {
                let help = "ignored; a name starts with a letter, and goes on with letters, digits and `_`";
                self.warn(
                    Code::Extension,
                    &at,
                    format!("`x-rust-name` is not a name: `{name}`"),
                    help,
                );
            }
            _ => {
                let help = "ignored; write the name as a string";
                self.warn(Code::Extension, &at, "`x-rust-name` is not a name", help);
            }
        }
        None
    }

    /// Adds the variables of the path that no parameter describes, and drops the parameters that are in no path.
    fn complete(&mut self, path: &str, parameters: &mut Vec<Parameter>, at: &Pointer) {
        let variables: Vec<&str> = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        let mut undeclared = Vec::new();
        for name in &variables {
            let declared = |known: &Parameter| known.location == Location::Path && known.name == *name;
            if !parameters.iter().any(declared) {
                let message = format!("the path variable `{name}` is not declared as a parameter");
                self.warn(Code::UndeclaredVariable, at, message, "treated as a required string");
                undeclared.push(*name);
                parameters.push(Parameter {
                    pointer: at.clone(),
                    name: (*name).to_owned(),
                    location: Location::Path,
                    required: true,
                    deprecated: false,
                    description: String::new(),
                    default: None,
                    schema: Schema::of(at.clone(), Kind::String),
                });
            }
        }
        parameters.retain(|known| {
            let stays = known.location != Location::Path || variables.contains(&known.name.as_str());
            if !stays {
                let message = format!("the path parameter `{}` is not in the path", known.name);
                let help = match undeclared.as_slice() {
                    [name] => format!(
                        "ignored; rename it to `{name}`, or write `{{{}}}` in the path",
                        known.name
                    ),
                    _ => format!("ignored; write `{{{}}}` in the path", known.name),
                };
                self.warn(Code::UndeclaredVariable, &known.pointer, message, help);
            }
            stays
        });
    }

    fn body(&mut self, operation: &openapiv3::Operation, at: &Pointer) -> Option<Body> {
        let components = self.document.openapi.components.as_ref();
        let at = at.join("requestBody");
        let resolved = match operation.request_body.as_ref()? {
            ReferenceOr::Item(body) => Some((body, at.clone())),
            ReferenceOr::Reference { reference } => self.component(reference, &at, "requestBodies", |name| {
                components?.request_bodies.get(name)
            }),
        };
        Some(match resolved {
            Some((body, at)) if body.content.is_empty() => {
                let message = "no content is documented for the request body";
                let help = "the request is sent without a body; describe its `content` in an overlay";
                self.warn(Code::UndocumentedBody, &at, message, help);
                return None;
            }
            Some((body, at)) => Body {
                required: body.required,
                description: body.description.clone().unwrap_or_default(),
                content: self.request_content(&body.content, &at.join("content"))?,
            },
            // There is a body of unknown content.
            None => Body {
                required: false,
                description: String::new(),
                content: RequestContent::unknown(&at),
            },
        })
    }
}

/// Whether a text is an identifier, though maybe in another case than that of functions, or a keyword that can be raw.
fn is_name(text: &str) -> bool {
    let is_start = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    text.starts_with(is_start)
        && text.chars().all(unicode_ident::is_xid_continue)
        && text.contains(char::is_alphanumeric)
        && !matches!(text, "self" | "Self" | "super" | "crate")
}

fn upper(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        _ => "TRACE",
    }
}

/// The tags of all operations.
pub(super) fn tags(openapi: &openapiv3::OpenAPI) -> BTreeSet<String> {
    let items = openapi.paths.paths.values().filter_map(ReferenceOr::as_item);
    let operations = items.flat_map(openapiv3::PathItem::iter);
    operations.flat_map(|(_, operation)| &operation.tags).cloned().collect()
}
