//! Requests, the functions that make them, and the error responses of each.

use proc_macro2::TokenStream;
use quote::quote;

use super::lines::{Lines, literal};
use super::types::{Scope, parsed};
use super::{docs, info, output};
use crate::lower::Style;
use crate::plan::{Argument, Given, Operation, Place, Variant};

/// The function that makes a request.
pub(super) fn function(operation: &Operation, scope: &Scope) -> TokenStream {
    let Operation {
        function,
        request,
        required,
        ..
    } = operation;
    let docs = docs(&operation.docs);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let arguments = required.iter().map(|argument| parameter(argument, scope));
    let values = required.iter().map(|argument| value(argument, scope));
    // Not fewer than the path has; a struct for them would be no easier to call.
    let crowded = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #docs
        #deprecated
        #crowded
        pub fn #function(#(#arguments),*) -> request::#request {
            request::#request::new(#(#values),*)
        }
    }
}

/// An argument as a function declares it.
fn parameter(argument: &Argument, scope: &Scope) -> TokenStream {
    let Argument { ident, ty, .. } = argument;
    let ty = parsed(&scope.handed(ty, argument.given));
    quote!(#ident: #ty)
}

/// What a function makes of an argument.
fn value(argument: &Argument, scope: &Scope) -> TokenStream {
    let ident = &argument.ident;
    match argument.given {
        Given::Set | Given::Boxed => quote!(#ident),
        Given::Into => quote!(#ident.into()),
        Given::Each => quote!(#ident.into_iter().collect()),
        Given::EachInto => {
            let into = scope.into();
            quote!(#ident.into_iter().map(#into::into).collect())
        }
    }
}

/// The request of an operation, as a table.
pub(super) fn request(operation: &Operation, scope: &Scope) -> String {
    let mut table = Lines::default();
    table.nest("rt::operation! {", "}", |table| {
        table.docs(&operation.request_docs);
        arguments(operation, scope, table);
        table.line("");
        info::info(&operation.info, scope, table);
        let always = always(operation);
        table.line(&format!("encode {{ {always} }}").replace("{  }", "{}"));
        table.line(&format!("decode {}", output::kind(&operation.output, scope)));
        table.line("");
        table.nest(&format!("pub enum {} {{", operation.error.ident), "}", |table| {
            let variants = &operation.error.variants;
            variants.iter().for_each(|variant| error(variant, scope, table));
        });
    });
    table.finish()
}

fn arguments(operation: &Operation, scope: &Scope, table: &mut Lines) {
    let required = operation.required.iter().map(|argument| {
        let Argument { ident, ty, given, .. } = argument;
        format!("{ident}: {} => {}", scope.kept(ty, *given), place(argument))
    });
    let required: Vec<String> = required.collect();
    let head = format!("pub struct {}(", operation.request);
    if operation.optional.is_empty() {
        table.list(&head, &required, ") {}");
        return;
    }
    table.list(&head, &required, ") {");
    table.indented(|table| {
        for argument in &operation.optional {
            let Argument { ident, ty, given, .. } = argument;
            table.docs(&argument.docs);
            if argument.deprecated {
                table.line("#[deprecated]");
            }
            let (given, ty) = (word(*given), scope.ty(ty));
            table.line(&format!("{given} {ident}: {ty} => {},", place(argument)));
        }
    });
    table.line("}");
}

/// The word for how a caller hands something in.
pub(super) fn word(given: Given) -> &'static str {
    match given {
        Given::Set => "set",
        Given::Into => "into",
        Given::Boxed => "boxed",
        Given::Each => "each",
        Given::EachInto => "each_into",
    }
}

/// The method that puts an argument in its place.
pub(crate) fn place(argument: &Argument) -> String {
    let name = literal(&argument.name);
    match &argument.place {
        Place::Path => format!("path({name})"),
        Place::Query(Style::Form) => format!("query({name})"),
        Place::Query(style) => format!("query_as({name}, {})", query_style(*style)),
        Place::Header => format!("header({name})"),
        Place::Cookie => format!("cookie({name})"),
        Place::Json(media) => format!("json({})", literal(media)),
        Place::Form(media, styles) if styles.is_empty() => format!("form({})", literal(media)),
        Place::Form(media, styles) => {
            let styles = styles.iter();
            let styles = styles.map(|(name, style)| format!("({}, {})", literal(name), query_style(*style)));
            let styles: Vec<String> = styles.collect();
            format!("form_as({}, &[{}])", literal(media), styles.join(", "))
        }
        Place::Upload(media) => format!("upload({})", literal(media)),
        Place::Multipart => "multipart()".to_owned(),
        Place::Files(None) => format!("files({name})"),
        Place::Files(Some(media)) => format!("files_as({name}, {})", literal(media)),
        Place::Field(None) => format!("field({name})"),
        Place::Field(Some(media)) => format!("field_as({name}, {})", literal(media)),
        Place::Accept(media) => format!("accept_or({})", literal(media)),
    }
}

fn query_style(style: Style) -> &'static str {
    match style {
        Style::Form => "rt::QueryStyle::Form",
        Style::Comma => "rt::QueryStyle::Comma",
        Style::Space => "rt::QueryStyle::Space",
        Style::Pipe => "rt::QueryStyle::Pipe",
        Style::DeepObject => "rt::QueryStyle::DeepObject",
    }
}

/// What is sent with any arguments.
fn always(operation: &Operation) -> String {
    let headers = operation.headers.iter();
    let headers = headers.map(|(name, value)| format!("header_text({}, {})", literal(name), literal(value)));
    let accept = operation.accept.iter();
    let accept = accept.map(|media| format!("accept({})", literal(media)));
    let query = operation.query.iter();
    let query = query.map(|query| format!("fixed_query({})", literal(query)));
    let calls: Vec<String> = headers.chain(accept).chain(query).collect();
    calls.join(", ")
}

fn error(variant: &Variant, scope: &Scope, table: &mut Lines) {
    table.docs(&variant.docs);
    let body = variant.body.as_ref();
    let body = body.map_or_else(String::new, |body| format!("({})", scope.ty(body)));
    let (ident, status) = (&variant.ident, literal(&variant.status));
    match info::headers(&variant.headers) {
        None => table.line(&format!("{ident}{body} = {status},")),
        Some(headers) => table.line(&format!("{ident}{body} = {status} with {headers},")),
    }
}
