//! Keys that are indented too little or too deep, so that they belong to something else.

use expect_test::expect;

use crate::unknown::check;

#[test]
fn methods_and_flows_without_a_value() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /spaces:
    get:
    operationId: getSpaces
    responses: { '204': { description: None. } }
  /tasks:
    post:
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        authorizationCode:
        authorizationUrl: https://example.com/authorize
        tokenUrl: https://example.com/token
        scopes: {}
  schemas:
    Any: { type: object, additionalProperties: }
",
        expect![[r#"
            warning[no-value]: `get` has no value
              --> spec.yaml:5:5  #/paths/~1spaces/get
               |
             5 |     get:
               |     ^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `post` has no value
              --> spec.yaml:9:5  #/paths/~1tasks/post
               |
             9 |     post:
               |     ^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `additionalProperties` has no value
              --> spec.yaml:20:26  #/components/schemas/Any/additionalProperties
               |
            20 |     Any: { type: object, additionalProperties: }
               |                          ^^^^^^^^^^^^^^^^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `authorizationCode` has no value
              --> spec.yaml:15:9  #/components/securitySchemes/oauth/flows/authorizationCode
               |
            15 |         authorizationCode:
               |         ^^^^^^^^^^^^^^^^^
               = ignored; indent what belongs to it, or remove it
        "#]],
    );
}

#[test]
fn operations_and_paths_that_are_indented_too_deep() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /spaces:
    get:
      responses:
        '204': { description: None. }
        /groups: { get: { responses: { '204': { description: None. } } } }
        put: { responses: { '204': { description: None. } } }
      post: { responses: { '204': { description: None. } } }
      parameters: [{ name: post, in: query, schema: { type: object, properties: { post: { type: object }, /a: { type: object } } } }]
    /spaces/{id}:
      get: { responses: { '204': { description: None. } } }
components:
  /tasks: { get: { responses: { '204': { description: None. } } } }
",
        expect![[r#"
            warning[unknown-key]: the path `/spaces/{id}` is not directly below `paths`
              --> spec.yaml:12:5  #/paths/~1spaces/~1spaces~1{id}
               |
            12 |     /spaces/{id}:
               |     ^^^^^^^^^^^^
               = its operations are not generated; move it there

            warning[unknown-key]: `post` is a method, but it is not directly below a path
              --> spec.yaml:10:7  #/paths/~1spaces/get/post
               |
            10 |       post: { responses: { '204': { description: None. } } }
               |       ^^^^
               = its operation is not generated; move it there

            warning[unknown-key]: the path `/groups` is not directly below `paths`
              --> spec.yaml:8:9  #/paths/~1spaces/get/responses/~1groups
               |
             8 |         /groups: { get: { responses: { '204': { description: None. } } } }
               |         ^^^^^^^
               = its operations are not generated; move it there

            warning[unknown-key]: `put` is a method, but it is not directly below a path
              --> spec.yaml:9:9  #/paths/~1spaces/get/responses/put
               |
             9 |         put: { responses: { '204': { description: None. } } }
               |         ^^^
               = its operation is not generated; move it there

            warning[unknown-key]: the path `/tasks` is not directly below `paths`
              --> spec.yaml:15:3  #/components/~1tasks
               |
            15 |   /tasks: { get: { responses: { '204': { description: None. } } } }
               |   ^^^^^^
               = its operations are not generated; move it there
        "#]],
    );
}

#[test]
fn keys_that_are_indented_too_little() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
/spaces:
  get: { responses: { '204': { description: None. } } }
get: { responses: { '204': { description: None. } } }
",
        expect![[r#"
            warning[unknown-key]: the path `/spaces` is not directly below `paths`
              --> spec.yaml:4:1  #/~1spaces
               |
             4 | /spaces:
               | ^^^^^^^
               = its operations are not generated; move it there

            warning[unknown-key]: `get` is a method, but it is not directly below a path
              --> spec.yaml:6:1  #/get
               |
             6 | get: { responses: { '204': { description: None. } } }
               | ^^^
               = its operation is not generated; move it there
        "#]],
    );
}

#[test]
fn operations_of_newer_versions() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    query: { responses: { '204': { description: None. } } }
    additionalOperations: { COPY: { responses: { '204': { description: None. } } } }
