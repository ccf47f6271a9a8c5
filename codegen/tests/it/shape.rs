//! Documents that can be read and are not as the OpenAPI Specification wants them: what is wrong is told at the member.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    let input = Input::new("test", Source::new("spec.yaml", text));
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    expected.assert_eq(&diagnostics.to_string());
}

#[test]
fn members_of_the_document() {
    check(
        "openapi: 3.0.3\ninfo: []\npaths: {}\n",
        expect![[r#"
            error[openapi]: `info` is a list; an object is expected
              --> spec.yaml:2:7  #/info
               |
             2 | info: []
               |       ^
               = write `info: { title: The name of the API, version: '1' }`
        "#]],
    );
    check(
        "openapi: 3.0.3\ninfo: { titel: T, version: 1 }\npaths: []\ntags: [{ description: D }, x]\nservers: { url: / }\n",
        expect![[r#"
            error[openapi]: `paths` is a list; an object is expected
              --> spec.yaml:3:8  #/paths
               |
             3 | paths: []
               |        ^
               = write `paths: {}` if there are none

            error[openapi]: `servers` is an object; a list is expected
              --> spec.yaml:5:10  #/servers
               |
             5 | servers: { url: / }
               |          ^
               = start each item with `- `

            error[openapi]: this info object has no `title`
              --> spec.yaml:2:7  #/info
               |
             2 | info: { titel: T, version: 1 }
               |       ^
               = found `titel`; did you mean `title`?

            error[openapi]: `version` is the number 1; a string is expected
              --> spec.yaml:2:28  #/info/version
               |
             2 | info: { titel: T, version: 1 }
               |                            ^
               = put it in quotes

            error[openapi]: this tag has no `name`
              --> spec.yaml:4:8  #/tags/0
               |
             4 | tags: [{ description: D }, x]
               |        ^

            error[openapi]: a tag must be an object; this is the string "x"
              --> spec.yaml:4:28  #/tags/1
               |
             4 | tags: [{ description: D }, x]
               |                            ^
        "#]],
    );
    check(
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents: { schemas: [] }\n",
        expect![[r#"
            error[openapi]: `schemas` is a list; an object is expected
              --> spec.yaml:4:24  #/components/schemas
               |
             4 | components: { schemas: [] }
               |                        ^
        "#]],
    );
    check(
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npath: {}\n",
        expect![[r#"
            error[openapi]: this document has no `paths`
              --> spec.yaml:1:1
               |
             1 | openapi: 3.0.3
               | ^^^^^^^
               = found `path`; did you mean `paths`?
        "#]],
    );
}

#[test]
fn members_of_operations() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      tags: one
      responses: ['200']
    put:
      tags: [one, 2]
      parameters:
        - name: id
          schema: { type: string }
        - { name: q, in: qeury, schema: { type: string } }
        - { name: r, in: query }
        - { name: s, in: query, required: 'yes', schema: { type: string } }
      deprecated: 1
      responses:
        '200': { descripton: Fine. }
        '400': Wrong.
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                a: { type: string, maxLength: -1, enum: one }
                b: { type: array, items: string }
              required: true
  /b: []
components:
  securitySchemes:
    key: { type: apikey }
    app: { type: http }
  parameters:
    up: { $ref: 7 }
";
    check(
        spec,
        expect![[r#"
            error[openapi]: `$ref` is the number 7; a string is expected
              --> spec.yaml:36:17  #/components/parameters/up/$ref
               |
            36 |     up: { $ref: 7 }
               |                 ^

            error[openapi]: `responses` is a list; an object is expected
              --> spec.yaml:7:18  #/paths/~1a/get/responses
               |
             7 |       responses: ['200']
               |                  ^

            error[openapi]: `tags` is the string "one"; a list of strings is expected
              --> spec.yaml:6:13  #/paths/~1a/get/tags
               |
             6 |       tags: one
               |             ^^^
               = write `tags: [one]`

            error[openapi]: `tags` must be a list of strings; this is the number 2
              --> spec.yaml:9:19  #/paths/~1a/put/tags/1
               |
             9 |       tags: [one, 2]
               |                   ^

            error[openapi]: `deprecated` is the number 1; `true` or `false` is expected
              --> spec.yaml:16:19  #/paths/~1a/put/deprecated
               |
            16 |       deprecated: 1
               |                   ^

            error[openapi]: this parameter has no `in`
              --> spec.yaml:11:11  #/paths/~1a/put/parameters/0
               |
            11 |         - name: id
               |           ^^^^

            error[openapi]: `in` is `qeury`; one of `query`, `header`, `path`, `cookie` is expected
              --> spec.yaml:13:26  #/paths/~1a/put/parameters/1/in
               |
            13 |         - { name: q, in: qeury, schema: { type: string } }
               |                          ^^^^^
               = did you mean `query`?

            error[openapi]: this parameter has neither a `schema` nor `content`
              --> spec.yaml:14:11  #/paths/~1a/put/parameters/2
               |
            14 |         - { name: r, in: query }
               |           ^
               = write what it may be, such as `schema: { type: string }`

            error[openapi]: `required` is the string "yes"; `true` or `false` is expected
              --> spec.yaml:15:43  #/paths/~1a/put/parameters/3/required
               |
            15 |         - { name: s, in: query, required: 'yes', schema: { type: string } }
               |                                           ^^^^^

            error[openapi]: this response has no `description`
              --> spec.yaml:18:16  #/paths/~1a/put/responses/200
               |
            18 |         '200': { descripton: Fine. }
               |                ^
               = found `descripton`; did you mean `description`?

            error[openapi]: a response must be an object; this is the string "Wrong."
              --> spec.yaml:19:16  #/paths/~1a/put/responses/400
               |
            19 |         '400': Wrong.
               |                ^^^^^^

            error[openapi]: this operation has no `responses`
              --> spec.yaml:21:7  #/paths/~1a/post
               |
            21 |       requestBody:
               |       ^^^^^^^^^^^

            error[openapi]: `required` is `true`; a list of strings is expected
              --> spec.yaml:29:25  #/paths/~1a/post/requestBody/content/application~1json/schema/required
               |
            29 |               required: true
               |                         ^^^^
               = in a schema, `required` lists the names of properties

            error[openapi]: `maxLength` is the number -1; a non-negative integer is expected
              --> spec.yaml:27:47  #/paths/~1a/post/requestBody/content/application~1json/schema/properties/a/maxLength
               |
            27 |                 a: { type: string, maxLength: -1, enum: one }
               |                                               ^^

            error[openapi]: `enum` is the string "one"; a list is expected
              --> spec.yaml:27:57  #/paths/~1a/post/requestBody/content/application~1json/schema/properties/a/enum
               |
            27 |                 a: { type: string, maxLength: -1, enum: one }
               |                                                         ^^^
               = start each item with `- `

            error[openapi]: `items` is the string "string"; an object is expected
              --> spec.yaml:28:42  #/paths/~1a/post/requestBody/content/application~1json/schema/properties/b/items
               |
            28 |                 b: { type: array, items: string }
               |                                          ^^^^^^

            error[openapi]: a path must be an object; this is a list
              --> spec.yaml:30:7  #/paths/~1b
               |
            30 |   /b: []
               |       ^

            error[openapi]: `type` is `apikey`; one of `apiKey`, `http`, `oauth2`, `openIdConnect` is expected
              --> spec.yaml:33:18  #/components/securitySchemes/key/type
               |
            33 |     key: { type: apikey }
               |                  ^^^^^^
               = did you mean `apiKey`?

            error[openapi]: this security scheme has no `scheme`
              --> spec.yaml:34:10  #/components/securitySchemes/app
               |
            34 |     app: { type: http }
               |          ^
        "#]],
    );
}

#[test]
fn members_that_are_null() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1', description: null }
tags: null
servers: [{ url: /, variables: { p: { default: 443 }, q: {} } }]
paths: {}
",
        expect![[r#"
            error[openapi]: `tags` is null; a list is expected
              --> spec.yaml:3:7  #/tags
               |
             3 | tags: null
               |       ^^^^

            error[openapi]: `default` is the number 443; a string is expected
              --> spec.yaml:4:48  #/servers/0/variables/p/default
               |
             4 | servers: [{ url: /, variables: { p: { default: 443 }, q: {} } }]
               |                                                ^^^
               = put it in quotes

            error[openapi]: the server variable `q` has no `default`
              --> spec.yaml:4:58  #/servers/0/variables/q
               |
             4 | servers: [{ url: /, variables: { p: { default: 443 }, q: {} } }]
               |                                                          ^
        "#]],
    );
}

#[test]
fn schemas_and_styles_of_parameters() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        - name: a
          in: query
          schema:
        - { name: b, in: query, style: csv, schema: { type: string } }
        - { name: c, in: header, style: form, schema: { type: string } }
        - { name: d, in: query, style: 7, schema: { type: string } }
      responses: { '204': { description: Done., headers: { X-A: { style: form, schema: { type: string } } } } }
",
        expect![[r#"
            error[openapi]: `schema` is null; an object is expected
              --> spec.yaml:9:11  #/paths/~1a/get/parameters/0/schema
               |
             9 |           schema:
               |           ^^^^^^

            error[openapi]: `style` is `csv`; one of `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` is expected
              --> spec.yaml:10:40  #/paths/~1a/get/parameters/1/style
               |
            10 |         - { name: b, in: query, style: csv, schema: { type: string } }
               |                                        ^^^

            error[openapi]: `style` is `form`; `simple` is expected
              --> spec.yaml:11:41  #/paths/~1a/get/parameters/2/style
               |
            11 |         - { name: c, in: header, style: form, schema: { type: string } }
               |                                         ^^^^

            error[openapi]: `style` is the number 7; a string is expected
              --> spec.yaml:12:40  #/paths/~1a/get/parameters/3/style
               |
            12 |         - { name: d, in: query, style: 7, schema: { type: string } }
               |                                        ^
               = put it in quotes

            error[openapi]: `style` is `form`; `simple` is expected
              --> spec.yaml:13:74  #/paths/~1a/get/responses/204/headers/X-A/style
               |
            13 |       responses: { '204': { description: Done., headers: { X-A: { style: form, schema: { type: string } } } } }
               |                                                                          ^^^^
        "#]],
    );
}

#[test]
fn members_of_small_parts() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
security: [{ app: read:x }, app]
externalDocs: { uri: / }
tags: [{ name: t, externalDocs: { url: 7 } }]
paths:
  /a:
    post:
      security:
        - key:
        - app: [1]
      externalDocs: { url: /, description: [] }
      requestBody:
        content:
          multipart/form-data:
            schema: { $ref: '#/components/schemas/A' }
            encoding:
              a: { contentType: [a/b], style: forms }
              b: a/b
              c: { explode: }
      responses: {}
components:
  schemas:
    A: { type: object, discriminator: { mapping: { a: 7 } }, externalDocs: { description: D } }
  securitySchemes:
    app: { type: oauth2, flows: { implicit: { authorizationUrl: / }, password: { scopes: [] } } }
    all: { type: oauth2, flows: { authorizationCode: x, clientCredentials: { tokenUrl: /, scopes: { a: } } } }
    key: { type: apiKey, name: k, in: header }
",
        expect![[r#"
            error[openapi]: `url` is the number 7; a string is expected
              --> spec.yaml:5:40  #/tags/0/externalDocs/url
               |
             5 | tags: [{ name: t, externalDocs: { url: 7 } }]
               |                                        ^
               = put it in quotes

            error[openapi]: `contentType` is a list; a string is expected
              --> spec.yaml:18:33  #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/contentType
               |
            18 |               a: { contentType: [a/b], style: forms }
               |                                 ^

            error[openapi]: `style` is `forms`; one of `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` is expected
              --> spec.yaml:18:47  #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/style
               |
            18 |               a: { contentType: [a/b], style: forms }
               |                                               ^^^^^
               = did you mean `form`?

            error[openapi]: an encoding must be an object; this is the string "a/b"
              --> spec.yaml:19:18  #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/b
               |
            19 |               b: a/b
               |                  ^^^

            error[openapi]: `explode` is null; `true` or `false` is expected
              --> spec.yaml:20:20  #/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/c/explode
               |
            20 |               c: { explode: }
               |                    ^^^^^^^

            error[openapi]: `key` is null; a list of strings is expected
              --> spec.yaml:10:11  #/paths/~1a/post/security/0/key
               |
            10 |         - key:
               |           ^^^
               = write `key: []` if there are no scopes

            error[openapi]: `app` must be a list of strings; this is the number 1
              --> spec.yaml:11:17  #/paths/~1a/post/security/1/app/0
               |
            11 |         - app: [1]
               |                 ^

            error[openapi]: `description` is a list; a string is expected
              --> spec.yaml:12:44  #/paths/~1a/post/externalDocs/description
               |
            12 |       externalDocs: { url: /, description: [] }
               |                                            ^

            error[openapi]: this discriminator has no `propertyName`
              --> spec.yaml:24:39  #/components/schemas/A/discriminator
               |
            24 |     A: { type: object, discriminator: { mapping: { a: 7 } }, externalDocs: { description: D } }
               |                                       ^

            error[openapi]: `a` is the number 7; a string is expected
              --> spec.yaml:24:55  #/components/schemas/A/discriminator/mapping/a
               |
            24 |     A: { type: object, discriminator: { mapping: { a: 7 } }, externalDocs: { description: D } }
               |                                                       ^
               = put it in quotes

            error[openapi]: this external documentation has no `url`
              --> spec.yaml:24:76  #/components/schemas/A/externalDocs
               |
            24 |     A: { type: object, discriminator: { mapping: { a: 7 } }, externalDocs: { description: D } }
               |                                                                            ^

            error[openapi]: this flow has no `scopes`
              --> spec.yaml:26:45  #/components/securitySchemes/app/flows/implicit
               |
            26 |     app: { type: oauth2, flows: { implicit: { authorizationUrl: / }, password: { scopes: [] } } }
               |                                             ^
               = write `scopes: {}` if there are none

            error[openapi]: this flow has no `tokenUrl`
              --> spec.yaml:26:80  #/components/securitySchemes/app/flows/password
               |
            26 |     app: { type: oauth2, flows: { implicit: { authorizationUrl: / }, password: { scopes: [] } } }
               |                                                                                ^

            error[openapi]: `scopes` is a list; an object with strings is expected
              --> spec.yaml:26:90  #/components/securitySchemes/app/flows/password/scopes
               |
            26 |     app: { type: oauth2, flows: { implicit: { authorizationUrl: / }, password: { scopes: [] } } }
               |                                                                                          ^
               = write `scopes: {}` if there are none

            error[openapi]: `authorizationCode` is the string "x"; an object is expected
              --> spec.yaml:27:54  #/components/securitySchemes/all/flows/authorizationCode
               |
            27 |     all: { type: oauth2, flows: { authorizationCode: x, clientCredentials: { tokenUrl: /, scopes: { a: } } } }
               |                                                      ^

            error[openapi]: `a` is null; a string is expected
              --> spec.yaml:27:101  #/components/securitySchemes/all/flows/clientCredentials/scopes/a
               |
            27 |     all: { type: oauth2, flows: { authorizationCode: x, clientCredentials: { tokenUrl: /, scopes: { a: } } } }
               |                                                                                                     ^
               = write a value; in YAML, a text that starts with `#` must be in quotes

            error[openapi]: `app` is the string "read:x"; a list of strings is expected
              --> spec.yaml:3:19  #/security/0/app
               |
             3 | security: [{ app: read:x }, app]
               |                   ^^^^^^
               = write `app: ["read:x"]`

            error[openapi]: a security requirement must be an object; this is the string "app"
              --> spec.yaml:3:29  #/security/1
               |
             3 | security: [{ app: read:x }, app]
               |                             ^^^

            error[openapi]: this external documentation has no `url`
              --> spec.yaml:4:15  #/externalDocs
               |
             4 | externalDocs: { uri: / }
               |               ^
               = found `uri`; did you mean `url`?
        "#]],
    );
}

#[test]
fn texts_that_are_comments() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      responses:
        '200':
          description: #1 priority
",
        expect![[r#"
            error[openapi]: `description` is null; a string is expected
              --> spec.yaml:8:11  #/paths/~1a/get/responses/200/description
               |
             8 |           description: #1 priority
               |           ^^^^^^^^^^^
               = write a value; in YAML, a text that starts with `#` must be in quotes
        "#]],
    );
}

#[test]
fn references_that_are_no_strings() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  parameters:
    A: { name: 7, in: query, schema: { $ref: [x] } }
  schemas:
    A:
      $ref: #/components/schemas/B
    B: { type: object, properties: { a: { $ref: 7, description: D }, $ref: { type: string } } }
",
        expect![[r#"
            error[openapi]: `$ref` is null; a string is expected
              --> spec.yaml:9:7  #/components/schemas/A/$ref
               |
             9 |       $ref: #/components/schemas/B
               |       ^^^^
               = put the reference in quotes; without them, `#` starts a comment in YAML

            error[openapi]: `$ref` is the number 7; a string is expected
              --> spec.yaml:10:49  #/components/schemas/B/properties/a/$ref
               |
            10 |     B: { type: object, properties: { a: { $ref: 7, description: D }, $ref: { type: string } } }
               |                                                 ^

            error[openapi]: `$ref` is a list; a string is expected
              --> spec.yaml:6:46  #/components/parameters/A/schema/$ref
               |
             6 |     A: { name: 7, in: query, schema: { $ref: [x] } }
               |                                              ^

            error[openapi]: `name` is the number 7; a string is expected
              --> spec.yaml:6:16  #/components/parameters/A/name
               |
             6 |     A: { name: 7, in: query, schema: { $ref: [x] } }
               |                ^
               = put it in quotes
        "#]],
    );
}

#[test]
fn where_required_belongs_and_flags_in_quotes() {
    let spec = r#"openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, schema: { type: string, required: true } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    Pet:
      type: object
      properties:
        name: { type: string, required: true }
        nick: { type: string, nullable: "true" }
"#;
    check(
        spec,
        expect![[r#"
        error[openapi]: `required` is `true`; a list of strings is expected
          --> spec.yaml:7:67  #/paths/~1a/get/parameters/0/schema/required
           |
         7 |         - { name: q, in: query, schema: { type: string, required: true } }
           |                                                                   ^^^^
           = write it beside `schema`, not in it

        error[openapi]: `required` is `true`; a list of strings is expected
          --> spec.yaml:14:41  #/components/schemas/Pet/properties/name/required
           |
        14 |         name: { type: string, required: true }
           |                                         ^^^^
           = list `name` in `required` of the object that has it

        error[openapi]: `nullable` is the string "true"; `true` or `false` is expected
          --> spec.yaml:15:41  #/components/schemas/Pet/properties/nick/nullable
           |
        15 |         nick: { type: string, nullable: "true" }
           |                                         ^^^^^^
           = write `nullable: true` without quotes
    "#]],
    );
}

#[test]
fn a_response_that_is_not_indented() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      responses:
        '200':
        description: Done.
        content: { application/json: { schema: { type: string } } }
",
        expect![[r#"
            error[openapi]: a response must be an object; this is null
              --> spec.yaml:7:9  #/paths/~1a/get/responses/200
               |
             7 |         '200':
               |         ^^^^^
               = indent what belongs to it, or remove it
        "#]],
    );
}

#[test]
fn choices_of_swagger() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    put:
      parameters: [{ in: body, name: a, schema: { type: object } }, { in: formData, name: b, schema: { type: string } }]
      responses: { '204': { description: Done. } }
components: { securitySchemes: { password: { type: basic } } }
",
        expect![[r#"
            error[openapi]: `in` is `body`; one of `query`, `header`, `path`, `cookie` is expected
              --> spec.yaml:6:26  #/paths/~1a/put/parameters/0/in
               |
             6 |       parameters: [{ in: body, name: a, schema: { type: object } }, { in: formData, name: b, schema: { type: string } }]
               |                          ^^^^
               = write a `requestBody` beside `parameters`, with the schema in its `content`

            error[openapi]: `in` is `formData`; one of `query`, `header`, `path`, `cookie` is expected
              --> spec.yaml:6:75  #/paths/~1a/put/parameters/1/in
               |
             6 |       parameters: [{ in: body, name: a, schema: { type: object } }, { in: formData, name: b, schema: { type: string } }]
               |                                                                           ^^^^^^^^
               = write a `requestBody` beside `parameters`, with a property for each field in the schema of its `content`

            error[openapi]: `type` is `basic`; one of `apiKey`, `http`, `oauth2`, `openIdConnect` is expected
              --> spec.yaml:8:52  #/components/securitySchemes/password/type
               |
             8 | components: { securitySchemes: { password: { type: basic } } }
               |                                                    ^^^^^
               = write `type: http` and `scheme: basic`
        "#]],
    );
}

#[test]
fn parameters_without_a_schema() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, type: string }
        - { name: b, in: query, schem: { type: string } }
      responses:
        '200': { description: OK, headers: { X: { items: { type: string } } } }
",
        expect![[r#"
            warning[unknown-key]: `schem` is unknown here and has no effect
              --> spec.yaml:8:33  #/paths/~1a~1{id}/get/parameters/1/schem
               |
             8 |         - { name: b, in: query, schem: { type: string } }
               |                                 ^^^^^
               = did you mean `schema`?

            error[openapi]: this parameter has neither a `schema` nor `content`
              --> spec.yaml:7:11  #/paths/~1a~1{id}/get/parameters/0
               |
             7 |         - { name: id, in: path, required: true, type: string }
               |           ^
               = found `type`; write it below `schema`

            error[openapi]: this parameter has neither a `schema` nor `content`
              --> spec.yaml:8:11  #/paths/~1a~1{id}/get/parameters/1
               |
             8 |         - { name: b, in: query, schem: { type: string } }
               |           ^
               = found `schem`; did you mean `schema`?

            error[openapi]: this header has neither a `schema` nor `content`
              --> spec.yaml:10:49  #/paths/~1a~1{id}/get/responses/200/headers/X
               |
            10 |         '200': { description: OK, headers: { X: { items: { type: string } } } }
               |                                                 ^
               = found `items`; write it below `schema`
        "#]],
    );
}

#[test]
fn what_has_to_be_a_list() {
    check(
        "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        name: id
      security:
        basic: []
      tags:
        one
        two
      responses: { '204': { description: None. } }
",
        expect![[r#"
            error[openapi]: `tags` is the string "one two"; a list of strings is expected
              --> spec.yaml:11:9  #/paths/~1a/get/tags
               |
            11 |         one
               |         ^^^
               = start each item with `- `

            error[openapi]: `parameters` is an object; a list is expected
              --> spec.yaml:7:9  #/paths/~1a/get/parameters
               |
             7 |         name: id
               |         ^^^^
               = start each item with `- `

            error[openapi]: `security` is an object; a list is expected
              --> spec.yaml:9:9  #/paths/~1a/get/security
               |
             9 |         basic: []
               |         ^^^^^
               = start each item with `- `
        "#]],
    );
}
