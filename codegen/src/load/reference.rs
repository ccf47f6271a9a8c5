//! References that are not strings. Typed parsing takes such an object for one without a reference.

use serde_json::{Value, json};

use super::part::Part;
use super::shape::kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Reports a `$ref` that is not a string, and replaces it, so that it is reported once.
pub(super) fn check(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Some(reference) = value.get("$ref").filter(|one| part.may_refer() && !one.is_string()) else {
        return;
    };
    let message = format!("`$ref` is {}; a string is expected", kind(reference));
    let diagnostic = Diagnostic::new(Code::OpenApi, &at.pointer().join("$ref"), message);
    notes.push(match reference {
        Value::Null => diagnostic.help("put the reference in quotes; without them, `#` starts a comment in YAML"),
        _ => diagnostic,
    });
    *value = json!({ "$ref": "" });
}
