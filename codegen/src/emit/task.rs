//! Long-running tasks: their status, and responses that contain the ID of a started task.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::Scope;
use crate::plan::{Field, Ident, LongTask, StartedTask, TaskEnd, Type};

pub(super) fn long_task(ident: &Ident, task: &LongTask, fields: &[Field], scope: &Scope) -> TokenStream {
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

/// The value of a field for a task: a `bool`, an `i64` or a text, which may be absent.
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

pub(super) fn started_task(ident: &Ident, task: &StartedTask, scope: &Scope) -> TokenStream {
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
