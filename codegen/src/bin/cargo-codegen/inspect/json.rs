//! A module as JSON, for programs. `--help` describes the members.
#![expect(clippy::indexing_slicing, reason = "members are added to an object")]

use confluence_codegen::outline::{Argument, Kind, Operation, Outline, Type};
use serde_json::{Value, json};

pub fn json(outline: &Outline) -> String {
    let operations: Vec<Value> = outline.operations.iter().map(operation).collect();
    let types: Vec<Value> = outline.types.iter().map(model).collect();
    let all = json!({
        "version": 1,
        "module": outline.module,
        "operations": operations,
        "types": types,
    });
    format!("{all:#}\n")
}

fn operation(one: &Operation) -> Value {
    let required = one.required.iter().map(|one| argument(one, true));
    let optional = one.optional.iter().map(|one| argument(one, false));
    let arguments: Vec<Value> = required.chain(optional).collect();
    let choices = one.choices.iter();
    let choices: Vec<Value> = choices
        .map(|(name, body)| json!({ "name": name, "body": body }))
        .collect();
    let errors = one.errors.iter();
    let errors = errors.map(|error| json!({ "name": error.name, "status": error.status, "body": error.body }));
    let errors: Vec<Value> = errors.collect();
    let scopes = one.scopes.iter();
    let scopes = scopes.map(|group| json!({ "scheme": group.scheme, "state": group.state, "scopes": group.scopes }));
    let scopes: Vec<Value> = scopes.collect();
    json!({
        "function": one.function,
        "signature": one.signature(),
        "request": one.request,
        "id": one.id,
        "method": one.method,
        "path": one.path,
        "tags": one.tags,
        "deprecated": one.deprecated,
        "arguments": arguments,
        "output": one.output,
        "choices": choices,
        "long_task": one.is_long_task,
        "lists": one.lists,
        "errors": errors,
        "scopes": scopes,
        "connect_scope": one.connect_scope,
        "security": one.security,
        "pointer": one.pointer.to_string(),
    })
}

fn argument(one: &Argument, required: bool) -> Value {
    json!({
        "name": one.name,
        "type": one.ty,
        "required": required,
        "place": one.place,
        "deprecated": one.deprecated,
    })
}

fn model(one: &Type) -> Value {
    let mut model = json!({
        "name": one.name,
        "kind": one.kind.word(),
        "pointer": one.pointer.to_string(),
    });
    match &one.kind {
        Kind::Struct(one) => {
            let fields = one.fields.iter().map(|field| {
                json!({
                    "name": field.name,
                    "member": field.member,
                    "type": field.ty,
                    "presence": field.presence,
                    "setter": field.setter,
                    "pointer": field.pointer.to_string(),
                })
            });
            model["fields"] = fields.collect();
            model["long_task"] = one.long_task.is_some().into();
            model["started_task"] = one.is_started_task.into();
            model["lists"] = json!(one.page.as_ref().map(|(_, item)| item));
            model["next"] = json!(one.next);
        }
        Kind::Enum(values) => {
            let values = values.iter().map(|one| json!({ "name": one.name, "value": one.value }));
            model["values"] = values.collect();
        }
        Kind::Union {
            discriminator,
            variants,
            ..
        } => {
            let variants = variants.iter().map(|one| json!({ "name": one.name, "type": one.ty }));
            model["discriminator"] = json!(discriminator);
            model["variants"] = variants.collect();
        }
        Kind::Alias(target) => model["target"] = json!(target),
        _ => {}
    }
    model
}
