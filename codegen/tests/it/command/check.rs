//! `check`

use serde_json::{Value, json};

use super::{Folder, SPEC};

const OVERLAY: &str = "overlay: 1.0.0
info: { title: O, version: '1' }
actions: [{ target: $.nothing, update: {} }]
";

/// The document with a property that refers to nothing.
fn dangling() -> String {
    SPEC.replace("id: { type: string }", "id:\n          $ref: '#/components/schemas/Id'")
}

#[test]
fn what_is_found_out_is_shown_with_its_place() {
    let folder = Folder::new(&[("spec.yaml", &dangling())]);
    let run = folder.run(&["check", "spec.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect_test::expect![[r#"
        warning[dangling-ref]: `#/components/schemas/Id` is not defined in this document
          --> spec.yaml:18:11  #/components/schemas/Thing/properties/id
           |
        18 |           $ref: '#/components/schemas/Id'
           |           ^^^^
           = used as an opaque JSON value; define it in an overlay

        spec.yaml: 0 errors, 1 warning, 0 notes
        `cargo codegen explain CODE` describes dangling-ref
    "#]]
    .assert_eq(&run.out);
}

#[test]
fn notes_are_shown_too() {
    let folder = Folder::new(&[(
        "spec.yaml",
        &SPEC.replace("paths:", "servers: [{ url: //example.net }]\npaths:"),
    )]);
    let run = folder.run(&["check", "spec.yaml"]);
    assert!(run.out.starts_with("note[server]: "), "{}", run.out);
    assert!(
        run.out.contains("\nspec.yaml: 0 errors, 0 warnings, 1 note\n"),
        "{}",
        run.out
    );
}

#[test]
fn errors_are_an_exit_status() {
    let folder = Folder::new(&[
        ("fine.yaml", SPEC),
        ("wrong.yaml", "openapi: 3.0.1\n"),
        ("overlay.yaml", OVERLAY),
    ]);
    assert_eq!(folder.run(&["check", "fine.yaml"]).status, 0);
    let run = folder.run(&["check", "fine.yaml", "wrong.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert!(
        run.out.contains("fine.yaml: 0 errors, 0 warnings, 0 notes\n"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("error[openapi]: this document has no `info`"),
        "{}",
        run.out
    );
    let run = folder.run(&["check", "fine.yaml", "--overlay", "overlay.yaml"]);
    assert_eq!(run.status, 1);
    assert!(
        run.out.contains("error[overlay-no-match]") && run.out.contains("overlay.yaml:3:21"),
        "{}",
        run.out
    );
}

#[test]
fn an_overlay_belongs_to_one_document() {
    let folder = Folder::new(&[("a.yaml", SPEC), ("b.yaml", SPEC), ("overlay.yaml", OVERLAY)]);
    let run = folder.run(&["check", "a.yaml", "b.yaml", "--overlay", "overlay.yaml"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("check them one by one"), "{}", run.err);
}

#[test]
fn programs_get_an_object_for_each() {
    let folder = Folder::new(&[("spec.yaml", &dangling()), ("wrong.yaml", "- 1\n"), ("fine.yaml", SPEC)]);
    let run = folder.run(&["check", "fine.yaml", "spec.yaml", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    let expected = json!({ "version": 1, "diagnostics": [{
        "document": "spec.yaml",
        "code": "dangling-ref",
        "severity": "warning",
        "message": "`#/components/schemas/Id` is not defined in this document",
        "pointer": "#/components/schemas/Thing/properties/id",
        "file": "spec.yaml",
        "line": 18,
        "column": 11,
        "end": { "line": 18, "column": 15 },
        "help": "used as an opaque JSON value; define it in an overlay",
        "related": [],
    }]});
    assert_eq!(found, expected);
    let run = folder.run(&["check", "wrong.yaml", "--format", "json"]);
    assert_eq!(run.status, 1);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(found["diagnostics"][0]["severity"], "error");
    let none = folder.run(&["check", "fine.yaml", "--format", "json"]);
    let none: Value = serde_json::from_str(&none.out).expect("JSON");
    assert_eq!(none, json!({ "version": 1, "diagnostics": [] }));
}

#[test]
fn programs_get_the_places_that_belong_together() {
    let repeated = SPEC.replace(
        "components:",
        "  /things: { get: { operationId: getThing, responses: { '204': { description: None. } } } }\ncomponents:",
    );
    let folder = Folder::new(&[("spec.yaml", &repeated)]);
    let run = folder.run(&["check", "spec.yaml", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    let found = &found["diagnostics"][0];
    assert_eq!(
        (&found["code"], &found["line"]),
        (&json!("duplicate-operation-id"), &json!(11))
    );
    let first = json!([{
        "label": "first occurrence",
        "pointer": "#/paths/~1things~1{id}/get/operationId",
        "file": "spec.yaml",
        "line": 6,
        "column": 20,
        "end": { "line": 6, "column": 28 },
    }]);
    assert_eq!(found["related"], first);
}

#[test]
fn levels_are_an_exit_status() {
    let folder = Folder::new(&[("spec.yaml", &dangling())]);
    let run = |arguments: &[&str]| folder.run(&[&["check", "spec.yaml"], arguments].concat());
    let denied = run(&["--deny", "dangling-ref"]);
    assert_eq!((denied.status, denied.err.as_str()), (1, ""));
    assert!(denied.out.starts_with("error[dangling-ref]: "), "{}", denied.out);
    assert!(
        denied.out.contains("spec.yaml: 1 error, 0 warnings, 0 notes\n"),
        "{}",
        denied.out
    );
    for allowed in ["dangling-ref", "dangling-ref=1"] {
        let run = run(&["--allow", allowed]);
        assert_eq!(
            (run.status, run.out.as_str()),
            (0, "spec.yaml: 0 errors, 0 warnings, 0 notes\n")
        );
    }
    let more = run(&["--allow", "dangling-ref=2"]);
    assert_eq!(more.status, 1);
    assert!(
        more.out
            .starts_with("error[allowed-count]: `dangling-ref` was found 1 time, but is allowed 2 times\n"),
        "{}",
        more.out
    );
    assert_eq!(run(&["--allow", "dangling-ref", "--warn", "dangling-ref"]).status, 0);
    let strictest = run(&["--deny", "dangling-ref", "--allow", "dangling-ref"]);
    assert_eq!(strictest.status, 1);
    for (arguments, problem) in [
        (
            ["--deny", "dangling-refs"],
            "unknown diagnostic `dangling-refs`; did you mean `dangling-ref`? (`cargo codegen explain` lists all)",
        ),
        (["--allow", "syntax"], "`syntax` cannot be allowed or made a warning"),
        (["--allow", "dangling-ref=many"], "`many` is not a number"),
    ] {
        let wrong = run(&arguments);
        assert_eq!((wrong.status, wrong.out.as_str()), (2, ""), "{arguments:?}");
        assert!(wrong.err.contains(problem), "{}", wrong.err);
    }
}

#[test]
fn one_line_names_the_command_that_explains() {
    let spec = dangling().replace("paths:", "servers: [{ url: //example.net }]\npaths:");
    let folder = Folder::new(&[("one.yaml", &spec), ("two.yaml", &spec), ("fine.yaml", SPEC)]);
    let run = folder.run(&["check", "one.yaml", "two.yaml"]);
    let line = "`cargo codegen explain CODE` describes dangling-ref, server\n";
    assert_eq!(run.out.matches("explain").count(), 1, "{}", run.out);
    assert!(run.out.ends_with(line), "{}", run.out);
    assert!(!folder.run(&["check", "fine.yaml"]).out.contains("explain"));
}

#[test]
fn there_are_no_colors_outside_of_a_terminal() {
    let folder = Folder::new(&[("spec.yaml", &dangling())]);
    let run = folder.run(&["check", "spec.yaml"]);
    assert!(!run.out.contains('\x1b'));
}

/// The document with an example beside each schema.
const EXAMPLES: &str = r##"openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /things:
    get:
      operationId: getThings
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 9 }, example: 10 }]
      responses:
        '200':
          description: Things.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Thing' } }
              examples:
                fine: { value: [{ id: a, style: classic }] }
                text: { value: '[{"id": "a", "style": "CLASSIC"}]' }
                named: { $ref: '#/components/examples/Named' }
            text/plain: { schema: { type: string }, example: 1 }
components:
  examples:
    Named:
      value:
        - { style: classic, more: 1 }
  schemas:
    Thing:
      type: object
      required: [id, made]
      properties:
        id: { type: string, example: 7, default: 8 }
        made: { type: string, readOnly: true }
        style: { type: string, nullable: true, enum: [classic, next-gen], example: null }
        size: { oneOf: [{ type: integer }, { $ref: '#/components/schemas/Size' }], example: { unit: 1 } }
        unknown: { $ref: '#/components/schemas/Unknown' }
      additionalProperties: false
      example: { id: a, unknown: [1] }
    Size: { type: object, required: [unit], properties: { unit: { type: string } } }
"##;

#[test]
fn examples_are_held_against_their_schemas() {
    let folder = Folder::new(&[("spec.yaml", EXAMPLES)]);
    let run = folder.run(&["check", "spec.yaml", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    let found = found["diagnostics"].as_array().expect("diagnostics").iter();
    let found = found.filter(|one| one["code"] == "example");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let found = found.map(|one| format!("{} {}\n", one["line"], text(&one["message"])));
    expect_test::expect![[r#"
        7 the example has 10 at `$`, where the schema expects 9 or less
        16 the example has "CLASSIC" at `$[0].style`, where the schema expects "classic" or "next-gen"
        23 the example has no member `id` at `$[0]`, where the schema expects one, and 1 more
        29 the example has 7 at `$`, where the schema expects a string
        29 the default has 8 at `$`, where the schema expects a string
        32 the example has 1 at `$.unit`, where the schema expects a string
    "#]]
    .assert_eq(&found.collect::<String>());
    let run = folder.run(&["check", "spec.yaml"]);
    assert!(run.out.contains("warning[example]"), "{}", run.out);
}

/// A build does not look at examples.
#[test]
fn examples_are_no_warnings_of_a_build() {
    let folder = Folder::new(&[("spec.yaml", EXAMPLES)]);
    let run = folder.run(&["generate", "spec.yaml"]);
    assert!(
        run.err.contains("dangling-ref") && !run.err.contains("example"),
        "{}",
        run.err
    );
}

#[test]
fn examples_of_3_1_are_a_list() {
    let spec = SPEC.replace("3.0.1", "3.1.0").replace(
        "id: { type: string }",
        "id: { type: [string, 'null'], minLength: 2, examples: [ab, null, 7, a] }\n        size: { exclusiveMinimum: 1, const: 3, examples: [1, 3] }",
    );
    let folder = Folder::new(&[("spec.yaml", &spec)]);
    let run = folder.run(&["check", "spec.yaml"]);
    let lines = run.out.lines().filter(|line| line.starts_with("warning"));
    expect_test::expect![[r#"
        warning[example]: the example has 7 at `$`, where the schema expects a string or null
        warning[example]: the example has "a" at `$`, where the schema expects 2 characters or more
        warning[example]: the example has 1 at `$`, where the schema expects 3, and 1 more
    "#]]
    .assert_eq(&lines.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn overlays_of_other_documents_are_of_no_interest() {
    let folder = Folder::new(&[("spec.yaml", SPEC), ("other.overlay.yaml", "overlay: 1.0.0\n")]);
    let run = folder.run(&["check", "spec.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}