",
        expect![[r#"
            warning[unknown-key]: `query` is of OpenAPI 3.2 and has no effect here
              --> spec.yaml:5:5  #/paths/~1a/query
               |
             5 |     query: { responses: { '204': { description: None. } } }
               |     ^^^^^
               = its operations are not generated

            warning[unknown-key]: `additionalOperations` is of OpenAPI 3.2 and has no effect here
              --> spec.yaml:6:5  #/paths/~1a/additionalOperations
               |
             6 |     additionalOperations: { COPY: { responses: { '204': { description: None. } } } }
               |     ^^^^^^^^^^^^^^^^^^^^
               = its operations are not generated
        "#]],
    );
    check(
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths: { /a: { query: { responses: { '204': { description: None. } } } } }
",
        expect![[r#"
            warning[unknown-key]: `query` is of OpenAPI 3.2 and has no effect here
              --> spec.yaml:3:16  #/paths/~1a/query
               |
             3 | paths: { /a: { query: { responses: { '204': { description: None. } } } } }
               |                ^^^^^
               = its operations are not generated
        "#]],
    );
}

#[test]
fn paths_that_are_no_paths() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  https://a.example/spaces/{id}: { get: { responses: { '204': { description: None. } } } }
  info: { get: { responses: { '204': { description: None. } } } }
  components:
    schemas: { Space: { type: object } }
    parameters: { id: { name: id, in: query, schema: { type: string } } }
",
        expect![[r#"
            warning[unknown-key]: the path `https://a.example/spaces/{id}` does not start with a slash
              --> spec.yaml:4:3  #/paths/https:~1~1a.example~1spaces~1{id}
               |
             4 |   https://a.example/spaces/{id}: { get: { responses: { '204': { description: None. } } } }
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = its operations are not generated; write `/spaces/{id}`, and `https://a.example` as the `url` of a server

            warning[unknown-key]: the path `info` does not start with a slash
              --> spec.yaml:5:3  #/paths/info
               |
             5 |   info: { get: { responses: { '204': { description: None. } } } }
               |   ^^^^
               = its operations are not generated; write `/info`

            warning[unknown-key]: `components` is a member of the document, but it is below `paths`
              --> spec.yaml:6:3  #/paths/components
               |
             6 |   components:
               |   ^^^^^^^^^^
               = it is ignored; write it without indentation
        "#]],
    );
}

/// They need not be there in newer versions, so nothing else reports it.
#[test]
fn misspelled_keys_that_are_optional_in_newer_versions() {
    check(
        "openapi: 3.1.0
info: { title: T, version: '1' }
path: { /a: { get: { responses: { '204': { description: None. } } } } }
",
        expect![[r#"
            warning[unknown-key]: `path` is unknown here and has no effect
              --> spec.yaml:3:1  #/path
               |
             3 | path: { /a: { get: { responses: { '204': { description: None. } } } } }
               | ^^^^
               = did you mean `paths`?
        "#]],
    );
    check(
        "openapi: 3.2.0
info: { title: T, version: '1' }
paths:
  /a:
    get: { respones: { '204': { description: None. } } }
    put: { responses: { '204': { descripton: None. } } }
",
        expect![[r#"
            warning[unknown-key]: `respones` is unknown here and has no effect
              --> spec.yaml:5:12  #/paths/~1a/get/respones
               |
             5 |     get: { respones: { '204': { description: None. } } }
               |            ^^^^^^^^
               = did you mean `responses`?

            warning[unknown-key]: `descripton` is unknown here and has no effect
              --> spec.yaml:6:34  #/paths/~1a/put/responses/204/descripton
               |
             6 |     put: { responses: { '204': { descripton: None. } } }
               |                                  ^^^^^^^^^^
               = did you mean `description`?

            warning[undocumented-body]: no content is documented for a successful response of `GET /a`
              --> spec.yaml:5:10  #/paths/~1a/get/responses
               |
             5 |     get: { respones: { '204': { description: None. } } }
               |          ^
               = returned as a download; describe its content in an overlay
        "#]],
    );
}

#[test]
fn members_of_an_operation_beside_it() {
    check(
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    put:
      operationId: putA
    requestBody: { content: { application/json: { schema: { type: string } } } }
    responses: { '204': { description: None. } }
",
        expect![[r#"
            warning[unknown-key]: `requestBody` is unknown here and has no effect
              --> spec.yaml:7:5  #/paths/~1a/requestBody
               |
             7 |     requestBody: { content: { application/json: { schema: { type: string } } } }
               |     ^^^^^^^^^^^
               = it belongs to an operation; indent it below a method

            warning[unknown-key]: `responses` is unknown here and has no effect
              --> spec.yaml:8:5  #/paths/~1a/responses
               |
             8 |     responses: { '204': { description: None. } }
               |     ^^^^^^^^^
               = it belongs to an operation; indent it below a method
        "#]],
    );
}

#[test]
fn properties_that_are_not_below_properties() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Deep:
      type: object
      properties:
        key:
          type: string
          labels:
            type: array
            items: { type: string }
    Flat:
      type: object
      properties: { id: { type: string } }
      owner: { $ref: '#/components/schemas/Deep' }
      default: { type: string }
      xml: { name: flat }
",
        expect![[r#"
            warning[unknown-key]: `labels` looks like a property, but it is not directly below `properties`
              --> spec.yaml:11:11  #/components/schemas/Deep/properties/key/labels
               |
            11 |           labels:
               |           ^^^^^^
               = it is not generated; move it there

            warning[unknown-key]: `owner` looks like a property, but it is not directly below `properties`
              --> spec.yaml:17:7  #/components/schemas/Flat/owner
               |
            17 |       owner: { $ref: '#/components/schemas/Deep' }
               |       ^^^^^
               = it is not generated; move it there
        "#]],
    );
}

#[test]
fn components_below_paths() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  components:
  schemas:
    Space: { type: object }
",
        expect![[r#"
            warning[unknown-key]: `components` is a member of the document, but it is below `paths`
              --> spec.yaml:4:3  #/paths/components
               |
             4 |   components:
               |   ^^^^^^^^^^
               = it is ignored; write it without indentation

            warning[unknown-key]: `schemas` is a member of `components`, but it is below `paths`
              --> spec.yaml:5:3  #/paths/schemas
               |
             5 |   schemas:
               |   ^^^^^^^
               = it is ignored; move it there
        "#]],
    );
}

#[test]
fn what_an_undefined_reference_stands_for_takes_no_name() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Space: { type: object, properties: { next: { $ref: '#/components/schemas/space' }, kind: { type: } } }
",
        expect![[r#"
            warning[no-value]: `type` has no value
              --> spec.yaml:6:96  #/components/schemas/Space/properties/kind/type
               |
             6 |     Space: { type: object, properties: { next: { $ref: '#/components/schemas/space' }, kind: { type: } } }
               |                                                                                                ^^^^
               = ignored; indent what belongs to it, or remove it

            warning[dangling-ref]: `#/components/schemas/space` is not defined in this document
              --> spec.yaml:6:48  #/components/schemas/Space/properties/next
               |
             6 |     Space: { type: object, properties: { next: { $ref: '#/components/schemas/space' }, kind: { type: } } }
               |                                                ^
               = used as an opaque JSON value; did you mean `#/components/schemas/Space`? otherwise, define it in an overlay
        "#]],
    );
}

#[test]
fn components_beside_their_sections() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }
components:
  schemas: { B: { type: string } }
  A: { type: object }
  C: { properties: { a: { type: string } } }
  D: { allOf: [{ $ref: '#/components/schemas/B' }] }
  id: { name: id, in: path, required: true, schema: { type: string } }
  key: { type: apiKey, name: key, in: header }
  examples: { type: { value: 1 } }
  pathItems: { e: { get: { responses: {} } } }
  x-A: { type: object }
schemas: { F: { type: object } }
",
        expect![[r#"
            warning[unknown-key]: `schemas` is a member of `components`, but it is not below it
              --> spec.yaml:15:1  #/schemas
               |
            15 | schemas: { F: { type: object } }
               | ^^^^^^^
               = it has no effect; move it there

            warning[unknown-key]: `A` looks like a schema, but it is directly below `components`
              --> spec.yaml:7:3  #/components/A
               |
             7 |   A: { type: object }
               |   ^
               = it has no effect; move it below `schemas`

            warning[unknown-key]: `C` looks like a schema, but it is directly below `components`
              --> spec.yaml:8:3  #/components/C
               |
             8 |   C: { properties: { a: { type: string } } }
               |   ^
               = it has no effect; move it below `schemas`

            warning[unknown-key]: `D` looks like a schema, but it is directly below `components`
              --> spec.yaml:9:3  #/components/D
               |
             9 |   D: { allOf: [{ $ref: '#/components/schemas/B' }] }
               |   ^
               = it has no effect; move it below `schemas`

            warning[unknown-key]: `id` looks like a parameter, but it is directly below `components`
              --> spec.yaml:10:3  #/components/id
               |
            10 |   id: { name: id, in: path, required: true, schema: { type: string } }
               |   ^^
               = it has no effect; move it below `parameters`

            warning[unknown-key]: `key` looks like a security scheme, but it is directly below `components`
              --> spec.yaml:11:3  #/components/key
               |
            11 |   key: { type: apiKey, name: key, in: header }
               |   ^^^
               = it has no effect; move it below `securitySchemes`

            warning[dangling-ref]: `#/components/schemas/A` is not defined in this document
              --> spec.yaml:4:94  #/paths/~1a/get/responses/200/content/application~1json/schema
               |
             4 |   /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }
               |                                                                                              ^
               = used as an opaque JSON value; define it in an overlay
        "#]],
    );
}
