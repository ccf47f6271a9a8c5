//! What is said of documents that cannot be used, and where.

use confluence_codegen::{Code, Input, LongTask, Source, generate, generate_together};
use expect_test::{Expect, expect};

fn check(spec: &str, overlay: Option<&str>, expected: Expect) {
    let mut input = Input::new("test", Source::new("spec.yaml", spec));
    if let Some(overlay) = overlay {
        input = input.overlay(Source::new("spec.overlay.yaml", overlay));
    }
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    assert_eq!(format!("{error:?}"), error.to_string(), "a build script shows Debug");
    expected.assert_eq(&diagnostics.to_string());
}

const GOOD: &str = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\n";

#[test]
fn text_that_is_no_yaml() {
    check(
        "openapi: 3.0.1\ninfo: { title: T\npaths: {}\n",
        None,
        expect![[r#"
            error[syntax]: the bracket `{` is not closed
              --> spec.yaml:2:7
               |
             2 | info: { title: T
               |       ^
               = add `}` where the mapping ends
        "#]],
    );
    check(
        "a: 1\nb: 2\na: 3\n",
        None,
        expect![[r#"
            error[syntax]: the key `a` appears twice
              --> spec.yaml:3:1
               |
             3 | a: 3
               | ^
              ::: spec.yaml:1:1
               |
             1 | a: 1
               | - first occurrence
        "#]],
    );
    check(
        "a:\n  - b: .nan\n",
        None,
        expect![[r#"
            error[syntax]: a[0].b: `.nan` and `.inf` cannot be represented in JSON
              --> spec.yaml:2:8
               |
             2 |   - b: .nan
               |        ^
        "#]],
    );
}

#[test]
fn documents_of_another_kind() {
    check(
        "swagger: '2.0'\n",
        None,
        expect![[r#"
            error[version]: Swagger 2.0 is not supported; OpenAPI 3.0, 3.1 and 3.2 are
              --> spec.yaml:1:10  #/swagger
               |
             1 | swagger: '2.0'
               |          ^^^^^
               = convert it first, for example with `npx swagger2openapi`
        "#]],
    );
    check(
        "info: {}\nopenapi: 4.0.0\n",
        None,
        expect![[r#"
            error[version]: OpenAPI 4.0.0 is not supported; 3.0, 3.1 and 3.2 are
              --> spec.yaml:2:10  #/openapi
               |
             2 | openapi: 4.0.0
               |          ^^^^^
        "#]],
    );
    check(
        "hello: world\n",
        None,
        expect![[r#"
            error[version]: this is not an OpenAPI document: `openapi: 3.0.x` is missing
              --> spec.yaml:1:1
               |
             1 | hello: world
               | ^^^^^
        "#]],
    );
    check(
        "- 1\n",
        None,
        expect![[r#"
            error[version]: this is a list, not an OpenAPI document
              --> spec.yaml:1:1
               |
             1 | - 1
               | ^
               = a document starts with `openapi: 3.0.3`
        "#]],
    );
}

#[test]
fn mistakes_deep_inside_are_told_where_they_are() {
    let spec = r#"
openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /fine:
    get: { responses: { '204': { description: Done. } } }
  /x:
    parameters:
      - { name: a, in: nowhere, schema: {} }
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: string }
        '404': { description: Fine., content: { application/json: { schema: { type: object, properties: { a: { type: 7 } } } } } }
components:
  schemas:
    Good: { type: string }
    Bad: { type: array, items: { minimum: low } }
  securitySchemes:
    odd: { type: magic }
"#;
    check(
        spec,
        None,
        expect![[r#"
            error[openapi]: `in` is `nowhere`; one of `query`, `header`, `path`, `cookie` is expected
              --> spec.yaml:9:24  #/paths/~1x/parameters/0/in
               |
             9 |       - { name: a, in: nowhere, schema: {} }
               |                        ^^^^^^^

            error[openapi]: this response has no `description`
              --> spec.yaml:13:11  #/paths/~1x/get/responses/200
               |
            13 |           content:
               |           ^^^^^^^

            error[openapi]: `type` is the number 7; a string is expected
              --> spec.yaml:16:118  #/paths/~1x/get/responses/404/content/application~1json/schema/properties/a/type
               |
            16 |         '404': { description: Fine., content: { application/json: { schema: { type: object, properties: { a: { type: 7 } } } } } }
               |                                                                                                                      ^
               = put it in quotes

            error[openapi]: `minimum` is the string "low"; a number is expected
              --> spec.yaml:20:43  #/components/schemas/Bad/items/minimum
               |
            20 |     Bad: { type: array, items: { minimum: low } }
               |                                           ^^^

            error[openapi]: `type` is `magic`; one of `apiKey`, `http`, `oauth2`, `openIdConnect` is expected
              --> spec.yaml:22:18  #/components/securitySchemes/odd/type
               |
            22 |     odd: { type: magic }
               |                  ^^^^^
        "#]],
    );
    check(
        "openapi: 3.0.1\npaths: {}\n",
        None,
        expect![[r#"
            error[openapi]: this document has no `info`
              --> spec.yaml:1:1
               |
             1 | openapi: 3.0.1
               | ^^^^^^^
               = write `info: { title: The name of the API, version: '1' }`
        "#]],
    );
}

#[test]
fn overlays_that_do_not_fit() {
    let overlay = |actions: &str| format!("overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions:\n{actions}");
    check(
        GOOD,
        Some(&overlay("  - { target: \"$.paths['/gone']\", remove: true }")),
        expect![[r#"
            error[overlay-no-match]: `$.paths['/gone']` matches nothing
              --> spec.overlay.yaml:4:15  #/actions/0/target
               |
             4 |   - { target: "$.paths['/gone']", remove: true }
               |               ^^^^^^^^^^^^^^^^^^
               = `$.paths` exists, but nothing in it matches `['/gone']`; adapt the action or remove it
        "#]],
    );
    check(
        GOOD,
        Some(&overlay("  - { target: 'paths..', remove: true }")),
        expect![[r#"
            error[overlay]: `paths..` is not a valid JSONPath (RFC 9535): at position 0, parser error
              --> spec.overlay.yaml:4:15  #/actions/0/target
               |
             4 |   - { target: 'paths..', remove: true }
               |               ^^^^^^^^^
               = a path begins with `$`, which is the document: `$.paths['/a'].get`
        "#]],
    );
    check(
        GOOD,
        Some(&overlay("  - { target: $.info.title, update: { a: 1 } }")),
        expect![[r#"
            error[overlay]: #/info/title is a single value, so the value to merge must be one, too
              --> spec.overlay.yaml:4:37  #/actions/0/update
               |
             4 |   - { target: $.info.title, update: { a: 1 } }
               |                                     ^
              ::: spec.yaml:2:16  #/info/title
               |
             2 | info: { title: T, version: '1' }
               |                - it is defined here
        "#]],
    );
    check(
        GOOD,
        Some(&overlay("  - { target: $.info }")),
        expect![[r#"
            error[overlay]: the action has none of `update`, `copy` and `remove: true`
              --> spec.overlay.yaml:4:5  #/actions/0
               |
             4 |   - { target: $.info }
               |     ^
        "#]],
    );
    check(
        GOOD,
        Some(&overlay("  - { update: {} }")),
        expect![[r#"
            error[overlay]: the action has no `target`
              --> spec.overlay.yaml:4:5  #/actions/0
               |
             4 |   - { update: {} }
               |     ^
        "#]],
    );
    check(
        GOOD,
        Some("overlay: 2.0.0\nactions: []\n"),
        expect![[r#"
            error[overlay]: Overlay version 2.0.0 is not supported; 1.0 and 1.1 are
              --> spec.overlay.yaml:1:10  #/overlay
               |
             1 | overlay: 2.0.0
               |          ^^^^^
        "#]],
    );
    check(
        GOOD,
        Some("overlay: 1.0.0\n"),
        expect![[r#"
            error[overlay]: the overlay has no list of `actions`
              --> spec.overlay.yaml:1:1
               |
             1 | overlay: 1.0.0
               | ^^^^^^^
        "#]],
    );
    check(
        GOOD,
        Some(GOOD),
        expect![[r#"
            error[overlay]: this is not an overlay: `overlay: 1.1.0` is missing
              --> spec.overlay.yaml:1:1
               |
             1 | openapi: 3.0.1
               | ^^^^^^^
        "#]],
    );
    check(
        GOOD,
        Some("overlay: 1.0.0\nactions: [\n"),
        expect![[r#"
            error[syntax]: the bracket `[` is not closed
              --> spec.overlay.yaml:2:10
               |
             2 | actions: [
               |          ^
               = add `]` where the list ends
        "#]],
    );
}

#[test]
fn what_an_overlay_breaks_is_told_in_the_overlay() {
    let overlay = "overlay: 1.0.0
actions:
  - target: $.paths
    update:
      /new:
        get:
          responses:
            '200': { content: {} }
";
    check(
        GOOD,
        Some(overlay),
        expect![[r#"
            error[openapi]: this response has no `description`
              --> spec.overlay.yaml:8:20  #/paths/~1new/get/responses/200
               |
             8 |             '200': { content: {} }
               |                    ^
        "#]],
    );
}

#[test]
fn a_runtime_or_parent_that_is_no_path_is_refused() {
    let input = Input::new("test", Source::new("spec.yaml", GOOD));
    for (input, problem) in [
        (
            input.clone().runtime("not a path"),
            "the runtime `not a path` is not a Rust path",
        ),
        (input.parent("a-b"), "the parent `a-b` is not a Rust path"),
    ] {
        let error = generate(&input).expect_err("an error");
        assert_eq!(error.to_string(), problem);
        assert!(error.diagnostics().is_none());
    }
}

#[test]
fn codes_are_words() {
    assert_eq!(Code::DanglingRef.word(), "dangling-ref");
}

#[test]
fn a_long_task_that_is_none() {
    let spec = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Job:\n      type: object\n      \
                properties:\n        status: { type: integer }\n        progress: { type: string }\n        state: { type: string, enum: [DONE, FAILED] }\n";
    let job = |task: LongTask| {
        let input = Input::new("test", Source::new("spec.yaml", spec)).long_task(task);
        generate(&input).expect_err("an error")
    };
    let status = |property: &str| LongTask::status("Job", property, ["DONE"], ["FAILED"]);
    let said = |task| job(task).diagnostics().expect("an error of the document").to_string();
    expect![[r#"
        error[long-task]: the build script declares `Job` as a long-running task, but the property `status` is not a string
          --> spec.yaml:7:7  #/components/schemas/Job
           |
         7 |       type: object
           |       ^^^^
    "#]]
    .assert_eq(&said(status("status")));
    expect![[r#"
        error[long-task]: the build script declares `Job` as a long-running task, but the property `progress` is not an integer
          --> spec.yaml:7:7  #/components/schemas/Job
           |
         7 |       type: object
           |       ^^^^
    "#]]
    .assert_eq(&said(status("progress").percentage("progress")));
    expect![[r#"
        error[long-task]: the build script declares `Job` as a long-running task, but there is no property `done`
          --> spec.yaml:7:7  #/components/schemas/Job
           |
         7 |       type: object
           |       ^^^^
    "#]]
    .assert_eq(&said(LongTask::flags("Job", "done", "ok")));
    expect![[r#"
        error[long-task]: the build script declares `Job` as a long-running task, but the property `state` has no value `DONNE`; did you mean `DONE`?
          --> spec.yaml:7:7  #/components/schemas/Job
           |
         7 |       type: object
           |       ^^^^
    "#]]
    .assert_eq(&said(LongTask::status("Job", "state", ["DONNE"], ["FAILED"])));
    let missing = job(LongTask::flags("Jobs", "done", "ok")).to_string();
    assert_eq!(
        missing,
        "the build script declares `Jobs` as a long-running task, but no document defines that schema; did you mean `Job`?"
    );
}

#[test]
fn a_long_task_that_contradicts_itself() {
    let spec = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Job:\n      type: object\n      \
                properties: { state: { type: string }, done: { type: boolean }, ok: { type: boolean } }\n";
    let none: [&str; 0] = [];
    let state = |succeeded: &[&str], failed: &[&str]| {
        LongTask::status("Job", "state", succeeded.iter().copied(), failed.iter().copied())
    };
    let built = |tasks: &[LongTask]| {
        let input = Input::new("test", Source::new("spec.yaml", spec));
        let input = tasks.iter().fold(input, |input, task| input.long_task(task.clone()));
        generate(&input).map(|generated| generated.code)
    };
    for (tasks, problem) in [
        (
            vec![state(&["DONE", "LATE"], &["FAILED", "LATE"])],
            "`LATE` means both success and failure: remove one of them",
        ),
        (
            vec![state(&none, &none)],
            "no value of `state` means success, so the task could never succeed: add one",
        ),
        (
            vec![state(&none, &["FAILED"])],
            "no value of `state` means success, so the task could never succeed: add one",
        ),
        (
            vec![state(&["DONE"], &none), LongTask::flags("Job", "done", "ok")],
            "also declares it in another way: remove one of the declarations",
        ),
        (
            vec![LongTask::by_shape("Job").percentage("percent")],
            "`percentage` has no effect on `by_shape`: remove it, or name all properties with `flags`",
        ),
    ] {
        let told = built(&tasks).expect_err(problem).to_string();
        assert_eq!(
            told,
            format!("the build script declares `Job` as a long-running task, but {problem}")
        );
    }
    // What is said twice is meant once.
    let once = built(&[state(&["DONE"], &["FAILED"])]).expect("a module");
    let twice = built(&[
        state(&["DONE", "DONE"], &["FAILED"]),
        state(&["DONE"], &["FAILED", "FAILED"]),
    ]);
    assert_eq!(twice.expect("a module"), once);
}

/// Nothing has to be mended to learn what else is wrong.
#[test]
fn all_that_is_wrong_is_told_at_once() {
    let good = "openapi: 3.0.1\ninfo: { title: Good, version: '1' }\npaths: {}\n";
    let overlay = "overlay: 1.0.0\nactions:\n  - { target: $.nowhere, remove: true }\n  - { target: $.info }\n";
    let page = Source::new("error-page.html", "<!doctype html><title>Log in</title>");
    let input = |name: &str, text: &str| Input::new(name, Source::new(format!("{name}.yaml"), text));
    let inputs = [
        input("one", good)
            .overlay(Source::new("one.overlay.yaml", overlay))
            .supplement(page.clone()),
        input("two", "openapi: 2.0\n"),
        input("three", "info: [").supplement(page),
        input("four", good),
    ];
    let error = generate_together(&inputs).expect_err("errors");
    assert_eq!(error.documents().len(), 3);
    let text = error.to_string();
    for part in [
        "error[overlay-no-match]: `$.nowhere` matches nothing\n  --> one.overlay.yaml:3:15",
        "error[overlay]: the action has none of `update`, `copy` and `remove: true`\n  --> one.overlay.yaml:4:5",
        "error[version]",
        "error[syntax]: the bracket `[` is not closed",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let page = "error[syntax]: this is an HTML page\n  --> error-page.html:1:1";
    assert_eq!(text.matches(page).count(), 1, "{text}");
}

#[test]
fn a_supplement_has_components() {
    let told = |text: &str| {
        let input = Input::new("test", Source::new("spec.yaml", GOOD)).supplement(Source::new("more.yaml", text));
        let error = generate(&input).expect_err("an error");
        error.diagnostics().expect("an error of a text").to_string()
    };
    let texts = [
        "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: []\n",
        "hello: 1\n",
        "- 1\n",
        "openapi: 3.0.3\ninfo: { title: O, version: '1' }\npaths: {}\n",
    ];
    expect![[r#"
        error[version]: this is an OpenAPI Overlay, not an OpenAPI document
          --> more.yaml:1:10  #/overlay
           |
         1 | overlay: 1.0.0
           |          ^^^^^
           = it is used as a supplement, which provides missing components; name the document that it belongs to, and add the overlay with `--overlay`, or with `Config::overlay` in a build script

        error[version]: this is not an OpenAPI document: `openapi: 3.0.x` is missing
          --> more.yaml:1:1
           |
         1 | hello: 1
           | ^^^^^
           = it is used as a supplement, which provides missing components

        error[version]: this is a list, not an OpenAPI document
          --> more.yaml:1:1
           |
         1 | - 1
           | ^
           = it is used as a supplement, which provides missing components; a document starts with `openapi: 3.0.3`

        error[openapi]: this document has no `components`
          --> more.yaml:1:1
           |
         1 | openapi: 3.0.3
           | ^^^^^^^
           = it is used as a supplement, which provides missing components
    "#]].assert_eq(&texts.map(told).join("\n"));
}
