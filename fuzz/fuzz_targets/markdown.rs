//! Any text as a description, wherever a document has one: what becomes documentation holds no code but the module's own examples.
#![no_main]

mod judge;

use confluence_codegen::{Input, Source};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    let schema = json!({
        "type": "object",
        "description": text,
        "properties": { "a": { "type": "string", "description": text, "enum": ["b", "c"] } },
    });
    let parameter = json!({
        "name": "q", "in": "query", "description": text, "schema": { "type": "string" },
    });
    let answer = json!({ "description": text, "content": { "application/json": { "schema": schema } } });
    let operation = json!({
        "operationId": "get",
        "summary": text,
        "description": text,
        "parameters": [parameter],
        "responses": { "200": answer, "404": { "description": text } },
    });
    let guide = json!({ "documents": [{ "title": text, "anchor": "a", "body": text }] });
    let spec = json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1", "description": text },
        "paths": { "/a": { "get": operation } },
        "components": { "schemas": { "Named": schema } },
        "x-atlassian-narrative": guide,
    });
    judge::judge(&Input::new("fuzz", Source::new("spec.json", spec.to_string())));
});
