//! Structs: the declaration, the table of members, and what makes a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::lines::{Lines, literal};
use super::types::Scope;
use super::{doc, docs, operation};
use crate::plan::{Field, Ident, Model, Others, Presence, Struct, words};

pub(super) fn declaration(model: &Model, fields: &[Field], others: Option<&Others>, scope: &Scope) -> TokenStream {
    let (ident, model_docs) = (&model.ident, docs(&model.docs));
    let declared = fields.iter().map(|field| {
        let docs = docs(&field.docs);
        let (name, ty) = (&field.ident, scope.member(&field.ty, field.presence));
        quote!(#docs pub #name: #ty,)
    });
    let more = others.map(|Others { ident: name, ty, .. }| {
        let (docs, ty) = (doc(words::OTHER_MEMBERS), scope.ty(ty));
        quote! {
            #docs
            pub #name: #ty,
        }
    });
    quote! {
        #model_docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#declared)*
            #more
        }
    }
}

/// How the members of a struct are read and written.
pub(super) fn record(ident: &Ident, fields: &[Field], others: Option<&Others>) -> String {
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
        if let Some(others) = others {
            table.line(&format!("..{}", others.ident));
        }
    });
    table.finish()
}

/// The word for how a member may be absent.
pub(crate) fn word(presence: Presence) -> &'static str {
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
pub(super) fn setters(ident: &Ident, structure: &Struct, scope: &Scope) -> String {
    let Struct {
        fields,
        others,
        has_new,
        ..
    } = structure;
    let declared = |field: &Field, name: &str| {
        let (word, ty) = (operation::word(field.given), scope.ty(field.argument()));
        format!("{word} {name}: {ty}")
    };
    let required = fields.iter().filter(|field| field.is_required());
    let required = required.map(|field| declared(field, field.ident.as_str()));
    let required: Vec<String> = required.collect();
    let setters = fields.iter().filter(|field| !(*has_new && field.is_required()));
    let setters = setters.filter_map(|field| Some((field, field.setter.as_ref()?)));
    let line = |field: &Field, name: &str| {
        let presence = match field.presence.options() {
            0 => "required",
            1 => "optional",
            _ => "optional_or_null",
        };
        format!("{presence} {},", declared(field, name))
    };
    let (mut same, mut renamed) = (Vec::new(), Vec::new());
    for (field, setter) in setters {
        match field.ident == *setter {
            true => same.push(line(field, setter.as_str())),
            false => renamed.push(line(field, &format!("{setter}({})", field.ident))),
        }
    }
    if let Some(Others { ident, setter, ty }) = others {
        let ty = scope.ty(ty);
        match ident == setter {
            true => same.push(format!("required set {setter}: {ty},")),
            false => renamed.push(format!("required set {setter}({ident}): {ty},")),
        }
    }
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
        same.iter().for_each(|line| table.line(line));
        if !renamed.is_empty() {
            table.line(";");
        }
        renamed.iter().for_each(|line| table.line(line));
    });
    table.line("});");
    table.finish()
}
