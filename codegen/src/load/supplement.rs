//! Components that a document refers to and other documents define.
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::api::are_of_one_api;
use super::foreign;
use super::located;
use super::overlay;
use super::syntax::SyntaxError;
use super::yaml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Related};
use crate::pointer::{Pointer, Step};
use crate::source::{Change, Origin, Source, Sources};

/// A further document. It is read once.
#[derive(Clone, Debug)]
pub(crate) struct Supplement {
    pub source: Arc<Source>,
    /// The overlays, if it is also a document; its errors are reported there.
    overlays: Option<Vec<Arc<Source>>>,
    read: OnceLock<Result<Value, Vec<SyntaxError>>>,
}

impl Supplement {
    /// A document that only supplements others.
    pub(crate) fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            overlays: None,
            read: OnceLock::new(),
        }
    }

    /// A document that a module is generated from, too.
    pub(crate) fn sibling(source: Arc<Source>, overlays: Vec<Arc<Source>>) -> Self {
        Self {
            source,
            overlays: Some(overlays),
            read: OnceLock::new(),
        }
    }

    fn read(&self) -> Result<&Value, &Vec<SyntaxError>> {
        let read = self.read.get_or_init(|| {
            let mut value = yaml::parse(&self.source.text)?.value;
            for (index, overlay) in self.overlays.iter().flatten().enumerate() {
                if let Ok(actions) = yaml::parse(&overlay.text) {
                    let _ = overlay::apply(&mut value, &actions.value, index, &mut Vec::new());
                }
            }
            Ok(value)
        });
        read.as_ref()
    }

    /// Whether components of it are taken into a document: of a supplement that is named as one, always; of a document with a module
    /// of its own, if both are parts of one API.
    fn goes_with(&self, document: &Value) -> bool {
        !self.is_sibling() || self.describes_api_of(document)
    }

    /// Whether it is a document with a module of its own.
    fn is_sibling(&self) -> bool {
        self.overlays.is_some()
    }

    /// Whether both are parts of one API.
    fn describes_api_of(&self, document: &Value) -> bool {
        self.read().is_ok_and(|own| are_of_one_api(own, document))
    }

    /// A component, if there is one of this kind and name.
    fn component(&self, kind: &str, name: &str) -> Option<&Value> {
        self.read().ok()?["components"][kind].get(name)
    }

    /// The error that makes it unusable, unless it is reported elsewhere.
    pub(super) fn problem(&self) -> Option<Diagnostic> {
        let problem = match self.read() {
            _ if self.is_sibling() => return None,
            _ if foreign::text(&self.source).is_some() => foreign::text(&self.source)?,
            Err(errors) => super::syntax(Code::Syntax, &self.source, errors.first()?),
            Ok(value) if value["components"].is_object() => return None,
            Ok(value) => located(&self.source, foreign::value(value).unwrap_or_else(without_components)),
        };
        let role = "it is used as a supplement, which provides missing components";
        let help = problem
            .help
            .as_ref()
            .map_or_else(|| role.to_owned(), |help| format!("{role}; {help}"));
        Some(problem.help(help))
    }
}

fn without_components() -> Diagnostic {
    Diagnostic::new(Code::OpenApi, &Pointer::root(), "this document has no `components`")
}

/// Marks a component of an overlay that a supplement replaces.
pub(crate) const PLACEHOLDER: &str = "x-rust-placeholder";

/// Copies missing components and placeholders from the supplements, and those that these refer to. The first supplement that defines a
/// component decides. Siblings of another API are not used. `first` is the number of the first supplement among the texts of the
/// document.
pub(super) fn fill(document: &mut Value, supplements: &[&Supplement], first: usize, diagnostics: &mut Diagnostics) {
    let mut tried = BTreeSet::new();
    // The supplements of the same API, and the others. They are read only if something is missing.
    let mut sorted: Option<(Vec<Numbered<'_>>, Vec<Numbered<'_>>)> = None;
    let mut taken: BTreeMap<usize, Vec<Taken>> = BTreeMap::new();
    while !supplements.is_empty() {
        let mut wanted = BTreeMap::new();
        references(document, &Step::Root, &mut wanted);
        wanted.retain(|(kind, name), _| {
            let component = document["components"][kind].get(name);
            component.is_none_or(|component| component[PLACEHOLDER] == true)
        });
        wanted.retain(|component, _| tried.insert(component.clone()));
        if wanted.is_empty() {
            break;
        }
        let (fitting, others) = sorted.get_or_insert_with(|| {
            let numbered = (first..).zip(supplements.iter().copied());
            numbered.partition(|(_, one)| one.goes_with(document))
        });
        for ((kind, name), needed) in wanted {
            let place = Pointer::root().join("components").join(&kind).join(&name);
            let defining = fitting.iter();
            let mut defining = defining.filter_map(|(text, one)| Some((*text, *one, one.component(&kind, &name)?)));
            let Some((text, supplement, component)) = defining.next() else {
                let elsewhere = others.iter().find(|(_, one)| one.component(&kind, &name).is_some());
                let elsewhere = elsewhere.map(|(text, _)| (place, *text));
                diagnostics.sources.elsewhere.extend(elsewhere);
                continue;
            };
            let different: Vec<_> = defining.filter(|(_, _, other)| *other != component).collect();
            if different.is_empty() {
                let place = place.clone();
                taken.entry(text).or_default().push(Taken {
                    name: name.clone(),
                    place,
                    needed,
                });
            } else {
                diagnostics.push(ambiguous(supplement, &different, &place, &needed));
            }
            diagnostics.sources.changes.push(Change::Filled(Origin {
                place: place.clone(),
                text,
                source: place,
            }));
            insert(document, &kind, &name, component.clone());
        }
    }
    for (text, taken) in taken {
        let supplement = text.checked_sub(first).and_then(|index| supplements.get(index));
        let is_other_api = supplement.is_some_and(|one| !one.is_sibling() && !one.describes_api_of(document));
        let diagnostic = supplemented(&diagnostics.sources, text, &taken, is_other_api);
        diagnostics.push(diagnostic);
    }
}

