//! Prints a plan, item by item. Nothing is decided here, and nothing can fail.

mod enumeration;
mod guide;
mod info;
mod lines;
mod operation;
mod output;
mod page;
mod record;
mod schema;
mod task;
mod types;
mod union;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::lines::{Lines, padded};
pub(crate) use self::operation::place;
pub(crate) use self::record::word as presence;
pub(crate) use self::types::Scope;
use crate::plan::{Guide, Model, Operation, Plan};

/// What is printed as a whole.
#[derive(Clone, Copy)]
pub(crate) enum Item<'p> {
    /// The constants of the module.
    Consts,
    /// The function that makes a request.
    Function(&'p Operation),
    Model(&'p Model),
    /// The tables that operations share.
    Tables,
    /// A request, with its documented responses.
    Request(&'p Operation),
    /// A document of the guide.
    Guide(&'p Guide),
}

/// What the items of a module share.
pub(crate) struct Emitter<'p> {
    plan: &'p Plan,
    root: Scope,
    models: Scope,
    requests: Scope,
}

impl<'p> Emitter<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            root: Scope::root(),
            models: Scope::models(plan),
            requests: Scope::requests(plan),
        }
    }

    /// The pieces of an item, in their order.
    pub(crate) fn pieces(&self, item: Item<'p>) -> Vec<Piece> {
        match item {
            Item::Consts => vec![Piece::Rust(info::consts(self.plan))],
            Item::Function(operation) => vec![Piece::Rust(operation::function(operation, &self.root))],
            Item::Model(model) => schema::model(model, &self.models),
            Item::Tables => vec![Piece::Table(info::tables(&self.plan.tables))],
            Item::Request(operation) => {
                let choice = output::choice(&operation.output, &self.requests);
                let table = operation::request(operation, &self.requests);
                std::iter::once(Piece::Table(table))
                    .chain(choice.map(Piece::Rust))
                    .collect()
            }
            Item::Guide(document) => vec![Piece::Rust(guide::document(document))],
        }
    }
}

/// A piece of an item.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Rust, to be formatted.
    Rust(TokenStream),
    /// A table: a macro call as formatted text.
    Table(String),
}

/// Stands between lines of documentation. It is none of the characters that documentation has.
pub(crate) const LINE: char = '\u{1}';

/// A line of documentation.
fn doc(line: &str) -> TokenStream {
    let line = padded(line);
    quote!(#[doc = #line])
}

/// Lines of documentation as one attribute, which is cheaper to read than one for each; `render` takes them apart.
fn docs(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let lines: Vec<String> = lines.iter().map(|line| padded(line)).collect();
    let lines = lines.join(&LINE.to_string());
    quote!(#[doc = #lines])
}
