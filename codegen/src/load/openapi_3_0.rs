//! OpenAPI 3.0 as found in practice: with siblings of references, and with syntax of 3.1.

use serde_json::{Map, Value};

use super::openapi_3_1::{bounds, constant, null_alternative, refer, types};
use super::part::Part;
use super::rewritten::Rewrite;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Rewrites what is not valid in 3.0.
pub(super) fn rewrite(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) -> Vec<Rewrite> {
    let mut rewrites = Vec::new();
    if part == Part::Schema
        && let Value::Object(members) = value
    {
        rewrites.extend(keep_words(members, at, notes));
        read_newer(members, at, notes, &mut rewrites);
    }
    rewrites
}

/// Reads syntax of 3.1 as 3.1 does, as the author intended it.
fn read_newer(
    members: &mut Map<String, Value>,
    at: &Step<'_>,
    notes: &mut Vec<Diagnostic>,
    rewrites: &mut Vec<Rewrite>,
) {
    let mut found = Vec::new();
    if members.get("type").is_some_and(|ty| ty.is_array() || ty == "null") {
        types(members, rewrites);
        found.push("type");
    }
    if members.get("examples").is_some_and(Value::is_array) {
        members.shift_remove("examples");
        found.push("examples");
    }
    found.extend(constant(members, rewrites));
    found.extend(bounds(members, rewrites));
    found.extend(null_alternative(members));
    for member in found {
        let message = format!("`{member}` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0");
        let note = Diagnostic::new(Code::NewerSyntax, &at.pointer().join(member), message);
        notes.push(note.help("interpreted as in OpenAPI 3.1"));
    }
}

/// Beside a reference, 3.0 ignores everything (section 4.7.23). What adds detail about the same type is kept
/// nevertheless, as the author intended it.
fn keep_words(members: &mut Map<String, Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) -> Option<Rewrite> {
    if members.len() < 2 {
        return None;
    }
    let reference = members.shift_remove("$ref")?;
    members.retain(|name, _| {
        let stays = [
            "title",
            "description",
            "deprecated",
            "nullable",
            "readOnly",
            "writeOnly",
        ]
        .contains(&name.as_str());
        if !stays && name != "example" && !name.starts_with("x-") {
            let message = format!("`{name}` has no effect beside a reference");
            notes.push(Diagnostic::new(Code::Ignored, &at.pointer().join(name), message));
        }
        stays
    });
    Some(refer(members, reference))
}
