//! The guide: a module for each document.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, docs};
use crate::plan::{Guide, words};

pub(super) fn document(document: &Guide) -> TokenStream {
    let Guide {
        module,
        title,
        anchor,
        body,
        ..
    } = document;
    let (docs, same) = (docs(&document.docs), doc(words::DOCUMENT));
    quote! {
        #docs
        pub mod #module {
            use super::super::rt;

            #same
            pub const DOCUMENT: rt::Document = rt::Document::new(#title, #anchor, #body);
        }
    }
}
