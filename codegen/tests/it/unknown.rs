//! Members that OpenAPI does not know.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

/// Compares the diagnostics of a document from which a module is generated.
pub fn check(text: &str, expected: Expect) {
    let generated = generate(&Input::new("test", Source::new("spec.yaml", text))).expect("a module");
    expected.assert_eq(&generated.diagnostics.to_string());
}

#[test]
fn what_would_be_lost_without_a_word() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  pets: { get: { responses: { '204': { description: None. } } } }
  /pets:
    GET: { responses: { '204': { description: None. } } }
    fetch: { responses: { '204': { description: None. } } }
    get:
      parametrs: [{ name: a, in: query, schema: { type: string } }]
      responses:
        '204': { description: None., contents: {} }
        20x: { description: Odd. }
        success: { description: Fine. }
        1000: { description: Many. }
        4xx: { description: Wrong. }
components:
  schemas:
    Pet: { type: object, requried: [name], properties: { requried: { type: string }, name: { type: string } } }
",
        expect![[r#"
            warning[unknown-key]: the path `pets` does not start with a slash
              --> spec.yaml:4:3  #/paths/pets
               |
             4 |   pets: { get: { responses: { '204': { description: None. } } } }
               |   ^^^^
               = its operations are not generated; write `/pets`

            warning[unknown-key]: `GET` is not a method
              --> spec.yaml:6:5  #/paths/~1pets/GET
               |
             6 |     GET: { responses: { '204': { description: None. } } }
               |     ^^^
               = its operation is not generated; did you mean `get`?

            warning[unknown-key]: `fetch` is not a method
              --> spec.yaml:7:5  #/paths/~1pets/fetch
               |
             7 |     fetch: { responses: { '204': { description: None. } } }
               |     ^^^^^
               = its operation is not generated

            warning[unknown-key]: `parametrs` is unknown here and has no effect
              --> spec.yaml:9:7  #/paths/~1pets/get/parametrs
               |
             9 |       parametrs: [{ name: a, in: query, schema: { type: string } }]
               |       ^^^^^^^^^
               = did you mean `parameters`?

            warning[unknown-key]: `20x` is not a status
              --> spec.yaml:12:9  #/paths/~1pets/get/responses/20x
               |
            12 |         20x: { description: Odd. }
               |         ^^^
               = the response is ignored; write three digits, a class such as `4XX`, or `default`

            warning[unknown-key]: `success` is not a status
              --> spec.yaml:13:9  #/paths/~1pets/get/responses/success
               |
            13 |         success: { description: Fine. }
               |         ^^^^^^^
               = the response is ignored; write three digits, a class such as `4XX`, or `default`

            warning[unknown-key]: `1000` is not a status
              --> spec.yaml:14:9  #/paths/~1pets/get/responses/1000
               |
            14 |         1000: { description: Many. }
               |         ^^^^
               = the response is ignored; write three digits, a class such as `4XX`, or `default`

            warning[unknown-key]: `contents` is unknown here and has no effect
              --> spec.yaml:11:38  #/paths/~1pets/get/responses/204/contents
               |
            11 |         '204': { description: None., contents: {} }
               |                                      ^^^^^^^^
               = did you mean `content`?

            warning[unknown-key]: `requried` is unknown here and has no effect
              --> spec.yaml:18:26  #/components/schemas/Pet/requried
               |
            18 |     Pet: { type: object, requried: [name], properties: { requried: { type: string }, name: { type: string } } }
               |                          ^^^^^^^^
               = did you mean `required`?
        "#]],
    );
}

/// Published documents have members of their makers, of other versions and of JSON Schema.
#[test]
fn what_is_like_no_member_is_silent() {
    check(
        "openapi: 3.1.0
info: { title: T, version: '1', summary: Short. }
paths:
  /pets:
    x-fetch: { responses: {} }
    get: { consumes: [a/b], schemes: [https], responses: { '204': { description: None. } } }
components:
  schemas:
    Pet: { type: object, $id: a, $comment: c, definitions: {}, minContains: 1, properties: { name: { type: string, example: a, default: b } } }
",
        expect![""],
    );
}

