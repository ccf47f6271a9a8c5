//! Lowers OpenAPI to types of this crate: references are resolved, defaults are filled in, extensions are read.
//!
//! Nothing beyond this stage knows openapiv3.

mod access;
mod all_of;
mod alternatives;
mod content;
mod enumeration;
mod guide;
mod key_list;
mod operation;
mod parameter;
mod part;
mod path;
mod prefix;
mod record;
mod response;
mod schema;
mod scope;
mod security;
mod selection;
mod server;
mod shape;
mod types;
mod union;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use access::Access;
pub(crate) use content::RequestContent;
pub(crate) use guide::Document;
pub(crate) use key_list::KeyList;
pub(crate) use operation::{Body, Operation};
pub(crate) use parameter::{Location, Parameter, Style};
pub(crate) use part::Part;
pub(crate) use record::{Object, Property};
pub(crate) use response::{Content, Response, Status};
pub(crate) use schema::{Float, Integer, Kind, Schema};
pub(crate) use scope::ScopeGroup;
pub(crate) use security::{Requirement, Scheme, SecurityScheme};
pub use selection::Candidate;
pub(crate) use selection::{Selection, Take};
pub(crate) use shape::Named;
pub(crate) use union::{Union, Variant};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::nearest::nearest;
use crate::pointer::{Pointer, decoded};

/// A lowered document.
#[derive(Debug)]
pub(crate) struct Api {
    pub title: String,
    pub version: String,
    pub description: String,
    pub terms_of_service: Option<String>,
    pub external_docs: Option<String>,
    pub server: Option<String>,
    /// The name that a publisher's tool prepended to every operationId and summary.
    pub prefix: Option<String>,
    pub guide: Vec<Document>,
    pub security_schemes: Vec<SecurityScheme>,
    /// The components in the document's order, then the undefined ones.
    pub schemas: Vec<(String, Schema)>,
    pub operations: Vec<Operation>,
    /// Whether operations were left out, and models that only they use are to be left out, too.
    pub is_selected: bool,
    /// The tags of all operations of the document, including those that were left out, if tags select operations.
    pub tags: BTreeSet<String>,
}

/// The state of this stage: the document for resolving references, and the diagnostics.
struct Lowering<'a> {
    document: &'a load::Document,
    diagnostics: &'a mut Diagnostics,
    /// The undefined schemas, in the order of their first references.
    undefined: Vec<String>,
    /// References to these, each with the message to report.
    missed: BTreeMap<String, String>,
    /// Undeclared security schemes, each reported once.
    undeclared: BTreeSet<String>,
    /// The number of `allOf` around the current schema.
    merging: usize,
    /// Whether the alternatives of a schema are being merged with what stands beside them.
    distributing: bool,
    /// The number of components around the current schema whose members are being merged with others.
    refining: usize,
    /// The components that are being merged in place of their references.
    entered: Vec<String>,
    /// How many of these are outside the outermost that was met inside of itself: what is made inside of it depends on where it
    /// began. As many as there can be, if none was met.
    uncut: usize,
    /// Components that are parts of themselves, as far as that was looked for.
    circular: BTreeSet<String>,
    /// Components that were merged without what is entered already, since the outermost of those was.
    cut: BTreeSet<String>,
    /// Components as parts of an `allOf`, so that each is lowered only once.
    parts: BTreeMap<String, Kind>,
    /// The number of undefined references that were compared with all components.
    compared: usize,
}

/// The maximum number of undefined references that are compared with all components. If there are more, probably a file is missing, and
/// they are not typos.
pub(crate) const COMPARED: usize = 20;

/// Lowers a document.
pub(crate) fn lower(document: &load::Document, selection: &Selection, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        document,
        diagnostics,
        undefined: Vec::new(),
        missed: BTreeMap::new(),
        undeclared: BTreeSet::new(),
        merging: 0,
        distributing: false,
        refining: 0,
        entered: Vec::new(),
        uncut: usize::MAX,
        circular: BTreeSet::new(),
        cut: BTreeSet::new(),
        parts: BTreeMap::new(),
        compared: 0,
    };
    let openapi = &document.openapi;
    let schemas = lowering.components();
    let operations = lowering.operations(selection);
    let mut api = Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone().unwrap_or_default(),
        terms_of_service: openapi.info.terms_of_service.clone(),
        external_docs: openapi.external_docs.as_ref().map(|docs| docs.url.clone()),
        server: lowering.server(),
        prefix: prefix::prefix(openapi),
        guide: lowering.guide(),
        security_schemes: lowering.security_schemes(),
        is_selected: !selection.is_everything(),
        tags: match selection.tags.is_empty() {
            true => BTreeSet::new(),
            false => operation::tags(openapi),
        },
        schemas,
        operations,
    };
    for name in lowering.undefined {
        let pointer = Pointer::root().join("components").join("schemas").join(&name);
        api.schemas.push((name, Schema::undefined(pointer)));
    }
    api
}

