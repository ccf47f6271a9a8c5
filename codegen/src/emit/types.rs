//! Types and names of the standard library, as short as the module allows.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::plan::{self, Plan, Type};

/// A module in which types are named: how models are reached from it, and which names it takes itself.
pub(super) struct Scope {
    /// Whether models are in another module.
    imports_models: bool,
    taken: BTreeSet<String>,
}

impl Scope {
    /// The module itself, which has no types.
    pub(super) fn root() -> Self {
        Self {
            imports_models: true,
            taken: BTreeSet::new(),
        }
    }

    /// The module `model`.
    pub(super) fn models(plan: &Plan) -> Self {
        Self {
            imports_models: false,
            taken: plan.models.iter().map(|model| model.ident.to_string()).collect(),
        }
    }

    /// The module `request`.
    pub(super) fn requests(plan: &Plan) -> Self {
        let requests = plan.operations.iter().map(|operation| operation.request.to_string());
        Self {
            imports_models: true,
            taken: requests.collect(),
        }
    }

    /// A name that every module knows, unless it takes the name itself.
    fn std(&self, name: &str, path: TokenStream) -> TokenStream {
        if self.taken.contains(name) {
            path
        } else {
            Ident::new(name, Span::call_site()).into_token_stream()
        }
    }

    pub(super) fn option(&self) -> TokenStream {
        self.std("Option", quote!(::core::option::Option))
    }

    pub(super) fn some(&self) -> TokenStream {
        self.std("Some", quote!(::core::option::Option::Some))
    }

    pub(super) fn none(&self) -> TokenStream {
        self.std("None", quote!(::core::option::Option::None))
    }

    pub(super) fn result(&self) -> TokenStream {
        self.std("Result", quote!(::core::result::Result))
    }

    pub(super) fn ok(&self) -> TokenStream {
        self.std("Ok", quote!(::core::result::Result::Ok))
    }

    pub(super) fn string(&self) -> TokenStream {
        self.std("String", quote!(::std::string::String))
    }

    pub(super) fn vec(&self) -> TokenStream {
        self.std("Vec", quote!(::std::vec::Vec))
    }

    pub(super) fn boxed(&self) -> TokenStream {
        self.std("Box", quote!(::std::boxed::Box))
    }

    pub(super) fn into(&self) -> TokenStream {
        self.std("Into", quote!(::core::convert::Into))
    }

    pub(super) fn iterator(&self) -> TokenStream {
        self.std("IntoIterator", quote!(::core::iter::IntoIterator))
    }

    pub(super) fn default(&self) -> TokenStream {
        self.std("Default", quote!(::core::default::Default))
    }

    /// A type.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Unit => quote!(()),
            Type::Bool => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::F32 => quote!(f32),
            Type::F64 => quote!(f64),
            Type::String => self.string(),
            Type::DateTime => quote!(rt::DateTime),
            Type::Json => quote!(rt::Value),
            Type::Upload => quote!(rt::Upload),
            Type::Multipart => quote!(rt::Multipart),
            Type::Model(name) => {
                if self.imports_models {
                    quote!(model::#name)
                } else {
                    quote!(#name)
                }
            }
            Type::List(inner) => {
                let (vec, inner) = (self.vec(), self.ty(inner));
                quote!(#vec<#inner>)
            }
            Type::Map(inner) => {
                let (string, inner) = (self.string(), self.ty(inner));
                quote!(rt::BTreeMap<#string, #inner>)
            }
            Type::Option(inner) => {
                let (option, inner) = (self.option(), self.ty(inner));
                quote!(#option<#inner>)
            }
            Type::Boxed(inner) => {
                let (boxed, inner) = (self.boxed(), self.ty(inner));
                quote!(#boxed<#inner>)
            }
        }
    }
}

impl ToTokens for plan::Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = self.as_str();
        let ident = match name.strip_prefix("r#") {
            Some(name) => Ident::new_raw(name, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        };
        ident.to_tokens(tokens);
    }
}
