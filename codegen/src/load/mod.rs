//! Text in, document out: YAML or JSON is read, overlays are applied, and the result is parsed as OpenAPI.

mod api;
mod contradiction;
mod convert;
mod dash;
mod encoding;
mod enumeration;
mod events;
#[cfg(feature = "cli")]
mod example;
mod files;
mod follow;
pub(crate) mod foreign;
mod indentation;
#[cfg(feature = "cli")]
mod instance;
mod json;
mod keys;
mod line;
mod members;
mod mend;
mod misplaced;
mod missing_colon;
mod openapi_3_0;
mod openapi_3_1;
mod openapi_3_2;
mod overlay;
mod pairs;
mod part;
pub(crate) mod place;
pub(crate) mod prefix;
mod reference;
mod repeated;
pub(crate) mod rewritten;
mod shape;
mod slips;
mod supplement;
mod syntax;
mod target;
mod typed;
mod unclosed;
mod unknown;
mod unquoted;
mod value;
mod version;
mod without_items;
pub(crate) mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Related};
use crate::pointer::{Pointer, Step};
use crate::source::{Source, Sources, locate};
use crate::text::{hidden, hidden_in_name};

pub(crate) use files::{Files, Read, Reader, Unfollowed};
use follow::Following;
pub(crate) use follow::NotFollowed;
pub(crate) use openapi_3_1::MUTUAL_TLS;
pub(crate) use openapi_3_2::WHOLE_QUERY;
pub(crate) use supplement::{PLACEHOLDER, Supplement};
use syntax::SyntaxError;

/// An OpenAPI document, overlays included.
#[derive(Debug)]
pub(crate) struct Document {
    pub openapi: openapiv3::OpenAPI,
    /// The references into other files that could not be followed.
    pub not_followed: NotFollowed,
    /// The name that a publisher's tool prepended to every operationId and summary.
    pub prefix: Option<String>,
}

/// The texts of a document.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a> {
    pub spec: &'a Arc<Source>,
    pub overlays: &'a [Arc<Source>],
    pub supplements: &'a [&'a Supplement],
    pub files: &'a Files,
    /// The tags that operations are selected by.
    pub tags: &'a [String],
    /// Whether words that were run together in names are separated.
    pub split_names: bool,
}

/// Reads a document with its overlays, supplements and further files. `None` if `diagnostics` has errors.
pub(crate) fn load(texts: Texts<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let (mut raw, not_followed, prefix) = raw(texts, diagnostics)?;
    let document = |openapi| Document {
        openapi,
        not_followed,
        prefix,
    };
    if typed::is_shallow(&raw) {
        if let Some(openapi) = typed::parse(raw) {
            return (!diagnostics.has_fatal()).then(|| document(openapi));
        }
        // Parsing consumed the values, so that a document without mistakes is never copied.
        (raw, ..) = self::raw(texts, &mut Diagnostics::default())?;
    }
    match typed::parse_in_parts(raw) {
        Ok(openapi) => (!diagnostics.has_fatal()).then(|| document(openapi)),
        Err(errors) => {
            errors.into_iter().for_each(|error| diagnostics.push(error));
            None
        }
    }
}

/// Returns which examples of a document contradict their schemas.
#[cfg(feature = "cli")]
pub(crate) fn check_examples(texts: Texts<'_>) -> Vec<Diagnostic> {
    let document = values(texts, &mut Diagnostics::default());
    document
        .map(|(document, ..)| example::check(&document))
        .unwrap_or_default()
}

/// Reads a document in the form of OpenAPI 3.0. `None` if it cannot be read.
fn raw(texts: Texts<'_>, diagnostics: &mut Diagnostics) -> Option<Complete> {
    let (mut raw, not_followed, prefix) = values(texts, diagnostics)?;
    tell_hidden(&raw, &Step::Root, diagnostics);
    convert::bring(&mut raw, diagnostics)?;
    Some((raw, not_followed, prefix))
}

/// A document as values, with the references that could not be followed and the publisher's prefix.
type Complete = (Value, NotFollowed, Option<String>);

