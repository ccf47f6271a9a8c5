//! `diff`: each kind of change, by a pair of documents.

mod model;
mod module;
mod operation;
mod response;
mod security;
mod sweep;
mod union;
mod verdict;

use expect_test::{Expect, expect};
use serde_json::Value;

use super::Folder;

/// What two documents are distinguished by.
#[derive(Clone, Copy)]
enum Part {
    /// What is said of the document.
    Info(&'static str),
    Paths(&'static str),
    Schemas(&'static str),
    Both(&'static str, &'static str),
}

impl Part {
    fn document(self) -> String {
        let (info, paths, schemas) = match self {
            Part::Info(info) => (info, "", ""),
            Part::Paths(paths) => ("title: T", paths, ""),
            Part::Schemas(schemas) => ("title: T", "", schemas),
            Part::Both(paths, schemas) => ("title: T", paths, schemas),
        };
        let paths = if paths.is_empty() { "  {}\n" } else { paths };
        let schemas = if schemas.is_empty() { "    {}\n" } else { schemas };
        let info = format!("info: {{ version: '1', {info} }}");
        format!("openapi: 3.0.1\n{info}\npaths:\n{paths}components:\n  schemas:\n{schemas}")
    }
}

/// Compares the changes, a line each, and the step at their end.
fn check(old: Part, new: Part, expected: Expect) {
    let folder = Folder::new(&[("old.yaml", &old.document()), ("new.yaml", &new.document())]);
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let all: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(all["version"], 1);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let mut shown = String::new();
    for change in all["changes"].as_array().expect("changes") {
        let words = [&change["level"], &change["code"], &change["message"]].map(text);
        shown.push_str(&format!("{} {}: {}\n", words[0], words[1], words[2]));
    }
    shown.push_str(&text(&all["step"]));
    shown.push('\n');
    expected.assert_eq(&shown);
}

const OLD: Part = Part::Both(
    "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. }, '404': { description: None. } } }
",
    "    Thing: { type: object, description: Old., properties: { a: { type: string } } }
",
);

const NEW: Part = Part::Both(
    "  /things:
    get: { operationId: getThing, responses: { '204': { description: Fine. } } }
",
    "    Thing: { type: object, description: New., properties: { a: { type: string }, b: { type: string } } }
",
);

#[test]
fn people_get_the_levels_one_after_the_other() {
    let folder = Folder::new(&[("old.yaml", &OLD.document()), ("new.yaml", &NEW.document())]);
    let run = folder.run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect![[r#"
        Breaking
          the error `request::GetThingError::NotFound` (404) was removed

        Compatible
          the field `b: Option<String>` of `model::Thing` was added

        Documentation only
          the documentation of `model::Thing` has changed

        Semantic Versioning: a major version is required (1.2.3 to 2.0.0; below 1.0, 0.2.3 to 0.3.0).
    "#]]
    .assert_eq(&run.out);
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect![[r#"
        ### Breaking

        - the error `request::GetThingError::NotFound` (404) was removed

        ### Compatible

        - the field `b: Option<String>` of `model::Thing` was added

        ### Documentation only

        - the documentation of `model::Thing` has changed

        Semantic Versioning: a major version is required (1.2.3 to 2.0.0; below 1.0, 0.2.3 to 0.3.0).
    "#]]
    .assert_eq(&run.out);
    let run = folder.run(&["diff", "old.yaml", "old.yaml"]);
    assert_eq!(run.out, "No changes: no new version is needed.\n");
}

#[test]
fn the_name_of_the_file_makes_no_difference() {
    let folder = Folder::new(&[("things.yaml", &OLD.document()), ("2025-01-01.json", &OLD.document())]);
    let run = folder.run(&["diff", "things.yaml", "2025-01-01.json"]);
    assert_eq!(run.out, "No changes: no new version is needed.\n");
}

/// As the line of a build names the document that it has kept.
#[test]
fn files_are_those_beside_the_document_that_both_are_read_as() {
    let refers = |schemas: &'static str| Part::Schemas(schemas).document();
    let folder = Folder::new(&[
        ("out/before.yaml", &refers("    Thing: { $ref: 'parts.yaml#/Thing' }\n")),
        (
            "spec/things.yaml",
            &refers(
                "    Thing: { $ref: 'parts.yaml#/Thing' }\n    More: { type: array, items: { $ref: 'parts.yaml#/Thing' } }\n",
            ),
        ),
        (
            "spec/parts.yaml",
            "Thing: { type: object, properties: { a: { type: string } } }\n",
        ),
    ]);
    let run = folder.run(&[
        "diff",
        "out/before.yaml",
        "spec/things.yaml",
        "--at",
        "spec/things.yaml",
    ]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(
        run.out
            .starts_with("Compatible\n  the alias `model::More` was added\n\nSemantic"),
        "{}",
        run.out
    );
    let run = folder.run(&["diff", "out/before.yaml", "spec/things.yaml"]);
    assert!(run.out.contains("Breaking"), "{}", run.out);
}

#[test]
fn overlays_are_those_of_both() {
    let overlay = "overlay: 1.0.0
info: { title: O, version: '1' }
actions:
  - target: $.components.schemas.Thing.properties
    update: { c: { type: string } }
";
    let folder = Folder::new(&[
        ("old.yaml", &OLD.document()),
        ("new.yaml", &NEW.document()),
        ("overlay.yaml", overlay),
        ("none.yaml", &overlay.replace("Thing", "Other")),
    ]);
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--overlay", "overlay.yaml"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out.contains("field `b:") && !run.out.contains("field `c:"),
        "{}",
        run.out
    );
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--overlay", "none.yaml"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[overlay-no-match]"), "{}", run.err);
}

/// A document may hold what a terminal would act on.
#[test]
fn what_a_terminal_acts_on_is_spelled() {
    let document = |value: &str| {
        Part::Both("", "").document().replace(
            "    {}\n",
            &format!("    Kind: {{ type: string, enum: [a, \"{value}\"] }}\n"),
        )
    };
    let folder = Folder::new(&[("old.yaml", &document("b")), ("new.yaml", &document("\\e[31mred"))]);
    let run = folder.run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("31mred") && !run.out.contains('\x1b'), "{}", run.out);
}
