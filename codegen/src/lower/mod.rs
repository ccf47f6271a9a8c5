//! Lowers OpenAPI to types of this crate: references are resolved, defaults are filled in, extensions are read.
//!
//! Nothing beyond this stage knows openapiv3.

mod access;
mod all_of;
mod alternatives;
mod base_path;
mod content;
mod enumeration;
mod guide;
mod key_list;
mod multipart;
mod named;
mod operation;
mod parameter;
mod path;
mod record;
mod reference;
mod response;
mod schema;
mod scope;
mod security;
mod selection;
mod server;
mod types;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use access::Access;
pub(crate) use content::RequestContent;
pub(crate) use guide::Document;
pub(crate) use key_list::KeyList;
pub(crate) use multipart::Part;
pub(crate) use named::Named;
pub(crate) use operation::{Body, Operation};
pub(crate) use parameter::{Location, Parameter, Style};
pub(crate) use record::{Object, Property};
pub(crate) use reference::COMPARED;
use reference::{component_of, is_deep};
pub(crate) use response::{Content, Response, Status};
pub(crate) use schema::{Float, Integer, Kind, Schema};
pub(crate) use scope::ScopeGroup;
pub(crate) use security::{Requirement, Scheme, SecurityScheme};
pub use selection::Candidate;
pub(crate) use selection::{Selection, Take};
pub(crate) use union::{Union, Variant};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load;
use crate::nearest::misspelled;
use crate::pointer::Pointer;

/// A lowered document.
#[derive(Debug)]
pub(crate) struct Api {
    pub title: String,
    pub version: String,
    pub description: String,
    pub terms_of_service: Option<String>,
    pub external_docs: Option<String>,
    pub server: Option<String>,
    /// The base path that a document of Confluence Cloud lacks.
    pub missing_base: Option<&'static str>,
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
        missing_base: lowering.missing_base(&operations),
        prefix: document.prefix.clone(),
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

    /// Warns that a part of an extension lacks members, and names those that are misspelled.
    fn warn_of_members(&mut self, part: &Value, members: &[&str], pointer: &Pointer, message: &str) {
        let help = match misspelled(part, members) {
            Some((typo, meant)) => format!("ignored; found `{typo}`; did you mean `{meant}`?"),
            None => "ignored".to_owned(),
        };
        self.warn(Code::Extension, pointer, message, help);
    }

    fn ignored(&mut self, pointer: &Pointer, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::Ignored, pointer, message));
    }
}
