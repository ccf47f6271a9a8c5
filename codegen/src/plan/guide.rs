//! The guide: a module for each document.

use super::{Case, Docs, Ident, Scope, markdown, paragraphs, sentence};
use crate::lower::Document;

/// A document of the guide.
#[derive(Debug)]
pub(crate) struct Guide {
    pub module: Ident,
    pub docs: Docs,
    pub title: String,
    pub anchor: String,
    pub body: String,
}

pub(super) fn guide(documents: &[Document]) -> Vec<Guide> {
    let mut scope = Scope::without(&["guide"]);
    documents
        .iter()
        .map(|document| Guide {
            module: scope.name(&document.anchor, Case::Snake),
            docs: paragraphs(&[
                markdown::lines(&sentence(&document.title)),
                markdown::lines(&document.body),
            ]),
            title: document.title.clone(),
            anchor: document.anchor.clone(),
            body: document.body.clone(),
        })
        .collect()
}
