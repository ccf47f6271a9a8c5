//! Members of a schema that its type has no use for. The generated type lacks what they describe.

use serde_json::Value;

use super::part::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// The members that only schemas of one type have.
const OF_TYPES: [(&str, &str); 3] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("items", "array"),
];

/// Reports the members of a schema that belong to another type than the schema's own, or than all of its own.
pub(super) fn check(value: &Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    if part != Part::Schema {
        return;
    }
    let own: Vec<&str> = match value.get("type") {
        Some(Value::String(own)) => vec![own],
        Some(Value::Array(own)) => own.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    for (member, of) in OF_TYPES {
        let describes = |value: &Value| value.as_object().is_some_and(|members| !members.is_empty());
        if own.contains(&of) || !value.get(member).is_some_and(describes) {
            continue;
        }
        let message = format!("`{member}` has no effect, as the type is `{}`", own.join("`, `"));
        let note = Diagnostic::new(Code::Ignored, &at.pointer().join(member), message).of_key();
        notes.push(note.help(format!("write `type: {of}`, or remove it")));
    }
}
