//! Overlays of documents that have a slip where an action targets them.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

/// What is told of an overlay of a document with a component.
fn told(schema: &str, overlay: &str) -> String {
    let spec =
        format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schema}");
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    match generate(&input) {
        Ok(generated) => generated.diagnostics.to_string(),
        Err(error) => error.diagnostics().expect("an error of the document").to_string(),
    }
}

/// What is told of a document whose properties are not written as objects.
fn told_of_properties(version: &str, actions: &str) -> String {
    let schema = "    Task:
      type: object
      properties:
        time:
        type: integer
        status:
          type:string
        id: { type: string }
";
    told(schema, &format!("overlay: {version}\nactions:\n{actions}"))
}

#[test]
fn targets_that_are_not_indented_or_lack_a_space() {
    let actions = "  - target: $.components.schemas.Task.properties.time
    update: { description: The time. }
  - target: $.components.schemas.Task.properties.status
    update: { description: The status. }
  - target: $.components.schemas.Task.properties.time.items
    update: { description: The time. }
";
    let each = told_of_properties("1.0.0", actions);
    expect![[r#"
        error[overlay]: #/components/schemas/Task/properties/time is null, which an object cannot be merged into
          --> spec.overlay.yaml:4:13  #/actions/0/update
           |
         4 |     update: { description: The time. }
           |             ^
          ::: spec.yaml:9:9  #/components/schemas/Task/properties/time
           |
         9 |         time:
           |         ---- this is null
           = the overlay may be right; in the document, indent what belongs to it

        error[overlay]: #/components/schemas/Task/properties/status is the string "type:string", which an object cannot be merged into
          --> spec.overlay.yaml:6:13  #/actions/1/update
           |
         6 |     update: { description: The status. }
           |             ^
          ::: spec.yaml:12:11  #/components/schemas/Task/properties/status
           |
        12 |           type:string
           |           ----------- this is the string "type:string"
           = the overlay may be right; in the document, write a space behind the colon

        error[overlay-no-match]: `$.components.schemas.Task.properties.time.items` matches nothing
          --> spec.overlay.yaml:7:13  #/actions/2/target
           |
         7 |   - target: $.components.schemas.Task.properties.time.items
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          ::: spec.yaml:9:9  #/components/schemas/Task/properties/time
           |
         9 |         time:
           |         ---- this is null
           = `$.components.schemas.Task.properties.time` is null; the overlay may be right; in the document, indent what belongs to it
    "#]].assert_eq(&each);
    assert_eq!(told_of_properties("1.1.0", actions), each);
}

#[cfg(feature = "jsonpath")]
#[test]
fn slips_among_several_targets_and_below_them() {
    expect![[r#"
        error[overlay]: #/components/schemas/Task/properties/time is null, which an object cannot be merged into
          --> spec.overlay.yaml:4:13  #/actions/0/update
           |
         4 |     update: { description: One. }
           |             ^
          ::: spec.yaml:9:9  #/components/schemas/Task/properties/time
           |
         9 |         time:
           |         ---- this is null
           = the overlay may be right; in the document, indent what belongs to it

        error[overlay]: #/components/schemas/Task/properties/status is the string "type:string", which an object cannot be merged into
          --> spec.overlay.yaml:6:37  #/actions/1/update/properties/status
           |
         6 |     update: { properties: { status: { description: The status. } } }
           |                                     ^
          ::: spec.yaml:12:11  #/components/schemas/Task/properties/status
           |
        12 |           type:string
           |           ----------- this is the string "type:string"
           = the overlay may be right; in the document, write a space behind the colon
    "#]].assert_eq(&told_of_properties(
        "1.1.0",
        "  - target: $.components.schemas.Task.properties['time', 'id']
    update: { description: One. }
  - target: $.components.schemas.Task
    update: { properties: { status: { description: The status. } } }
",
    ));
}

#[test]
fn single_values_that_are_no_slips() {
    let action = "overlay: 1.0.0\nactions: [{ target: $.info.title, update: { en: T } }]\n";
    expect![[r#"
        error[overlay]: #/info/title is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:2:43  #/actions/0/update
           |
         2 | actions: [{ target: $.info.title, update: { en: T } }]
           |                                           ^
          ::: spec.yaml:2:16  #/info/title
           |
         2 | info: { title: T, version: '1' }
           |                - it is defined here
    "#]]
    .assert_eq(&told("    Task: {}\n", action));
}

#[test]
fn misspelled_keys_of_the_document() {
    let overlay = "overlay: 1.0.0
actions:
  - target: $.components.schemas.Task.properties.id
    update: { description: The ID. }
  - target: $.components.schemas.Taks
    update: { description: A task. }
  - target: $.components.schemas.Task.propertes
    update: { description: A task. }
";
    expect![[r#"
        error[overlay-no-match]: `$.components.schemas.Task.properties.id` matches nothing
          --> spec.overlay.yaml:3:13  #/actions/0/target
           |
         3 |   - target: $.components.schemas.Task.properties.id
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          ::: spec.yaml:8:7  #/components/schemas/Task/propertis
           |
         8 |       propertis:
           |       --------- did you mean `properties`?
           = the document has `propertis` in `$.components.schemas.Task`, which is probably misspelled; correct it there

        error[overlay-no-match]: `$.components.schemas.Taks` matches nothing
          --> spec.overlay.yaml:5:13  #/actions/1/target
           |
         5 |   - target: $.components.schemas.Taks
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas` has `Task`, which was probably meant; adapt the action or remove it

        error[overlay-no-match]: `$.components.schemas.Task.propertes` matches nothing
          --> spec.overlay.yaml:7:13  #/actions/2/target
           |
         7 |   - target: $.components.schemas.Task.propertes
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas.Task` has `propertis`, which was probably meant; adapt the action or remove it
    "#]]
    .assert_eq(&told(
        "    Task:
      type: object
      propertis:
        id: { type: string }
",
        overlay,
    ));
}

#[test]
fn a_property_that_is_a_text_without_a_colon() {
    let schema = "    Task:
      properties:
        id:
          type string
";
    let overlay = "overlay: 1.1.0
actions:
  - target: $.components.schemas.Task.properties.id
    update: { description: The ID. }
";
    expect![[r#"
        error[overlay]: #/components/schemas/Task/properties/id is the string "type string", which an object cannot be merged into
          --> spec.overlay.yaml:4:13  #/actions/0/update
           |
         4 |     update: { description: The ID. }
           |             ^
          ::: spec.yaml:9:11  #/components/schemas/Task/properties/id
           |
         9 |           type string
           |           ----------- this is the string "type string"
           = the overlay may be right; in the document, write a colon behind the key
    "#]].assert_eq(&told(schema, overlay));
}

#[test]
fn what_lacks_its_slash_or_its_level() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  tasks:
    get: { responses: { '204': { description: None. } } }
components:
  schemas:
    Task: { type: object, id: { type: string }, minProperties: 1 }
";
    let overlay = "overlay: 1.1.0
actions:
  - target: $.paths['/tasks'].get
    update: { summary: Lists tasks. }
  - target: $.components.schemas.Task.properties.id
    update: { description: The ID. }
  - target: $.components.schemas.Task.properties['name']
    update: { description: The name. }
";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    expect![[r#"
        error[overlay-no-match]: `$.paths['/tasks'].get` matches nothing
          --> spec.overlay.yaml:3:13  #/actions/0/target
           |
         3 |   - target: $.paths['/tasks'].get
           |             ^^^^^^^^^^^^^^^^^^^^^
          ::: spec.yaml:4:3  #/paths/tasks
           |
         4 |   tasks:
           |   ----- did you mean `/tasks`?
           = the document has `tasks` in `$.paths`, which is probably misspelled; correct it there

        error[overlay-no-match]: `$.components.schemas.Task.properties.id` matches nothing
          --> spec.overlay.yaml:5:13  #/actions/1/target
           |
         5 |   - target: $.components.schemas.Task.properties.id
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          ::: spec.yaml:8:27  #/components/schemas/Task/id
           |
         8 |     Task: { type: object, id: { type: string }, minProperties: 1 }
           |                           -- this is not below `properties`
           = `$.components.schemas.Task` has `id` itself; in the document, write it below `properties`

        error[overlay-no-match]: `$.components.schemas.Task.properties['name']` matches nothing
          --> spec.overlay.yaml:7:13  #/actions/2/target
           |
         7 |   - target: $.components.schemas.Task.properties['name']
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas.Task` exists, but nothing in it matches `.properties['name']`; it has `type`, `id`, `minProperties`; adapt the action or remove it
    "#]]
    .assert_eq(&error.diagnostics().expect("an error of the document").to_string());
}
