//! Converts OpenAPI 3.1 to 3.0.

use serde_json::{Map, Value, json};

use super::enumeration;
use super::part::Part;
use super::rewritten::Rewrite;
use crate::diagnostic::{Code, Diagnostic};
use crate::media_type::is_opaque;
use crate::pointer::{Pointer, Step};

/// Marks a security scheme that is mutual TLS, which 3.0 does not have.
pub(crate) const MUTUAL_TLS: &str = "x-mutual-tls";

/// Rewrites OpenAPI 3.1 as 3.0.
pub(super) fn rewrite(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) -> Vec<Rewrite> {
    let mut note = |at: &Pointer, message: String| notes.push(Diagnostic::new(Code::Ignored, at, message));
    if part == Part::Schema
        && let Value::Bool(_) = value
        && at
            .pointer()
            .steps()
            .last()
            .is_none_or(|last| last != "additionalProperties")
    {
        // `true` allows everything; 3.0 cannot express that `false` allows nothing.
        *value = json!({});
    }
    let mut rewrites = Vec::new();
    let Value::Object(members) = value else { return rewrites };
    match part {
        Part::Document => {
            members.entry("paths").or_insert_with(|| json!({}));
            if members.contains_key("webhooks") {
                note(
                    &at.pointer().join("webhooks"),
                    "webhooks are requests of the server; no code is generated for them".to_owned(),
                );
            }
        }
        Part::Operation => {
            members.entry("responses").or_insert_with(|| json!({}));
        }
        Part::SecurityScheme if members.get("type").is_some_and(|ty| ty == "mutualTLS") => {
            note(&at.pointer(), "mutual TLS is configured on the client".to_owned());
            members.insert("type".to_owned(), json!("http"));
            members.insert("scheme".to_owned(), json!(""));
            members.insert(MUTUAL_TLS.to_owned(), json!(true));
        }
        Part::Schema => schema(members, at, &mut note, &mut rewrites),
        _ => {}
    }
    rewrites
}

/// Keywords of JSON Schema that 3.0 lacks and that Rust types cannot express.
const WITHOUT_FORM: [&str; 10] = [
    "$dynamicRef",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
];

fn schema(
    members: &mut Map<String, Value>,
    at: &Step<'_>,
    note: &mut dyn FnMut(&Pointer, String),
    rewrites: &mut Vec<Rewrite>,
) {
    for name in WITHOUT_FORM {
        if members.shift_remove(name).is_some() {
            note(
                &at.pointer().join(name),
                format!("`{name}` has no equivalent in Rust; values are accepted without this restriction"),
            );
        }
    }
    rewrites.extend(other_members(members));
    members.shift_remove("examples");
    // A member may have the same name as the keyword, so this is checked here.
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        for property in properties.values_mut().filter(|property| property.is_boolean()) {
            *property = json!({});
        }
    }
    constant(members, rewrites);
    bounds(members, rewrites);
    // What is encoded is text, whatever its content is.
    let media = members.get("contentMediaType").and_then(Value::as_str);
    if media.is_some_and(is_opaque) && !members.contains_key("contentEncoding") {
        members.insert("format".to_owned(), json!("binary"));
        // Without a type, the content is bytes (OpenAPI 3.1, section 4.7.14.3); in JSON, only a string has such content.
        members.entry("type").or_insert_with(|| json!("string"));
    }
    // A reference may have siblings now.
    if members.len() > 1
        && let Some(reference) = members.shift_remove("$ref")
    {
        rewrites.push(refer(members, reference));
    }
    types(members, rewrites);
    null_alternative(members);
}

/// Members by pattern, and members that no other part describes, become additional ones: with their schema if it is the only one.
fn other_members(members: &mut Map<String, Value>) -> Option<Rewrite> {
    let unevaluated = members.shift_remove("unevaluatedProperties");
    let patterns = members.shift_remove("patternProperties");
    let mut schemas: Vec<(Vec<String>, Value)> = match patterns {
        Some(Value::Object(patterns)) => {
            let place = |name| vec!["patternProperties".to_owned(), name];
            patterns
                .into_iter()
                .map(|(name, schema)| (place(name), schema))
                .collect()
        }
        _ => Vec::new(),
    };
    let additional = members.get("additionalProperties").cloned();
    let others = [
        ("unevaluatedProperties", unevaluated),
        ("additionalProperties", additional),
    ];
    let others = others
        .into_iter()
        .filter_map(|(name, schema)| Some((vec![name.to_owned()], schema?)));
    schemas.extend(others.filter(|(_, schema)| *schema != json!(false)));
    schemas.dedup_by(|(_, one), (_, other)| one == other);
    let additional = "additionalProperties".to_owned();
    match schemas.pop() {
        None => None,
        Some((from, schema)) if schemas.is_empty() => {
            members.insert(additional, schema);
            let to = &["additionalProperties"];
            (from != *to).then_some(Rewrite::Moved { from, to })
        }
        Some(_) => {
            members.insert(additional, json!(true));
            None
        }
    }
}

