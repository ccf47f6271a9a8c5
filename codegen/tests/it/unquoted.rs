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
        error[syntax]: mapping values are not allowed in this context
          --> spec.yaml:5:8
           |
         5 |   '200': c
           |        ^
           = put a text that contains `: ` in quotes, or check the indentation
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
           = check the indentation: the keys of an item of a list start in the same column as its first one
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
