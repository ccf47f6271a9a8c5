//! The documentation of an operation: description, arguments, scopes and responses.

use super::argument::Argument;
use super::response::Error;
use super::success::is_output;
use super::{Docs, Ident, markdown, paragraphs, plain, sentence};
use crate::lower;

/// The documentation of the function that makes the request.
pub(super) fn docs(operation: &lower::Operation, request: &Ident, optional: &[Argument], error: &Error) -> Docs {
    let (first, call) = match operation.summary.trim() {
        "" => (format!("Calls {}.", call(operation)), Docs::new()),
        summary => (sentence(summary), vec![call(operation)]),
    };
    let more = operation
        .external_docs
        .as_ref()
        .map(|url| markdown::lines(&format!("More: {url}")));
    paragraphs(&[
        markdown::lines(&first),
        markdown::lines(&operation.description),
        call,
        more.unwrap_or_default(),
        optional_docs(request, optional),
        header_docs(operation),
        scope_docs(operation),
        error_docs(error),
    ])
}

/// The documentation of a request.
pub(super) fn request_docs(function: &Ident) -> Docs {
    let text = if function.as_str() == plain(function) {
        format!("A request of [`{function}`](fn@super::{function}).")
    } else {
        // rustdoc reads the mark of a raw identifier as a fragment.
        format!("A request of `{}`.", plain(function))
    };
    vec![text]
}

/// The documentation of the enum for successes that do not carry the same.
pub(super) fn choice_docs(request: &Ident) -> Docs {
    vec![format!("A successful response of [`{request}`](struct@{request}).")]
}

/// The state of scopes, as a word if it is one.
fn state(state: &str) -> String {
    if state.chars().all(char::is_alphanumeric) {
        state.to_lowercase()
    } else {
        markdown::code(state)
    }
}

/// Method and path.
fn call(operation: &lower::Operation) -> String {
    markdown::code(&format!("{} {}", operation.method, operation.target()))
}

/// What setters set, each with a link where rustdoc can follow one: it reads the mark of a raw identifier as a fragment.
fn optional_docs(request: &Ident, optional: &[Argument]) -> Docs {
    let names = optional.iter().map(|argument| {
        let (name, ident) = (plain(&argument.ident), argument.ident.as_str());
        match name == ident {
            true => format!("[`{name}`](request::{request}::{name})"),
            false => format!("`{ident}`"),
        }
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return Docs::new();
    }
    vec![format!("Optional, set on the request: {}.", names.join(", "))]
}

fn scope_docs(operation: &lower::Operation) -> Docs {
    let mut docs = Docs::new();
    for group in &operation.scopes {
        let scopes: Vec<String> = group.scopes.iter().map(|scope| markdown::code(scope)).collect();
        docs.push(format!(
            "- OAuth 2.0, {}: {}",
            state(&group.state),
            scopes.join(" and ")
        ));
    }
    if let Some(scope) = &operation.connect_scope {
        docs.push(format!("- Connect: {}", markdown::code(scope)));
    }
    if !docs.is_empty() {
        docs.splice(0..0, ["# Scopes".to_owned(), String::new()]);
    }
    docs
}

/// The headers of a success.
fn header_docs(operation: &lower::Operation) -> Docs {
    let successes = operation
        .responses
        .iter()
        .filter(|response| is_output(response, operation));
    let mut names: Vec<String> = Vec::new();
    for (name, _) in successes.flat_map(|response| &response.headers) {
        let name = markdown::code(name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Docs::new();
    }
    // Their descriptions are in `OperationInfo::responses`.
    vec![format!("Headers of the response: {}.", names.join(", "))]
}

fn error_docs(error: &Error) -> Docs {
    if error.variants.is_empty() {
        return Docs::new();
    }
    let ident = &error.ident;
    let text = format!("The documented ones are the variants of [`{ident}`](request::{ident}).");
    vec!["# Errors".to_owned(), String::new(), text]
}