/// `const`: the one value that is allowed.
pub(super) fn constant(members: &mut Map<String, Value>, rewrites: &mut Vec<Rewrite>) -> Option<&'static str> {
    let value = members.shift_remove("const")?;
    for to in [&["enum"][..], &["enum", "0"]] {
        let from = vec!["const".to_owned()];
        rewrites.push(Rewrite::Moved { from, to });
    }
    members.insert("enum".to_owned(), json!([value]));
    Some("const")
}

/// Exclusive bounds are numbers in 3.1, and flags in 3.0.
pub(super) fn bounds(members: &mut Map<String, Value>, rewrites: &mut Vec<Rewrite>) -> Vec<&'static str> {
    let mut found = Vec::new();
    let pairs: [(_, &[_]); 2] = [("exclusiveMinimum", &["minimum"]), ("exclusiveMaximum", &["maximum"])];
    for (exclusive, to) in pairs {
        if let (Some(number @ Value::Number(_)), [bound]) = (members.get(exclusive).cloned(), to) {
            members.insert((*bound).to_owned(), number);
            let from = vec![exclusive.to_owned()];
            rewrites.push(Rewrite::Moved { from, to });
            members.insert(exclusive.to_owned(), json!(true));
            found.push(exclusive);
        }
    }
    found
}

/// Null among the alternatives becomes an enum of null. Alternatives keep their indices.
pub(super) fn null_alternative(members: &mut Map<String, Value>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(kinds)) = members.get_mut(keyword) else {
            continue;
        };
        for kind in kinds {
            if kind["type"] == "null" || kind.get("const").is_some_and(Value::is_null) {
                *kind = json!({ "enum": [null] });
                found.push(keyword);
            }
        }
    }
    found.dedup();
    found
}

/// One type is kept; null becomes `nullable`; several types become alternatives.
pub(super) fn types(members: &mut Map<String, Value>, rewrites: &mut Vec<Rewrite>) {
    let names: Vec<Value> = match members.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name @ Value::String(_)) => vec![name.clone()],
        _ => return,
    };
    let others = names.iter().cloned().enumerate().filter(|(_, name)| name != "null");
    let (indices, others): (Vec<usize>, Vec<Value>) = others.unzip();
    members.shift_remove("type");
    if others.len() < names.len() {
        members.insert("nullable".to_owned(), json!(true));
    }
    match others.as_slice() {
        [] => {
            members.entry("enum").or_insert_with(|| json!([null]));
        }
        [name] => {
            members.insert("type".to_owned(), name.clone());
        }
        names => {
            let kinds = names.iter().map(|name| {
                let mut kind = members.clone();
                kind.shift_remove("nullable");
                kind.insert("type".to_owned(), name.clone());
                // Keywords and values for one type do not apply to others.
                if let (Some(name), Some(Value::Array(values))) = (name.as_str(), kind.get_mut("enum")) {
                    values.retain(|value| enumeration::is_of(value, name));
                }
                if name != "object" {
                    for word in ["properties", "required", "additionalProperties"] {
                        kind.shift_remove(word);
                    }
                }
                if name != "array" {
                    kind.shift_remove("items");
                }
                Value::Object(kind)
            });
            let kinds: Vec<Value> = kinds.collect();
            let kept = ["title", "description", "nullable", "deprecated", "default"];
            members.retain(|name, _| kept.contains(&name.as_str()) || name.starts_with("x-"));
            members.insert("anyOf".to_owned(), Value::Array(kinds));
            rewrites.push(Rewrite::Split(indices));
        }
    }
}

/// Makes the reference one of the parts, so that it may have siblings.
pub(super) fn refer(members: &mut Map<String, Value>, reference: Value) -> Rewrite {
    let reference = json!({ "$ref": reference });
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, reference),
        _ => {
            members.insert("allOf".to_owned(), json!([reference]));
        }
    }
    Rewrite::Referred
}
