//! OpenAPI Overlay 1.0: changes to a document, kept beside it.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Pointer;
use crate::source::Origin;

/// Applies the actions of an overlay in their order (Overlay 1.0, section 4.4.3), and returns what is wrong with it.
///
/// `text` is the overlay's number among the texts of the document; what the actions bring in is noted in `origins`.
pub(super) fn apply(document: &mut Value, overlay: &Value, text: usize, origins: &mut Vec<Origin>) -> Vec<Diagnostic> {
    let root = Pointer::root();
    match overlay["overlay"].as_str() {
        Some(version) if version.starts_with("1.0.") => {}
        Some(version) => {
            let message = format!("Overlay version {version} is not read; 1.0.0 is");
            return vec![wrong(&root.join("overlay"), message)];
        }
        None => return vec![wrong(&root, "this is no overlay: `overlay: 1.0.0` is missing")],
    }
    let at = root.join("actions");
    let Some(actions) = overlay["actions"].as_array() else {
        return vec![wrong(&root, "the overlay has no list of `actions`")];
    };
    let mut merge = Merge { origins, text };
    let results = actions
        .iter()
        .enumerate()
        .map(|(number, action)| merge.act(document, action, &at.join(number)));
    results.filter_map(Result::err).flatten().collect()
}

fn wrong(at: &Pointer, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::Overlay, at, message)
}

/// The places that an action is about.
fn targets(document: &Value, action: &Value, at: &Pointer) -> Result<Vec<Pointer>, Diagnostic> {
    let Some(target) = action["target"].as_str() else {
        return Err(wrong(at, "the action has no `target`"));
    };
    let at = at.join("target");
    let path = JsonPath::parse(target).map_err(|error| {
        let known = "a JSONPath of RFC 9535 (without `match` and `search`)";
        wrong(&at, format!("`{target}` cannot be read as {known}: {error}"))
    })?;
    let targets: Vec<Pointer> = path
        .query_located(document)
        .dedup()
        .locations()
        .filter_map(|location| Pointer::parse(&location.to_json_pointer()))
        .collect();
    if targets.is_empty() {
        let message = format!("`{target}` matches nothing");
        let help = "the document has changed or the target has a slip; adapt the action or take it out";
        let help = match there(document, target) {
            Some(there) => format!("{there}; adapt the action or take it out"),
            None => help.to_owned(),
        };
        return Err(Diagnostic::new(Code::OverlayNoMatch, &at, message).help(help));
    }
    Ok(targets)
}

/// What of a target that matches nothing is there, and the member that was probably meant.
fn there(document: &Value, target: &str) -> Option<String> {
    let cuts = target.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '['));
    let (cut, node) = cuts.map(|(index, _)| index).find_map(|index| {
        let path = JsonPath::parse(&target[..index]).ok()?;
        Some((index, path.query(document).first()?))
    })?;
    let (there, rest) = target.split_at(cut);
    let name = rest.trim_start_matches(['.', '[', '\'', '"']);
    // What follows may go on below the member.
    let end = if rest.starts_with('[') {
        name.find(['\'', '"', ']'])
    } else {
        name.find(['.', '['])
    };
    let name = &name[..end.unwrap_or(name.len())];
    let meant = node
        .as_object()
        .and_then(|members| nearest(name, members.keys().map(String::as_str)));
    Some(match meant {
        Some(meant) => format!("`{there}` has `{meant}`, which was probably meant"),
        None => format!("`{there}` is there, and nothing in it matches `{rest}`"),
    })
}

/// Takes the node at a place out of its parent.
fn remove(document: &mut Value, target: &Pointer) {
    let Some((last, parent)) = target.steps().split_last() else {
        *document = Value::Object(Map::new());
        return;
    };
    match document.pointer_mut(&Pointer::root().extend(parent).to_string()[1..]) {
        Some(Value::Object(object)) => {
            object.shift_remove(last);
        }
        Some(Value::Array(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

struct Merge<'a> {
    origins: &'a mut Vec<Origin>,
    text: usize,
}

impl Merge<'_> {
    /// Applies an action, which stands at a place in the overlay.
    fn act(&mut self, document: &mut Value, action: &Value, at: &Pointer) -> Result<(), Vec<Diagnostic>> {
        let is_removed = action["remove"] == Value::Bool(true);
        let lacks = "the action has neither `update` nor `remove: true`";
        let lacks = (!is_removed && action.get("update").is_none()).then(|| wrong(at, lacks));
        let mut targets = match (targets(document, action, at), lacks) {
            (Ok(targets), None) => targets,
            (result, lacks) => return Err(result.err().into_iter().chain(lacks).collect()),
        };
        if is_removed {
            // From the back, so that the places of list items stay true.
            targets.reverse();
            for target in &targets {
                remove(document, target);
                self.origins.retain(|origin| origin.place.below(target).is_none());
            }
            return Ok(());
        }
        let value = &action["update"];
        let update = at.join("update");
        let mut errors = Vec::new();
        for target in &targets {
            let Some(node) = document.pointer_mut(&target.to_string()[1..]) else {
                continue;
            };
            if !node.is_object() && !node.is_array() {
                let message = format!("{target} is neither an object nor a list");
                errors.push(wrong(&at.join("target"), message));
                continue;
            }
            if node.is_object() && !value.is_object() {
                let message = format!("{target} is an object, so the update has to be one");
                errors.push(wrong(&update, message));
                continue;
            }
            self.merge(node, value, target, &update);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Objects are merged member by member, a list gets the update as a further item, anything else is replaced.
    fn merge(&mut self, node: &mut Value, update: &Value, place: &Pointer, source: &Pointer) {
        match (node, update) {
            (Value::Object(object), Value::Object(members)) => {
                for (name, value) in members {
                    let (place, source) = (place.join(name), source.join(name));
                    match object.get_mut(name) {
                        Some(known) if known.is_object() && value.is_object() => {
                            self.merge(known, value, &place, &source);
                        }
                        Some(Value::Array(items)) if value.is_array() => {
                            for (number, value) in value.as_array().into_iter().flatten().enumerate() {
                                self.came(place.join(items.len()), source.join(number));
                                items.push(value.clone());
                            }
                        }
                        _ => {
                            self.came(place, source);
                            object.insert(name.clone(), value.clone());
                        }
                    }
                }
            }
            (Value::Array(items), update) => {
                self.came(place.join(items.len()), source.clone());
                items.push(update.clone());
            }
            (node, update) => {
                self.came(place.clone(), source.clone());
                *node = update.clone();
            }
        }
    }

    fn came(&mut self, place: Pointer, source: Pointer) {
        self.origins.push(Origin {
            place,
            text: self.text,
            source,
        });
    }
}
