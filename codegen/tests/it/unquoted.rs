//! Slips in YAML whose explanation is about a text without quotes, a key without a colon, or the indentation.

use expect_test::expect;

use crate::slips::check;

#[test]
fn a_key_without_a_colon() {
    check(
        "x-a:\n  b: 1\n  responses\n    '200': c\n",
        expect![[r#"
        error[syntax]: the key `responses` has no `:`
          --> spec.yaml:6:12
           |
         6 |   responses
           |            ^
           = write `responses:`
    "#]],
    );
    check(
        "x-a\n  /b:\n    c: 1\n",
        expect![[r#"
        error[syntax]: the key `x-a` has no `:`
          --> spec.yaml:4:4
           |
         4 | x-a
           |    ^
           = write `x-a:`
    "#]],
    );
    check(
        "x-a:\n  \"/b\"\n    c: 1\n",
        expect![[r#"
        error[syntax]: the key `/b` has no `:`
          --> spec.yaml:5:7
           |
         5 |   "/b"
           |       ^
           = write `"/b":`
    "#]],
    );
    // A quoted key is not the mistake, nor is a line of a text a key.
    check(
        "x-a: b\n  '200': c\n",
        expect![[r#"
            error[syntax]: `'200'` is indented below `x-a`, which has a value
              --> spec.yaml:5:3
               |
             5 |   '200': c
               |   ^
              ::: spec.yaml:4:1
               |
             4 | x-a: b
               | - this has a value
               = indent both alike
        "#]],
    );
    check(
        "x-a: a long\n  text of\n  words\n    more: this\n",
        expect![[r#"
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:7:9
           |
         7 |     more: this
           |         ^
           = put a text that contains `: ` in quotes, or check the indentation
    "#]],
    );
}

/// The quotes of the key are not those of the text.
#[test]
fn texts_that_need_quotes_after_a_key_in_quotes() {
    check(
        "x-a:\n  '404': @broken\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:10
           |
         5 |   '404': @broken
           |          ^
           = put a text that starts with `@` in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': `a` and `b`\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:10
           |
         5 |   '404': `a` and `b`
           |          ^
           = put a text that starts with a backtick in quotes
    "#]],
    );
    check(
        "x-a:\n  \"404\": *bold* text\n",
        expect![[r#"
        error[syntax]: a text that starts with `*` must be in quotes
          --> spec.yaml:5:10
           |
         5 |   "404": *bold* text
           |          ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a:\n  '404': | ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `|` must be in quotes
          --> spec.yaml:5:10
           |
         5 |   '404': | ok
           |          ^
           = put quotes around the text, or start it in the line below
    "#]],
    );
    check(
        "x-a:\n  '404': > 5 items\n",
        expect![[r#"
        error[syntax]: a text that starts with `>` must be in quotes
          --> spec.yaml:5:10
           |
         5 |   '404': > 5 items
           |          ^
           = put quotes around the text, or start it in the line below
    "#]],
    );
    check(
        "x-a:\n  - '404': - ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `-` must be in quotes
          --> spec.yaml:5:12
           |
         5 |   - '404': - ok
           |            ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a:\n  '404': ? ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `?` must be in quotes
          --> spec.yaml:5:10
           |
         5 |   '404': ? ok
           |          ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a:\n  '404': { description: %d of them }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:25
           |
         5 |   '404': { description: %d of them }
           |                         ^
           = put a text that starts with `%` in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': { description: `a` and `b` }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:25
           |
         5 |   '404': { description: `a` and `b` }
           |                         ^
           = put a text that starts with a backtick in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': { description: * bold }\n",
        expect![[r#"
        error[syntax]: did not find expected alphabetic or numeric character
          --> spec.yaml:5:26
           |
         5 |   '404': { description: * bold }
           |                          ^
           = put a text that starts with `*` or `&` in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': { description: | ok }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:25
           |
         5 |   '404': { description: | ok }
           |                         ^
           = put a text that starts with `|` in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': { description: > 5 }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:5:25
           |
         5 |   '404': { description: > 5 }
           |                         ^
           = put a text that starts with `>` in quotes
    "#]],
    );
    check(
        "x-a:\n  '404': { description: - ok }\n",
        expect![[r#"
        error[syntax]: did not find expected node content
          --> spec.yaml:5:25
           |
         5 |   '404': { description: - ok }
           |                         ^
           = put a text that is only `?` or `-`, or that starts with it and a space, in quotes; within brackets, items are separated with `,`
    "#]],
    );
    check(
        "x-a:\n  '404': { description: ? ok }\n",
        expect![[r#"
        error[syntax]: did not find expected node content
          --> spec.yaml:5:25
           |
         5 |   '404': { description: ? ok }
           |                         ^
           = put a text that is only `?` or `-`, or that starts with it and a space, in quotes; within brackets, items are separated with `,`
    "#]],
    );
    check(
        "x-a:\n  '404': 'one' two\n",
        expect![[r#"
        error[syntax]: there is text after the closing quote
          --> spec.yaml:5:16
           |
         5 |   '404': 'one' two
           |                ^
           = put quotes of the other kind around the whole text
    "#]],
    );
    check(
        "x-a: { '404': @broken }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:4:15
           |
         4 | x-a: { '404': @broken }
           |               ^
           = put a text that starts with `@` in quotes
    "#]],
    );
    check(
        "x-a: { '404': *a b }\n",
        expect![[r#"
        error[syntax]: unknown anchor
          --> spec.yaml:4:15
           |
         4 | x-a: { '404': *a b }
           |               ^
           = no value above is marked `&a`; put a text that starts with `*` in quotes
    "#]],
    );
    check(
        "x-a:\n  'a: b': [c] d\n",
        expect![[r#"
        error[syntax]: a text that starts with `[` must be in quotes
          --> spec.yaml:5:11
           |
         5 |   'a: b': [c] d
           |           ^
           = put quotes around the whole text
    "#]],
    );
}

#[test]
fn texts_that_need_quotes() {
    check(
        "x-a: *bold* text\n",
        expect![[r#"
        error[syntax]: a text that starts with `*` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: *bold* text
           |      ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a:\n  - **Permissions** required\n",
        expect![[r#"
        error[syntax]: a text that starts with `*` must be in quotes
          --> spec.yaml:5:5
           |
         5 |   - **Permissions** required
           |     ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a: &amp; ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `&` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: &amp; ok
           |      ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a:\n  */*: {}\n",
        expect![[r#"
        error[syntax]: a text that starts with `*` must be in quotes
          --> spec.yaml:5:3
           |
         5 |   */*: {}
           |   ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a: | ok\nx-b: c\n",
        expect![[r#"
        error[syntax]: a text that starts with `|` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: | ok
           |      ^
           = put quotes around the text, or start it in the line below
    "#]],
    );
    check(
        "x-a: > 5 items\n",
        expect![[r#"
        error[syntax]: a text that starts with `>` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: > 5 items
           |      ^
           = put quotes around the text, or start it in the line below
    "#]],
    );
    check(
        "x-a: - ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `-` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: - ok
           |      ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a: ? ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `?` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: ? ok
           |      ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a: , ok\n",
        expect![[r#"
        error[syntax]: a text that starts with `,` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: , ok
           |      ^
           = put quotes around the text
    "#]],
    );
    check(
        "x-a: [Experimental] Returns tasks\nx-b: c\n",
        expect![[r#"
        error[syntax]: a text that starts with `[` must be in quotes
          --> spec.yaml:4:6
           |
         4 | x-a: [Experimental] Returns tasks
           |      ^
           = put quotes around the whole text
    "#]],
    );
    check(
        "x-a:\n  - b: {id} of the space\n",
        expect![[r#"
        error[syntax]: a text that starts with `{` must be in quotes
          --> spec.yaml:5:8
           |
         5 |   - b: {id} of the space
           |        ^
           = put quotes around the whole text
    "#]],
    );
    check(
        "x-a: \"ok\" it is\nx-b: c\n",
        expect![[r#"
        error[syntax]: there is text after the closing quote
          --> spec.yaml:4:11
           |
         4 | x-a: "ok" it is
           |           ^
           = put quotes of the other kind around the whole text
    "#]],
    );
    check(
        "x-a: { b: *b* }\n",
        expect![[r#"
        error[syntax]: did not find expected alphabetic or numeric character
          --> spec.yaml:4:13
           |
         4 | x-a: { b: *b* }
           |             ^
           = put a text that starts with `*` or `&` in quotes
    "#]],
    );
    check(
        "x-a: \"match \\d+\"\n",
        expect![[r#"
        error[syntax]: found unknown escape character
          --> spec.yaml:4:13
           |
         4 | x-a: "match \d+"
           |             ^
           = write a backslash as `\\`, or put the text in single quotes
    "#]],
    );
}

#[test]
fn indentation_in_the_items_of_a_list() {
    check(
        "x-a:\n  - name: a\n   in: query\n",
        expect![[r#"
            error[syntax]: did not find expected '-' indicator
              --> spec.yaml:6:4
               |
             6 |    in: query
               |    ^
               = check the indentation: the keys of an item of a list start in the same column as its first one; or a `- ` or a key is missing
        "#]],
    );
    check(
        "x-a:\n  - name: a\n \tin: query\n",
        expect![[r#"
        error[syntax]: there is a tab in the indentation
          --> spec.yaml:6:2
           |
         6 |      in: query
           |  ^
           = YAML is indented with spaces, not tabs
    "#]],
    );
}
