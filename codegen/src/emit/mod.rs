//! Prints a plan, item by item. Nothing is decided here, and nothing can fail.

mod guide;
mod info;
mod operation;
mod output;
mod schema;
mod types;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::types::Scope;
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
    /// A request, with what is documented of its answers.
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

    /// The tokens of an item.
    pub(crate) fn tokens(&self, item: Item<'p>) -> TokenStream {
        match item {
            Item::Consts => info::consts(self.plan),
            Item::Function(operation) => operation::function(operation, &self.root),
            Item::Model(model) => schema::model(model, &self.models),
            Item::Tables => info::tables(&self.plan.tables),
            Item::Request(operation) => operation::request(operation, &self.requests),
            Item::Guide(document) => guide::document(document),
        }
    }
}

/// Stands between lines of documentation. It is none of the characters that documentation has.
pub(crate) const LINE: char = '\u{1}';

/// Lines of documentation as one attribute, which is cheaper to read than one for each; `render` takes them apart.
fn docs(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let lines: Vec<String> = lines.iter().map(|line| padded(line)).collect();
    let lines = lines.join(&LINE.to_string());
    quote!(#[doc = #lines])
}

/// A line as it stands after the slashes.
pub(crate) fn padded(line: &str) -> String {
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
