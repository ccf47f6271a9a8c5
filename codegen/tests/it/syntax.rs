//! Texts that cannot be read as YAML or JSON: what is wrong, and where exactly.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

fn check(name: &str, text: &str, expected: Expect) {
    let input = Input::new("test", Source::new(name, text));
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    expected.assert_eq(&diagnostics.to_string());
}

/// What is told of a document from which a module is generated.
fn check_told(name: &str, text: &str, expected: Expect) {
    let generated = generate(&Input::new("test", Source::new(name, text))).expect("a module");
    expected.assert_eq(&generated.diagnostics.to_string());
}

#[test]
fn keys_that_are_there_twice() {
    let spec = "openapi: 3.0.3
info: { title: T, title: U, version: '1' }
paths:
  /a:
    get:
      responses:
        200: { description: One. }
        '200': { description: Two. }
  /b: {}
  /a: {}
";
    check(
        "spec.yaml",
        spec,
        expect![[r#"
            error[syntax]: the key `title` appears twice
              --> spec.yaml:2:19
               |
             2 | info: { title: T, title: U, version: '1' }
               |                   ^
              ::: spec.yaml:2:9
               |
             2 | info: { title: T, title: U, version: '1' }
               |         - first occurrence

            error[syntax]: the key `200` appears twice
              --> spec.yaml:8:9
               |
             8 |         '200': { description: Two. }
               |         ^
              ::: spec.yaml:7:9
               |
             7 |         200: { description: One. }
               |         - first occurrence
               = quoting does not make it a different key

            error[syntax]: the key `/a` appears twice
              --> spec.yaml:10:3
               |
            10 |   /a: {}
               |   ^
              ::: spec.yaml:4:3
               |
             4 |   /a:
               |   - first occurrence
        "#]],
    );
    check_told(
        "spec.json",
        "{ \"openapi\": \"3.0.3\", \"paths\": {},\n  \"info\": { \"title\": \"\\ud83d\\ude00\", \"version\": \"1\",\n  \"title\": \"U\" } }",
        expect![[r#"
            warning[repeated-key]: the key `title` appears twice
              --> spec.json:3:3
               |
             3 |   "title": "U" } }
               |   ^
              ::: spec.json:2:13
               |
             2 |   "info": { "title": "\ud83d\ude00", "version": "1",
               |             - first occurrence
               = the last one is used
        "#]],
    );
    check(
        "spec.yaml",
        "a: &a { b: 1 }\nc: { <<: *a, <<: *a }\n",
        expect![[r#"
            error[syntax]: the key `<<` appears twice
              --> spec.yaml:2:14
               |
             2 | c: { <<: *a, <<: *a }
               |              ^
              ::: spec.yaml:2:6
               |
             2 | c: { <<: *a, <<: *a }
               |      - first occurrence
        "#]],
    );
}

#[test]
fn keys_that_are_there_twice_in_a_row() {
    // What follows a key is not indented below it.
    check(
        "spec.yaml",
        "get:\n  operationId: a\n  tags: []\n  delete:\n  operationId: b\n  tags: []\n",
        expect![[r#"
            error[syntax]: the keys `operationId` and `tags` appear twice
              --> spec.yaml:5:3
               |
             5 |   operationId: b
               |   ^
              ::: spec.yaml:2:3
               |
             2 |   operationId: a
               |   - first occurrence
               = nothing is indented below `delete` above; check its indentation and that of what follows
        "#]],
    );
    check(
        "spec.yaml",
        "type: array\nitems:\n\ntype: string\n",
        expect![[r#"
            error[syntax]: the key `type` appears twice
              --> spec.yaml:4:1
               |
             4 | type: string
               | ^
              ::: spec.yaml:1:1
               |
             1 | type: array
               | - first occurrence
               = nothing is indented below `items` above; check its indentation and that of what follows
        "#]],
    );
    // An item of a list lacks its dash.
    check(
        "spec.yaml",
        "a:\n  - name: b\n    in: query\n    name: c\n    in: query\n",
        expect![[r#"
        error[syntax]: the keys `name` and `in` appear twice
          --> spec.yaml:4:5
           |
         4 |     name: c
           |     ^
          ::: spec.yaml:2:5
           |
         2 |   - name: b
           |     - first occurrence
           = a `- ` may be missing before `name`
    "#]],
    );
    check(
        "spec.yaml",
        "a:\n  - $ref: b\n    $ref: c\n",
        expect![[r#"
        error[syntax]: the key `$ref` appears twice
          --> spec.yaml:3:5
           |
         3 |     $ref: c
           |     ^
          ::: spec.yaml:2:5
           |
         2 |   - $ref: b
           |     - first occurrence
           = a `- ` may be missing before `$ref`
    "#]],
    );
    check(
        "spec.yaml",
        "a: 1\nb: 2\nc: 3\nd: 4\na: 1\nb: 2\nc: 3\nd: 4\n",
        expect![[r#"
        error[syntax]: the keys `a`, `b` and 2 others appear twice
          --> spec.yaml:5:1
           |
         5 | a: 1
           | ^
          ::: spec.yaml:1:1
           |
         1 | a: 1
           | - first occurrence
           = check the indentation above; these may belong elsewhere
    "#]],
    );
    // Others are told separately.
    check(
        "spec.yaml",
        "a: { b: 1, c: 2, b: 3, c: 4 }\n",
        expect![[r#"
        error[syntax]: the key `b` appears twice
          --> spec.yaml:1:18
           |
         1 | a: { b: 1, c: 2, b: 3, c: 4 }
           |                  ^
          ::: spec.yaml:1:6
           |
         1 | a: { b: 1, c: 2, b: 3, c: 4 }
           |      - first occurrence

        error[syntax]: the key `c` appears twice
          --> spec.yaml:1:24
           |
         1 | a: { b: 1, c: 2, b: 3, c: 4 }
           |                        ^
          ::: spec.yaml:1:12
           |
         1 | a: { b: 1, c: 2, b: 3, c: 4 }
           |            - first occurrence
    "#]],
    );
    check(
        "spec.yaml",
        "a:\n  b: 1\n  b: 2\nc:\n  b: 1\n  b: 2\n",
        expect![[r#"
        error[syntax]: the key `b` appears twice
          --> spec.yaml:3:3
           |
         3 |   b: 2
           |   ^
          ::: spec.yaml:2:3
           |
         2 |   b: 1
           |   - first occurrence

        error[syntax]: the key `b` appears twice
          --> spec.yaml:6:3
           |
         6 |   b: 2
           |   ^
          ::: spec.yaml:5:3
           |
         5 |   b: 1
           |   - first occurrence
    "#]],
    );
    check(
        "spec.yaml",
        "a: 1\nb: 2\na: 1\nc: 3\nb: 2\n",
        expect![[r#"
        error[syntax]: the key `a` appears twice
          --> spec.yaml:3:1
           |
         3 | a: 1
           | ^
          ::: spec.yaml:1:1
           |
         1 | a: 1
           | - first occurrence

        error[syntax]: the key `b` appears twice
          --> spec.yaml:5:1
           |
         5 | b: 2
           | ^
          ::: spec.yaml:2:1
           |
         2 | b: 2
           | - first occurrence
    "#]],
    );
}

#[test]
fn several_documents_in_a_file() {
    check(
        "spec.yaml",
        "---\nopenapi: 3.0.3\n---\nopenapi: 3.0.3\n",
        expect![[r#"
        error[syntax]: a second document starts here
          --> spec.yaml:3:1
           |
         3 | ---
           | ^
           = a file must contain one document; save each in its own file
    "#]],
    );
}

#[test]
fn json_that_is_wrong() {
    let good = "{ \"openapi\": \"3.0.3\", \"info\": { \"title\": \"T\", \"version\": \"1\" }, \"paths\": {} }";
    check(
        "spec.json",
        &format!("{good}\nthe end\n"),
        expect![[r#"
            error[syntax]: there is text after the end of the JSON document
              --> spec.json:2:1
               |
             2 | the end
               | ^
               = remove it, or fix the brackets before it
        "#]],
    );
    check(
        "spec.json",
        &format!("// A comment.\n{good}"),
        expect![[r#"
            error[syntax]: JSON does not allow comments
              --> spec.json:1:1
               |
             1 | // A comment.
               | ^
               = remove it
        "#]],
    );
    check(
        "spec.json",
        "{\n  \"é\": 1, // A comment.\n  \"b\": 2\n}",
        expect![[r#"
            error[syntax]: JSON does not allow comments
              --> spec.json:2:11
               |
             2 |   "é": 1, // A comment.
               |           ^
               = remove it
        "#]],
    );
    check(
        "spec.json",
        "{\n  /* A comment. */ \"b\": 2\n}",
        expect![[r#"
            error[syntax]: JSON does not allow comments
              --> spec.json:2:3
               |
             2 |   /* A comment. */ "b": 2
               |   ^
               = remove it
        "#]],
    );
    check(
        "spec.json",
        "{\n  \"a\": 1\n  \"b\": 2\n}",
        expect![[r#"
        error[syntax]: expected `,` or `}`
          --> spec.json:3:3
           |
         3 |   "b": 2
           |   ^
    "#]],
    );
    check(
        "spec.json",
        "{\n  \"a\": [1, 2",
        expect![[r#"
            error[syntax]: the text ends within a list
              --> spec.json:2:12
               |
             2 |   "a": [1, 2
               |            ^
               = a closing bracket or quote is missing, or the file is incomplete
        "#]],
    );
}

#[test]
fn texts_that_are_nested_deep() {
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    check(
        "spec.yaml",
        &format!("a: {}\n", deep(10_000)),
        expect![[r#"
        error[syntax]: this is nested more than 128 levels deep
          --> spec.yaml:1:131
           = move the inner part to a component, and refer to it with `$ref`
    "#]],
    );
    check(
        "spec.json",
        &format!("{{ \"a\": {} }}\n", deep(10_000)),
        expect![[r#"
        error[syntax]: this is nested more than 128 levels deep
          --> spec.json:1:134
           = move the inner part to a component, and refer to it with `$ref`
    "#]],
    );
    check(
        "spec.yaml",
        &"- ".repeat(300),
        expect![[r#"
        error[syntax]: this is nested more than 128 levels deep
          --> spec.yaml:1:257
           = move the inner part to a component, and refer to it with `$ref`
    "#]],
    );
    let prose = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1', description: '{}' }}\npaths: {{}}\n",
        "[".repeat(200)
    );
    check_told("spec.yaml", &prose, expect![""]);
}

#[test]
fn integers_beyond_64_bits_are_read() {
    let schema = "{ type: integer, minimum: -9223372036854776000, maximum: 18446744073709551616, x-most: 340282366920938463463374607431768211456 }";
    let head = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    check_told("spec.yaml", &format!("{head}    Count: {schema}\n"), expect![""]);
}

/// What is told of lines after a start that can be read.
fn check_lines(lines: &str, expected: Expect) {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\n{lines}");
    check("spec.yaml", &text, expected);
}

#[test]
fn tabs() {
    check_lines(
        "paths:\n\t/a: {}\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:4:1
           |
         4 |     /a: {}
           | ^
           = YAML is indented with spaces, not tabs
    "#]],
    );
}

#[test]
fn characters_that_start_no_text() {
    check_lines(
        "x-a: @x\n",
        expect![[r#"
            error[syntax]: found character that cannot start any token
              --> spec.yaml:3:6
               |
             3 | x-a: @x
               |      ^
               = put a text that starts with `@` in quotes
        "#]],
    );
    check_lines(
        "x-a: `x`\n",
        expect![[r#"
            error[syntax]: found character that cannot start any token
              --> spec.yaml:3:6
               |
             3 | x-a: `x`
               |      ^
               = put a text that starts with a backtick in quotes
        "#]],
    );
    check_lines(
        "x-a: *x\n",
        expect![[r#"
            error[syntax]: unknown anchor
              --> spec.yaml:3:6
               |
             3 | x-a: *x
               |      ^
               = no value above is marked `&x`; put a text that starts with `*` in quotes
        "#]],
    );
}

#[test]
fn quotes_that_are_not_closed() {
    check_lines(
        "x-a: \"abc\npaths: {}\nx-b: \"d\"\n",
        expect![[r#"
            error[syntax]: the quote `"` is not closed
              --> spec.yaml:3:6
               |
             3 | x-a: "abc
               |      ^
               = close it where the text ends; now it ends at the quote in line 5
        "#]],
    );
    check_lines(
        "x-a: \"abc\npaths: {}\n",
        expect![[r#"
            error[syntax]: the quote `"` is not closed
              --> spec.yaml:3:6
               |
             3 | x-a: "abc
               |      ^
               = close it where the text ends
        "#]],
    );
}

#[test]
fn conflicts_of_git() {
    check_lines(
        "<<<<<<< HEAD\npaths: {}\n=======\npaths: { /a: {} }\n>>>>>>> other\n",
        expect![[r#"
            error[syntax]: the file has conflict markers of git
              --> spec.yaml:3:1
               |
             3 | <<<<<<< HEAD
               | ^
               = resolve the conflict, and remove the markers
        "#]],
    );
}

#[test]
fn json_without_a_quote() {
    let mut told = String::new();
    for text in [
        r#"{
  "openapi": "3.0.3",
  "info": { "title": "T, "version": "1" },
  "paths": {}
}"#,
        r#"{
  "openapi": "3.0.3",
  "info": {
    "title": "T \"and\" more,
    "version": "1"
  },
  "paths": {}
}"#,
        // YAML would read these.
        r#"{
  "openapi": "3.0.3",
  "info": { "title": T", "version": "1" },
  "paths": {}
}"#,
        r#"{
  "openapi": "3.0.3",
  "info": { "title": "T", "version": "1" },
  paths": {}
}"#,
    ] {
        let error = generate(&Input::new("test", Source::new("spec.json", text))).expect_err("an error");
        told += &error.diagnostics().expect("an error of the document").to_string();
        told += "\n";
    }
    expect![[r#"
        error[syntax]: a quote is missing in this line
          --> spec.json:3:27
           |
         3 |   "info": { "title": "T, "version": "1" },
           |                           ^
           = put `"` before and after each key and each text

        error[syntax]: a quote is missing in this line
          --> spec.json:4:14
           |
         4 |     "title": "T \"and\" more,
           |              ^
           = put `"` before and after each key and each text

        error[syntax]: a quote is missing in this line
          --> spec.json:3:22
           |
         3 |   "info": { "title": T", "version": "1" },
           |                      ^
           = put `"` before and after each key and each text

        error[syntax]: a quote is missing in this line
          --> spec.json:4:3
           |
         4 |   paths": {}
           |   ^
           = put `"` before and after each key and each text

    "#]]
    .assert_eq(&told);
    // A text of YAML may be longer than a line.
    let text = "{ \"openapi\": \"3.0.3\", \"paths\": {}, \"info\": { \"version\": \"1\", \"title\": \"A\n title\" } }";
    generate(&Input::new("test", Source::new("spec.json", text))).expect("a module");
}
