//! Follows references into other files: their targets become parts of the document.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::files::{Files, Target, Unfollowed, resolve};
use super::part::Part;
use crate::diagnostic::Diagnostics;
use crate::nearest::nearest;
use crate::pointer::{Pointer, Step};
use crate::source::{Change, Origin, Source};

/// Why references were not followed, by their texts.
pub(crate) type NotFollowed = BTreeMap<String, Unfollowed>;

/// The parts that can be in another file, with the kind of component that they become.
const KINDS: [(Part, &str); 6] = [
    (Part::Schema, "schemas"),
    (Part::Response, "responses"),
    (Part::Parameter, "parameters"),
    (Part::RequestBody, "requestBodies"),
    (Part::Header, "headers"),
    (Part::SecurityScheme, "securitySchemes"),
];

/// Copies the targets of references into other files, and theirs in turn. References become those to components; the
/// ones that cannot be followed stay as they are, seen from the document.
pub(super) struct Following<'a> {
    /// The name of the document's own file, by which others refer to it.
    own: String,
    files: &'a Files,
    /// The files, with their numbers among the texts of the document.
    read: BTreeMap<String, Result<(usize, Value), Unfollowed>>,
    /// The names of the components that parts of files have become.
    components: BTreeMap<(&'static str, Target), String>,
    /// The names of all components.
    taken: BTreeSet<(&'static str, String)>,
    /// The paths that were copied, and from where.
    paths: BTreeSet<(Pointer, Target)>,
    wanted: VecDeque<Wanted>,
    pub not_followed: NotFollowed,
}

/// A part of a file that belongs to a place in the document.
struct Wanted {
    part: Part,
    place: Pointer,
    source: Target,
}

impl<'a> Following<'a> {
    pub(super) fn new(document: &Source, files: &'a Files) -> Self {
        let named = || document.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Self {
            own: files.own.clone().unwrap_or_else(named),
            files,
            read: BTreeMap::new(),
            components: BTreeMap::new(),
            taken: BTreeSet::new(),
            paths: BTreeSet::new(),
            wanted: VecDeque::new(),
            not_followed: NotFollowed::new(),
        }
    }

    /// Follows the references that a document has by now.
    pub(super) fn follow(&mut self, document: &mut Value, diagnostics: &mut Diagnostics) {
        self.name_components(document, diagnostics);
        let own = self.own.clone();
        Part::Document.change(document, &Step::Root, &mut |value, part, at| {
            self.part(value, part, at, &own, diagnostics);
        });
        while let Some(wanted) = self.wanted.pop_front() {
            self.bring(document, &wanted, diagnostics);
        }
    }

    /// Registers the names of the document's components. A component that only refers to a file is replaced by the target.
    fn name_components(&mut self, document: &Value, diagnostics: &mut Diagnostics) {
        for (part, kind) in KINDS {
            let components = document["components"].get(kind).and_then(Value::as_object);
            for (name, component) in components.into_iter().flatten() {
                self.taken.insert((kind, name.clone()));
                let reference = component["$ref"].as_str();
                let is_alone = component.as_object().is_some_and(|members| members.len() == 1);
                let Some(reference) = reference.filter(|text| is_alone && !text.starts_with('#')) else {
                    continue;
                };
                if let Ok(source) = self.target(&self.own.clone(), reference, diagnostics)
                    && source.0 != self.own
                    && !self.components.contains_key(&(kind, source.clone()))
                {
                    self.want(part, kind, name.clone(), source);
                }
            }
        }
    }

    /// Notes that a part of a file becomes a component.
    fn want(&mut self, part: Part, kind: &'static str, name: String, source: Target) {
        let place = Pointer::root().join("components").join(kind).join(&name);
        self.components.insert((kind, source.clone()), name);
        self.wanted.push_back(Wanted { part, place, source });
    }

    /// Puts a part of a file into the document.
    fn bring(&mut self, document: &mut Value, wanted: &Wanted, diagnostics: &mut Diagnostics) {
        let (file, at) = &wanted.source;
        let (text, value) = match self.read.get(file) {
            Some(Ok((text, whole))) => (*text, node(whole, at).cloned()),
            // A path of the document itself is copied, too.
            _ if *file == self.own => (0, node(document, at).cloned()),
            _ => return,
        };
        let Some(mut value) = value else {
            // An overlay may define it.
            self.paths.remove(&(wanted.place.clone(), wanted.source.clone()));
            return;
        };
        wanted
            .part
            .change(&mut value, &Step::At(&wanted.place), &mut |value, part, at| {
                self.part(value, part, at, file, diagnostics);
            });
        let changes = &mut diagnostics.sources.changes;
        let mut origin = |place: Pointer, source: Pointer| changes.push(Change::Filled(Origin { place, text, source }));
        let Some(place) = entry(document, &wanted.place) else {
            return;
        };
        match (place, value) {
            // Besides a reference, a path may have other members (OpenAPI 3.0, section 4.7.9).
            (Value::Object(known), Value::Object(members)) if wanted.part == Part::PathItem => {
                known.shift_remove("$ref");
                for (name, value) in members {
                    if !known.contains_key(&name) {
                        origin(wanted.place.join(&name), at.join(&name));
                        known.insert(name, value);
                    }
                }
            }
            (place, value) => {
                *place = value;
                origin(wanted.place.clone(), at.clone());
            }
        }
    }

    /// Follows the references of a part in a file.
    fn part(&mut self, value: &mut Value, part: Part, at: &Step<'_>, file: &str, diagnostics: &mut Diagnostics) {
        let Value::Object(members) = value else { return };
        if part == Part::Schema
            && let Some(Value::Object(mapping)) =
                members.get_mut("discriminator").and_then(|one| one.get_mut("mapping"))
        {
            mapping
                .values_mut()
                .for_each(|value| self.mapped(value, file, diagnostics));
        }
        let Some(reference) = members.get("$ref").and_then(Value::as_str) else {
            return;
        };
        if reference.starts_with('#') && file == self.own && part != Part::PathItem {
            return;
        }
        let kind = KINDS.iter().find(|(one, _)| *one == part);
        let new = match kind {
            Some((_, kind)) => self.component(part, kind, file, reference, diagnostics),
            None if part == Part::PathItem => self.path(at.pointer(), file, reference, diagnostics),
            None => return,
        };
        members.insert("$ref".to_owned(), Value::String(new));
    }

    /// The value of a discriminator's mapping: a reference, or the name of a schema.
    fn mapped(&mut self, value: &mut Value, file: &str, diagnostics: &mut Diagnostics) {
        let Some(text) = value.as_str() else { return };
        let is_reference = text.contains('#') || [".yaml", ".yml", ".json"].iter().any(|end| text.ends_with(end));
        if file == self.own && (!is_reference || text.starts_with('#')) {
            return;
        }
        let reference = match is_reference {
            true => text.to_owned(),
            false => Pointer::root()
                .join("components")
                .join("schemas")
                .join(text)
                .to_string(),
        };
        if is_reference || self.target(file, &reference, diagnostics).is_ok() {
            *value = Value::String(self.component(Part::Schema, "schemas", file, &reference, diagnostics));
        }
    }

    /// The reference to the component that a reference leads to, or the reference itself where it cannot be followed.
    fn component(
        &mut self,
        part: Part,
        kind: &'static str,
        file: &str,
        reference: &str,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let source = match self.target(file, reference, diagnostics) {
            Ok(source) => source,
            Err(reason) => return self.not_followed(file, reference, reason),
        };
        if source.0 == self.own {
            return source.1.to_string();
        }
        let known = self.components.get(&(kind, source.clone())).cloned();
        let name = known.unwrap_or_else(|| {
            let name = self.free(kind, &source);
            self.want(part, kind, name.clone(), source);
            name
        });
        Pointer::root().join("components").join(kind).join(name).to_string()
    }

    /// Notes that a path is to be copied, and returns its reference until then.
    fn path(&mut self, place: Pointer, file: &str, reference: &str, diagnostics: &mut Diagnostics) -> String {
        let source = match self.target(file, reference, diagnostics) {
            Ok(source) => source,
            Err(reason) => return self.not_followed(file, reference, reason),
        };
        if !self.paths.insert((place.clone(), source.clone())) {
            let reason = Unfollowed::new("is a circular reference", "define the path item in one of them");
            return self.not_followed(file, reference, reason);
        }
        let part = Part::PathItem;
        self.wanted.push_back(Wanted { part, place, source });
        reference.to_owned()
    }

    fn not_followed(&mut self, file: &str, reference: &str, reason: Unfollowed) -> String {
        let seen = match resolve(file, reference) {
            Ok((path, at)) if file != self.own => match at.steps() {
                [] => path,
                _ => format!("{path}{at}"),
            },
            _ => reference.to_owned(),
        };
        self.not_followed.insert(seen.clone(), reason);
        seen
    }

    /// The target of a reference in a file.
    fn target(&mut self, file: &str, reference: &str, diagnostics: &mut Diagnostics) -> Result<Target, Unfollowed> {
        let (path, at) = resolve(file, reference)?;
        if path == self.own {
            return Ok((path, at));
        }
        let read = match self.read.get(&path) {
            Some(read) => read,
            None => {
                let read = self.read(&path, diagnostics);
                self.read.entry(path.clone()).or_insert(read)
            }
        };
        let (_, whole) = read.as_ref().map_err(Clone::clone)?;
        if node(whole, &at).is_some() {
            return Ok((path, at));
        }
        Err(match meant(whole, &at) {
            Some(meant) => Unfollowed::new("is not defined in that file", format!("did you mean `{path}{meant}`?")),
            None => Unfollowed::new("is not defined in that file", format!("define `{at}` there")),
        })
    }

    fn read(&self, path: &str, diagnostics: &mut Diagnostics) -> Result<(usize, Value), Unfollowed> {
        let source = self.files.find(path)?;
        let texts = &mut diagnostics.sources.texts;
        texts.push(source.clone());
        let number = texts.len() - 1;
        // Errors in the file are reported separately.
        let value = super::read(&source, diagnostics);
        Ok((number, value.unwrap_or_default()))
    }

    /// An unused name for the component that a part of a file becomes: its own, or else prefixed with that of the file.
    fn free(&mut self, kind: &'static str, (path, at): &Target) -> String {
        let file = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        let name = match at.steps().last() {
            Some(name) => name.as_str(),
            None => file.rsplit('/').next().unwrap_or_default(),
        };
        let longer = match at.steps() {
            [] => file.replace('/', "."),
            _ => format!("{}.{name}", file.replace('/', ".")),
        };
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let mut names = [name.to_owned(), longer.clone()].into_iter().chain(numbered);
        let free = names.find(|name| self.taken.insert((kind, name.clone())));
        free.unwrap_or(longer)
    }
}

/// The node at a place.
fn node<'a>(whole: &'a Value, at: &Pointer) -> Option<&'a Value> {
    whole.pointer(&at.path())
}

/// The place of the member that was probably meant by one that is not there.
fn meant(whole: &Value, at: &Pointer) -> Option<Pointer> {
    let (last, parent) = at.steps().split_last()?;
    let parent = Pointer::root().extend(parent);
    let members = node(whole, &parent)?.as_object()?;
    Some(parent.join(nearest(last, members.keys().map(String::as_str))?))
}

/// Returns the node at a place, creating missing objects on the way. Values of other types are reported when they are parsed.
fn entry<'a>(document: &'a mut Value, place: &Pointer) -> Option<&'a mut Value> {
    let mut node = document;
    for step in place.steps() {
        let Value::Object(members) = node else { return None };
        node = members.entry(step.clone()).or_insert_with(|| Value::Object(Map::new()));
    }
    Some(node)
}
