//! References and types that lead nowhere: what was probably meant.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\n";

/// What is told of a document from which a module is generated.
fn check(text: &str, expected: Expect) {
    let generated = generate(&Input::new("test", Source::new("spec.yaml", HEAD.to_owned() + text))).expect("a module");
    expected.assert_eq(&generated.diagnostics.to_string());
}

#[test]
fn references_that_lead_in_circles() {
    let spec = "paths:
  /a:
    post:
      parameters: [{ $ref: '#/components/parameters/A' }]
      requestBody: { $ref: '#/components/requestBodies/Self' }
      responses:
        '200': { $ref: '#/components/responses/One' }
        '204': { description: None., headers: { X-A: { $ref: '#/components/headers/Loop' } } }
components:
  parameters:
    A: { $ref: '#/components/parameters/B' }
    B: { $ref: '#/components/parameters/C' }
    C: { $ref: '#/components/parameters/B' }
  requestBodies:
    Self: { $ref: '#/components/requestBodies/Self' }
  responses:
    One: { $ref: '#/components/responses/Two' }
    Two: { $ref: '#/components/responses/One' }
  headers:
    Loop: { $ref: '#/components/headers/Loop' }
";
    check(
        spec,
        expect![[r#"
        warning[dangling-ref]: `#/components/parameters/A` is a circular reference: A -> B -> C -> B
          --> spec.yaml:6:20  #/paths/~1a/post/parameters/0
           |
         6 |       parameters: [{ $ref: '#/components/parameters/A' }]
           |                    ^
           = define one of them in an overlay

        warning[dangling-ref]: `#/components/requestBodies/Self` is a circular reference: Self -> Self
          --> spec.yaml:7:20  #/paths/~1a/post/requestBody
           |
         7 |       requestBody: { $ref: '#/components/requestBodies/Self' }
           |                    ^
           = define one of them in an overlay

        warning[dangling-ref]: `#/components/responses/One` is a circular reference: One -> Two -> One
          --> spec.yaml:9:16  #/paths/~1a/post/responses/200
           |
         9 |         '200': { $ref: '#/components/responses/One' }
           |                ^
           = define one of them in an overlay

        warning[dangling-ref]: `#/components/headers/Loop` is a circular reference: Loop -> Loop
          --> spec.yaml:10:54  #/paths/~1a/post/responses/204/headers/X-A
           |
        10 |         '204': { description: None., headers: { X-A: { $ref: '#/components/headers/Loop' } } }
           |                                                      ^
           = define one of them in an overlay
    "#]],
    );
}

/// However long it is, a way that ends is followed.
#[test]
fn a_long_way_of_references_is_no_circle() {
    let steps = (0..100).map(|step| format!("    R{step}: {{ $ref: '#/components/responses/R{}' }}\n", step + 1));
    let spec = format!(
        "paths: {{ /a: {{ get: {{ responses: {{ '204': {{ $ref: '#/components/responses/R0' }} }} }} }} }}\ncomponents:\n  responses:\n{}    R100: {{ description: Done. }}\n",
        steps.collect::<String>()
    );
    check(&spec, expect![""]);
}

#[test]
fn words_with_a_slip() {
    let spec = "paths:
  /a:
    get:
      parameters: [{ $ref: '#/components/parameters/limt' }]
      responses:
        '200': { $ref: '#/components/responses/Away' }
components:
  parameters:
    limit: { name: limit, in: query, schema: { type: intger } }
  responses:
    Away: { $ref: '#/components/responses/Gone' }
  schemas:
    User: { type: object, properties: { a: { type: strng }, b: { type: file } } }
    Users: { type: array, items: { $ref: '#/components/schemas/Usr' } }
    One: { type: object, properties: { a: { $ref: '#/components/schema/User' }, b: { $ref: '#/definitions/User' }, c: { $ref: '#/components/schemas/Elephant' } } }
";
    check(
        spec,
        expect![[r#"
            warning[opaque]: `strng` is not an OpenAPI type
              --> spec.yaml:15:52  #/components/schemas/User/properties/a/type
               |
            15 |     User: { type: object, properties: { a: { type: strng }, b: { type: file } } }
               |                                                    ^^^^^
               = used as an opaque JSON value; did you mean `string`?

            warning[opaque]: `file` is not an OpenAPI type
              --> spec.yaml:15:72  #/components/schemas/User/properties/b/type
               |
            15 |     User: { type: object, properties: { a: { type: strng }, b: { type: file } } }
               |                                                                        ^^^^
               = used as an opaque JSON value

            warning[dangling-ref]: `#/components/schemas/Usr` is not defined in this document
              --> spec.yaml:16:34  #/components/schemas/Users/items
               |
            16 |     Users: { type: array, items: { $ref: '#/components/schemas/Usr' } }
               |                                  ^
               = used as an opaque JSON value; did you mean `#/components/schemas/User`? otherwise, define it in an overlay

            warning[dangling-ref]: `#/components/schema/User` is not under `#/components/schemas/`
              --> spec.yaml:17:43  #/components/schemas/One/properties/a
               |
            17 |     One: { type: object, properties: { a: { $ref: '#/components/schema/User' }, b: { $ref: '#/definitions/User' }, c: { $ref: '#/components/schemas/Elephant' } } }
               |                                           ^
               = used as an opaque JSON value; did you mean `#/components/schemas/User`? otherwise, define it in an overlay

            warning[dangling-ref]: `#/definitions/User` is not under `#/components/schemas/`
              --> spec.yaml:17:84  #/components/schemas/One/properties/b
               |
            17 |     One: { type: object, properties: { a: { $ref: '#/components/schema/User' }, b: { $ref: '#/definitions/User' }, c: { $ref: '#/components/schemas/Elephant' } } }
               |                                                                                    ^
               = used as an opaque JSON value; did you mean `#/components/schemas/User`? otherwise, make what it refers to a component, and refer to that

            warning[dangling-ref]: `#/components/schemas/Elephant` is not defined in this document
              --> spec.yaml:17:119  #/components/schemas/One/properties/c
               |
            17 |     One: { type: object, properties: { a: { $ref: '#/components/schema/User' }, b: { $ref: '#/definitions/User' }, c: { $ref: '#/components/schemas/Elephant' } } }
               |                                                                                                                       ^
               = used as an opaque JSON value; define it in an overlay

            warning[dangling-ref]: `#/components/parameters/limt` is not defined in this document
              --> spec.yaml:6:20  #/paths/~1a/get/parameters/0
               |
             6 |       parameters: [{ $ref: '#/components/parameters/limt' }]
               |                    ^
               = the parameter is left out; did you mean `#/components/parameters/limit`? otherwise, define it in an overlay

            warning[dangling-ref]: `#/components/responses/Away` refers to `#/components/responses/Gone`, which is not defined
              --> spec.yaml:8:16  #/paths/~1a/get/responses/200
               |
             8 |         '200': { $ref: '#/components/responses/Away' }
               |                ^
               = any content is accepted; define it in an overlay
        "#]],
    );
}

/// The fragment of a reference is percent-encoded (RFC 6901, section 6).
#[test]
fn encoded_references() {
    let spec = "paths:
  /a:
    get:
      parameters: [{ $ref: '#/components/parameters/per%20page' }]
      responses:
        '200': { $ref: '#/components/responses/100%25' }
components:
  parameters:
    per page: { name: per, in: query, schema: { type: integer } }
  responses:
    100%: { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Page%C2%ABUser%C2%BB' } } } }
  schemas:
    User: { type: object, properties: { a: { type: string } } }
    Page«User»: { allOf: [{ $ref: '#/components/schemas/Some%3CUser%3E' }, { properties: { next: { type: string } } }] }
    Some<User>: { type: object, properties: { users: { type: array, items: { $ref: '#/components/schemas/User' } } } }
    Either:
      oneOf: [{ $ref: '#/components/schemas/User' }, { $ref: '#/components/schemas/Some%3CUser%3E' }]
      discriminator: { propertyName: a, mapping: { one: '#/components/schemas/User', some: '#/components/schemas/Some%3CUser%3E' } }
";
    check(spec, expect![""]);
}

#[test]
fn references_to_parts_of_components() {
    let spec = "paths:
  /a:
    get:
      parameters: [{ $ref: '#/paths/~1b/get/parameters/0' }]
      responses: { '204': { description: Done. } }
components:
  schemas:
    User: { type: object, properties: { a: { type: string }, b: { $ref: '#/components/schemas/User/properties/a' } } }
";
    check(
        spec,
        expect![[r#"
        warning[dangling-ref]: `#/components/schemas/User/properties/a` does not refer to a component; no other references are supported
          --> spec.yaml:10:65  #/components/schemas/User/properties/b
           |
        10 |     User: { type: object, properties: { a: { type: string }, b: { $ref: '#/components/schemas/User/properties/a' } } }
           |                                                                 ^
           = used as an opaque JSON value; make what it refers to a component, and refer to that

        warning[dangling-ref]: `#/paths/~1b/get/parameters/0` does not refer to a component; no other references are supported
          --> spec.yaml:6:20  #/paths/~1a/get/parameters/0
           |
         6 |       parameters: [{ $ref: '#/paths/~1b/get/parameters/0' }]
           |                    ^
           = the parameter is left out; make what it refers to a component, and refer to that
    "#]],
    );
}

#[test]
fn values_of_a_discriminator_for_nothing() {
    let spec = "paths: {}
components:
  schemas:
    Cat: { type: object, properties: { kind: { type: string } } }
    Dog: { type: object, properties: { kind: { type: string } } }
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cta', dog: Dog } }
";
    check(
        spec,
        expect![[r#"
        warning[dangling-ref]: `cat` stands for `#/components/schemas/Cta`, which is not defined
          --> spec.yaml:10:60  #/components/schemas/Pet/discriminator/mapping/cat
           |
        10 |       discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cta', dog: Dog } }
           |                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^
           = the value has no variant; did you mean `#/components/schemas/Cat`? otherwise, define it in an overlay
    "#]],
    );
}

#[test]
fn paths_that_are_references() {
    check(
        "paths:
  /a: { $ref: '#/components/pathItems/A' }
  /b: { $ref: '#/paths/~1a' }
  /c: { $ref: '#/components/pathItems/C' }
  /d: { $ref: '#/paths/~1e' }
  /e: { $ref: '#/paths/~1d' }
components:
  pathItems:
    A: { get: { responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/$defs/B' } } } } } } }
",
        expect![[r#"
            warning[dangling-ref]: `#/$defs/B` is not under `#/components/schemas/`
              --> spec.yaml:11:98  #/paths/~1a/get/responses/200/content/application~1json/schema
               |
            11 |     A: { get: { responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/$defs/B' } } } } } } }
               |                                                                                                  ^
               = used as an opaque JSON value; make what it refers to a component, and refer to that

            warning[dangling-ref]: `#/$defs/B` is not under `#/components/schemas/`
              --> spec.yaml:11:98  #/paths/~1b/get/responses/200/content/application~1json/schema
               |
            11 |     A: { get: { responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/$defs/B' } } } } } } }
               |                                                                                                  ^
               = used as an opaque JSON value; make what it refers to a component, and refer to that

            warning[dangling-ref]: `#/components/pathItems/C` is not defined in this document
              --> spec.yaml:6:7  #/paths/~1c
               |
             6 |   /c: { $ref: '#/components/pathItems/C' }
               |       ^
               = its operations are not generated; define it in an overlay

            warning[dangling-ref]: `#/paths/~1d` is a circular reference
              --> spec.yaml:7:7  #/paths/~1d
               |
             7 |   /d: { $ref: '#/paths/~1e' }
               |       ^
               = its operations are not generated; define the path item in one of them

            warning[dangling-ref]: `#/paths/~1d` is a circular reference
              --> spec.yaml:8:7  #/paths/~1e
               |
             8 |   /e: { $ref: '#/paths/~1d' }
               |       ^
               = its operations are not generated; define the path item in one of them
        "#]],
    );
}

#[test]
fn references_without_their_beginning() {
    check(
        "paths:
  /a: { $ref: '#paths/b' }
components:
  schemas:
    Space: { type: object, properties: { id: { type: string } } }
    A: { $ref: '#components/schemas/Space' }
    B: { type: array, items: { $ref: /components/schemas/Space } }
    C: { type: array, items: { $ref: Space } }
    D: { type: array, items: { $ref: '#/schemas/Space' } }
",
        expect![[r#"
            warning[dangling-ref]: `#components/schemas/Space` is not under `#/components/schemas/`
              --> spec.yaml:8:8  #/components/schemas/A
               |
             8 |     A: { $ref: '#components/schemas/Space' }
               |        ^
               = used as an opaque JSON value; did you mean `#/components/schemas/Space`?

            warning[dangling-ref]: `/components/schemas/Space` refers to a file outside the folder of the document
              --> spec.yaml:9:30  #/components/schemas/B/items
               |
             9 |     B: { type: array, items: { $ref: /components/schemas/Space } }
               |                              ^
               = used as an opaque JSON value; did you mean `#/components/schemas/Space`?

            warning[dangling-ref]: `Space` refers to a file that was not passed
              --> spec.yaml:10:30  #/components/schemas/C/items
               |
            10 |     C: { type: array, items: { $ref: Space } }
               |                              ^
               = used as an opaque JSON value; did you mean `#/components/schemas/Space`?

            warning[dangling-ref]: `#/schemas/Space` is not under `#/components/schemas/`
              --> spec.yaml:11:30  #/components/schemas/D/items
               |
            11 |     D: { type: array, items: { $ref: '#/schemas/Space' } }
               |                              ^
               = used as an opaque JSON value; did you mean `#/components/schemas/Space`?

            warning[dangling-ref]: `#paths/b` does not end in a JSON Pointer
              --> spec.yaml:4:7  #/paths/~1a
               |
             4 |   /a: { $ref: '#paths/b' }
               |       ^
               = its operations are not generated; write `#/paths/b` for the member of this name
        "#]],
    );
}

#[test]
fn names_that_differ_from_those_they_refer_to() {
    check(
        "paths:
  /spaces/{id}:
    get:
      parameters: [{ name: spaceId, in: path, required: true, schema: { type: string } }]
      security: [{ '#/components/securitySchemes/basic': [] }, { '#/components/securitySchemes/oauth': [] }]
      responses: { '204': { description: None. } }
components:
  securitySchemes: { basic: { type: http, scheme: basic } }
  schemas:
    A: { type: object, required: [id, nmae, other], properties: { id: { type: string }, name: { type: string } } }
",
        expect![[r#"
            note[ignored]: `nmae` is required, but not among the properties
              --> spec.yaml:12:39  #/components/schemas/A/required/1
               |
            12 |     A: { type: object, required: [id, nmae, other], properties: { id: { type: string }, name: { type: string } } }
               |                                       ^^^^
               = did you mean `name`?

            note[ignored]: `other` is required, but not among the properties
              --> spec.yaml:12:45  #/components/schemas/A/required/2
               |
            12 |     A: { type: object, required: [id, nmae, other], properties: { id: { type: string }, name: { type: string } } }
               |                                             ^^^^^

            warning[undeclared-variable]: the path variable `id` is not declared as a parameter
              --> spec.yaml:6:7  #/paths/~1spaces~1{id}/get
               |
             6 |       parameters: [{ name: spaceId, in: path, required: true, schema: { type: string } }]
               |       ^^^^^^^^^^
               = treated as a required string

            warning[undeclared-variable]: the path parameter `spaceId` is not in the path
              --> spec.yaml:6:20  #/paths/~1spaces~1{id}/get/parameters/0
               |
             6 |       parameters: [{ name: spaceId, in: path, required: true, schema: { type: string } }]
               |                    ^
               = ignored; rename it to `id`, or write `{spaceId}` in the path

            warning[undeclared-security]: the security scheme `#/components/securitySchemes/oauth` is not declared in this document
              --> spec.yaml:7:64  #/paths/~1spaces~1{id}/get/security/1
               |
             7 |       security: [{ '#/components/securitySchemes/basic': [] }, { '#/components/securitySchemes/oauth': [] }]
               |                                                                ^
               = its name is kept; declare it under `components.securitySchemes` in an overlay
        "#]],
    );
}
