//! Two texts, with a line of `===` between them: an overlay, and the document that it is laid over.
#![no_main]

mod judge;

use confluence_codegen::{Input, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: &str| {
    let (overlay, spec) = texts.split_once("\n===\n").unwrap_or((texts, SPEC));
    let input = Input::new("fuzz", Source::new("spec.yaml", spec));
    judge::judge(&input.overlay(Source::new("spec.overlay.yaml", overlay)));
});

/// What an overlay without a document of its own is laid over.
const SPEC: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: string }, tags: { type: array, items: { type: string } } } }
";
