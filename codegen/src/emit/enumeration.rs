//! Open enums, and the accessors of fields whose keys one lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::lines::{Lines, literal};
use super::types::Scope;
use crate::plan::{EnumVariant, Ident, KeyEnum, Model};

pub(super) fn open_enum(model: &Model, variants: &[EnumVariant]) -> String {
    let mut table = Lines::default();
    table.nest("rt::open_enum! {", "}", |table| {
        table.docs(&model.docs);
        table.nest(&format!("pub enum {} {{", model.ident), "}", |table| {
            for EnumVariant {
                ident,
                value,
                docs,
                meaning,
            } in variants
            {
                table.docs(docs);
                let value = literal(value);
                match meaning.as_str() {
                    "" => table.line(&format!("{ident} = {value},")),
                    meaning => table.line(&format!("{ident} = {value}: {},", literal(meaning))),
                }
            }
        });
    });
    table.finish()
}

pub(super) fn key_accessor(ident: &Ident, key: &KeyEnum, scope: &Scope) -> TokenStream {
    let KeyEnum {
        method,
        field,
        docs,
        optional,
        ty,
    } = key;
    let docs = super::docs(docs);
    let option = scope.option();
    let (result, value) = if *optional {
        (quote!(#option<#ty>), quote!(rt::text(&self.#field).map(#ty::from)))
    } else {
        (quote!(#ty), quote!(#ty::from(self.#field.as_str())))
    };
    quote! {
        impl #ident {
            #docs
            pub fn #method(&self) -> #result {
                #value
            }
        }
    }
}
