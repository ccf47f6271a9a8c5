//! Requests, the functions that make them, and the error responses of each.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::types::{Within, ty};
use super::{docs, info, output};
use crate::lower::Style;
use crate::plan::{Argument, Error, Operation, Part, Place, Type, Variant, plain};

/// The function that makes a request.
pub(super) fn function(operation: &Operation) -> TokenStream {
    let Operation { function, request, .. } = operation;
    let docs = docs(&operation.docs);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let required = || operation.arguments.iter().filter(|argument| argument.required);
    let arguments = required().map(|argument| {
        let name = &argument.ident;
        let given = taken(argument, Within::Root).0;
        quote!(#name: #given)
    });
    let fields: Vec<TokenStream> = operation
        .arguments
        .iter()
        .map(|argument| {
            let name = &argument.ident;
            match (argument.required, taken(argument, Within::Root).1) {
                (true, Some(value)) => quote!(#name: #value),
                (true, None) => quote!(#name),
                (false, _) => quote!(#name: ::core::option::Option::None),
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
pub(super) fn request(operation: &Operation) -> TokenStream {
    let Operation { function, request, .. } = operation;
    let docs = if *function == plain(function) {
        format!(" A request of [`{function}`](fn@super::{function}).")
    } else {
        // rustdoc reads the mark of a raw identifier as a fragment.
        format!(" A request of `{}`.", plain(function))
    };
    let fields = operation.arguments.iter().map(|argument| {
        let name = &argument.ident;
        let inner = ty(&argument.ty, Within::Request);
        let field = if argument.required {
            inner
        } else {
            quote!(::core::option::Option<#inner>)
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
        .map(setter)
        .collect();
    let setters = (!setters.is_empty()).then(|| quote!(impl #request { #(#setters)* }));
    let implementation = implementation(operation);
    let choice = output::choice(&operation.output, request);
    let error = error(&operation.error, request);
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

fn setter(argument: &Argument) -> TokenStream {
    let name = &argument.ident;
    let docs = docs(&argument.docs);
    let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
    let (given, value) = taken(argument, Within::Request);
    let value = value.unwrap_or_else(|| quote!(#name));
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #given) -> Self {
            self.#name = ::core::option::Option::Some(#value);
            self
        }
    }
}

/// The type in which an argument is handed in, and the expression that makes it the field's, if it takes one.
fn taken(argument: &Argument, within: Within) -> (TokenStream, Option<TokenStream>) {
    let name = &argument.ident;
    match &argument.ty {
        Type::List(item) => {
            let item = ty(item, within);
            if argument.into {
                let given = quote!(impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<#item>>);
                (
                    given,
                    Some(quote!(#name.into_iter().map(::core::convert::Into::into).collect())),
                )
            } else {
                let given = quote!(impl ::core::iter::IntoIterator<Item = #item>);
                (given, Some(quote!(#name.into_iter().collect())))
            }
        }
        other => {
            let other = ty(other, within);
            if argument.into {
                (quote!(impl ::core::convert::Into<#other>), Some(quote!(#name.into())))
            } else {
                (other, None)
            }
        }
    }
}

fn implementation(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let error = &operation.error.ident;
    let errors = (!operation.error.variants.is_empty()).then_some(error);
    let info = info::info(&operation.info, errors);
    let parts = operation.parts.iter().map(part);
    let headers = operation
        .headers
        .iter()
        .map(|(name, value)| quote!(.header(#name, &#value)));
    let accept = operation.accept.as_ref().map(|media| quote!(.accept(#media)));
    let output = output::output(&operation.output);
    let streams = output::streams(&operation.output);
    let decode = output::decode(&operation.output);
    quote! {
        impl rt::Operation for #request {
            type Output = #output;
            type Error = #error;

            const INFO: &'static rt::OperationInfo = &#info;

            fn encode(&self) -> ::core::result::Result<rt::Request, rt::Error> {
                rt::RequestBuilder::new(Self::INFO) #(#parts)* #(#headers)* #accept .finish()
            }

            #streams
            #decode
        }
    }
}

/// The call that puts an argument in its place.
fn part(part: &Part) -> TokenStream {
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
        Place::Json(media) => body(format_ident!("json"), Some(media), part),
        Place::Form(media) => body(format_ident!("form"), Some(media), part),
        Place::Upload(media) => body(format_ident!("upload"), Some(media), part),
        Place::Multipart => body(format_ident!("multipart"), None, part),
        Place::Files(media) => {
            let media = option(media.as_ref());
            let files = match (part.optional, part.is_list) {
                (false, false) => quote!([&self.#argument]),
                (true, true) => quote!(self.#argument.iter().flatten()),
                _ => quote!(&self.#argument),
            };
            quote!(.files(#name, #media, #files))
        }
        Place::Field(media) => {
            let media = option(media.as_ref());
            quote!(.field(#name, #media, &self.#argument))
        }
        Place::Accept(media) => quote!(.accept(self.#argument.as_deref().unwrap_or(#media))),
    }
}

fn body(method: Ident, media: Option<&String>, part: &Part) -> TokenStream {
    let argument = &part.argument;
    let media = media.map(|media| quote!(#media,));
    let value = if part.optional {
        quote!(self.#argument.as_ref())
    } else {
        quote!(::core::option::Option::Some(&self.#argument))
    };
    quote!(.#method(#media #value))
}

fn option(text: Option<&String>) -> TokenStream {
    match text {
        None => quote!(::core::option::Option::None),
        Some(text) => quote!(::core::option::Option::Some(#text)),
    }
}

fn error(error: &Error, request: &Ident) -> TokenStream {
    let ident = &error.ident;
    let docs = format!(" The error responses that are documented for [`{request}`](struct@{request}).");
    let variants = error.variants.iter().map(|variant| {
        let Variant {
            ident, status, headers, ..
        } = variant;
        let docs = super::docs(&variant.docs);
        let body = variant.body.as_ref().map(|body| {
            let body = ty(body, Within::Request);
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
