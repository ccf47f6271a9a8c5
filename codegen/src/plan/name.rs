//! Identifiers: made from any text, unique in their scope after casing, never a keyword.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use unicode_normalization::UnicodeNormalization;

/// How an identifier is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    /// `UpperCamelCase`, for types and variants.
    Camel,
    /// `snake_case`, for functions, fields and modules.
    Snake,
}

/// A namespace of the generated code: hands each identifier out once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A namespace in which some names are spoken for.
    pub(crate) fn without(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// The identifier for a text: its own if that is free, else with the first number that makes it so.
    pub(crate) fn name(&mut self, text: &str, case: Case) -> Ident {
        let wanted = cased(text, case);
        // What cannot be a keyword even when raw.
        let mut name = match wanted.as_str() {
            "self" | "Self" | "super" | "crate" => format!("{wanted}_"),
            _ => wanted.clone(),
        };
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        ident(&name)
    }
}

/// A text in a case, made of characters that identifiers may have.
fn cased(text: &str, case: Case) -> String {
    // Characters in the form in which the compiler compares them, and without a form that style forbids.
    let words: String = spelled(text).nfkc().map(|c| if is_part(c) { c } else { ' ' }).collect();
    let name = match case {
        Case::Camel => words.to_upper_camel_case(),
        Case::Snake => words.to_snake_case(),
    };
    match (name.chars().next(), case) {
        (None, Case::Camel) => "Empty".to_owned(),
        (None, Case::Snake) => "empty".to_owned(),
        (Some(first), _) if !is_start(first) => format!("_{name}"),
        _ => name,
    }
}

/// A text whose symbols are words where they carry the meaning: in front (`-created`), or alone (`!=`).
fn spelled(text: &str) -> String {
    let word = |c: char| match c {
        '-' => "minus",
        '+' => "plus",
        '=' => "equals",
        '!' => "not",
        '<' => "less",
        '>' => "greater",
        '~' => "like",
        '*' => "star",
        '%' => "percent",
        _ => "",
    };
    let rest = text.trim_start_matches(|c| !word(c).is_empty());
    let (symbols, rest) = text.split_at(text.len() - rest.len());
    let mut words: Vec<&str> = symbols.chars().map(word).collect();
    words.push(rest);
    words.join(" ")
}

fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || (!c.is_ascii() && syn::parse_str::<Ident>(&c.to_string()).is_ok())
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && syn::parse_str::<Ident>(&format!("a{c}")).is_ok())
}

/// An identifier as people write it, without the mark of a raw one.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// An identifier, raw where it is a keyword.
fn ident(name: &str) -> Ident {
    // syn does not know yet that `gen` is a keyword since the edition of 2024.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}
