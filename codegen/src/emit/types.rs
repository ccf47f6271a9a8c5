//! Types and names of the standard library, as short as the module allows.

use std::collections::BTreeSet;
use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use crate::plan::{self, Given, Plan, Presence, Type};

/// A module in which types are named: how models are reached from it, and which names it takes itself.
pub(crate) struct Scope {
    /// Whether models are in another module.
    imports_models: bool,
    taken: BTreeSet<String>,
}

impl Scope {
    /// The module itself, which has no types.
    pub(crate) fn root() -> Self {
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

    /// A name that every module knows, unless it takes the name itself: the last step of a path.
    pub(super) fn std(&self, path: &'static str) -> Path {
        match path.rsplit("::").next() {
            Some(name) if !self.taken.contains(name) => Path(name),
            _ => Path(path),
        }
    }

    pub(super) fn option(&self) -> Path {
        self.std("::core::option::Option")
    }

    pub(super) fn some(&self) -> Path {
        self.std("::core::option::Option::Some")
    }

    pub(super) fn result(&self) -> Path {
        self.std("::core::result::Result")
    }

    pub(super) fn ok(&self) -> Path {
        self.std("::core::result::Result::Ok")
    }

    pub(super) fn string(&self) -> Path {
        self.std("::std::string::String")
    }

    pub(super) fn vec(&self) -> Path {
        self.std("::std::vec::Vec")
    }

    pub(super) fn into(&self) -> Path {
        self.std("::core::convert::Into")
    }

    pub(super) fn iterator(&self) -> Path {
        self.std("::core::iter::IntoIterator")
    }

    /// A type.
    pub(crate) fn ty<'t>(&'t self, ty: &'t Type) -> Named<'t> {
        Named { ty, scope: self }
    }

    /// The type of a member.
    pub(super) fn member(&self, ty: &Type, presence: Presence) -> TokenStream {
        match presence.options() {
            0 => self.ty(ty).to_token_stream(),
            _ => parsed(&self.member_text(ty, presence)),
        }
    }

    /// The type of a member, as text.
    pub(crate) fn member_text(&self, ty: &Type, presence: Presence) -> String {
        let options = presence.options();
        let option = format!("{}<", self.option());
        format!("{}{}{}", option.repeat(options), self.ty(ty), ">".repeat(options))
    }

    /// The type of an argument, as a caller hands it in.
    pub(crate) fn handed(&self, ty: &Type, given: Given) -> String {
        let (into, each, ty) = (self.into(), self.iterator(), self.ty(ty));
        match given {
            Given::Set | Given::Boxed => ty.to_string(),
            Given::Into => format!("impl {into}<{ty}>"),
            Given::Each => format!("impl {each}<Item = {ty}>"),
            Given::EachInto => format!("impl {each}<Item = impl {into}<{ty}>>"),
        }
    }

    /// The type in which an argument is stored.
    pub(super) fn kept(&self, ty: &Type, given: Given) -> String {
        let ty = self.ty(ty);
        match given.is_list() {
            true => format!("{}<{ty}>", self.vec()),
            false => ty.to_string(),
        }
    }
}

/// A path of the standard library.
#[derive(Clone, Copy)]
pub(super) struct Path(&'static str);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(parsed(self.0));
    }
}

/// A type in a module.
pub(crate) struct Named<'t> {
    ty: &'t Type,
    scope: &'t Scope,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = self.scope;
        match self.ty {
            Type::Unit => f.write_str("()"),
            Type::Bool => f.write_str("bool"),
            Type::I32 => f.write_str("i32"),
            Type::U64 => f.write_str("u64"),
            Type::I64 => f.write_str("i64"),
            Type::F32 => f.write_str("f32"),
            Type::F64 => f.write_str("f64"),
            Type::String => scope.string().fmt(f),
            Type::DateTime => f.write_str("rt::DateTime"),
            Type::Json => f.write_str("rt::Value"),
            Type::Upload => f.write_str("rt::Upload"),
            Type::Multipart => f.write_str("rt::Multipart"),
            Type::Model(name) if scope.imports_models => write!(f, "model::{name}"),
            Type::Model(name) => name.fmt(f),
            Type::List(inner) => write!(f, "{}<{}>", scope.vec(), scope.ty(inner)),
            Type::Map(inner) => write!(f, "rt::BTreeMap<{}, {}>", scope.string(), scope.ty(inner)),
            Type::Option(inner) => write!(f, "{}<{}>", scope.option(), scope.ty(inner)),
            Type::Boxed(inner) => write!(f, "{}<{}>", scope.std("::std::boxed::Box"), scope.ty(inner)),
        }
    }
}

impl ToTokens for Named<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.ty {
            // The most frequent one needs no second reading.
            Type::Model(name) if !self.scope.imports_models => name.to_tokens(tokens),
            _ => tokens.extend(parsed(&self.to_string())),
        }
    }
}

/// The tokens of a text of ours, or an error for the compiler to report.
pub(super) fn parsed(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| syn::Error::from(error).to_compile_error())
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
