//! Values of an enum that its type does not allow. The generated enum lacks them.

use serde_json::Value;

use super::part::Part;
use super::shape::kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Reports the values of an enum of strings that are not strings. Null among them makes the schema nullable.
pub(super) fn check(value: &Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    if part != Part::Schema || value["type"] != "string" {
        return;
    }
    let values = value["enum"].as_array().into_iter().flatten().enumerate();
    for (index, value) in values.filter(|(_, value)| !value.is_string() && !value.is_null()) {
        let message = format!("the enum lists {}, but its type is `string`", kind(value));
        let at = at.pointer().join("enum").join(index);
        let note = Diagnostic::new(Code::Ignored, &at, message);
        notes.push(note.help("the value is ignored; put it in quotes if it is a string"));
    }
}
