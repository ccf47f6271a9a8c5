//! What newer versions of OpenAPI say otherwise.

use std::thread;

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

/// Generates a module, compares what is told, and returns the code.
fn check(text: &str, expected: Expect) -> String {
    let generated = generate(&Input::new("test", Source::new("spec.yaml", text))).expect("a module");
    expected.assert_eq(&generated.diagnostics.to_string());
    generated.code
}

#[test]
fn what_a_3_0_document_writes_as_in_3_1() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    User:
      type: object
      properties:
        name: { type: [string, 'null'], examples: [Ann] }
        age: { type: integer, exclusiveMinimum: 0, exclusiveMaximum: 200.5 }
        kind: { const: user }
        manager: { oneOf: [{ $ref: '#/components/schemas/User' }, { type: 'null' }] }
        note: { type: 'null' }
      required: [name, age, kind, manager, note]
";
    let code = check(
        spec,
        expect![[r#"
            warning[newer-syntax]: `type` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:9:23  #/components/schemas/User/properties/name/type
               |
             9 |         name: { type: [string, 'null'], examples: [Ann] }
               |                       ^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `examples` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:9:51  #/components/schemas/User/properties/name/examples
               |
             9 |         name: { type: [string, 'null'], examples: [Ann] }
               |                                                   ^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `exclusiveMinimum` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:10:49  #/components/schemas/User/properties/age/exclusiveMinimum
               |
            10 |         age: { type: integer, exclusiveMinimum: 0, exclusiveMaximum: 200.5 }
               |                                                 ^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `exclusiveMaximum` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:10:70  #/components/schemas/User/properties/age/exclusiveMaximum
               |
            10 |         age: { type: integer, exclusiveMinimum: 0, exclusiveMaximum: 200.5 }
               |                                                                      ^^^^^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `const` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:11:24  #/components/schemas/User/properties/kind/const
               |
            11 |         kind: { const: user }
               |                        ^^^^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `oneOf` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:12:27  #/components/schemas/User/properties/manager/oneOf
               |
            12 |         manager: { oneOf: [{ $ref: '#/components/schemas/User' }, { type: 'null' }] }
               |                           ^
               = interpreted as in OpenAPI 3.1

            warning[newer-syntax]: `type` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:13:23  #/components/schemas/User/properties/note/type
               |
            13 |         note: { type: 'null' }
               |                       ^^^^^^
               = interpreted as in OpenAPI 3.1
        "#]],
    );
    let newer = spec.replace("3.0.3", "3.1.0");
    let same = generate(&Input::new("test", Source::new("spec.yaml", newer))).expect("a module");
    let module = |code: &str| code.split_once("pub mod").map(|(_, module)| module.to_owned());
    assert_eq!(module(&code), module(&same.code), "it is read as 3.1 is");
}

#[test]
fn what_3_2_adds_to_flows_and_discriminators_is_noted() {
    check(
        "openapi: 3.2.0
info: { title: T, version: '1' }
components:
  schemas:
    Cat: { type: object, properties: { kind: { type: string } } }
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }]
      discriminator: { propertyName: kind, defaultMapping: Cat }
  securitySchemes:
    oauth:
      type: oauth2
      flows: { deviceAuthorization: { deviceAuthorizationUrl: https://a.example, tokenUrl: https://b.example, scopes: {} } }
",
        expect![[r#"
            note[ignored]: the default is not used; a value that no mapping names becomes the variant that fits it best
              --> spec.yaml:8:60  #/components/schemas/Pet/discriminator/defaultMapping
               |
             8 |       discriminator: { propertyName: kind, defaultMapping: Cat }
               |                                                            ^^^

            note[ignored]: the flow for devices is not supported; its URLs are not in the module
              --> spec.yaml:12:37  #/components/securitySchemes/oauth/flows/deviceAuthorization
               |
            12 |       flows: { deviceAuthorization: { deviceAuthorizationUrl: https://a.example, tokenUrl: https://b.example, scopes: {} } }
               |                                     ^
        "#]],
    );
}

#[test]
fn what_3_2_adds_is_noted() {
    let spec = "openapi: 3.2.0
$self: https://example.com/openapi.yaml
info: { title: T, version: '1' }
paths:
  /a:
    query: { responses: { '200': { description: Found. } } }
    additionalOperations: { COPY: { responses: { '200': { description: Copied. } } } }
    get:
      parameters: [{ in: querystring, name: q, content: { text/plain: {} } }, { $ref: '#/components/parameters/Q' }]
      responses:
        '200': { summary: Lines., content: { application/jsonl: { itemSchema: { type: object } } } }
    put:
      responses: { '200': { content: { application/json: { $ref: '#/components/mediaTypes/Any' } } } }
components:
  mediaTypes: { Any: { schema: {} } }
  parameters: { Q: { in: querystring, name: q, content: { text/plain: {} } } }
";
    let code = check(
        spec,
        expect![[r#"
            note[ignored]: operations with the method QUERY are not generated
              --> spec.yaml:6:12  #/paths/~1a/query
               |
             6 |     query: { responses: { '200': { description: Found. } } }
               |            ^

            note[ignored]: operations with other methods are not generated
              --> spec.yaml:7:27  #/paths/~1a/additionalOperations
               |
             7 |     additionalOperations: { COPY: { responses: { '200': { description: Copied. } } } }
               |                           ^

            note[ignored]: streamed items are not supported; the body is read as a whole
              --> spec.yaml:11:79  #/paths/~1a/get/responses/200/content/application~1jsonl/itemSchema
               |
            11 |         '200': { summary: Lines., content: { application/jsonl: { itemSchema: { type: object } } } }
               |                                                                               ^

            note[ignored]: a reference to a media type is not followed; any value is accepted
              --> spec.yaml:13:66  #/paths/~1a/put/responses/200/content/application~1json/$ref
               |
            13 |       responses: { '200': { content: { application/json: { $ref: '#/components/mediaTypes/Any' } } } }
               |                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            note[ignored]: a parameter for the whole query string is not supported
              --> spec.yaml:9:20  #/paths/~1a/get/parameters/0
               |
             9 |       parameters: [{ in: querystring, name: q, content: { text/plain: {} } }, { $ref: '#/components/parameters/Q' }]
               |                    ^

            note[ignored]: a parameter for the whole query string is not supported
              --> spec.yaml:16:20  #/components/parameters/Q
               |
            16 |   parameters: { Q: { in: querystring, name: q, content: { text/plain: {} } } }
               |                    ^
        "#]],
    );
    assert!(code.contains("Lines."), "{code}");
}

/// What comes of a document that is generated from in a thread with a small stack.
fn on_a_small_stack(version: &str, schema: &str) -> Result<(), String> {
    let spec = format!(
        "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ A: {schema} }} }}\n"
    );
    let generate = move || {
        let result = generate(&Input::new("test", Source::new("spec.yaml", spec)));
        result.map(|_| ()).map_err(|error| error.to_string())
    };
    let small = thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(generate)
        .expect("a thread");
    small.join().expect("no panic")
}

fn nested(depth: usize, around: impl Fn(&str) -> String, inmost: &str) -> String {
    (0..depth).fold(inmost.to_owned(), |inner, _| around(&inner))
}

/// Each type in a list is an alternative, so there are twice as many levels as in the document.
#[test]
fn lists_of_types_that_are_nested_deep() {
    let lists = |inner: &str| format!("{{ type: [array, string], items: {inner} }}");
    for depth in [10, 30] {
        assert_eq!(on_a_small_stack("3.1.0", &nested(depth, lists, "{}")), Ok(()));
    }
    for depth in [33, 100, 120] {
        let said = on_a_small_stack("3.1.0", &nested(depth, lists, "{}")).expect_err("too deep");
        assert!(said.contains("this is nested more than 96 levels deep"), "{said}");
    }
}

#[test]
fn schemas_that_are_nested_deep() {
    type Around = fn(&str) -> String;
    let kinds: [(Around, usize); 7] = [
        (|inner| format!("{{ type: array, items: {inner} }}"), 1),
        (|inner| format!("{{ not: {inner} }}"), 1),
        (|inner| format!("{{ type: object, additionalProperties: {inner} }}"), 1),
        (|inner| format!("{{ type: object, properties: {{ a: {inner} }} }}"), 2),
        (|inner| format!("{{ oneOf: [{inner}, {{ type: string }}] }}"), 2),
        (|inner| format!("{{ anyOf: [{inner}, {{ type: integer }}] }}"), 2),
        (|inner| format!("{{ allOf: [{inner}, {{ type: object }}] }}"), 2),
    ];
    for (around, steps) in kinds {
        let deepest = 93 / steps;
        for version in ["3.0.3", "3.1.0"] {
            assert_eq!(
                on_a_small_stack(version, &nested(deepest, around, "{ type: string }")),
                Ok(())
            );
            let said = on_a_small_stack(version, &nested(deepest + 1, around, "{}")).expect_err("too deep");
            assert!(said.contains("this is nested more than 96 levels deep"), "{said}");
        }
        // Each level would double the work if a mistake were looked for with all that is around it.
        let said = on_a_small_stack("3.0.3", &nested(deepest, around, "{ type: 7 }")).expect_err("a mistake");
        assert!(said.contains("`type` is the number 7; a string is expected"), "{said}");
    }
}

/// What openapiv3 alone finds wrong costs no more than what is seen before.
#[test]
fn mistakes_deep_inside_of_any_kind() {
    let objects = |inner: &str| format!("{{ type: object, properties: {{ x-a: {inner} }} }}");
    for mistake in [
        "7",
        "{ nullable: null }",
        "{ externalDocs: {} }",
        "{ discriminator: { mapping: [] } }",
        "{ discriminator: {} }",
        "{ additionalProperties: { required: [1] } }",
    ] {
        let said = on_a_small_stack("3.0.3", &nested(40, objects, mistake)).expect_err("a mistake");
        assert!(
            said.contains("/properties/x-a\n") || said.contains("/properties/x-a/"),
            "{said}"
        );
    }
}

/// Properties may be called like extensions.
#[test]
fn properties_whose_names_begin_like_extensions() {
    let schema = "{ type: object, properties: { x-rank: { type: [integer, 'null'] } } }";
    let spec = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ A: {schema}, x-b: {schema} }} }}\n"
    );
    let code = check(&spec, expect![""]);
    assert_eq!(code.matches("pub x_rank: Option<i64>").count(), 2, "{code}");
}

/// A type in a list becomes an alternative, which stands nowhere in the document.
#[test]
fn mistakes_in_what_was_rewritten_are_told_around_it() {
    let schema = "{ type: [string, 7, array], description: [] }";
    let spec = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ A: {schema} }} }}\n"
    );
    let error = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect_err("an error");
    let said = error.to_string();
    assert_eq!(
        said.matches("error[").count(),
        said.matches("--> spec.yaml:4:").count(),
        "{said}"
    );
}
