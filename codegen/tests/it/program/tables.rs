//! Reads the tables of generated code: what a user can set of a request or a model, and the variants of enums.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Result, Token, Type, braced, parenthesized, parse_quote, token};

use super::Methods;

/// The first variant of an enum: its name, and the type of what is in it.
pub struct Enum {
    pub name: String,
    pub first: (String, Option<Type>),
}

impl Parse for Enum {
    fn parse(input: ParseStream) -> Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![enum]>()?;
        let name: Ident = input.parse()?;
        let body;
        braced!(body in input);
        body.call(Attribute::parse_outer)?;
        let variant: Ident = body.parse()?;
        let payload = if body.peek(token::Paren) {
            let payload;
            parenthesized!(payload in body);
            Some(payload.parse()?)
        } else {
            None
        };
        body.parse::<proc_macro2::TokenStream>()?;
        Ok(Self {
            name: name.to_string(),
            first: (variant.to_string(), payload),
        })
    }
}

/// What makes a model.
pub struct Setters {
    pub name: String,
    pub methods: Methods,
}

impl Parse for Setters {
    fn parse(input: ParseStream) -> Result<Self> {
        let name: Ident = input.parse()?;
        let mut methods = Methods::default();
        if input.peek(token::Paren) {
            let required;
            parenthesized!(required in input);
            let arguments = required.parse_terminated(given, Token![,])?;
            let arguments = arguments.into_iter();
            let named = arguments.map(|(name, ty)| (name.trim_start_matches("r#").to_owned(), ty));
            methods.new = Some(named.collect());
        }
        let body;
        braced!(body in input);
        while !body.is_empty() {
            if body.peek(Token![;]) {
                body.parse::<Token![;]>()?;
            }
            body.call(Ident::parse_any)?;
            methods.setters.push(given(&body)?);
            body.parse::<Token![,]>()?;
        }
        Ok(Self {
            name: name.to_string(),
            methods,
        })
    }
}

/// A request: what its setters set.
pub struct Operation {
    name: String,
    methods: Methods,
}

impl From<Operation> for (String, Methods) {
    fn from(operation: Operation) -> Self {
        (operation.name, operation.methods)
    }
}

impl Parse for Operation {
    fn parse(input: ParseStream) -> Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![struct]>()?;
        let name: Ident = input.parse()?;
        let (required, body);
        parenthesized!(required in input);
        required.parse::<proc_macro2::TokenStream>()?;
        braced!(body in input);
        let mut methods = Methods::default();
        while !body.is_empty() {
            body.call(Attribute::parse_outer)?;
            methods.setters.push(given(&body)?);
            body.parse::<Token![=>]>()?;
            body.parse::<syn::Expr>()?;
            body.parse::<Token![,]>()?;
        }
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self {
            name: name.to_string(),
            methods,
        })
    }
}

/// How something is handed in, its name, and its type, as the parameter of a function that takes it.
fn given(input: ParseStream) -> Result<(String, Type)> {
    let given = input.call(Ident::parse_any)?;
    let name = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) {
        let field;
        parenthesized!(field in input);
        field.parse::<Ident>()?;
    }
    input.parse::<Token![:]>()?;
    let ty: Type = input.parse()?;
    let ty = match given.to_string().as_str() {
        "into" => parse_quote!(impl Into<#ty>),
        "each" => parse_quote!(impl IntoIterator<Item = #ty>),
        "each_into" => parse_quote!(impl IntoIterator<Item = impl Into<#ty>>),
        _ => ty,
    };
    Ok((name.to_string(), ty))
}
