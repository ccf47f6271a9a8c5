//! Models: structs, open enums and aliases.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::Scope;
use crate::plan::{
    EnumVariant, Field, Ident, KeyEnum, LongTask, Model, Page, Presence, Shape, StartedTask, Struct, TaskEnd, Type,
    UnionVariant, plain,
};

pub(super) fn model(model: &Model, scope: &Scope) -> TokenStream {
    let ident = &model.ident;
    let docs = docs(&model.docs);
    match &model.shape {
        Shape::Alias(target) => {
            let target = scope.ty(target);
            quote! {
                #docs
                pub type #ident = #target;
            }
        }
        Shape::Shared(module) => quote!(pub use super::super::#module::model::#ident;),
        Shape::Union {
            discriminator,
            variants,
        } => union(ident, &docs, discriminator.as_deref(), variants, scope),
        Shape::Enum { variants } => open_enum(ident, &docs, variants),
        Shape::Struct(structure) => {
            let Struct { fields, others, .. } = &**structure;
            let declaration = declaration(ident, &docs, fields, others.as_ref(), scope);
            let setters = structure
                .requested
                .then(|| setters(ident, fields, others.is_some(), scope));
            let key = structure.key.as_ref().map(|key| key_accessor(ident, key, scope));
            let long_task = structure
                .long_task
                .as_ref()
                .map(|task| self::long_task(ident, task, fields, scope));
            let started_task = structure
                .started_task
                .as_ref()
                .map(|task| self::started_task(ident, task, scope));
            let page = structure.page.as_ref().map(|page| self::page(ident, page, scope));
            quote!(#declaration #setters #key #long_task #started_task #page)
        }
    }
}

/// The struct, and the table that says how its members are read and written.
fn declaration(
    ident: &Ident,
    docs: &TokenStream,
    fields: &[Field],
    others: Option<&(Ident, Type)>,
    scope: &Scope,
) -> TokenStream {
    let declared = fields.iter().map(|field| {
        let docs = super::docs(&field.docs);
        let (name, ty) = (&field.ident, scope.ty(&field.ty));
        quote!(#docs pub #name: #ty,)
    });
    let lines = fields.iter().map(|field| {
        let (presence, ident, name) = (presence(field.presence), &field.ident, &field.name);
        let name = (ident.as_str() != name).then(|| quote!(: #name));
        quote!(#presence #ident #name,)
    });
    let more = others.map(|(name, target)| {
        let ty = scope.ty(target);
        quote! {
            /// The members that the document does not name.
            pub #name: #ty,
        }
    });
    let rest = others.map(|(name, _)| quote!(..#name));
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#declared)*
            #more
        }

        rt::record!(#ident { #(#lines)* #rest });
    }
}

/// The word for how a member may be absent.
fn presence(presence: Presence) -> TokenStream {
    match presence {
        Presence::Required => quote!(required),
        Presence::RequiredOrNull => quote!(required_or_null),
        Presence::Optional => quote!(optional),
        Presence::OptionalOrNull => quote!(optional_or_null),
        Presence::ReadOnly => quote!(read_only),
        Presence::WriteOnly => quote!(write_only),
    }
}

/// What a user needs to make a value: a constructor of what is required, and a setter for each field.
fn setters(ident: &Ident, fields: &[Field], has_others: bool, scope: &Scope) -> TokenStream {
    let is_argument = |field: &&Field| matches!(field.presence, Presence::Required | Presence::WriteOnly);
    let required: Vec<&Field> = fields.iter().filter(is_argument).collect();
    let default = scope.default();
    let default = quote!(<Self as #default>::default());
    let rest = (required.len() < fields.len() || has_others).then(|| quote!(..#default));
    let constructor = (required.len() <= 7).then(|| {
        let (mut arguments, mut values) = (Vec::new(), Vec::new());
        for field in &required {
            let name = &field.ident;
            let (given, value) = taken(&field.ty, name, scope);
            arguments.push(quote!(#name: #given));
            values.push(if is_name(&value, name) {
                quote!(#name)
            } else {
                quote!(#name: #value)
            });
        }
        let value = if required.is_empty() {
            default
        } else {
            quote!(Self { #(#values,)* #rest })
        };
        quote! {
            pub fn new(#(#arguments),*) -> Self {
                #value
            }
        }
    });
    let setters = fields
        .iter()
        .filter(|field| required.len() > 7 || !is_argument(field))
        .filter_map(|field| {
            let (name, setter) = (&field.ident, field.setter.as_ref()?);
            let (inner, depth) = unwrap(&field.ty);
            let (given, mut value) = taken(inner, name, scope);
            for _ in 0..depth {
                let some = scope.some();
                value = quote!(#some(#value));
            }
            Some(quote! {
                pub fn #setter(mut self, #name: #given) -> Self {
                    self.#name = #value;
                    self
                }
            })
        });
    quote! {
        impl #ident {
            #constructor
            #(#setters)*
        }
    }
}

fn is_name(value: &TokenStream, name: &Ident) -> bool {
    name.as_str() == value.to_string()
}

/// The type below its options, and how many there are.
fn unwrap(ty: &Type) -> (&Type, usize) {
    match ty {
        Type::Option(inner) => {
            let (inner, depth) = unwrap(inner);
            (inner, depth + 1)
        }
        other => (other, 0),
    }
}

/// The type in which a value is handed in, and the expression that makes it the field's.
fn taken(field: &Type, name: &Ident, scope: &Scope) -> (TokenStream, TokenStream) {
    match field {
        Type::String | Type::DateTime => {
            let (into, ty) = (scope.into(), scope.ty(field));
            (quote!(impl #into<#ty>), quote!(#name.into()))
        }
        Type::Boxed(inner) => {
            let boxed = scope.boxed();
            (scope.ty(inner), quote!(#boxed::new(#name)))
        }
        other => (scope.ty(other), quote!(#name)),
    }
}

fn key_accessor(ident: &Ident, key: &KeyEnum, scope: &Scope) -> TokenStream {
    let KeyEnum {
        method,
        field,
        optional,
        ty,
    } = key;
    let docs = format!(" `{}` as one of the documented keys.", plain(field));
    let option = scope.option();
    let (result, value) = if *optional {
        (quote!(#option<#ty>), quote!(rt::text(&self.#field).map(#ty::from)))
    } else {
        (quote!(#ty), quote!(#ty::from(self.#field.as_str())))
    };
    quote! {
        impl #ident {
            #[doc = #docs]
            pub fn #method(&self) -> #result {
                #value
            }
        }
    }
}

fn long_task(ident: &Ident, task: &LongTask, fields: &[Field], scope: &Scope) -> TokenStream {
    let (option, some) = (scope.option(), scope.some());
    let (name, finished, successful) = match &task.end {
        TaskEnd::Flags {
            finished,
            name,
            successful,
        } => {
            let name = quote! {
                const FINISHED: #option<&'static str> = #some(#name);
            };
            (Some(name), value(finished, fields), value(successful, fields))
        }
        TaskEnd::Status {
            field,
            succeeded,
            failed,
        } => {
            let text = value(field, fields);
            let ended = succeeded.iter().chain(failed);
            (None, is_one_of(&text, ended), is_one_of(&text, succeeded.iter()))
        }
    };
    let percentage = match &task.percentage {
        Some(percentage) => value(percentage, fields),
        None => quote!(if rt::LongTask::is_finished(self) { 100 } else { 0 }),
    };
    let describe = task.keys.as_ref().map(|keys| {
        quote! {
            fn describe(key: &str) -> #option<&'static str> {
                #keys::from(key).description()
            }
        }
    });
    quote! {
        impl rt::LongTask for #ident {
            #name

            fn is_finished(&self) -> bool {
                #finished
            }

            fn is_successful(&self) -> bool {
                #successful
            }

            fn percentage_complete(&self) -> i64 {
                #percentage
            }

            #describe
        }
    }
}

fn is_one_of<'v>(text: &TokenStream, values: impl Iterator<Item = &'v String>) -> TokenStream {
    let values: Vec<_> = values.collect();
    if values.is_empty() {
        return quote!(false);
    }
    quote!(::core::matches!(#text, #(#values)|*))
}

/// What a field says of a task: a `bool`, an `i64` or a text, whether or not it is there.
fn value(name: &Ident, fields: &[Field]) -> TokenStream {
    let Some(field) = fields.iter().find(|field| field.ident == *name) else {
        return quote!(::core::default::Default::default());
    };
    let (mut inner, mut given) = (&field.ty, quote!(self.#name));
    let mut layers = 0;
    while let Type::Option(below) = inner {
        inner = below;
        layers += 1;
    }
    for _ in 1..layers {
        given = quote!(#given.as_ref().and_then(::core::option::Option::as_ref));
    }
    match (inner, layers) {
        (Type::Bool | Type::I64, 0) => given,
        (Type::I32, 0) => quote!(i64::from(#given)),
        (_, 0) => quote!(#given.as_str()),
        (Type::Bool | Type::I64, 1) => quote!(#given.unwrap_or_default()),
        (Type::I32, 1) => quote!(#given.map_or(0, i64::from)),
        (Type::Bool | Type::I64, _) => quote!(#given.copied().unwrap_or_default()),
        (Type::I32, _) => quote!(#given.map_or(0, |value| i64::from(*value))),
        (_, 1) => quote!(#given.as_ref().map_or("", |value| value.as_str())),
        _ => quote!(#given.map_or("", |value| value.as_str())),
    }
}

fn started_task(ident: &Ident, task: &StartedTask, scope: &Scope) -> TokenStream {
    let StartedTask {
        id,
        links,
        status,
        required,
    } = task;
    let (option, some) = (scope.option(), scope.some());
    let link = if *required {
        quote!(#some(&self.#links.#status))
    } else {
        quote!(rt::text(&self.#links.#status))
    };
    quote! {
        impl rt::StartedTask for #ident {
            fn id(&self) -> &str {
                &self.#id
            }

            fn status_link(&self) -> #option<&str> {
                #link
            }
        }
    }
}

fn page(ident: &Ident, page: &Page, scope: &Scope) -> TokenStream {
    let Page { items, item, optional } = page;
    let (item, vec) = (scope.ty(item), scope.vec());
    let items = if *optional {
        quote!(self.#items.unwrap_or_default())
    } else {
        quote!(self.#items)
    };
    quote! {
        impl rt::Page for #ident {
            type Item = #item;

            fn into_items(self) -> #vec<Self::Item> {
                #items
            }
        }
    }
}

fn open_enum(ident: &Ident, docs: &TokenStream, variants: &[EnumVariant]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let docs = super::docs(&variant.docs);
        let (name, value, meaning) = (&variant.ident, &variant.value, &variant.meaning);
        let value = if meaning.is_empty() {
            quote!(#value)
        } else {
            quote!((#value, #meaning))
        };
        quote!(#docs #name = #value,)
    });
    quote! {
        rt::open_enum! {
            #docs
            pub enum #ident {
                #(#variants)*
            }
        }
    }
}

fn union(
    ident: &Ident,
    docs: &TokenStream,
    discriminator: Option<&str>,
    variants: &[UnionVariant],
    scope: &Scope,
) -> TokenStream {
    let discriminator = discriminator.map(|property| quote!(#[discriminator = #property]));
    let variants = variants.iter().map(|variant| {
        let docs = super::docs(&variant.docs);
        let (name, ty, values) = (&variant.ident, scope.ty(&variant.ty), &variant.values);
        let values = (!values.is_empty()).then(|| quote!(= #(#values)|*));
        quote!(#docs #name(#ty) #values,)
    });
    quote! {
        rt::union! {
            #docs
            #discriminator
            pub enum #ident {
                #(#variants)*
            }
        }
    }
}
