//! Long-running tasks and pages that are named, so that it is told when they lose their shape.

use confluence_codegen::{Code, Input, Level, LongTask, Source, generate};
use expect_test::expect;

const SPEC: &str = "openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /tasks/{id}:
    get:
      operationId: getTask
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
  /tasks:
    get:
      operationId: getTasks
      responses:
        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Tasks' } } } }
components:
  schemas:
    Task:
      type: object
      required: [finished, successful, percentageComplete]
      properties:
        finished: { type: boolean }
        successful: { type: boolean }
        percentageComplete: { type: integer }
    Tasks:
      type: object
      properties:
        results: { type: array, items: { $ref: '#/components/schemas/Task' } }
        next: { type: string }
    Renamed:
      allOf: [{ $ref: '#/components/schemas/Task' }]
";

const OVERLAY: &str = "overlay: 1.0.0
actions:
  - { target: $.components.schemas.Task, update: { x-rust-long-task: true, x-rust-page: false } }
  - { target: $.components.schemas.Renamed, update: { x-rust-long-task: true } }
  - { target: $.components.schemas.Tasks, update: { x-rust-page: true } }
  - { target: \"$.paths['/tasks/{id}'].get\", update: { x-rust-long-task: true } }
  - { target: \"$.paths['/tasks'].get\", update: { x-rust-page: true } }
";

fn input(spec: &str) -> Input {
    Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("overlay.yaml", OVERLAY))
}

/// What is told of a document with the overlay, a line each.
fn told(spec: &str) -> Vec<String> {
    let generated = generate(&input(spec)).expect("a module");
    let told = generated.diagnostics.iter();
    told.map(|one| format!("{}: {}", one.code, one.message)).collect()
}

#[test]
fn what_has_its_shape_is_fine() {
    assert_eq!(told(SPEC), [] as [&str; 0]);
}

#[test]
fn a_long_task_that_loses_its_shape() {
    let without = SPEC
        .replace("        finished: { type: boolean }\n", "")
        .replace("[finished, ", "[");
    let lost = [
        "lost-shape: `get_task` is marked as a long-running task, but its response is not the status of one",
        "lost-shape: `Task` is marked as a long-running task, but there is no property `finished`",
        "lost-shape: `Renamed` is marked as a long-running task, but there is no property `finished`",
    ];
    assert_eq!(told(&without), lost);
    let optional = SPEC.replace("[finished, ", "[");
    assert!(told(&optional)[1].ends_with("but the property `finished` is not required"));
    let other = SPEC.replace("successful: { type: boolean }", "successful: { type: string }");
    assert!(told(&other)[1].ends_with("but the property `successful` is not a boolean"));
    let generated = generate(&input(&without)).expect("a module");
    let first = generated.diagnostics.iter().nth(1).expect("a diagnostic");
    expect![[r#"
        warning[lost-shape]: `Task` is marked as a long-running task, but there is no property `finished`
          --> overlay.yaml:3:70  #/components/schemas/Task/x-rust-long-task
           |
         3 |   - { target: $.components.schemas.Task, update: { x-rust-long-task: true, x-rust-page: false } }
           |                                                                      ^^^^
          ::: spec.yaml:18:7  #/components/schemas/Task
           |
        18 |       type: object
           |       ---- it is defined here
           = such a schema requires `finished` and `successful`, which are booleans, and `percentageComplete`, an integer; name others with `Config::long_task`
    "#]]
    .assert_eq(&generated.diagnostics.render(first));
}

#[test]
fn a_page_that_loses_its_shape() {
    let lost = told(&SPEC.replace("        next: { type: string }\n", ""));
    let expected = [
        "lost-shape: `get_tasks` is marked as a page of a list, but its response is not a page",
        "lost-shape: `Tasks` is marked as a page of a list, but no member of it leads to the next page",
    ];
    assert_eq!(lost, expected);
    let lost = told(&SPEC.replace("results:", "tasks:"));
    assert!(
        lost[1].ends_with("but it has no list `results` or `values`"),
        "{lost:?}"
    );
}

#[test]
fn a_schema_that_is_no_object_any_more() {
    let start = SPEC.find("    Task:").expect("the schema");
    let end = SPEC.find("    Tasks:").expect("the next one");
    let spec = format!("{}    Task: {{ type: string }}\n{}", &SPEC[..start], &SPEC[end..]);
    let lost = told(&spec);
    let expected = "lost-shape: `Task` is marked as a long-running task, but it is not an object with properties";
    assert!(lost.contains(&expected.to_owned()), "{lost:?}");
}

#[test]
fn a_build_can_name_it_too() {
    let named = |spec: &str| {
        let input = Input::new("test", Source::new("spec.yaml", spec)).long_task(LongTask::by_shape("Task"));
        let generated = generate(&input).expect("a module");
        let told = generated.diagnostics.iter().map(|one| (one.code, one.message.clone()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(named(SPEC), []);
    let lost = named(&SPEC.replace("[finished, ", "["));
    let message =
        "the build script declares `Task` as a long-running task, but the property `finished` is not required";
    assert_eq!(lost, [(Code::LostShape, message.to_owned())]);
    let input = Input::new("test", Source::new("spec.yaml", SPEC.replace("[finished, ", "[")));
    let denied = input
        .long_task(LongTask::by_shape("Task"))
        .level("lost-shape", Level::Deny);
    assert!(generate(&denied).is_err());
}

#[test]
fn the_extensions_are_true_or_false() {
    let spec = SPEC.replace("    Tasks:\n", "    Tasks:\n      x-rust-page: yes please\n");
    let generated = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect("a module");
    let told: Vec<&str> = generated.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["`x-rust-page` is neither `true` nor `false`"]);
}

#[test]
fn a_task_without_a_definition_is_told_so() {
    let spec = format!("{SPEC}    Other: {{ type: array, items: {{ $ref: '#/components/schemas/Gone' }} }}\n");
    let input = Input::new("test", Source::new("spec.yaml", spec)).long_task(LongTask::flags("Gone", "done", "ok"));
    let error = generate(&input).expect_err("no such schema").to_string();
    let told = "the build script declares `Gone` as a long-running task, but no document defines it; add one that does as \
                a supplement, or define it in an overlay";
    assert!(error.contains(told), "{error}");
}
