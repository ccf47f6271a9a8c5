//! Text in, document out: YAML or JSON is read, overlays are applied, and the result is parsed as OpenAPI.

mod overlay;
mod part;
mod supplement;
mod typed;
mod version;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::pointer::Pointer;
use crate::text::is_hidden;

pub(crate) use supplement::Supplement;
use yaml::SyntaxError;

/// A text with the name by which people know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The name in diagnostics, mostly a path.
    pub name: String,
    /// The text, YAML or JSON.
    pub text: String,
}

impl Source {
    /// Pairs a name with a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}

impl Source {
    /// Where the text starts.
    fn start(&self) -> Location {
        Location {
            file: self.name.clone(),
            line: 1,
            column: 1,
        }
    }
}

/// The texts of a document, and what came from where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// The document itself, its overlays in the order of their application, and its supplements.
    texts: Vec<Source>,
    overlays: usize,
    origins: Vec<Origin>,
}

/// A place in the document that another text filled.
#[derive(Clone, Debug)]
struct Origin {
    place: Pointer,
    /// The number of the text.
    text: usize,
    /// The place there.
    source: Pointer,
}

impl Sources {
    /// The name of the document itself.
    pub(crate) fn name(&self) -> &str {
        self.texts.first().map_or("", |spec| &spec.name)
    }

    /// The texts that had a part in the document.
    pub(crate) fn used(&self) -> impl Iterator<Item = &Source> {
        let is_used =
            |number: usize| number <= self.overlays || self.origins.iter().any(|origin| origin.text == number);
        self.texts
            .iter()
            .enumerate()
            .filter(move |(number, _)| is_used(*number))
            .map(|(_, text)| text)
    }

    /// Where places in the document stand in the texts, as far as that is known. Each text is read once.
    pub(crate) fn locate<'p>(&self, pointers: impl Iterator<Item = &'p Pointer>) -> BTreeMap<Pointer, Location> {
        let mut wanted: BTreeMap<usize, BTreeMap<Pointer, Vec<&Pointer>>> = BTreeMap::new();
        for pointer in pointers {
            let origin = self.origins.iter().rev().find_map(|origin| {
                let rest = pointer.below(&origin.place)?;
                Some((origin.text, origin.source.extend(rest)))
            });
            let (text, place) = origin.unwrap_or_else(|| (0, pointer.clone()));
            let places = wanted.entry(text).or_default();
            places.entry(place).or_default().push(pointer);
        }
        let mut found = BTreeMap::new();
        for (text, places) in wanted {
            let Some(source) = self.texts.get(text) else { continue };
            for (place, location) in locate(source, places.keys().cloned().collect()) {
                for pointer in places.get(&place).into_iter().flatten() {
                    found.insert((*pointer).clone(), location.clone());
                }
            }
        }
        found
    }
}

fn locate(source: &Source, places: BTreeSet<Pointer>) -> impl Iterator<Item = (Pointer, Location)> {
    let found = yaml::locate(&source.text, &places);
    found.into_iter().map(|(pointer, (line, column))| {
        let file = source.name.clone();
        (pointer, Location { file, line, column })
    })
}

/// An OpenAPI document, overlays included.
#[derive(Debug)]
pub(crate) struct Document {
    pub openapi: openapiv3::OpenAPI,
}

/// Reads a document with its overlays and supplements. `None` if `diagnostics` has errors.
pub(crate) fn load(
    spec: &Source,
    overlays: &[Source],
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
        Some((line, column)) => Location {
            file: source.name.clone(),
            line,
            column,
        },
        None => source.start(),
    };
    Diagnostic::new(Code::Syntax, &Pointer::root(), error.message.clone()).at(Some(location))
}
