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
        `cargo codegen explain CODE` says more about dangling-ref
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
        "label": "the first is here",
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
            .starts_with("error[allowed-count]: `dangling-ref` is found 1 time, and allowed 2 times\n"),
        "{}",
        more.out
    );
    assert_eq!(run(&["--allow", "dangling-ref", "--warn", "dangling-ref"]).status, 0);
    let strictest = run(&["--deny", "dangling-ref", "--allow", "dangling-ref"]);
    assert_eq!(strictest.status, 1);
    for (arguments, problem) in [
        (
            ["--deny", "dangling-refs"],
            "there is no diagnostic `dangling-refs`; `dangling-ref` is probably meant",
        ),
        (["--allow", "syntax"], "`syntax` cannot be allowed or made a warning"),
        (["--allow", "dangling-ref=many"], "`many` is no count"),
    ] {
        let wrong = run(&arguments);
        assert_eq!((wrong.status, wrong.out.as_str()), (2, ""), "{arguments:?}");
        assert!(wrong.err.contains(problem), "{}", wrong.err);
    }
}

#[test]
fn one_line_says_how_to_learn_more() {
    let spec = dangling().replace("paths:", "servers: [{ url: //example.net }]\npaths:");
    let folder = Folder::new(&[("one.yaml", &spec), ("two.yaml", &spec), ("fine.yaml", SPEC)]);
    let run = folder.run(&["check", "one.yaml", "two.yaml"]);
    let line = "`cargo codegen explain CODE` says more about dangling-ref, server\n";
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