#[test]
fn references_with_a_slip() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: array, items: { ref: '#/components/schemas/B' } }
    B: { $Ref: 'b.yaml' }
    C: { type: object, ref: words, properties: { ref: { type: string } }, example: { ref: '#/a' }, x-a: { ref: '#/a' } }
",
        expect![[r#"
            warning[unknown-key]: `ref` is unknown here and has no effect
              --> spec.yaml:6:32  #/components/schemas/A/items/ref
               |
             6 |     A: { type: array, items: { ref: '#/components/schemas/B' } }
               |                                ^^^
               = did you mean `$ref`?

            warning[unknown-key]: `$Ref` is unknown here and has no effect
              --> spec.yaml:7:10  #/components/schemas/B/$Ref
               |
             7 |     B: { $Ref: 'b.yaml' }
               |          ^^^^
               = did you mean `$ref`?
        "#]],
    );
}

/// Below an object, `item` is rather a property that is not indented.
#[test]
fn keywords_with_a_slip_whose_value_is_a_schema() {
    check(
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: array, item: { type: string } }
    B: { type: [array, 'null'], Items: { type: string } }
    C: { itmes: { $ref: '#/components/schemas/A' } }
    D: { type: object, additionalPropertys: { type: string } }
    E: { type: object, properties: { name: { type: string } }, item: { type: string } }
    F: { type: array, items: { type: string }, item: { type: string } }
",
        expect![[r#"
            warning[unknown-key]: `item` is unknown here and has no effect
              --> spec.yaml:6:23  #/components/schemas/A/item
               |
             6 |     A: { type: array, item: { type: string } }
               |                       ^^^^
               = did you mean `items`?

            warning[unknown-key]: `Items` is unknown here and has no effect
              --> spec.yaml:7:33  #/components/schemas/B/Items
               |
             7 |     B: { type: [array, 'null'], Items: { type: string } }
               |                                 ^^^^^
               = did you mean `items`?

            warning[unknown-key]: `itmes` is unknown here and has no effect
              --> spec.yaml:8:10  #/components/schemas/C/itmes
               |
             8 |     C: { itmes: { $ref: '#/components/schemas/A' } }
               |          ^^^^^
               = did you mean `items`?

            warning[unknown-key]: `additionalPropertys` is unknown here and has no effect
              --> spec.yaml:9:24  #/components/schemas/D/additionalPropertys
               |
             9 |     D: { type: object, additionalPropertys: { type: string } }
               |                        ^^^^^^^^^^^^^^^^^^^
               = did you mean `additionalProperties`?

            warning[unknown-key]: `item` looks like a property, but it is not directly below `properties`
              --> spec.yaml:10:64  #/components/schemas/E/item
               |
            10 |     E: { type: object, properties: { name: { type: string } }, item: { type: string } }
               |                                                                ^^^^
               = it is not generated; move it there

            warning[unknown-key]: `item` is unknown here and has no effect
              --> spec.yaml:11:48  #/components/schemas/F/item
               |
            11 |     F: { type: array, items: { type: string }, item: { type: string } }
               |                                                ^^^^
               = did you mean `items`?
        "#]],
    );
}

/// The documents differ in their version only.
#[test]
fn arrays_without_items() {
    let schemas = "
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: array }
    B: { type: object, properties: { names: { type: array, description: Names. } } }
    C: { type: array, item: { type: string } }
    D: { type: array, allOf: [{ $ref: '#/components/schemas/E' }] }
    E: { type: array, items: { type: string } }
    F: { allOf: [{ $ref: '#/components/schemas/E' }, { type: array, maxItems: 5 }] }
";
    check(
        &format!("openapi: 3.0.3{schemas}"),
        expect![[r#"
        note[ignored]: the schema is an array, but it has no `items`
          --> spec.yaml:6:8  #/components/schemas/A
           |
         6 |     A: { type: array }
           |        ^
           = used as a list of any JSON values; describe its `items` in an overlay

        note[ignored]: the schema is an array, but it has no `items`
          --> spec.yaml:7:45  #/components/schemas/B/properties/names
           |
         7 |     B: { type: object, properties: { names: { type: array, description: Names. } } }
           |                                             ^
           = used as a list of any JSON values; describe its `items` in an overlay

        warning[unknown-key]: `item` is unknown here and has no effect
          --> spec.yaml:8:23  #/components/schemas/C/item
           |
         8 |     C: { type: array, item: { type: string } }
           |                       ^^^^
           = did you mean `items`?
    "#]],
    );
    check(
        &format!("openapi: 3.1.0{schemas}"),
        expect![[r#"
        warning[unknown-key]: `item` is unknown here and has no effect
          --> spec.yaml:8:23  #/components/schemas/C/item
           |
         8 |     C: { type: array, item: { type: string } }
           |                       ^^^^
           = did you mean `items`?
    "#]],
    );
}

#[test]
fn values_of_another_type_in_an_enum() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: string, enum: [a, 1, null, true] }
    B: { type: integer, enum: [1, 2] }
    D: { type: integer, enum: [a, 1] }
    C: { type: [string, integer], enum: [a, 1] }
",
        expect![[r#"
            note[ignored]: the enum lists the number 1, but its type is `string`
              --> spec.yaml:6:34  #/components/schemas/A/enum/1
               |
             6 |     A: { type: string, enum: [a, 1, null, true] }
               |                                  ^
               = the value is ignored; put it in quotes if it is a string

            note[ignored]: the enum lists `true`, but its type is `string`
              --> spec.yaml:6:43  #/components/schemas/A/enum/3
               |
             6 |     A: { type: string, enum: [a, 1, null, true] }
               |                                           ^^^^
               = the value is ignored; put it in quotes if it is a string

            note[ignored]: the enum lists the string "a", but its type is `integer`
              --> spec.yaml:8:32  #/components/schemas/D/enum/0
               |
             8 |     D: { type: integer, enum: [a, 1] }
               |                                ^
               = the value is ignored; fix it, or the type

            warning[newer-syntax]: `type` uses the syntax of OpenAPI 3.1, but the document is OpenAPI 3.0
              --> spec.yaml:9:16  #/components/schemas/C/type
               |
             9 |     C: { type: [string, integer], enum: [a, 1] }
               |                ^
               = interpreted as in OpenAPI 3.1
        "#]],
    );
}

#[test]
fn a_method_that_is_not_below_a_path() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  get: { responses: { '204': { description: None. } } }
",
        expect![[r#"
            warning[unknown-key]: `get` is a method, but it is not directly below a path
              --> spec.yaml:4:3  #/paths/get
               |
             4 |   get: { responses: { '204': { description: None. } } }
               |   ^^^
               = its operation is not generated; move it there
        "#]],
    );
}

#[test]
fn keys_without_a_value() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody:
      content: { application/json: { schema: { $ref: '#/components/schemas/A' } } }
      responses: { '200': { description: Done., content: { application/json: { schema: } } } }
components:
  schemas:
    A:
      type: object
      required:
      properties:
      a: { type: string }
    B: { type: string, enum: }
    C: { type: array, items: }
    D: { allOf: }
",
        expect![[r#"
            warning[no-value]: `requestBody` has no value
              --> spec.yaml:6:7  #/paths/~1a/put/requestBody
               |
             6 |       requestBody:
               |       ^^^^^^^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `schema` has no value
              --> spec.yaml:8:80  #/paths/~1a/put/responses/200/content/application~1json/schema
               |
             8 |       responses: { '200': { description: Done., content: { application/json: { schema: } } } }
               |                                                                                ^^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `properties` has no value
              --> spec.yaml:14:7  #/components/schemas/A/properties
               |
            14 |       properties:
               |       ^^^^^^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `required` has no value
              --> spec.yaml:13:7  #/components/schemas/A/required
               |
            13 |       required:
               |       ^^^^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `enum` has no value
              --> spec.yaml:16:24  #/components/schemas/B/enum
               |
            16 |     B: { type: string, enum: }
               |                        ^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `items` has no value
              --> spec.yaml:17:23  #/components/schemas/C/items
               |
            17 |     C: { type: array, items: }
               |                       ^^^^^
               = ignored; indent what belongs to it, or remove it

            warning[no-value]: `allOf` has no value
              --> spec.yaml:18:10  #/components/schemas/D/allOf
               |
            18 |     D: { allOf: }
               |          ^^^^^
               = ignored; indent what belongs to it, or remove it

            note[ignored]: `application/json` has no `schema`, so the body may be any JSON value
              --> spec.yaml:8:60  #/paths/~1a/put/responses/200/content/application~1json
               |
             8 |       responses: { '200': { description: Done., content: { application/json: { schema: } } } }
               |                                                            ^^^^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn request_bodies_without_content() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody: { schema: { type: string } }
      responses: { '204': { description: Done. } }
    post:
      requestBody: { contents: { application/json: { schema: { type: string } } } }
      responses: { '204': { description: Done. } }
",
        expect![[r#"
            warning[unknown-key]: `schema` is unknown here and has no effect
              --> spec.yaml:6:22  #/paths/~1a/put/requestBody/schema
               |
             6 |       requestBody: { schema: { type: string } }
               |                      ^^^^^^
               = write it in `content`, below a media type such as `application/json`

            warning[unknown-key]: `contents` is unknown here and has no effect
              --> spec.yaml:9:22  #/paths/~1a/post/requestBody/contents
               |
             9 |       requestBody: { contents: { application/json: { schema: { type: string } } } }
               |                      ^^^^^^^^
               = did you mean `content`?

            warning[undocumented-body]: no content is documented for the request body
              --> spec.yaml:6:20  #/paths/~1a/put/requestBody
               |
             6 |       requestBody: { schema: { type: string } }
               |                    ^
               = the request is sent without a body; describe its `content` in an overlay

            warning[undocumented-body]: no content is documented for the request body
              --> spec.yaml:9:20  #/paths/~1a/post/requestBody
               |
             9 |       requestBody: { contents: { application/json: { schema: { type: string } } } }
               |                    ^
               = the request is sent without a body; describe its `content` in an overlay
        "#]],
    );
}

#[test]
fn names_of_what_is_no_operation() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: object, x-rust-name: B, properties: { a: { type: string, x-rust-name: b } } }
",
        expect![[r#"
            warning[extension]: `x-rust-name` names operations only
              --> spec.yaml:6:24  #/components/schemas/A/x-rust-name
               |
             6 |     A: { type: object, x-rust-name: B, properties: { a: { type: string, x-rust-name: b } } }
               |                        ^^^^^^^^^^^
               = ignored; other names follow those on the wire

            warning[extension]: `x-rust-name` names operations only
              --> spec.yaml:6:73  #/components/schemas/A/properties/a/x-rust-name
               |
             6 |     A: { type: object, x-rust-name: B, properties: { a: { type: string, x-rust-name: b } } }
               |                                                                         ^^^^^^^^^^^
               = ignored; other names follow those on the wire
        "#]],
    );
}

#[test]
fn extensions_with_our_prefix() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      x-rust-nam: fetch
      x-rust-rename: fetch
      x-rustname: fetch
      x_rust_name: fetch
      xrust-name: fetch
      x_trust_name: fetch
      responses: { '204': { description: None. } }
components:
  schemas:
    A: { type: string, x-rust-type: B, x-rust-longtask: true }
",
        expect![[r#"
            warning[unknown-key]: `x-rust-nam` is unknown and has no effect
              --> spec.yaml:6:7  #/paths/~1a/get/x-rust-nam
               |
             6 |       x-rust-nam: fetch
               |       ^^^^^^^^^^
               = did you mean `x-rust-name`?

            warning[unknown-key]: `x-rust-rename` is unknown and has no effect
              --> spec.yaml:7:7  #/paths/~1a/get/x-rust-rename
               |
             7 |       x-rust-rename: fetch
               |       ^^^^^^^^^^^^^
               = did you mean `x-rust-name`?

            warning[unknown-key]: `x-rustname` is unknown and has no effect
              --> spec.yaml:8:7  #/paths/~1a/get/x-rustname
               |
             8 |       x-rustname: fetch
               |       ^^^^^^^^^^
               = did you mean `x-rust-name`?

            warning[unknown-key]: `x_rust_name` is unknown and has no effect
              --> spec.yaml:9:7  #/paths/~1a/get/x_rust_name
               |
             9 |       x_rust_name: fetch
               |       ^^^^^^^^^^^
               = did you mean `x-rust-name`?

            warning[unknown-key]: `xrust-name` is unknown and has no effect
              --> spec.yaml:10:7  #/paths/~1a/get/xrust-name
               |
            10 |       xrust-name: fetch
               |       ^^^^^^^^^^
               = did you mean `x-rust-name`?

            warning[unknown-key]: `x-rust-longtask` is unknown and has no effect
              --> spec.yaml:15:40  #/components/schemas/A/x-rust-longtask
               |
            15 |     A: { type: string, x-rust-type: B, x-rust-longtask: true }
               |                                        ^^^^^^^^^^^^^^^
               = did you mean `x-rust-long-task`?
        "#]],
    );
}

#[test]
fn content_that_is_written_otherwise() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody: { content: { application-json: { schema: { type: string } } } }
      responses:
        '200': { description: Done., schema: { type: string } }
        '201': { description: Done., content: { json: { schema: { type: string } }, page: {} } }
",
        expect![[r#"
            warning[unknown-key]: `application-json` is not a media type
              --> spec.yaml:6:33  #/paths/~1a/put/requestBody/content/application-json
               |
             6 |       requestBody: { content: { application-json: { schema: { type: string } } } }
               |                                 ^^^^^^^^^^^^^^^^
               = its content is ignored; did you mean `application/json`?

            warning[unknown-key]: `schema` is unknown here and has no effect
              --> spec.yaml:8:38  #/paths/~1a/put/responses/200/schema
               |
             8 |         '200': { description: Done., schema: { type: string } }
               |                                      ^^^^^^
               = write it in `content`, below a media type such as `application/json`

            warning[unknown-key]: `json` is not a media type
              --> spec.yaml:9:49  #/paths/~1a/put/responses/201/content/json
               |
             9 |         '201': { description: Done., content: { json: { schema: { type: string } }, page: {} } }
               |                                                 ^^^^
               = its content is ignored; did you mean `application/json`?

            note[ignored]: `page` is not a media type
              --> spec.yaml:9:85  #/paths/~1a/put/responses/201/content/page
               |
             9 |         '201': { description: Done., content: { json: { schema: { type: string } }, page: {} } }
               |                                                                                     ^^^^
               = its content is ignored
        "#]],
    );
}

#[test]
fn media_types_without_a_schema() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody: { content: { application/json: { $ref: '#/components/schemas/Space' } } }
      responses:
        '200': { description: Done., content: { application/json: { $ref: '#/components/schemas/Space' } } }
    post:
      requestBody:
        content:
          application/json:
            type: object
            properties: { name: { type: string } }
      responses: { '204': { description: Done. } }
    patch:
      requestBody: { content: { application/merge-patch+json: { example: {} } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Space: { type: object, properties: { name: { type: string } } }
",
        expect![[r#"
            warning[unknown-key]: `$ref` belongs to a schema, but it is directly below a media type
              --> spec.yaml:6:53  #/paths/~1a/put/requestBody/content/application~1json/$ref
               |
             6 |       requestBody: { content: { application/json: { $ref: '#/components/schemas/Space' } } }
               |                                                     ^^^^
               = it is ignored, so any value is accepted; write it below `schema`

            warning[unknown-key]: `$ref` belongs to a schema, but it is directly below a media type
              --> spec.yaml:8:69  #/paths/~1a/put/responses/200/content/application~1json/$ref
               |
             8 |         '200': { description: Done., content: { application/json: { $ref: '#/components/schemas/Space' } } }
               |                                                                     ^^^^
               = it is ignored, so any value is accepted; write it below `schema`

            warning[unknown-key]: `type` belongs to a schema, but it is directly below a media type
              --> spec.yaml:13:13  #/paths/~1a/post/requestBody/content/application~1json/type
               |
            13 |             type: object
               |             ^^^^
               = it is ignored, so any value is accepted; write it below `schema`

            note[ignored]: `application/merge-patch+json` has no `schema`, so the body may be any JSON value
              --> spec.yaml:17:33  #/paths/~1a/patch/requestBody/content/application~1merge-patch+json
               |
            17 |       requestBody: { content: { application/merge-patch+json: { example: {} } } }
               |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn encodings_of_properties_that_are_not_there() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, properties: { file: { type: string, format: binary }, id: { type: string } } }
            encoding: { flie: { contentType: image/png }, id: { contentType: text/plain } }
      responses: { '204': { description: Done. } }
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: '#/components/schemas/Form' }
            encoding: { tgas: { explode: false }, other: { explode: false } }
      responses: { '204': { description: Done. } }
    patch:
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, additionalProperties: { type: string } }
            encoding: { any: { contentType: image/png } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Form: { allOf: [{ type: object, properties: { tags: { type: array, items: { type: string } } } }] }
",
        expect![[r#"
            warning[unknown-key]: `flie` is not a property of the body, so its encoding has no effect
              --> spec.yaml:10:25  #/paths/~1a/put/requestBody/content/multipart~1form-data/encoding/flie
               |
            10 |             encoding: { flie: { contentType: image/png }, id: { contentType: text/plain } }
               |                         ^^^^
               = did you mean `file`?

            warning[unknown-key]: `tgas` is not a property of the body, so its encoding has no effect
              --> spec.yaml:17:25  #/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding/tgas
               |
            17 |             encoding: { tgas: { explode: false }, other: { explode: false } }
               |                         ^^^^
               = did you mean `tags`?

            warning[unknown-key]: `other` is not a property of the body, so its encoding has no effect
              --> spec.yaml:17:51  #/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding/other
               |
            17 |             encoding: { tgas: { explode: false }, other: { explode: false } }
               |                                                   ^^^^^

            note[ignored]: no parts are documented, so the caller builds the body
              --> spec.yaml:23:21  #/paths/~1a/patch/requestBody/content/multipart~1form-data/schema
               |
            23 |             schema: { type: object, additionalProperties: { type: string } }
               |                     ^
        "#]],
    );
}

#[test]
fn members_of_another_type() {
    check(
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { type: string, properties: { id: { type: string } }, additionalProperties: false }
    B: { type: object, items: { type: string } }
    C: { type: [object, array, 'null'], items: { type: string }, properties: { id: { type: string } } }
    D: { type: [array, 'null'], items: { type: string }, additionalProperties: { type: string } }
    E: { type: string, items: {}, properties: {} }
",
        expect![[r#"
            note[ignored]: `properties` has no effect, as the type is `string`
              --> spec.yaml:6:24  #/components/schemas/A/properties
               |
             6 |     A: { type: string, properties: { id: { type: string } }, additionalProperties: false }
               |                        ^^^^^^^^^^
               = write `type: object`, or remove it

            note[ignored]: `items` has no effect, as the type is `object`
              --> spec.yaml:7:24  #/components/schemas/B/items
               |
             7 |     B: { type: object, items: { type: string } }
               |                        ^^^^^
               = write `type: array`, or remove it

            note[ignored]: `additionalProperties` has no effect, as the type is `array`, `null`
              --> spec.yaml:9:58  #/components/schemas/D/additionalProperties
               |
             9 |     D: { type: [array, 'null'], items: { type: string }, additionalProperties: { type: string } }
               |                                                          ^^^^^^^^^^^^^^^^^^^^
               = write `type: object`, or remove it
        "#]],
    );
}

#[test]
fn extensions_of_atlassian_with_typos() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      responses: { '204': { description: None. } }
      x-atlassian-conect-scope: READ
      x-atlassian-other: true
      x-atlassian-oauth2-scopes:
        - { scheme: oAuth, state: Current, scope: ['read:a'] }
  /b:
    get:
      responses: { '204': { description: None. } }
      x-atlassian-oauth2-scope: []
x-atlassian-narrative:
  documents:
    - { titel: A, anchor: a, body: A. }
    - { title: B, boddy: B. }
x-atlassian-narratives: {}
",
        expect![[r#"
            warning[unknown-key]: `x-atlassian-narratives` is unknown and has no effect
              --> spec.yaml:19:1  #/x-atlassian-narratives
               |
            19 | x-atlassian-narratives: {}
               | ^^^^^^^^^^^^^^^^^^^^^^
               = did you mean `x-atlassian-narrative`?

            warning[unknown-key]: `x-atlassian-conect-scope` is unknown and has no effect
              --> spec.yaml:7:7  #/paths/~1a/get/x-atlassian-conect-scope
               |
             7 |       x-atlassian-conect-scope: READ
               |       ^^^^^^^^^^^^^^^^^^^^^^^^
               = did you mean `x-atlassian-connect-scope`?

            warning[unknown-key]: `x-atlassian-oauth2-scope` is unknown and has no effect
              --> spec.yaml:14:7  #/paths/~1b/get/x-atlassian-oauth2-scope
               |
            14 |       x-atlassian-oauth2-scope: []
               |       ^^^^^^^^^^^^^^^^^^^^^^^^
               = did you mean `x-atlassian-oauth2-scopes`?

            warning[extension]: a group of `x-atlassian-oauth2-scopes` needs `scheme`, `state` and a list of `scopes`
              --> spec.yaml:10:11  #/paths/~1a/get/x-atlassian-oauth2-scopes/0
               |
            10 |         - { scheme: oAuth, state: Current, scope: ['read:a'] }
               |           ^
               = ignored; found `scope`; did you mean `scopes`?

            warning[unknown-key]: `titel` is unknown and has no effect
              --> spec.yaml:17:9  #/x-atlassian-narrative/documents/0/titel
               |
            17 |     - { titel: A, anchor: a, body: A. }
               |         ^^^^^
               = did you mean `title`?

            warning[extension]: a document of `x-atlassian-narrative` needs a `body` and a `title` or an `anchor`
              --> spec.yaml:18:7  #/x-atlassian-narrative/documents/1
               |
            18 |     - { title: B, boddy: B. }
               |       ^
               = ignored; found `boddy`; did you mean `body`?
        "#]],
    );
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
x-atlassian-narrative: { document: [] }
",
        expect![[r#"
            warning[extension]: `x-atlassian-narrative` has no list of `documents`
              --> spec.yaml:4:24  #/x-atlassian-narrative
               |
             4 | x-atlassian-narrative: { document: [] }
               |                        ^
               = ignored; found `document`; did you mean `documents`?
        "#]],
    );
}
