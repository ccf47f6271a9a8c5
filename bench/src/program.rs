//! Programs that use every operation of generated code: each is called with all of its parameters, and the future polled, so that the
//! encoding of the request and the decoding of the response are compiled. They are built and never run.

use anyhow::{Context, Result};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, FnArg, GenericArgument, Ident, ImplItem, Item, PathArguments, ReturnType, Signature, Token, Type,
    TypeParamBound, Visibility, braced, parenthesized, parse_quote,
};

/// What the program calls, in a module of its own.
#[derive(Debug)]
pub struct Calls {
    /// What the module imports.
    pub imports: String,
    /// The type of `client`.
    pub client: String,
    pub calls: Vec<String>,
}

/// The program. `any` returns whatever is asked for; that it never returns is not seen in its type, so nothing behind it is left out.
pub fn program(modules: &[Calls]) -> String {
    let mut text = String::from(
        "#![allow(warnings)]\n\nfn any<T>() -> T {\n    loop {}\n}\n\nfn poll(future: impl Future) {\n    let mut context = std::task::Context::from_waker(std::task::Waker::noop());\n    let _ = std::pin::pin!(future).poll(&mut context);\n}\n",
    );
    let mut all = String::new();
    for (number, module) in modules.iter().enumerate() {
        let Calls { imports, client, calls } = module;
        let mut functions = String::new();
        for (index, call) in calls.iter().enumerate() {
            functions.push_str(&format!(
                "        pub fn call{index}(client: &{client}) {{\n            poll({call});\n        }}\n"
            ));
            all.push_str(&format!("    module{number}::calls::call{index}(any());\n"));
        }
        // Types of parameters are relative to the generated module, or to one inside of it.
        text.push_str(&format!(
            "\nmod module{number} {{\n{imports}\n    pub mod calls {{\n        use super::*;\n        use crate::{{any, poll}};\n\n{functions}    }}\n}}\n"
        ));
    }
    text + &format!("\nfn main() {{\n{all}}}\n")
}

/// Calls of the functions of a module of ours. Each returns a request, which has a setter for each optional parameter.
pub fn our_calls(code: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(code).context("our own code is no Rust")?;
    let mut calls = Vec::new();
    for item in file.items {
        let Item::Mod(module) = item else { continue };
        let (_, items) = module.content.context("our module is empty")?;
        let requests = items.iter().filter_map(|item| match item {
            Item::Mod(inner) if inner.ident == "request" => inner.content.as_ref(),
            _ => None,
        });
        let tables = requests.flat_map(|(_, items)| items).filter_map(|item| match item {
            Item::Macro(table) if table.mac.path.segments.last()?.ident == "operation" => Some(&table.mac),
            _ => None,
        });
        let tables: Vec<OurRequest> = tables.map(|table| table.parse_body()).collect::<Result<_, _>>()?;
        for item in &items {
            let Item::Fn(function) = item else { continue };
            let ReturnType::Type(_, request) = &function.sig.output else {
                continue;
            };
            let mut call = call("", &function.sig, Vec::new());
            let table = tables.iter().find(|table| table.name == last(request));
            for (setter, ty) in table.into_iter().flat_map(|table| &table.setters) {
                call.push_str(&format!(".{setter}({})", any(ty.clone())));
            }
            calls.push(format!("client.send({call})"));
        }
    }
    Ok(calls)
}

/// The table of a request of ours: its name, and the names and types of what setters set.
struct OurRequest {
    name: String,
    setters: Vec<(String, Type)>,
}

impl Parse for OurRequest {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![struct]>()?;
        let name: Ident = input.parse()?;
        let (required, optional);
        parenthesized!(required in input);
        required.parse::<TokenStream>()?;
        braced!(optional in input);
        let mut setters = Vec::new();
        while !optional.is_empty() {
            optional.call(Attribute::parse_outer)?;
            let given = optional.call(Ident::parse_any)?;
            let setter = optional.call(Ident::parse_any)?;
            optional.parse::<Token![:]>()?;
            let ty: Type = optional.parse()?;
            let ty = match given.to_string().as_str() {
                "into" => parse_quote!(impl Into<#ty>),
                "each" => parse_quote!(impl IntoIterator<Item = #ty>),
                "each_into" => parse_quote!(impl IntoIterator<Item = impl Into<#ty>>),
                _ => ty,
            };
            setters.push((setter.to_string(), ty));
            optional.parse::<Token![=>]>()?;
            optional.parse::<Expr>()?;
            optional.parse::<Token![,]>()?;
        }
        input.parse::<TokenStream>()?;
        Ok(Self {
            name: name.to_string(),
            setters,
        })
    }
}

/// Calls of the public async methods that a file has for a type.
pub fn method_calls(code: &str, client: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(code).context("the generated code is no Rust")?;
    let methods = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() && last(&item.self_ty) == client => Some(item),
            _ => None,
        })
        .flat_map(|item| &item.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) if is_operation(&method.vis, &method.sig) => Some(&method.sig),
            _ => None,
        });
    Ok(methods.map(|method| call("client.", method, Vec::new())).collect())
}

/// Calls of the public async functions of a file, which take what stands for the client first.
pub fn function_calls(code: &str, path: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(code).context("the generated code is no Rust")?;
    let functions = file.items.iter().filter_map(|item| match item {
        Item::Fn(function) if is_operation(&function.vis, &function.sig) => Some(&function.sig),
        _ => None,
    });
    let calls = functions.map(|function| call(path, function, vec!["client".to_owned()]));
    Ok(calls.collect())
}

fn is_operation(visibility: &Visibility, signature: &Signature) -> bool {
    matches!(visibility, Visibility::Public(_)) && signature.asyncness.is_some()
}

/// A call with `first`, and with any value for each further argument.
fn call(prefix: &str, signature: &Signature, first: Vec<String>) -> String {
    let known = first.len();
    let types = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some((*argument.ty).clone()),
        FnArg::Receiver(_) => None,
    });
    let mut arguments = first;
    arguments.extend(types.skip(known).map(any));
    format!("{prefix}{}({})", signature.ident, arguments.join(", "))
}

/// Any value of a type. It is named only where the compiler cannot tell which one is meant.
fn any(mut ty: Type) -> String {
    let mut concrete = Concrete { found: false };
    concrete.visit_type_mut(&mut ty);
    if concrete.found {
        format!("any::<{}>()", ty.to_token_stream())
    } else {
        "any()".to_owned()
    }
}

/// Puts types in the place of `impl Trait`.
struct Concrete {
    found: bool,
}

impl VisitMut for Concrete {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::ImplTrait(bounds) = ty
            && let Some(TypeParamBound::Trait(bound)) = bounds.bounds.first()
            && let Some(segment) = bound.path.segments.last()
            && let PathArguments::AngleBracketed(arguments) = &segment.arguments
            && let Some(argument) = arguments.args.first()
        {
            let concrete: Option<Type> = match argument {
                GenericArgument::AssocType(item) => {
                    let item = &item.ty;
                    Some(parse_quote!(::std::vec::Vec<#item>))
                }
                GenericArgument::Type(inner) if segment.ident == "AsRef" => Some(parse_quote!(&'static #inner)),
                GenericArgument::Type(inner) => Some(inner.clone()),
                _ => None,
            };
            if let Some(concrete) = concrete {
                *ty = concrete;
                self.found = true;
            }
        }
        visit_mut::visit_type_mut(self, ty);
    }
}

/// The last name of a type's path.
fn last(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    }
}
