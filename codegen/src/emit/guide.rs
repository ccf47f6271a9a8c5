//! The guide: a module for each document.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::plan::Guide;

pub(super) fn document(document: &Guide) -> TokenStream {
    let Guide {
        module,
        title,
        anchor,
        body,
        ..
    } = document;
    let docs = docs(&document.docs);
    quote! {
        #docs
        pub mod #module {
            use super::super::rt;

            /// The same as data.
            pub const DOCUMENT: rt::Document = rt::Document::new(#title, #anchor, #body);
        }
    }
}
