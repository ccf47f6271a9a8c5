//! Operations become request types and the functions that make them.

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

/// A request type and the function that makes it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub function: Ident,
    /// Its documentation. The example is added once all models are known.
    pub docs: Docs,
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
}

pub(super) fn operations(operations: Vec<lower::Operation>, planner: &mut Planner<'_>) -> Vec<Operation> {
    let mut names = Names {
        functions: Scope::without(&["guide", "model", "request", "rt"]),
        types: Scope::default(),
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
    let function = names.functions.name(wanted, Case::Snake);
    let alone = Scope::default().name(wanted, Case::Snake);
    if function != alone {
        let message = format!("the `x-rust-name` `{alone}` is already taken");
        let help = format!("the function is named `{function}`; choose another name");
        let place = operation.pointer.join("x-rust-name");
        let diagnostic = Diagnostic::new(Code::Extension, &place, message);
        planner.diagnostics.push(diagnostic.help(help));
    }
    Some(function)
}

fn operation(
    operation: lower::Operation,
    chosen: Option<Ident>,
    names: &mut Names,
    planner: &mut Planner<'_>,
) -> Operation {
    let function = chosen.unwrap_or_else(|| {
        let derived = || format!("{} {}", operation.method.to_lowercase(), operation.target());
        let wanted = operation.words.clone().or_else(|| operation.id.clone());
        names.functions.name(&wanted.unwrap_or_else(derived), Case::Snake)
    });
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
        function,
    }
}
