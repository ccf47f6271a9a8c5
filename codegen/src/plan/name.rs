//! Identifiers: made from any text, unique in their scope after casing, never a keyword.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use super::acronym::as_words;

/// An identifier of the generated code: raw if it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ident(String);

impl Ident {
    /// An identifier of ours.
    pub(crate) fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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
    /// The next number to try for each name that was taken.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// A namespace in which some names are spoken for.
    pub(crate) fn without(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            numbers: BTreeMap::new(),
        }
    }

    /// The identifier for a text: its own if that is free, else with the first number that makes it so.
    pub(crate) fn name(&mut self, text: &str, case: Case) -> Ident {
        self.numbered(text, case).0
    }

    /// The identifier for a text, and its own if that is taken.
    pub(crate) fn numbered(&mut self, text: &str, case: Case) -> (Ident, Option<Ident>) {
        let wanted = cased(text, case);
        // What cannot be a keyword even when raw.
        let mut name = match wanted.as_str() {
            "self" | "Self" | "super" | "crate" => format!("{wanted}_"),
            _ => wanted.clone(),
        };
        let mut own = None;
        if !self.taken.insert(name.clone()) {
            own = Some(ident(&name));
            let number = self.numbers.entry(wanted.clone()).or_insert(2);
            loop {
                name = format!("{wanted}{number}");
                *number += 1;
                if self.taken.insert(name.clone()) {
                    break;
                }
            }
        }
        (ident(&name), own)
    }
}

/// A text in a case, made of characters that identifiers may have.
fn cased(text: &str, case: Case) -> String {
    let spelled = spelled(text);
    let spelled = as_words(&spelled);
    let part = |c| if is_part(c) { c } else { ' ' };
    // Characters in the form in which the compiler compares them, and without a form that style forbids.
    let words: String = match spelled.is_ascii() {
        true => spelled.chars().map(part).collect(),
        false => spelled.nfkc().map(part).collect(),
    };
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
    if text.starts_with(char::is_alphanumeric) {
        return text.to_owned();
    }
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
    c == '_' || unicode_ident::is_xid_start(c)
}

fn is_part(c: char) -> bool {
    c != '_' && unicode_ident::is_xid_continue(c)
}

/// An identifier as people write it, without the mark of a raw one.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.as_str().trim_start_matches("r#").to_owned()
}

/// An identifier, raw where it is a keyword.
fn ident(name: &str) -> Ident {
    match is_keyword(name) {
        true => Ident(format!("r#{name}")),
        false => Ident(name.to_owned()),
    }
}

/// Whether a name is one step of a path.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let is_word = chars.next().is_some_and(is_start) && chars.all(unicode_ident::is_xid_continue);
    is_word && (!is_keyword(name) || matches!(name, "crate" | "self" | "super"))
}

/// Whether a name is a keyword of the edition of 2024, be it of no use yet (The Rust Reference, "Keywords").
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 52] = [
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct",
        "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
        "yield",
    ];
    KEYWORDS.binary_search(&name).is_ok()
}
