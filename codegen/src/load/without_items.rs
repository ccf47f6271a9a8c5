//! Arrays without `items`, which OpenAPI 3.0 requires (version 3.0.3, section 4.7.24.1). The generated list has items of any kind.

use serde_json::Value;

use super::part::Part;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Step;

/// Members of a schema beside which, or in which, another schema may describe the items.
const COMBINED: [&str; 4] = ["$ref", "allOf", "oneOf", "anyOf"];

/// Reports an array whose items nothing describes.
pub(super) fn check(value: &Value, part: Part, version: Version, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let (Part::Schema, Version::V3_0, Value::Object(members)) = (part, version, value) else {
        return;
    };
    // A misspelled `items` is reported as such.
    let describes_items = |name: &String| COMBINED.contains(&name.as_str()) || nearest(name, ["items"]).is_some();
    if value["type"] != "array" || members.keys().any(describes_items) {
        return;
    }
    let at = at.pointer();
    if matches!(at.steps(), [.., outer, _] if COMBINED.contains(&outer.as_str())) {
        return;
    }
    let told = Diagnostic::new(Code::Ignored, &at, "the schema is an array, but it has no `items`");
    notes.push(told.help("used as a list of any JSON values; describe its `items` in an overlay"));
}
