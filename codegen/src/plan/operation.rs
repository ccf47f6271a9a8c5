//! Operations become request types and the functions that make them.

use std::collections::{BTreeMap, BTreeSet};

use super::argument::{Argument, arguments};
use super::docs::{docs, request_docs};
use super::header::headers;
use super::info::{Info, info};
use super::output::{Output, output};
use super::response::{Error, error};
use super::schema::Planner;
use super::{Case, Docs, Ident, Scope, plain};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower;
use crate::pointer::Pointer;

/// A request type and the function that makes it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub function: Ident,
    /// Its documentation. The example is added once all models are known.
    pub docs: Docs,
    /// What the document itself says about it beside its summary, which is a part of its documentation.
    pub description: String,
    pub external_docs: Option<String>,
    pub request: Ident,
    pub request_docs: Docs,
    pub deprecated: bool,
    /// Required arguments, which the function takes.
    pub required: Vec<Argument>,
    /// Optional arguments, which setters set.
    pub optional: Vec<Argument>,
    /// Headers that are always the same.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The part of the query that is always the same.
    pub query: Option<String>,
    /// The media type of the response, if there is only one.
    pub accept: Option<String>,
    /// Changes of the type of a successful response.
    pub output: Output,
    pub error: Error,
    pub info: Info,
}

/// The namespaces that operations share.
struct Names {
    functions: Scope,
    types: Scope,
    /// The operation of each function.
    places: BTreeMap<Ident, Pointer>,
    /// The `operationId`s of operations that have a function. Equal ones are reported when they are read.
    ids: BTreeSet<String>,
}

pub(super) fn operations(operations: Vec<lower::Operation>, planner: &mut Planner<'_>) -> Vec<Operation> {
    let mut names = Names {
        functions: Scope::without(&["guide", "model", "request", "rt"]),
        types: Scope::default(),
        places: BTreeMap::new(),
        ids: BTreeSet::new(),
    };
    // Names that were chosen come first, so that no derived name takes one of them.
    let chosen: Vec<Option<Ident>> = operations.iter().map(|one| chosen(one, &mut names, planner)).collect();
    operations
        .into_iter()
        .zip(chosen)
        .map(|(one, chosen)| operation(one, chosen, &mut names, planner))
        .collect()
}

/// The name of the function that `x-rust-name` sets.
fn chosen(operation: &lower::Operation, names: &mut Names, planner: &mut Planner<'_>) -> Option<Ident> {
    let wanted = operation.rust_name.as_deref()?;
    let (function, taken) = names.functions.numbered(wanted, Case::Snake);
    names.places.insert(function.clone(), operation.pointer.clone());
    if let Some(alone) = taken {
        let message = format!("the `x-rust-name` `{alone}` is already taken");
        let help = format!("the function is named `{function}`; choose another name");
        let place = operation.pointer.join("x-rust-name");
        let diagnostic = Diagnostic::new(Code::Extension, &place, message);
        planner.diagnostics.push(diagnostic.help(help));
    }
    Some(function)
}

/// The name of the function that nothing sets.
fn derived(operation: &lower::Operation, names: &mut Names, planner: &mut Planner<'_>) -> Ident {
    let of_path = || format!("{} {}", operation.method.to_lowercase(), operation.target());
    let wanted = operation.words.clone().or_else(|| operation.id.clone());
    let (function, taken) = names.functions.numbered(&wanted.unwrap_or_else(of_path), Case::Snake);
    let is_known = operation.id.as_ref().is_some_and(|id| !names.ids.insert(id.clone()));
    if let (Some(own), false) = (taken, is_known) {
        let message = format!("the function name `{own}` is already taken");
        let help = format!("the function is named `{function}`; set names with `x-rust-name` in an overlay");
        let diagnostic = Diagnostic::new(Code::TakenName, &operation.pointer, message).help(help);
        planner.diagnostics.push(match names.places.get(&own) {
            Some(first) => diagnostic.related(format!("this is `{own}`"), first),
            None => diagnostic,
        });
    }
    names.places.insert(function.clone(), operation.pointer.clone());
    function
}

fn operation(
    operation: lower::Operation,
    chosen: Option<Ident>,
    names: &mut Names,
    planner: &mut Planner<'_>,
) -> Operation {
    let function = chosen.unwrap_or_else(|| derived(&operation, names, planner));
    let name = plain(&function);
    let request = names.types.name(&name, Case::Camel);
    let (output, mut accepted) = output(&operation, &request, &mut names.types, planner);
    planner.check_output(operation.named, &function, &output, &operation.pointer);
    let arguments = arguments(&operation, &request, &accepted, planner);
    let (required, optional): (Vec<_>, Vec<_>) = arguments.into_iter().partition(|argument| argument.required);
    let accept = if accepted.len() == 1 { accepted.pop() } else { None };
    let error = error(&operation, &request, &mut names.types, planner);
    let docs = docs(&operation, &request, &optional, &error);
    let id = operation.id.clone().unwrap_or(name);
    Operation {
        docs,
        request_docs: request_docs(&function),
        request,
        deprecated: operation.deprecated,
        required,
        optional,
        headers: headers(&operation),
        query: operation.query.clone(),
        accept,
        output,
        error,
        info: info(&operation, id),
        description: operation.description,
        external_docs: operation.external_docs,
        function,
    }
}
