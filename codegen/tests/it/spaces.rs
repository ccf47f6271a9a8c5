//! Slips in YAML around the colon of a key and the dash of an item, most of which are noticed in the line below.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

use crate::slips::check;

#[test]
fn a_key_without_a_space_behind_its_colon() {
    check(
        "x-a:\n  type:array\n  items: {}\n",
        expect![[r#"
        error[syntax]: the `:` of `type` has no space behind it
          --> spec.yaml:5:8
           |
         5 |   type:array
           |        ^
           = write `type: array`
    "#]],
    );
    check(
        "x-a:\n  - name: b\n    in:query\n    schema: {}\n",
        expect![[r#"
        error[syntax]: the `:` of `in` has no space behind it
          --> spec.yaml:6:8
           |
         6 |     in:query
           |        ^
           = write `in: query`
    "#]],
    );
    check(
        "x-a:\n  - name:b\n    in: query\n",
        expect![[r#"
        error[syntax]: the `:` of `name` has no space behind it
          --> spec.yaml:5:10
           |
         5 |   - name:b
           |          ^
           = write `name: b`
    "#]],
    );
    // At the end of a mapping, and of the text.
    check(
        "x-a:\n  type: integer\n  format:int64\nx-b: 1\n",
        expect![[r#"
        error[syntax]: the `:` of `format` has no space behind it
          --> spec.yaml:6:10
           |
         6 |   format:int64
           |          ^
           = write `format: int64`
    "#]],
    );
    check(
        "x-a:\n  type: integer\n  format:int64\n",
        expect![[r#"
        error[syntax]: the `:` of `format` has no space behind it
          --> spec.yaml:6:10
           |
         6 |   format:int64
           |          ^
           = write `format: int64`
    "#]],
    );
    // Several of them are one text.
    check(
        "x-a:\n  type:array\n  format:b\n  items: {}\n",
        expect![[r#"
        error[syntax]: the `:` of `type` has no space behind it
          --> spec.yaml:5:8
           |
         5 |   type:array
           |        ^
           = write `type: array`
    "#]],
    );
    check(
        "x-a:\n  b: 1\n  \"c\":{ d: 1 }\n",
        expect![[r#"
        error[syntax]: did not find expected key
          --> spec.yaml:6:6
           |
         6 |   "c":{ d: 1 }
           |      ^
           = a space belongs behind the colon
    "#]],
    );
}

#[test]
fn the_first_key_without_a_space_behind_its_colon() {
    let text = "openapi:3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";
    let error = generate(&Input::new("test", Source::new("spec.yaml", text))).expect_err("an error");
    expect![[r#"
        error[syntax]: the `:` of `openapi` has no space behind it
          --> spec.yaml:1:9
           |
         1 | openapi:3.0.3
           |         ^
           = write `openapi: 3.0.3`
    "#]]
    .assert_eq(&error.diagnostics().expect("an error of the document").to_string());
}

#[test]
fn a_text_where_a_key_is_expected() {
    check(
        "x-a:\n  type integer\n  format: int64\n",
        expect![[r#"
        error[syntax]: the key `type` has no `:`
          --> spec.yaml:5:7
           |
         5 |   type integer
           |       ^
           = write `type: integer`
    "#]],
    );
    check(
        "x-a:\n  operationId: b\n  summary Get a space\n  tags: []\n",
        expect![[r#"
        error[syntax]: the key `summary` has no `:`
          --> spec.yaml:6:10
           |
         6 |   summary Get a space
           |          ^
           = write `summary: Get a space`
    "#]],
    );
    check(
        "x-a:\n  name: b\n  in; query\n  schema: {}\n",
        expect![[r#"
        error[syntax]: the key `in` has no `:`
          --> spec.yaml:6:5
           |
         6 |   in; query
           |     ^
           = write `in: query`
    "#]],
    );
    check(
        "x-a:\n  name: b\n  in= query\n  schema: {}\n",
        expect![[r#"
        error[syntax]: the key `in` has no `:`
          --> spec.yaml:6:5
           |
         6 |   in= query
           |     ^
           = write `in: query`
    "#]],
    );
    check(
        "x-a:\n  description: A text\n  that goes on\n  tags: []\n",
        expect![[r#"
            error[syntax]: there is a text where a key is expected
              --> spec.yaml:6:3
               |
             6 |   that goes on
               |   ^
               = write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above
        "#]],
    );
    check(
        "x-a:\n  - name: b\n    \"in\"\n    schema: {}\n",
        expect![[r#"
        error[syntax]: the key `in` has no `:`
          --> spec.yaml:6:9
           |
         6 |     "in"
           |         ^
           = write `"in":`
    "#]],
    );
    check(
        "x-a:\n  - b\n  c\n  - d\n",
        expect![[r#"
        error[syntax]: there is a text where a key is expected
          --> spec.yaml:6:3
           |
         6 |   c
           |   ^
           = write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above
    "#]],
    );
    check(
        "x-a:\n  description: |\n    See:\n  https://example.com\n  tags: []\n",
        expect![[r#"
            error[syntax]: there is a text where a key is expected
              --> spec.yaml:7:3
               |
             7 |   https://example.com
               |   ^
               = write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above
        "#]],
    );
    check(
        "x-a:\n  description: |\n    - b\n  -c\n  tags: []\n",
        expect![[r#"
        error[syntax]: there is a text where a key is expected
          --> spec.yaml:7:3
           |
         7 |   -c
           |   ^
           = write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above
    "#]],
    );
    // A text may start with the name of a key, and is not the mistake.
    check(
        "x-a:\n  description:\n    summary of it\n    Note: b\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:7:9
           |
         7 |     Note: b
           |         ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
    check(
        "x-a:\n  - name of it\nx-b: c: d\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:6:7
           |
         6 | x-b: c: d
           |       ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
    check(
        "x-a: b\n  summary of it\n  Note: b\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:6:7
           |
         6 |   Note: b
           |       ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
}

#[test]
fn an_item_without_a_space_behind_its_dash() {
    check(
        "x-a:\n  - name: b\n    in: query\n  -name: c\n    in: query\n",
        expect![[r#"
        error[syntax]: the dash of this item has no space behind it
          --> spec.yaml:7:4
           |
         7 |   -name: c
           |    ^
           = write `- name: c`
    "#]],
    );
    check(
        "x-a:\n  - $ref: b\n  -$ref: c\n",
        expect![[r#"
        error[syntax]: the dash of this item has no space behind it
          --> spec.yaml:6:4
           |
         6 |   -$ref: c
           |    ^
           = write `- $ref: c`
    "#]],
    );
    // It is noticed in the line below.
    check(
        "x-a:\n  -name: c\n    in: query\n",
        expect![[r#"
        error[syntax]: the dash of this item has no space behind it
          --> spec.yaml:5:4
           |
         5 |   -name: c
           |    ^
           = write `- name: c`
    "#]],
    );
    check(
        "x-a:\n  - name: b\n  -c\n  - d\n",
        expect![[r#"
        error[syntax]: the dash of this item has no space behind it
          --> spec.yaml:6:4
           |
         6 |   -c
           |    ^
           = write `- c`
    "#]],
    );
    check(
        "x-a:\n- name: b\n-c\n",
        expect![[r#"
        error[syntax]: the dash of this item has no space behind it
          --> spec.yaml:6:2
           |
         6 | -c
           |  ^
           = write `- c`
    "#]],
    );
    // A text may start with a dash.
    check(
        "x-a:\n  - b\n  - -c: d: e\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:6:10
           |
         6 |   - -c: d: e
           |          ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
    check(
        "x-a: b\n  -c\n  d: e\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:6:4
           |
         6 |   d: e
           |    ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
}

#[test]
fn a_key_without_a_colon_above_a_list() {
    check(
        "x-a:\n  type: object\n  required\n    - a\n    - b\n  properties: {}\n",
        expect![[r#"
            error[syntax]: the key `required` has no `:`
              --> spec.yaml:6:11
               |
             6 |   required
               |           ^
               = write `required:`
        "#]],
    );
    check(
        "x-a:\n  tags\n  - a\n  summary: b\n",
        expect![[r#"
        error[syntax]: the key `tags` has no `:`
          --> spec.yaml:5:7
           |
         5 |   tags
           |       ^
           = write `tags:`
    "#]],
    );
    // A text may have lines like items.
    check(
        "x-a:\n  description:\n    words\n    - a\n    Note: b\n",
        expect![[r#"
            error[syntax]: mapping values are not allowed in this context
              --> spec.yaml:8:9
               |
             8 |     Note: b
               |         ^
               = put a text that contains `: ` in quotes, or check the indentation
        "#]],
    );
}
