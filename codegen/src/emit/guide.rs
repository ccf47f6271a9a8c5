//! The guide: a module for each document.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs};
use crate::plan::Guide;

pub(super) fn guide(documents: &[Guide], context: &Context) -> TokenStream {
    if documents.is_empty() {
        return TokenStream::new();
    }
    let rt = &context.rt;
    let modules = documents.iter().map(|document| {
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
                /// The same as data.
                pub const DOCUMENT: #rt::Document = #rt::Document::new(#title, #anchor, #body);
            }
        }
    });
    quote! {
        /// The document's own guide: a module for each of its documents.
        pub mod guide {
            #(#modules)*
        }
    }
}
