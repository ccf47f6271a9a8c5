//! Lines with a wrong indentation: they are named, also if a parser notices them far below.

use std::fs;

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

use crate::slips::check;

#[test]
fn a_key_that_closes_what_is_around_it() {
    check(
        "components:
  schemas:
    A:
      type: object
    properties:
        a:
          type: string
        b:
          type: string
      description: A text.
",
        expect![[r#"
            error[syntax]: `properties` is indented by 4 spaces, what is beside it by 6
              --> spec.yaml:8:5
               |
             8 |     properties:
               |     ^
              ::: spec.yaml:13:7
               |
            13 |       description: A text.
               |       - this is indented further
               = indent them alike if they belong to `A`
        "#]],
    );
    // The first key of a mapping has none beside it above.
    check(
        "x-a:
  responses:
  '200':
      description: OK
    '404':
      description: No
",
        expect![[r#"
            error[syntax]: `'200'` is indented by 2 spaces, what is beside it by 4
              --> spec.yaml:6:3
               |
             6 |   '200':
               |   ^
              ::: spec.yaml:8:5
               |
             8 |     '404':
               |     - this is indented further
               = indent them alike if they belong to `responses`
        "#]],
    );
}

#[test]
fn lines_of_a_mapping() {
    check(
        "x-a:\n  b:\n    c: 1\n   d: 2\n",
        expect![[r#"
        error[syntax]: `d` is indented by 3 spaces, what is above it by 4
          --> spec.yaml:7:4
           |
         7 |    d: 2
           |    ^
          ::: spec.yaml:6:5
           |
         6 |     c: 1
           |     - this is indented further
           = indent what belongs to `b` alike
    "#]],
    );
    check(
        "x-a:\n  b:\n   - c\n  - d\n",
        expect![[r#"
            error[syntax]: did not find expected key
              --> spec.yaml:7:3
               |
             7 |   - d
               |   ^
               = check the indentation: an item is indented at least as far as the key of its list, which may be missing, and a line of a text as far as the text
        "#]],
    );
    check(
        "x-a:\n  - b: 1\n    - c: 2\n",
        expect![[r#"
        error[syntax]: this item is indented by 4 spaces, the one above by 2
          --> spec.yaml:6:5
           |
         6 |     - c: 2
           |     ^
          ::: spec.yaml:5:3
           |
         5 |   - b: 1
           |   - the item above
           = indent both alike
    "#]],
    );
    check(
        "x-a:\n b: '1'\n  c: 2\n",
        expect![[r#"
        error[syntax]: `c` is indented below `b`, which has a value
          --> spec.yaml:6:3
           |
         6 |   c: 2
           |   ^
          ::: spec.yaml:5:2
           |
         5 |  b: '1'
           |  - this has a value
           = indent both alike
    "#]],
    );
}

#[test]
fn lines_below_a_value() {
    check(
        "x-a:\n  type: array\n   items: 1\n",
        expect![[r#"
        error[syntax]: `items` is indented below `type`, which has a value
          --> spec.yaml:6:4
           |
         6 |    items: 1
           |    ^
          ::: spec.yaml:5:3
           |
         5 |   type: array
           |   - this has a value
           = indent both alike
    "#]],
    );
    check(
        "x-a:\n  - name: a\n     in: query\n",
        expect![[r#"
        error[syntax]: `in` is indented below `name`, which has a value
          --> spec.yaml:6:6
           |
         6 |      in: query
           |      ^
          ::: spec.yaml:5:3
           |
         5 |   - name: a
           |   - this has a value
           = indent both alike
    "#]],
    );
    check(
        "x-a:\n  summary: Some words\n    and: more\n",
        expect![[r#"
        error[syntax]: `and` is indented below `summary`, which has a value
          --> spec.yaml:6:5
           |
         6 |     and: more
           |     ^
          ::: spec.yaml:5:3
           |
         5 |   summary: Some words
           |   - this has a value
           = indent both alike; if it is a part of the text above, put all of that in quotes
    "#]],
    );
    // What is missing between them.
    check(
        "x-a:\n  type: object\n    id:\n      type: string\n",
        expect![[r#"
        error[syntax]: `id` is indented below `type`, which has a value
          --> spec.yaml:6:5
           |
         6 |     id:
           |     ^
          ::: spec.yaml:5:3
           |
         5 |   type: object
           |   - this has a value
           = indent both alike; or a key between them is missing, such as `properties:`
    "#]],
    );
    check(
        "x-a:\n  parameters:\n    name: id\n      in: path\n",
        expect![[r#"
        error[syntax]: `in` is indented below `name`, which has a value
          --> spec.yaml:7:7
           |
         7 |       in: path
           |       ^
          ::: spec.yaml:6:5
           |
         6 |     name: id
           |     - this has a value
           = indent both alike, or write `- ` before `name`
    "#]],
    );
}

#[test]
fn lines_of_a_text() {
    check(
        "x-a:\n  description: |\n    One.\n   Two.\n",
        expect![[r#"
        error[syntax]: this line is indented by 3 spaces, the text above by 4
          --> spec.yaml:7:4
           |
         7 |    Two.
           |    ^
          ::: spec.yaml:6:5
           |
         6 |     One.
           |     - the text starts here
           = indent it as the text, or as `description` if it is not a part of that
    "#]],
    );
    check(
        "x-a:\n  description: >-\n      One.\n    summary: b\n",
        expect![[r#"
        error[syntax]: this line is indented by 4 spaces, the text above by 6
          --> spec.yaml:7:5
           |
         7 |     summary: b
           |     ^
          ::: spec.yaml:6:7
           |
         6 |       One.
           |       - the text starts here
           = indent it as the text, or as `description` if it is not a part of that
    "#]],
    );
    check(
        "x-a:\n  description: >2-\n One.\n  summary: b\n",
        expect![[r#"
        error[syntax]: the text of `description` is not indented
          --> spec.yaml:6:2
           |
         6 |  One.
           |  ^
          ::: spec.yaml:5:3
           |
         5 |   description: >2-
           |   - the key
           = indent it further than the key
    "#]],
    );
    check(
        "x-a:\n  b:\n    - c\n  Two words.\n",
        expect![[r#"
        error[syntax]: there is a text where a key is expected
          --> spec.yaml:7:3
           |
         7 |   Two words.
           |   ^
           = write `- ` before an item of a list, or a key and `: `; indent it if it belongs to the text above
    "#]],
    );
}

/// Each line of a document, indented by one or two spaces more or less: where a mistake of syntax is told that is not next to it.
#[test]
fn each_line_of_a_document() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/longtask.yaml");
    let spec = fs::read_to_string(spec).expect("the document");
    let lines: Vec<&str> = spec.lines().collect();
    let (mut told, mut far) = (0, String::new());
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let indented = line.len() - line.trim_start().len();
        for by in [-2, -1, 1, 2] {
            let Some(indented) = indented.checked_add_signed(by) else {
                continue;
            };
            let line = " ".repeat(indented) + line.trim_start();
            let mut lines = lines.clone();
            lines[index] = &line;
            let input = Input::new("test", Source::new("spec.yaml", lines.join("\n")));
            let Err(error) = generate(&input) else { continue };
            let text = error.diagnostics().expect("an error of the document").to_string();
            if !text.starts_with("error[syntax]") {
                continue;
            }
            told += 1;
            let places = text.split("spec.yaml:").skip(1);
            let mut places = places.filter_map(|place| place.split(':').next()?.parse().ok());
            if !places.any(|place: usize| place.abs_diff(index + 1) <= 1) {
                far += &format!("{} {by:+}: {}\n", index + 1, line.trim());
            }
        }
    }
    assert!(told > 500, "{told}");
    expect![[r#"
        51 -2: Returned if;
        142 -2: Status keys:
        208 -2: Responses that return an error status code will also return a response body, similar to the following:
        237 -2: To expand part of a resource in a request, use the `expand` query parameter and specify the entities to be expanded. If you need to expand nested entities, use the `.` dot notation. For example, the following request will expand information about the requested content's space and labels:
        248 -2: Use the 'limit' and 'start' query parameters to specify pagination:
    "#]].assert_eq(&far);
}