/// Reads a document as values, complete. `None` if `diagnostics` has errors.
fn values(texts: Texts<'_>, diagnostics: &mut Diagnostics) -> Option<Complete> {
    let Texts {
        spec,
        overlays,
        supplements,
        files,
        tags,
        split_names,
    } = texts;
    let further = supplements.iter().map(|supplement| &supplement.source);
    diagnostics.sources = Sources {
        texts: std::iter::once(spec).chain(overlays).chain(further).cloned().collect(),
        overlays: overlays.len(),
        supplements: supplements.len(),
        tags: tags.to_vec(),
        split_names,
        ..Sources::default()
    };
    let raw = read(spec, diagnostics);
    let actions: Vec<_> = overlays.iter().map(|source| read(source, diagnostics)).collect();
    let problems = supplements.iter().filter_map(|supplement| supplement.problem());
    problems.for_each(|problem| diagnostics.push(problem));
    let mut raw = raw?;
    if let Some(other) = foreign::value(&raw) {
        diagnostics.push(other);
        return None;
    }
    // Overlays see the whole document, and may bring in references of their own.
    let mut following = Following::new(spec, files);
    following.follow(&mut raw, diagnostics);
    let prefix = prefix::prefix(&raw);
    for (number, (source, actions)) in (1..).zip(overlays.iter().zip(actions)) {
        let Some(actions) = actions else { continue };
        let mut told = overlay::apply(&mut raw, &actions, number, &mut diagnostics.sources.changes);
        overlay::doubt(&raw, spec, &actions, &mut told);
        for told in told {
            diagnostics.push(located(source, told));
        }
    }
    for (number, told) in overlay::lost(&raw, &diagnostics.sources.changes) {
        if let Some(source) = diagnostics.sources.texts.get(number).cloned() {
            diagnostics.push(located(&source, told));
        }
    }
    // Other errors may be consequences of these.
    if diagnostics.has_fatal() {
        return None;
    }
    if !overlays.is_empty() {
        following.follow(&mut raw, diagnostics);
    }
    supplement::fill(&mut raw, supplements, overlays.len() + 1, diagnostics);
    (!diagnostics.has_fatal()).then_some((raw, following.not_followed, prefix))
}

/// Adds the location of a diagnostic about an overlay or a supplement.
fn located(source: &Source, told: Diagnostic) -> Diagnostic {
    let place = match told.is_key {
        true => told.pointer.join(place::KEY),
        false => told.pointer.clone(),
    };
    let found = locate(source, BTreeSet::from([place])).next();
    let location = found.map_or_else(|| source.start(), |(_, location)| location);
    told.at(Some(location))
}

/// Warns about invisible characters, anywhere in the document: in documentation they could make a reader believe something else
/// than a compiler does.
fn tell_hidden(value: &Value, at: &Step<'_>, diagnostics: &mut Diagnostics) {
    let told = |hidden: char, at: &Step<'_>| {
        let message = format!("there is a hidden character, {}", hidden.escape_unicode());
        Diagnostic::new(Code::HiddenCharacter, &at.pointer(), message).help("escaped where it would be shown")
    };
    match value {
        Value::String(text) => {
            if let Some(hidden) = hidden(text) {
                diagnostics.push(told(hidden, at));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                tell_hidden(item, &at.join(&index), diagnostics);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let at = at.join(name);
                if let Some(hidden) = hidden_in_name(name) {
                    diagnostics.push(told(hidden, &at).of_key());
                }
                tell_hidden(value, &at, diagnostics);
            }
        }
        _ => {}
    }
}

fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    if let Some(other) = foreign::text(source) {
        diagnostics.push(other);
        return None;
    }
    let (value, code, told) = match yaml::parse(&source.text) {
        Ok(parsed) => (Some(parsed.value), Code::RepeatedKey, parsed.repeated),
        Err(errors) => (None, Code::Syntax, errors),
    };
    for error in told {
        diagnostics.push(syntax(code, source, &error));
    }
    value
}

/// Reports a syntax error.
fn syntax(code: Code, source: &Source, error: &SyntaxError) -> Diagnostic {
    let location = match error.place {
        Some((line, column)) => source.at(line, column),
        None => source.start(),
    };
    let mut diagnostic = Diagnostic::new(code, &Pointer::root(), error.message.clone());
    diagnostic.help.clone_from(&error.help);
    if let Some((label, (line, column))) = error.related {
        diagnostic = diagnostic.also(Related::at(label, source.at(line, column)));
    }
    diagnostic.at(Some(location))
}