/// A supplement with its number among the texts of a document.
type Numbered<'s> = (usize, &'s Supplement);

/// A component that is taken from a supplement.
struct Taken {
    name: String,
    place: Pointer,
    /// Where it is needed first.
    needed: Pointer,
}

/// How many components a message names. It has the places of all.
const MOST_NAMED: usize = 10;

/// Reports which components a document takes from a supplement, and warns if that describes another API.
fn supplemented(sources: &Sources, text: usize, taken: &[Taken], is_other_api: bool) -> Diagnostic {
    let named = taken.iter().take(MOST_NAMED).map(|one| format!("`{}`", one.name));
    let mut names: Vec<String> = named.collect();
    if taken.len() > MOST_NAMED {
        names.push(format!("and {} more", taken.len() - MOST_NAMED));
    }
    let from = sources.texts.get(text).map_or("", |source| &source.name);
    let message = format!("{} takes {} from {from}", sources.name(), names.join(", "));
    let place = taken.first().map_or_else(Pointer::root, |first| first.place.clone());
    let mut diagnostic = match is_other_api {
        true => Diagnostic::new(
            Code::OtherApi,
            &place,
            format!("{message}, which describes another API"),
        )
        .help(
            "components of the same name may differ; generate the documents of each API with a `Config` of their own",
        ),
        false => Diagnostic::new(Code::Supplemented, &place, message),
    };
    for (index, Taken { name, place, needed }) in taken.iter().enumerate() {
        if index > 0 {
            diagnostic = diagnostic.related(format!("`{name}` is taken from here"), place);
        }
        diagnostic = diagnostic.related(format!("`{name}` is referenced here"), needed);
    }
    diagnostic
}

/// Reports that supplements disagree on a component.
fn ambiguous(
    taken: &Supplement,
    others: &[(usize, &Supplement, &Value)],
    place: &Pointer,
    needed: &Pointer,
) -> Diagnostic {
    let names: Vec<&str> = others.iter().map(|(_, other, _)| other.source.name.as_str()).collect();
    let (from, names) = (&taken.source.name, names.join(", "));
    let message = format!("`{place}` is taken from {from}; {names} defines it differently");
    let mut diagnostic = Diagnostic::new(Code::Ambiguous, place, message)
        .help("the first supplement is used; list another one first, or define the component in an overlay");
    for (text, ..) in others {
        diagnostic = diagnostic.also(Related::new("this definition differs", place, Some(*text)));
    }
    diagnostic.related("it is referenced here", needed)
}

fn insert(document: &mut Value, kind: &str, name: &str, component: Value) {
    let Value::Object(document) = document else { return };
    let empty = || Value::Object(Map::new());
    let Value::Object(components) = document.entry("components").or_insert_with(empty) else {
        return;
    };
    if let Value::Object(kinds) = components.entry(kind).or_insert_with(empty) {
        kinds.insert(name.to_owned(), component);
    }
}

/// The components that are referred to, by kind and name, each with the first place where it is.
fn references(value: &Value, at: &Step<'_>, found: &mut BTreeMap<(String, String), Pointer>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(Pointer::of_reference)
                && let [components, kind, name] = reference.steps()
                && components == "components"
            {
                let component = (kind.clone(), name.clone());
                found.entry(component).or_insert_with(|| at.pointer());
            }
            if let Some(Value::Array(alternatives)) = members.get("security") {
                for (index, alternative) in alternatives.iter().enumerate() {
                    for name in alternative.as_object().into_iter().flat_map(Map::keys) {
                        let component = ("securitySchemes".to_owned(), name.clone());
                        found
                            .entry(component)
                            .or_insert_with(|| at.pointer().join("security").join(index));
                    }
                }
            }
            for (name, value) in members {
                references(value, &at.join(name), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                references(value, &at.join(&index), found);
            }
        }
        _ => {}
    }
}
