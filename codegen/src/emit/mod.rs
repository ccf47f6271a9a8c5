//! Prints a plan. Nothing is decided here, and nothing can fail.

mod guide;
mod info;
mod operation;
mod output;
mod schema;
mod types;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use self::types::Scope;
use crate::Error;
use crate::plan::Plan;

/// What every emitter needs to know about the module it prints into.
pub(crate) struct Context {
    /// The path of the runtime's parts for generated code.
    rt: syn::Path,
}

impl Context {
    /// Takes the path of the runtime.
    pub(crate) fn new(runtime: &str) -> Result<Self, Error> {
        match syn::parse_str(&format!("{runtime}::rt")) {
            Ok(rt) => Ok(Self { rt }),
            Err(_) => Err(Error::setup(format!("the runtime `{runtime}` is no Rust path"))),
        }
    }

    /// What a module starts with, if it has a use for it.
    fn imports(&self, body: &TokenStream) -> TokenStream {
        let rt = &self.rt;
        if mentions(body, "rt") {
            quote!(use #rt;)
        } else {
            TokenStream::new()
        }
    }
}

/// Whether a path starts with a name.
fn mentions(tokens: &TokenStream, name: &str) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Ident(ident) if ident == name => {
                matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
            }
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

/// Prints the whole module.
pub(crate) fn emit(plan: &Plan, context: &Context) -> TokenStream {
    let module = &plan.module;
    // Inside the module, so that its links are looked up there.
    let module_docs = plan.docs.iter().map(|line| padded(line));
    let module_docs = quote!(#(#![doc = #module_docs])*);
    let consts = info::consts(plan);
    let root = Scope::root();
    let functions = plan.operations.iter().map(|one| operation::function(one, &root));
    let scope = Scope::models(plan);
    let models = plan.models.iter().map(|model| schema::model(model, &scope));
    let scope = Scope::requests(plan);
    let requests = plan.operations.iter().map(|one| operation::request(one, &scope));
    let guide = guide::guide(&plan.guide, context);
    let models = quote!(#(#models)*);
    let tables = info::tables(&plan.tables);
    let requests = quote!(#tables #(#requests)*);
    let model_imports = context.imports(&models);
    let request_imports = context.imports(&requests);
    let model_import = mentions(&requests, "model").then(|| {
        quote!(
            use super::model;
        )
    });
    let rt = &context.rt;
    quote! {
        pub mod #module {
            #module_docs

            use #rt;

            #consts
            #(#functions)*

            /// What is sent and received.
            #[allow(missing_docs, reason = "the document does not describe everything")]
            pub mod model {
                #model_imports
                #models
            }

            /// The requests, and the error responses that are documented for each.
            pub mod request {
                #request_imports
                #model_import
                #requests
            }

            #guide
        }
    }
}

/// Lines of documentation as attributes, one a line.
fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| padded(line));
    quote!(#(#[doc = #lines])*)
}

/// A line as it stands after the slashes.
fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// A list of things as a slice.
fn slice<T: ToTokens>(items: impl IntoIterator<Item = T>) -> TokenStream {
    let items = items.into_iter();
    quote!(&[#(#items),*])
}
