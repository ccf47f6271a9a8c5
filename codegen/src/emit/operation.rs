//! Requests, the functions that make them, and the error responses of each.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::Scope;
use super::{docs, info, output};
use crate::lower::Style;
use crate::plan::{Argument, Error, Ident, Operation, Part, Place, Type, Variant, plain};

/// The function that makes a request.
pub(super) fn function(operation: &Operation, scope: &Scope) -> TokenStream {
    let Operation { function, request, .. } = operation;
    let docs = docs(&operation.docs);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let required = || operation.arguments.iter().filter(|argument| argument.required);
    let arguments = required().map(|argument| {
        let name = &argument.ident;
        let given = taken(argument, scope).0;
        quote!(#name: #given)
    });
    let fields: Vec<TokenStream> = operation
        .arguments
        .iter()
        .map(|argument| {
            let name = &argument.ident;
            match (argument.required, taken(argument, scope).1) {
                (true, Some(value)) => quote!(#name: #value),
                (true, None) => quote!(#name),
                (false, _) => quote!(#name: None),
            }
        })
        .collect();
    let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
    // Not fewer than the path has; a struct for them would be no easier to call.
    let crowded = (required().count() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #docs
        #deprecated
        #crowded
        pub fn #function(#(#arguments),*) -> request::#request {
            request::#request #fields
        }
    }
}

/// The request type of an operation.
pub(super) fn request(operation: &Operation, scope: &Scope) -> TokenStream {
    let Operation { function, request, .. } = operation;
    let docs = if function.as_str() == plain(function) {
        format!(" A request of [`{function}`](fn@super::{function}).")
    } else {
        // rustdoc reads the mark of a raw identifier as a fragment.
        format!(" A request of `{}`.", plain(function))
    };
    let fields = operation.arguments.iter().map(|argument| {
        let name = &argument.ident;
        let inner = scope.ty(&argument.ty);
        let field = if argument.required {
            inner
        } else {
            let option = scope.option();
            quote!(#option<#inner>)
        };
        quote!(pub(super) #name: #field,)
    });
    let body = if operation.arguments.is_empty() {
        quote!(;)
    } else {
        quote!({ #(#fields)* })
    };
    let exhaustive = operation.arguments.is_empty().then(|| quote!(#[non_exhaustive]));
    let setters: Vec<TokenStream> = operation
        .arguments
        .iter()
        .filter(|one| !one.required)
        .map(|one| setter(one, scope))
        .collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl #request { #(#setters)* }));
    let implementation = implementation(operation, scope);
    let choice = output::choice(&operation.output, request, scope);
    let error = error(&operation.error, request, scope);
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        #exhaustive
        pub struct #request #body

        #setters
        #implementation
        #choice
        #error
    }
}

fn setter(argument: &Argument, scope: &Scope) -> TokenStream {
    let name = &argument.ident;
    let docs = docs(&argument.docs);
    let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
    let (given, value) = taken(argument, scope);
    let value = value.unwrap_or_else(|| quote!(#name));
    let some = scope.some();
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #given) -> Self {
            self.#name = #some(#value);
            self
        }
    }
}

/// The type in which an argument is handed in, and the expression that makes it the field's, if it takes one.
fn taken(argument: &Argument, scope: &Scope) -> (TokenStream, Option<TokenStream>) {
    let name = &argument.ident;
    let (into, into_iterator) = (scope.into(), scope.iterator());
    match &argument.ty {
        Type::List(item) => {
            let item = scope.ty(item);
            if argument.into {
                let given = quote!(impl #into_iterator<Item = impl #into<#item>>);
                (given, Some(quote!(#name.into_iter().map(#into::into).collect())))
            } else {
                let given = quote!(impl #into_iterator<Item = #item>);
                (given, Some(quote!(#name.into_iter().collect())))
            }
        }
        other => {
            let other = scope.ty(other);
            if argument.into {
                (quote!(impl #into<#other>), Some(quote!(#name.into())))
            } else {
                (other, None)
            }
        }
    }
}

fn implementation(operation: &Operation, scope: &Scope) -> TokenStream {
    let request = &operation.request;
    let error = &operation.error.ident;
    let info = info::info(&operation.info, !operation.error.variants.is_empty());
    let parts = operation.parts.iter().map(|one| part(one, scope));
    let headers = operation
        .headers
        .iter()
        .map(|(name, value)| quote!(.header_text(#name, #value)));
    let accept = operation.accept.as_ref().map(|media| quote!(.accept(#media)));
    let result = scope.result();
    let output = output::output(&operation.output, scope);
    let streams = output::streams(&operation.output);
    let decode = output::decode(&operation.output, scope);
    quote! {
        impl rt::Operation for #request {
            type Output = #output;
            type Error = #error;

            const INFO: &'static rt::OperationInfo = &#info;

            fn encode(&self) -> #result<rt::Request, rt::Error> {
                rt::RequestBuilder::new(Self::INFO) #(#parts)* #(#headers)* #accept .finish()
            }

            #streams
            #decode
        }
    }
}

/// The call that puts an argument in its place.
fn part(part: &Part, scope: &Scope) -> TokenStream {
    let Part { name, argument, .. } = part;
    match &part.place {
        Place::Path => quote!(.path(#name, &self.#argument)),
        Place::Query(style) => {
            let style = match style {
                Style::Form => quote!(Form),
                Style::Comma => quote!(Comma),
                Style::Space => quote!(Space),
                Style::Pipe => quote!(Pipe),
                Style::DeepObject => quote!(DeepObject),
            };
            quote!(.query(#name, rt::QueryStyle::#style, &self.#argument))
        }
        Place::Header => quote!(.header(#name, &self.#argument)),
        Place::Cookie => quote!(.cookie(#name, &self.#argument)),
        Place::Json(media) => body(&Ident::new("json"), Some(media), part, scope),
        Place::Form(media) => body(&Ident::new("form"), Some(media), part, scope),
        Place::Upload(media) => body(&Ident::new("upload"), Some(media), part, scope),
        Place::Multipart => body(&Ident::new("multipart"), None, part, scope),
        Place::Files(media) => {
            let media = option(media.as_ref(), scope);
            let files = match (part.optional, part.is_list) {
                (false, false) => quote!([&self.#argument]),
                (true, true) => quote!(self.#argument.iter().flatten()),
                _ => quote!(&self.#argument),
            };
            quote!(.files(#name, #media, #files))
        }
        Place::Field(media) => {
            let media = option(media.as_ref(), scope);
            quote!(.field(#name, #media, &self.#argument))
        }
        Place::Accept(media) => quote!(.accept(self.#argument.as_deref().unwrap_or(#media))),
    }
}

fn body(method: &Ident, media: Option<&String>, part: &Part, scope: &Scope) -> TokenStream {
    let argument = &part.argument;
    let media = media.map(|media| quote!(#media,));
    let value = if part.optional {
        quote!(self.#argument.as_ref())
    } else {
        let some = scope.some();
        quote!(#some(&self.#argument))
    };
    quote!(.#method(#media #value))
}

fn option(text: Option<&String>, scope: &Scope) -> TokenStream {
    match text {
        None => scope.none(),
        Some(text) => {
            let some = scope.some();
            quote!(#some(#text))
        }
    }
}

fn error(error: &Error, request: &Ident, scope: &Scope) -> TokenStream {
    let ident = &error.ident;
    let docs = format!(" The error responses that are documented for [`{request}`](struct@{request}).");
    let variants = error.variants.iter().map(|variant| {
        let Variant {
            ident, status, headers, ..
        } = variant;
        let docs = super::docs(&variant.docs);
        let body = variant.body.as_ref().map(|body| {
            let body = scope.ty(body);
            quote!((#body))
        });
        let status = if headers.is_empty() {
            quote!(#status)
        } else {
            let headers = info::headers(headers);
            quote!((#status, #headers))
        };
        quote!(#docs #ident #body = #status,)
    });
    quote! {
        rt::errors! {
            #[doc = #docs]
            pub enum #ident {
                #(#variants)*
            }
        }
    }
}
