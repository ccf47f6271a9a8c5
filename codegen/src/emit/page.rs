//! Pages of lists.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::Scope;
use crate::plan::{Ident, Next, Page};

pub(super) fn page(ident: &Ident, page: &Page, scope: &Scope) -> TokenStream {
    let Page {
        items,
        item,
        optional,
        next,
    } = page;
    let (item, vec) = (scope.ty(item), scope.vec());
    let items = if *optional {
        quote!(self.#items.unwrap_or_default())
    } else {
        quote!(self.#items)
    };
    let next = next.iter().map(|next| match next {
        Next::Link(pointer) => quote!(rt::NextPage::Link(#pointer)),
        Next::Token(member) => quote!(rt::NextPage::Token(#member)),
        Next::Count { start, limit } => quote!(rt::NextPage::Count(#start, #limit)),
    });
    quote! {
        impl rt::Page for #ident {
            type Item = #item;

            const NEXT: &'static [rt::NextPage] = &[#(#next),*];

            fn into_items(self) -> #vec<Self::Item> {
                #items
            }
        }
    }
}
