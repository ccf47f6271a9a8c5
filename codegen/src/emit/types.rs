//! Types, with absolute paths: a schema may be called `Option`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::Type;

/// The module in which a type is named.
#[derive(Clone, Copy)]
pub(super) enum Within {
    Root,
    Model,
    Request,
}

impl Within {
    pub(super) fn model(self, name: &Ident) -> TokenStream {
        match self {
            Within::Root => quote!(model::#name),
            Within::Model => quote!(#name),
            Within::Request => quote!(super::model::#name),
        }
    }
}

pub(super) fn ty(ty: &Type, within: Within) -> TokenStream {
    let nested = |inner: &Type| self::ty(inner, within);
    match ty {
        Type::Unit => quote!(()),
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::F32 => quote!(f32),
        Type::F64 => quote!(f64),
        Type::String => quote!(::std::string::String),
        Type::DateTime => quote!(rt::DateTime),
        Type::Json => quote!(rt::Value),
        Type::Upload => quote!(rt::Upload),
        Type::Multipart => quote!(rt::Multipart),
        Type::Model(name) => within.model(name),
        Type::List(inner) => {
            let inner = nested(inner);
            quote!(::std::vec::Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = nested(inner);
            quote!(rt::BTreeMap<::std::string::String, #inner>)
        }
        Type::Option(inner) => {
            let inner = nested(inner);
            quote!(::core::option::Option<#inner>)
        }
        Type::Boxed(inner) => {
            let inner = nested(inner);
            quote!(::std::boxed::Box<#inner>)
        }
    }
}
