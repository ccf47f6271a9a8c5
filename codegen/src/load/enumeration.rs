//! Values of an enum that its type does not allow. The generated enum lacks them.

use serde_json::Value;

use super::part::Part;
use super::shape::kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Step;

/// Reports the values of an enum that are of another type than the schema's own. Null among them makes the schema nullable.
pub(super) fn check(value: &Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let (Part::Schema, Some(own)) = (part, value["type"].as_str()) else {
        return;
    };
    let help = match own {
        "string" => "the value is ignored; put it in quotes if it is a string",
        _ => "the value is ignored; fix it, or the type",
    };
    let values = value["enum"].as_array().into_iter().flatten().enumerate();
    for (index, value) in values.filter(|(_, value)| !is_of(value, own)) {
        let message = format!("the enum lists {}, but its type is `{own}`", kind(value));
        let at = at.pointer().join("enum").join(index);
        notes.push(Diagnostic::new(Code::Ignored, &at, message).help(help));
    }
}

/// Whether a value of an enum is null or of a type, as far as values of that type are listed in enums.
pub(super) fn is_of(value: &Value, own: &str) -> bool {
    value.is_null()
        || match own {
            "string" => value.is_string(),
            "integer" | "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            _ => true,
        }
}
