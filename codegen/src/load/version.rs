//! Brings documents to the form that typed parsing reads: OpenAPI 3.0, without examples.

use serde_json::{Map, Value, json};

use super::foreign;
use super::part::Part;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{Pointer, Step};

/// Rewrites what other versions say in another way. `None` if the document cannot be read.
pub(super) fn bring(document: &mut Value, diagnostics: &mut Diagnostics) -> Option<()> {
    // An overlay may have changed it.
    if let Some(other) = foreign::value(document) {
        diagnostics.push(other);
        return None;
    }
    let is_old = document["openapi"]
        .as_str()
        .is_some_and(|version| foreign::is_of(version, "3.0"));
    let rewrite = if is_old { keep_words } else { downgrade };
    let mut notes = Vec::new();
    Part::Document.change(document, &Step::Root, &mut |value, part, at| {
        drop_examples(value, part);
        rewrite(value, part, at, &mut notes);
    });
    notes.into_iter().for_each(|note| diagnostics.push(note));
    Some(())
}

/// Examples are not needed, and published ones are often malformed.
fn drop_examples(value: &mut Value, part: Part) {
    let Value::Object(members) = value else { return };
    match part {
        Part::Document => {
            if let Some(Value::Object(components)) = members.get_mut("components") {
                components.shift_remove("examples");
            }
        }
        Part::MediaType | Part::Parameter | Part::Header => {
            members.shift_remove("examples");
            members.shift_remove("example");
        }
        _ => {}
    }
}

/// Beside a reference, 3.0 ignores everything (section 4.7.23). What only says more about the same type is kept
/// nevertheless: it is there because its author means it.
fn keep_words(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    if part != Part::Schema || members.len() < 2 {
        return;
    }
    let Some(reference) = members.shift_remove("$ref") else {
        return;
    };
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
    refer(members, reference);
}

/// Makes the reference one of the parts, so that it may have siblings.
fn refer(members: &mut Map<String, Value>, reference: Value) {
    let reference = json!({ "$ref": reference });
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, reference),
        _ => {
            members.insert("allOf".to_owned(), json!([reference]));
        }
    }
}

/// Rewrites what OpenAPI 3.1 says otherwise than 3.0.
fn downgrade(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let mut note = |at: &Pointer, message: String| notes.push(Diagnostic::new(Code::Ignored, at, message));
    if part == Part::Schema
        && let Value::Bool(_) = value
        && at
            .pointer()
            .steps()
            .last()
            .is_none_or(|last| last != "additionalProperties")
    {
        // `true` allows everything; that `false` allows nothing has no form in 3.0.
        *value = json!({});
    }
    let Value::Object(members) = value else { return };
    match part {
        Part::Document => {
            members.insert("openapi".to_owned(), json!("3.0.3"));
            members.entry("paths").or_insert_with(|| json!({}));
            if members.contains_key("webhooks") {
                note(
                    &at.pointer().join("webhooks"),
                    "webhooks are the server's requests; none are generated".to_owned(),
                );
            }
            let schemes = members
                .get_mut("components")
                .and_then(|components| components.get_mut("securitySchemes"));
            if let Some(Value::Object(schemes)) = schemes {
                schemes.retain(|name, scheme| {
                    let stays = scheme["type"] != "mutualTLS";
                    if !stays {
                        let at = at.pointer().join("components").join("securitySchemes").join(name);
                        note(&at, "mutual TLS is set up in the client".to_owned());
                    }
                    stays
                });
            }
        }
        Part::Operation => {
            members.entry("responses").or_insert_with(|| json!({}));
        }
        Part::Schema => schema(members, at, &mut note),
        _ => {}
    }
}

/// Keywords of JSON Schema that 3.0 lacks and that say nothing that a Rust type could.
const WITHOUT_FORM: [&str; 12] = [
    "$dynamicRef",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

fn schema(members: &mut Map<String, Value>, at: &Step<'_>, note: &mut dyn FnMut(&Pointer, String)) {
    for name in WITHOUT_FORM {
        if members.shift_remove(name).is_some() {
            note(
                &at.pointer().join(name),
                format!("`{name}` has no form in Rust; what it restricts is taken as it comes"),
            );
        }
    }
    members.shift_remove("examples");
    // A member may be called like the keyword that stays a flag, so it is looked at from here.
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        for property in properties.values_mut().filter(|property| property.is_boolean()) {
            *property = json!({});
        }
    }
    if let Some(value) = members.shift_remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(Value::Number(number)) = members.get(exclusive).cloned() {
            members.insert(bound.to_owned(), Value::Number(number));
            members.insert(exclusive.to_owned(), json!(true));
        }
    }
    if members
        .get("contentMediaType")
        .is_some_and(|media| media == "application/octet-stream")
    {
        members.insert("format".to_owned(), json!("binary"));
    }
    // A reference may have siblings now.
    if members.len() > 1
        && let Some(reference) = members.shift_remove("$ref")
    {
        refer(members, reference);
    }
    types(members);
    for keyword in ["oneOf", "anyOf"] {
        if let Some(Value::Array(kinds)) = members.get_mut(keyword) {
            let before = kinds.len();
            kinds.retain(|kind| kind["type"] != "null");
            let has_null = kinds.len() < before;
            if kinds.is_empty() {
                members.shift_remove(keyword);
            }
            if has_null {
                members.insert("nullable".to_owned(), json!(true));
            }
        }
    }
}

/// One type stays; null is a flag; several types are alternatives.
fn types(members: &mut Map<String, Value>) {
    let names: Vec<Value> = match members.get("type") {
        Some(Value::Array(names)) => names.clone(),
        Some(name @ Value::String(_)) => vec![name.clone()],
        _ => return,
    };
    let others: Vec<Value> = names.iter().filter(|name| **name != "null").cloned().collect();
    members.shift_remove("type");
    if others.len() < names.len() {
        members.insert("nullable".to_owned(), json!(true));
    }
    match others.as_slice() {
        [] => {}
        [name] => {
            members.insert("type".to_owned(), name.clone());
        }
        names => {
            let kinds = names.iter().map(|name| {
                let mut kind = members.clone();
                kind.shift_remove("nullable");
                kind.insert("type".to_owned(), name.clone());
                // What is said of one type means nothing to another.
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
        }
    }
}
