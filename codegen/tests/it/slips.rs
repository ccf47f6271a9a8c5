//! Slips that make a text unreadable, or lose a part of it: what is wrong is named where it is, not where it is noticed.

use confluence_codegen::{Input, Source, generate};
use expect_test::{Expect, expect};

/// What is told of lines after a start that can be read.
pub fn check(lines: &str, expected: Expect) {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n{lines}");
    let input = Input::new("test", Source::new("spec.yaml", text));
    let told = match generate(&input) {
        Ok(generated) => generated.diagnostics.to_string(),
        Err(error) => error.diagnostics().expect("an error of the document").to_string(),
    };
    expected.assert_eq(&told);
}

#[test]
fn a_quote_that_the_next_reference_closes() {
    check(
        "components:
  schemas:
    A:
      properties:
        a:
          description: 'A text.
        b:
          $ref: '#/components/schemas/B'
        c: { $ref: '#/components/schemas/C' }
",
        expect![[r#"
            error[syntax]: the quote `'` is not closed
              --> spec.yaml:9:24
               |
             9 |           description: 'A text.
               |                        ^
               = close it where the text ends; now it ends at the quote in line 11
        "#]],
    );
    // The members after it collide.
    check(
        "components:
  schemas:
    A:
      description: \"A text.
      properties:
        b:
          $ref: \"#/components/schemas/B\"
      description: Another.
",
        expect![[r#"
            error[syntax]: the quote `"` is not closed
              --> spec.yaml:7:20
               |
             7 |       description: "A text.
               |                    ^
               = close it where the text ends; now it ends at the quote in line 10
        "#]],
    );
    check(
        "x-a: [ 'one, '#two ]\n",
        expect![[r#"
        error[syntax]: the quote `'` is not closed
          --> spec.yaml:4:8
           |
         4 | x-a: [ 'one, '#two ]
           |        ^
           = close it where the text ends; now it ends at the quote in line 4
    "#]],
    );
    check(
        "x-a:\n  - 'see the channel '#two\n",
        expect![[r#"
        error[syntax]: the quote `'` is not closed
          --> spec.yaml:5:5
           |
         5 |   - 'see the channel '#two
           |     ^
           = close it where the text ends; now it ends at the quote in line 5
    "#]],
    );
}

#[test]
fn a_quote_that_the_next_quote_closes() {
    check(
        "x-a: 'A text.\nx-b: { type: string, description: 'Another.' }\n",
        expect![[r#"
            error[syntax]: the quote `'` is not closed
              --> spec.yaml:4:6
               |
             4 | x-a: 'A text.
               |      ^
               = close it where the text ends; now it ends at the quote in line 5
        "#]],
    );
    check(
        "x-a: 'It''s and It's.'\n",
        expect![[r#"
        error[syntax]: there is text after the closing quote
          --> spec.yaml:4:20
           |
         4 | x-a: 'It''s and It's.'
           |                    ^
           = write a quote inside of the text as `''`
    "#]],
    );
    check(
        "x-a: \"He \\\"said\\\" \"so\" loudly\"\n",
        expect![[r#"
            error[syntax]: the quote `"` is not closed
              --> spec.yaml:4:6
               |
             4 | x-a: "He \"said\" "so" loudly"
               |      ^
               = close it where the text ends; now it ends at the quote in line 4
        "#]],
    );
}

#[test]
fn brackets_that_are_not_closed() {
    check(
        "x-a: { type: string, enum: [a, b }\nx-b:\n  type: string\n",
        expect![[r#"
            error[syntax]: the bracket `[` is not closed
              --> spec.yaml:4:28
               |
             4 | x-a: { type: string, enum: [a, b }
               |                            ^
               = add `]` where the list ends
        "#]],
    );
    check(
        "x-a: { type: string, enum: [a, b]\nx-b:\n  type: string\n",
        expect![[r#"
            error[syntax]: the bracket `{` is not closed
              --> spec.yaml:4:6
               |
             4 | x-a: { type: string, enum: [a, b]
               |      ^
               = add `}` where the mapping ends
        "#]],
    );
    check(
        "x-a:\n  - [a, b\n  - [c]\n",
        expect![[r#"
        error[syntax]: the bracket `[` is not closed
          --> spec.yaml:5:5
           |
         5 |   - [a, b
           |     ^
           = add `]` where the list ends
    "#]],
    );
    check(
        "x-a: { type: string, enum: [']', b] # }\n",
        expect![[r#"
        error[syntax]: the bracket `{` is not closed
          --> spec.yaml:4:6
           |
         4 | x-a: { type: string, enum: [']', b] # }
           |      ^
           = add `}` where the mapping ends
    "#]],
    );
}

#[test]
fn brackets_that_are_closed_in_a_comment() {
    check(
        "x-a: { $ref: #/components/schemas/Kind }\n",
        expect![[r#"
        error[syntax]: the `}` at the end of the line is a part of a comment
          --> spec.yaml:4:14
           |
         4 | x-a: { $ref: #/components/schemas/Kind }
           |              ^
           = put the reference in quotes; without them, `#` starts a comment
    "#]],
    );
    check(
        "x-a:\n  a: { $ref: #/a }\n  b: { $ref: #/b }\n  c: { d: e }\n",
        expect![[r#"
            error[syntax]: the `}` at the end of the line is a part of a comment
              --> spec.yaml:5:14
               |
             5 |   a: { $ref: #/a }
               |              ^
               = put the reference in quotes; without them, `#` starts a comment
        "#]],
    );
    check(
        "x-a:\n  a: { description: a # b }\n  b: c\n",
        expect![[r#"
        error[syntax]: the `}` at the end of the line is a part of a comment
          --> spec.yaml:5:23
           |
         5 |   a: { description: a # b }
           |                       ^
           = put the text in quotes; without them, `#` starts a comment
    "#]],
    );
    check(
        "x-a: {\n  a: { $ref: #/a },\n  b: { c: d }\n}\n",
        expect![[r#"
        error[syntax]: the `,` at the end of the line is a part of a comment
          --> spec.yaml:5:14
           |
         5 |   a: { $ref: #/a },
           |              ^
           = put the reference in quotes; without them, `#` starts a comment
    "#]],
    );
    check(
        "x-a: {\n  a: one # two,\n  b: c\n}\n",
        expect![[r#"
        error[syntax]: the `,` at the end of the line is a part of a comment
          --> spec.yaml:5:10
           |
         5 |   a: one # two,
           |          ^
           = put the text in quotes; without them, `#` starts a comment
    "#]],
    );
    check(
        "x-a:\n  - [a, b # c]\n  - d\n",
        expect![[r#"
        error[syntax]: the `]` at the end of the line is a part of a comment
          --> spec.yaml:5:11
           |
         5 |   - [a, b # c]
           |           ^
           = put the text in quotes; without them, `#` starts a comment
    "#]],
    );
    check(
        "x-a:\n  get: { responses: { '200': { $ref: #/a } } }\n  put: {}\n",
        expect![[r#"
            error[syntax]: the `}` at the end of the line is a part of a comment
              --> spec.yaml:5:38
               |
             5 |   get: { responses: { '200': { $ref: #/a } } }
               |                                      ^
               = put the reference in quotes; without them, `#` starts a comment
        "#]],
    );
    // Other comments are not the mistake, nor is what is in quotes.
    check(
        "x-a: { b: c # one\nx-d: e\n",
        expect![[r#"
        error[syntax]: the bracket `{` is not closed
          --> spec.yaml:4:6
           |
         4 | x-a: { b: c # one
           |      ^
           = add `}` where the mapping ends
    "#]],
    );
    check(
        "x-a: { b: c, # [one]\nx-d: e\n",
        expect![[r#"
        error[syntax]: the bracket `{` is not closed
          --> spec.yaml:4:6
           |
         4 | x-a: { b: c, # [one]
           |      ^
           = add `}` where the mapping ends
    "#]],
    );
    check(
        "x-a: { b: 'c # one }'\nx-d: e\n",
        expect![[r#"
        error[syntax]: the bracket `{` is not closed
          --> spec.yaml:4:6
           |
         4 | x-a: { b: 'c # one }'
           |      ^
           = add `}` where the mapping ends
    "#]],
    );
}

#[test]
fn brackets_that_are_closed() {
    check(
        "x-a: { type: string enum: [a, b] }\n",
        expect![[r#"
        error[syntax]: `,` or `}` is expected
          --> spec.yaml:4:25
           |
         4 | x-a: { type: string enum: [a, b] }
           |                         ^
          ::: spec.yaml:4:6
           |
         4 | x-a: { type: string enum: [a, b] }
           |      - the bracket is opened here
           = separate the items with `,`, and put a text that contains `: ` or a bracket in quotes
    "#]],
    );
    check(
        "x-a: { type: string }}\n",
        expect![[r#"
        error[syntax]: did not find expected key
          --> spec.yaml:4:22
           |
         4 | x-a: { type: string }}
           |                      ^
           = remove the bracket; it closes none that is open
    "#]],
    );
    check(
        "x-a: { type: ? }\n",
        expect![[r#"
        error[syntax]: did not find expected node content
          --> spec.yaml:4:14
           |
         4 | x-a: { type: ? }
           |              ^
           = put a text that is only `?` or `-`, or that starts with it and a space, in quotes; within brackets, items are separated with `,`
    "#]],
    );
    check(
        "x-a: { type: @x }\n",
        expect![[r#"
        error[syntax]: found character that cannot start any token
          --> spec.yaml:4:14
           |
         4 | x-a: { type: @x }
           |              ^
           = put a text that starts with `@` in quotes
    "#]],
    );
}

#[test]
fn keys_that_are_no_text() {
    check(
        "x-a:\n  b: 1\n  ? c: d\n",
        expect![[r#"
            error[syntax]: a list or a mapping cannot be a key
              --> spec.yaml:6:5
               |
             6 |   ? c: d
               |     ^
               = remove the `?` or the brackets, or put the key in quotes
        "#]],
    );
    check(
        "[a, b]: 1\n",
        expect![[r#"
        error[syntax]: a list or a mapping cannot be a key
          --> spec.yaml:4:1
           |
         4 | [a, b]: 1
           | ^
           = remove the `?` or the brackets, or put the key in quotes
    "#]],
    );
}

#[test]
fn characters_that_look_like_a_space() {
    check(
        "x-a:\u{a0}\n  b: 1\n",
        expect![[r#"
            error[syntax]: there is a no-break space, \u{a0}, where YAML needs a space
              --> spec.yaml:4:5
               |
             4 | x-a:\u{a0}
               |     ^^^^^^
               = replace it with a space
        "#]],
    );
    check(
        "x-a:\u{a0}b\nx-c:\n  d: 1\n",
        expect![[r#"
        error[syntax]: there is a no-break space, \u{a0}, where YAML needs a space
          --> spec.yaml:4:5
           |
         4 | x-a:\u{a0}b
           |     ^^^^^^
           = replace it with a space
    "#]],
    );
    check(
        "x-a:\n  b: c\n \u{3000}d: 1\n",
        expect![[r#"
        error[syntax]: there is an unusual space, \u{3000}, where YAML needs a space
          --> spec.yaml:6:2
           |
         6 |  \u{3000}d: 1
           |  ^^^^^^^^
           = replace it with a space
    "#]],
    );
    check(
        "x-a:\n  - b: c\n  -\u{2009}d: 1\n",
        expect![[r#"
            error[syntax]: there is an unusual space, \u{2009}, where YAML needs a space
              --> spec.yaml:6:4
               |
             6 |   -\u{2009}d: 1
               |    ^^^^^^^^
               = replace it with a space
        "#]],
    );
    // What is certain is told first.
    check(
        "x-a:\n  b: c\n\u{200b}  d: 1\nx-e: [\n",
        expect![[r#"
        error[syntax]: the bracket `[` is not closed
          --> spec.yaml:7:6
           |
         7 | x-e: [
           |      ^
           = add `]` where the list ends
    "#]],
    );
    check(
        "x-a:\n  b: c\n \u{200b} d: 1\n",
        expect![[r#"
        error[syntax]: there is an invisible character, \u{200b}, where YAML needs a space
          --> spec.yaml:6:2
           |
         6 |  \u{200b} d: 1
           |  ^^^^^^^^
           = remove it
    "#]],
    );
    // It is no mistake there.
    check(
        "x-a: |\n  Note:\u{a0}a.\nx-b: @c\n",
        expect![[r#"
            error[syntax]: found character that cannot start any token
              --> spec.yaml:6:6
               |
             6 | x-b: @c
               |      ^
               = put a text that starts with `@` in quotes
        "#]],
    );
}

/// The last lines, of which something is told.
const LAST: &str = "components: { schemas: { A: { allOf: [ { $ref: '#/components/schemas/B' } ] } } }\n";

/// What libyaml reads as it is meant changes no place after it.
#[track_caller]
fn check_place(lines: &str) {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n{lines}{LAST}");
    let input = Input::new("test", Source::new("spec.yaml", &*text));
    let told = generate(&input).expect("a module").diagnostics.to_string();
    let place = format!("--> spec.yaml:{}:40 ", text.lines().count());
    assert!(told.contains(&place), "{told}");
}

#[test]
fn places_after_what_one_parser_refuses() {
    for lines in [
        "x-a: \"a text\nthat is wrapped\"\n",
        "x-a:\n  b: 'it''s\n\n wrapped'\r\n",
        "x-a:\n  - \"été\n\\\" 日本\"\n  - 1\n",
        "x-a:\n  b: [\n1,\n  { c: 2\n} ]\n",
        "x-a:\n  b: {\n\"c\": [\n1\n]\n}\n",
        "x-a:\tb\nx-c:\t\td\n",
        "security: [ { x: [-] }, { y: [a, -] } ]\n",
        "x-a: [b]# A comment.\n",
        "x-a: { b: 'c'}#, d\nx-e: |#f\n  g\n",
        "x-a: 'b'# A comment.\n",
        "x-a: { b\u{feff}: c, d\u{feff}: e }\n",
    ] {
        check_place(lines);
    }
}

#[test]
fn line_breaks_of_other_scripts() {
    check(
        "x-a: é\u{2028}x-c: @d\n",
        expect![[r#"
            error[syntax]: found character that cannot start any token
              --> spec.yaml:4:13
               |
             4 | x-a: é\u{2028}x-c: @d
               |                    ^
               = put a text that starts with `@` in quotes
        "#]],
    );
    check(
        "x-a: b\u{85}components: { schemas: { A: { allOf: [ { $ref: '#/components/schemas/B' } ] } } }\n",
        expect![[r#"
            warning[dangling-ref]: `#/components/schemas/B` is not defined in this document
              --> spec.yaml:4:47  #/components/schemas/A/allOf/0
               |
             4 | x-a: b\u{85}components: { schemas: { A: { allOf: [ { $ref: '#/components/schemas/B' } ] } } }
               |                                                    ^
               = used as an opaque JSON value; define it in an overlay
        "#]],
    );
}

#[test]
fn places_after_what_cannot_be_mended() {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\nx-a:\n  b: [ 'such as: ', # c\n\"d\" ]\n{LAST}"
    );
    let generated = generate(&Input::new("test", Source::new("spec.yaml", text))).expect("a module");
    expect![[r#"
        warning[dangling-ref]: `#/components/schemas/B` is not defined in this document
          --> spec.yaml:1:1  #/components/schemas/A/allOf/0
           |
         1 | openapi: 3.0.3
           | ^^^^^^^
           = used as an opaque JSON value; define it in an overlay
    "#]]
    .assert_eq(&generated.diagnostics.to_string());
}
