//! The documentation of an operation: what it does, needs and answers, and a call.

use super::argument::Argument;
use super::response::Error;
use super::success::is_output;
use super::{Docs, Ident, Options, Type, markdown, paragraphs, plain, sentence};
use crate::lower;

/// The documentation of the function that makes the request.
pub(super) fn docs(operation: &lower::Operation, error: &Error, example: Docs) -> Docs {
    let first = match operation.summary.trim() {
        "" => format!("Calls {}.", call(operation)),
        summary => sentence(summary),
    };
    let call = vec![call(operation)];
    let more = operation
        .external_docs
        .as_ref()
        .map(|url| markdown::lines(&format!("More: {url}")));
    paragraphs(&[
        markdown::lines(&first),
        markdown::lines(&operation.description),
        call,
        more.unwrap_or_default(),
        scope_docs(operation),
        header_docs(operation),
        error_docs(error),
        example,
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
    vec![format!("What [`{request}`](struct@{request}) answers.")]
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
    markdown::code(&format!("{} {}", operation.method, operation.path))
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
    // What they mean stands in `OperationInfo::responses`.
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

/// A call with every required argument, as a user of the crate would write it.
pub(super) fn example(module: &Ident, function: &Ident, required: &[Argument], options: &Options) -> Docs {
    let runtime = options.public_runtime();
    let parent = options.parent.as_deref().unwrap_or("crate");
    let path = format!("{parent}::{module}");
    let mut given = vec![format!("client: &{runtime}::Client")];
    let mut values = Vec::new();
    for argument in required {
        values.push(match &argument.ty {
            Type::String if argument.given.is_list() => "[\"one\", \"two\"]".to_owned(),
            Type::String => format!("\"{}\"", plain(&argument.ident)),
            Type::Bool if !argument.given.is_list() => "true".to_owned(),
            Type::I32 | Type::I64 if !argument.given.is_list() => "1".to_owned(),
            Type::F32 | Type::F64 if !argument.given.is_list() => "1.0".to_owned(),
            ty => {
                let ty = written(ty, &path, &runtime);
                let ty = if argument.given.is_list() {
                    format!("Vec<{ty}>")
                } else {
                    ty
                };
                given.push(format!("{}: {ty}", argument.ident));
                argument.ident.to_string()
            }
        });
    }
    let compiled = options.parent.is_some();
    let mut docs = vec![
        "# Example".to_owned(),
        String::new(),
        if compiled { "```no_run" } else { "```text" }.to_owned(),
    ];
    let call = format!(
        "let response = client.send({path}::{function}({})).await?;",
        values.join(", ")
    );
    if compiled {
        let given = given.join(", ");
        docs.push(format!(
            "# async fn example({given}) -> Result<(), {runtime}::Error> {{"
        ));
    }
    docs.extend([call, "println!(\"{response:#?}\");".to_owned()]);
    if compiled {
        docs.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    }
    docs.push("```".to_owned());
    docs
}

/// A type as a user of the crate would write it.
fn written(ty: &Type, path: &str, runtime: &str) -> String {
    let inner = |ty: &Type| written(ty, path, runtime);
    match ty {
        Type::Unit => "()".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::F32 => "f32".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Json => format!("{runtime}::Value"),
        Type::DateTime => format!("{runtime}::DateTime"),
        Type::Upload => format!("{runtime}::Upload"),
        Type::Multipart => format!("{runtime}::Multipart"),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)),
        Type::Option(some) => format!("Option<{}>", inner(some)),
        Type::Boxed(value) => format!("Box<{}>", inner(value)),
        Type::Model(name) => format!("{path}::model::{name}"),
    }
}