impl Lowering<'_> {
    fn warn(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(code, pointer, message).help(help));
    }

    fn ignored(&mut self, pointer: &Pointer, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::Ignored, pointer, message));
    }

    /// Resolves a reference to a component of one kind; reports it if it is undefined.
    fn component<'a, T>(
        &mut self,
        reference: &str,
        at: &Pointer,
        kind: &str,
        find: impl Fn(&str) -> Option<&'a openapiv3::ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        let prefix = format!("#/components/{kind}/");
        let mut way = vec![reference];
        let mut next = reference;
        loop {
            match component_of(kind, next).and_then(|name| find(&name)) {
                Some(openapiv3::ReferenceOr::Item(item)) => return Some((item, Pointer::of_reference(next)?)),
                Some(openapiv3::ReferenceOr::Reference { reference }) => next = reference,
                None => break,
            }
            let is_circle = way.contains(&next);
            way.push(next);
            if is_circle {
                let names: Vec<&str> = way.iter().filter_map(|step| step.strip_prefix(&prefix)).collect();
                let message = format!("`{reference}` is a circular reference: {}", names.join(" -> "));
                self.warn(Code::DanglingRef, at, message, "define one of them in an overlay");
                return None;
            }
        }
        let (message, help) = match (self.unfollowed(next), next == reference) {
            (Some((message, help)), true) => (message, help),
            (Some((message, help)), false) => (format!("`{reference}` is a reference, and {message}"), help),
            (None, true) => {
                let message = match reference.starts_with(&prefix) {
                    true => format!("`{reference}` is not defined in this document"),
                    false => format!("`{reference}` does not refer to anything under `{prefix}`"),
                };
                (message, self.way_out(next, kind))
            }
            (None, false) => {
                let message = format!("`{reference}` refers to `{next}`, which is not defined");
                (message, self.way_out(next, kind))
            }
        };
        let effect = match kind {
            "parameters" => "the parameter is left out; ",
            "requestBodies" => "any body is accepted; ",
            "responses" => "any content is accepted; ",
            _ => "",
        };
        self.warn(Code::DanglingRef, at, message, format!("{effect}{help}"));
        None
    }

    /// Why a reference into another file, or to a part of something else, is not followed, and what to do; nothing if it is neither.
    fn unfollowed(&self, reference: &str) -> Option<(String, String)> {
        let reason = self.document.not_followed.get(reference);
        if reference.starts_with('#') && reason.is_none() {
            return is_deep(reference).then(|| {
                let message = format!("`{reference}` does not refer to a component; no other references are supported");
                (
                    message,
                    "make what it refers to a component, and refer to that".to_owned(),
                )
            });
        }
        Some(match reason {
            Some(reason) => (format!("`{reference}` {}", reason.what), reason.help.clone()),
            None => {
                let message =
                    format!("`{reference}` refers to another file, which is only supported in the document itself");
                (message, "pass the file as a supplement".to_owned())
            }
        })
    }

    /// The help text for an undefined reference to a component of one kind.
    fn way_out(&mut self, reference: &str, kind: &str) -> String {
        let sources = &self.diagnostics.sources;
        let elsewhere =
            Pointer::of_reference(reference).and_then(|component| sources.elsewhere(&component).map(str::to_owned));
        let way_out = match Pointer::of_reference(reference).is_some_and(|place| place.steps().len() == 3) {
            true => "define it in an overlay",
            // It cannot be defined where it is looked for.
            false => "make what it refers to a component, and refer to that",
        };
        match (elsewhere, self.meant(reference, kind)) {
            (Some(other), _) => {
                format!("{way_out}, or add {other} as a supplement, which defines it but belongs to another API")
            }
            (None, Some(meant)) => format!("did you mean `{meant}`? otherwise, {way_out}"),
            (None, None) => way_out.to_owned(),
        }
    }

    /// The reference that was probably meant by an undefined one.
    fn meant(&mut self, reference: &str, kind: &str) -> Option<String> {
        if self.compared >= COMPARED {
            return None;
        }
        self.compared += 1;
        let components = self.document.openapi.components.as_ref()?;
        let names: Vec<&String> = match kind {
            "schemas" => components.schemas.keys().collect(),
            "responses" => components.responses.keys().collect(),
            "parameters" => components.parameters.keys().collect(),
            "requestBodies" => components.request_bodies.keys().collect(),
            "headers" => components.headers.keys().collect(),
            _ => components.security_schemes.keys().collect(),
        };
        let reference = Pointer::of_reference(reference)?;
        let meant = nearest(reference.steps().last()?, names.into_iter().map(String::as_str))?;
        Some(format!("#/components/{kind}/{meant}"))
    }
}

/// The name of the component of one kind that a reference leads to.
fn component_of(kind: &str, reference: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    Some(decoded(name).replace("~1", "/").replace("~0", "~"))
}

/// Whether a reference leads to a place that is not a component, but further down.
fn is_deep(reference: &str) -> bool {
    Pointer::of_reference(reference).is_some_and(|place| place.steps().len() > 3)
}
