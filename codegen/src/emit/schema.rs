//! Models: structs, open enums and aliases.

use proc_macro2::TokenStream;
use quote::quote;

use super::lines::{Lines, literal};
use super::types::Scope;
use super::{Part, docs, operation};
use crate::plan::{
    EnumVariant, Field, Ident, KeyEnum, LongTask, Model, Next, Page, Presence, Shape, StartedTask, Struct, TaskEnd,
    Type, UnionVariant, plain,
};

pub(super) fn model(model: &Model, scope: &Scope) -> Vec<Part> {
    let ident = &model.ident;
    match &model.shape {
        Shape::Alias(target) => {
            let (docs, target) = (docs(&model.docs), scope.ty(target));
            vec![Part::Rust(quote! {
                #docs
                pub type #ident = #target;
            })]
        }
        Shape::Shared(module) => vec![Part::Rust(quote!(pub use super::super::#module::model::#ident;))],
        Shape::Union {
            discriminator,
            variants,
        } => vec![Part::Table(union(model, discriminator.as_deref(), variants, scope))],
        Shape::Enum { variants } => vec![Part::Table(open_enum(model, variants))],
        Shape::Struct(structure) => {
            let Struct { fields, others, .. } = &**structure;
            let mut parts = vec![
                Part::Rust(declaration(model, fields, others.as_ref(), scope)),
                Part::Table(record(ident, fields, others.as_ref())),
            ];
            if structure.requested {
                parts.push(Part::Table(setters(ident, structure, scope)));
            }
            let key = structure.key.as_ref();
            let long_task = structure.long_task.as_ref();
            let started_task = structure.started_task.as_ref();
            let page = structure.page.as_ref();
            let implemented = [
                key.map(|key| key_accessor(ident, key, scope)),
                long_task.map(|task| self::long_task(ident, task, fields, scope)),
                started_task.map(|task| self::started_task(ident, task, scope)),
                page.map(|page| self::page(ident, page, scope)),
            ];
            parts.extend(implemented.into_iter().flatten().map(Part::Rust));
            parts
        }
    }
}

fn declaration(model: &Model, fields: &[Field], others: Option<&(Ident, Type)>, scope: &Scope) -> TokenStream {
    let (ident, docs) = (&model.ident, docs(&model.docs));
    let declared = fields.iter().map(|field| {
        let docs = super::docs(&field.docs);
        let (name, ty) = (&field.ident, scope.member(&field.ty, field.presence));
        quote!(#docs pub #name: #ty,)
    });
    let more = others.map(|(name, target)| {
        let ty = scope.ty(target);
        quote! {
            /// The members that the document does not name.
            pub #name: #ty,
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#declared)*
            #more
        }
    }
}

/// How the members of a struct are read and written.
fn record(ident: &Ident, fields: &[Field], others: Option<&(Ident, Type)>) -> String {
    let mut table = Lines::default();
    table.nest(&format!("rt::record!({ident} {{"), "});", |table| {
        for Field {
            ident, name, presence, ..
        } in fields
        {
            let presence = word(*presence);
            match ident.as_str() == name {
                true => table.line(&format!("{presence} {ident},")),
                false => table.line(&format!("{presence} {ident}: {},", literal(name))),
            }
        }
        if let Some((name, _)) = others {
            table.line(&format!("..{name}"));
        }
    });
    table.finish()
}

/// The word for how a member may be absent.
fn word(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::RequiredOrNull => "required_or_null",
        Presence::Optional => "optional",
        Presence::OptionalOrNull => "optional_or_null",
        Presence::ReadOnly => "read_only",
        Presence::WriteOnly => "write_only",
    }
}

/// What a user needs to make a value: a constructor of what is required, and a setter for each other member.
fn setters(ident: &Ident, structure: &Struct, scope: &Scope) -> String {
    let Struct { fields, has_new, .. } = structure;
    let declared = |field: &Field, name: &str| {
        let (given, ty) = match &field.ty {
            // What goes on the heap is handed in as it is.
            Type::Boxed(inner) => (field.given, &**inner),
            ty => (field.given, ty),
        };
        format!("{} {name}: {}", operation::word(given), scope.ty(ty))
    };
    let required = fields.iter().filter(|field| field.is_required());
    let required = required.map(|field| declared(field, field.ident.as_str()));
    let required: Vec<String> = required.collect();
    let setters = fields.iter().filter(|field| !(*has_new && field.is_required()));
    let setters = setters.filter_map(|field| Some((field, field.setter.as_ref()?)));
    let (same, renamed): (Vec<_>, Vec<_>) = setters.partition(|(field, setter)| field.ident == **setter);
    let line = |field: &Field, name: &str| {
        let presence = match field.presence.options() {
            0 => "required",
            1 => "optional",
            _ => "optional_or_null",
        };
        format!("{presence} {},", declared(field, name))
    };
    let mut table = Lines::default();
    let end = if same.is_empty() && renamed.is_empty() {
        " {});"
    } else {
        " {"
    };
    match has_new {
        true => table.list(&format!("rt::setters!({ident} ("), &required, &format!("){end}")),
        false => table.line(&format!("rt::setters!({ident}{end}")),
    }
    if same.is_empty() && renamed.is_empty() {
        return table.finish();
    }
    table.indented(|table| {
        for (field, setter) in same {
            table.line(&line(field, setter.as_str()));
        }
        if !renamed.is_empty() {
            table.line(";");
        }
        for (field, setter) in renamed {
            table.line(&line(field, &format!("{setter}({})", field.ident)));
        }
    });
    table.line("});");
    table.finish()
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
    let given = quote!(self.#name);
    match (&field.ty, field.presence.options()) {
        (Type::Bool | Type::I64, 0) => given,
        (Type::I32, 0) => quote!(i64::from(#given)),
        (_, 0) => quote!(#given.as_str()),
        (Type::Bool | Type::I64, 1) => quote!(#given.unwrap_or_default()),
        (Type::I32, 1) => quote!(#given.map_or(0, i64::from)),
        (_, 1) => quote!(#given.as_ref().map_or("", |value| value.as_str())),
        (Type::Bool | Type::I64, _) => quote!(#given.flatten().unwrap_or_default()),
        (Type::I32, _) => quote!(#given.flatten().map_or(0, i64::from)),
        (_, _) => quote!(#given.as_ref().and_then(::core::option::Option::as_ref).map_or("", |value| value.as_str())),
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

fn open_enum(model: &Model, variants: &[EnumVariant]) -> String {
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

fn union(model: &Model, discriminator: Option<&str>, variants: &[UnionVariant], scope: &Scope) -> String {
    let mut table = Lines::default();
    table.nest("rt::union! {", "}", |table| {
        table.docs(&model.docs);
        if let Some(property) = discriminator {
            table.line(&format!("#[discriminator = {}]", literal(property)));
        }
        table.nest(&format!("pub enum {} {{", model.ident), "}", |table| {
            for UnionVariant {
                ident,
                docs,
                ty,
                values,
                ..
            } in variants
            {
                table.docs(docs);
                let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
                match values.as_slice() {
                    [] => table.line(&format!("{ident}({}),", scope.ty(ty))),
                    values => table.line(&format!("{ident}({}) = {},", scope.ty(ty), values.join(" | "))),
                }
            }
        });
    });
    table.finish()
}
