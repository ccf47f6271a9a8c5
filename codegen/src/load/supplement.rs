//! Components that a document refers to and other documents define.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::foreign;
use super::overlay;
use super::syntax::SyntaxError;
use super::yaml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::source::{Origin, Source};

/// A further document. It is read once.
#[derive(Clone, Debug)]
pub(crate) struct Supplement {
    pub source: Arc<Source>,
    /// The overlays, where it is a document of its own; what is wrong with it is told there.
    overlays: Option<Vec<Source>>,
    read: OnceLock<Result<Value, Vec<SyntaxError>>>,
}

impl Supplement {
    /// A document that only supplements others.
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source: Arc::new(source),
            overlays: None,
            read: OnceLock::new(),
        }
    }

    /// A document that a module is generated from, too.
    pub(crate) fn sibling(source: Source, overlays: Vec<Source>) -> Self {
        Self {
            source: Arc::new(source),
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

    /// A component, if there is one of this kind and name.
    fn component(&self, kind: &str, name: &str) -> Option<&Value> {
        self.read().ok()?["components"][kind].get(name)
    }

    /// What makes it useless, unless that is told elsewhere.
    pub(super) fn problem(&self) -> Option<Diagnostic> {
        let problem = match self.read() {
            _ if self.overlays.is_some() => return None,
            _ if foreign::text(&self.source).is_some() => foreign::text(&self.source)?,
            Err(errors) => super::syntax(Code::Syntax, &self.source, errors.first()?),
            Ok(value) if value.is_object() => return None,
            Ok(_) => {
                let message = "this is no document: there is text where members are expected";
                Diagnostic::new(Code::Syntax, &Pointer::root(), message).at(Some(self.source.start()))
            }
        };
        Some(problem.help("named as a supplement, from which components are taken"))
    }
}

/// Copies what is missing out of the supplements, and what that refers to in turn. The first supplement that defines a
/// component decides. `first` is the number of the first supplement among the texts of the document.
pub(super) fn fill(document: &mut Value, supplements: &[&Supplement], first: usize, diagnostics: &mut Diagnostics) {
    let mut tried = BTreeSet::new();
    while !supplements.is_empty() {
        let mut wanted = BTreeSet::new();
        references(document, &mut wanted);
        let missing: Vec<_> = wanted
            .into_iter()
            .filter(|(kind, name)| document["components"][kind].get(name).is_none())
            .filter(|component| tried.insert(component.clone()))
            .collect();
        if missing.is_empty() {
            return;
        }
        for (kind, name) in missing {
            let place = Pointer::root().join("components").join(&kind).join(&name);
            let mut found = supplements
                .iter()
                .enumerate()
                .filter_map(|(number, supplement)| Some((number, supplement, supplement.component(&kind, &name)?)));
            let Some((number, supplement, component)) = found.next() else {
                continue;
            };
            let from = &supplement.source.name;
            let others: Vec<&str> = found
                .filter(|(_, _, other)| *other != component)
                .map(|(_, other, _)| other.source.name.as_str())
                .collect();
            let diagnostic = if others.is_empty() {
                Diagnostic::new(Code::Supplemented, &place, format!("`{place}` is taken from {from}"))
            } else {
                let message = format!(
                    "`{place}` is taken from {from}; {} defines it differently",
                    others.join(", ")
                );
                Diagnostic::new(Code::Ambiguous, &place, message)
                    .help("the first supplement decides; name another one first, or define it in an overlay")
            };
            diagnostics.push(diagnostic);
            diagnostics.sources.origins.push(Origin {
                place: place.clone(),
                text: first + number,
                source: place,
            });
            insert(document, &kind, &name, component.clone());
        }
    }
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

/// The components that are referred to, by kind and name.
fn references(value: &Value, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str).and_then(Pointer::parse)
                && let [components, kind, name] = reference.steps()
                && components == "components"
            {
                found.insert((kind.clone(), name.clone()));
            }
            if let Some(Value::Array(alternatives)) = members.get("security") {
                let schemes = alternatives.iter().filter_map(Value::as_object).flat_map(Map::keys);
                found.extend(schemes.map(|name| ("securitySchemes".to_owned(), name.clone())));
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
