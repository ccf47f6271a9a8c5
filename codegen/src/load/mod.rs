//! Text in, document out: YAML or JSON is read, overlays are applied, and the result is parsed as OpenAPI.

mod overlay;
mod part;
pub(crate) mod place;
mod supplement;
mod typed;
mod version;
mod yaml;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::{Source, Sources, locate};
use crate::text::is_hidden;

pub(crate) use supplement::Supplement;
use yaml::SyntaxError;

/// An OpenAPI document, overlays included.
#[derive(Debug)]
pub(crate) struct Document {
    pub openapi: openapiv3::OpenAPI,
}

/// Reads a document with its overlays and supplements. `None` if `diagnostics` has errors.
pub(crate) fn load(
    spec: &Arc<Source>,
    overlays: &[Arc<Source>],
    supplements: &[&Supplement],
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let further = supplements.iter().map(|supplement| &supplement.source);
    diagnostics.sources = Sources {
        texts: std::iter::once(spec).chain(overlays).chain(further).cloned().collect(),
        overlays: overlays.len(),
        origins: Vec::new(),
    };
    let raw = read(spec, diagnostics);
    let actions: Vec<_> = overlays.iter().map(|source| read(source, diagnostics)).collect();
    let problems = supplements.iter().filter_map(|supplement| supplement.problem());
    problems.for_each(|problem| diagnostics.push(problem));
    let mut raw = raw?;
    for (index, (source, actions)) in overlays.iter().zip(actions).enumerate() {
        let Some(actions) = actions else { continue };
        for diagnostic in overlay::apply(&mut raw, &actions, index + 1, &mut diagnostics.sources.origins) {
            let place = BTreeSet::from([diagnostic.pointer.clone()]);
            let location = locate(source, place)
                .next()
                .map(|(_, location)| location)
                .or_else(|| Some(source.start()));
            diagnostics.push(diagnostic.at(location));
        }
    }
    // What else is wrong may come of these.
    if diagnostics.has_errors() {
        return None;
    }
    supplement::fill(&mut raw, supplements, overlays.len() + 1, diagnostics);
    tell_hidden(&raw, None, diagnostics);
    version::bring(&mut raw, diagnostics)?;
    match typed::parse(&raw) {
        Ok(openapi) => Some(Document { openapi }),
        Err(errors) => {
            for (pointer, message) in errors {
                diagnostics.push(Diagnostic::new(Code::OpenApi, &pointer, message));
            }
            None
        }
    }
}

/// A value in the document: the one around it, and the step from there.
struct Step<'s> {
    outer: Option<&'s Step<'s>>,
    name: &'s dyn fmt::Display,
}

impl Step<'_> {
    fn pointer(&self) -> Pointer {
        let outer = self.outer.map_or_else(Pointer::root, Step::pointer);
        outer.join(self.name)
    }
}

/// Warns of characters that do not show, wherever they stand: in documentation they could make a reader believe something else
/// than a compiler does.
fn tell_hidden(value: &Value, outer: Option<&Step<'_>>, diagnostics: &mut Diagnostics) {
    let tell = |text: &str, step: Option<&Step<'_>>, diagnostics: &mut Diagnostics| {
        if let Some(hidden) = hidden(text) {
            let at = step.map_or_else(Pointer::root, Step::pointer);
            let message = format!("there is a hidden character, {}", hidden.escape_unicode());
            let diagnostic = Diagnostic::new(Code::HiddenCharacter, &at, message);
            diagnostics.push(diagnostic.help("spelled where it would be shown"));
        }
    };
    match value {
        Value::String(text) => tell(text, outer, diagnostics),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                tell_hidden(item, Some(&Step { outer, name: &index }), diagnostics);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let step = Step { outer, name };
                tell(name, Some(&step), diagnostics);
                tell_hidden(value, Some(&step), diagnostics);
            }
        }
        _ => {}
    }
}

/// The first hidden character of a text. A line may end as Windows ends lines.
fn hidden(text: &str) -> Option<char> {
    // Most texts are plain, which is quickly seen byte by byte.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | b' '..=b'~')) {
        return None;
    }
    let mut chars = text.char_indices().filter(|(_, c)| is_hidden(*c));
    let found = chars.find(|(index, c)| *c != '\r' || !text[index + 1..].starts_with('\n'));
    found.map(|(_, c)| c)
}

fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    match yaml::parse(&source.text) {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.push(syntax(source, &error));
            None
        }
    }
}

/// Says why a text cannot be read.
fn syntax(source: &Source, error: &SyntaxError) -> Diagnostic {
    let location = match error.place {
        Some((line, column)) => source.at(line, column),
        None => source.start(),
    };
    Diagnostic::new(Code::Syntax, &Pointer::root(), error.message.clone()).at(Some(location))
}
