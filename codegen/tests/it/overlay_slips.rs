//! Overlays that remove what is needed, add what there is, or are no lists of actions.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

/// What is told of an overlay of a small document.
fn told(overlay: &str) -> String {
    let spec = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    match generate(&input) {
        Ok(generated) => generated.diagnostics.to_string(),
        Err(error) => error.diagnostics().expect("an error of the document").to_string(),
    }
}

#[test]
fn what_an_overlay_must_not_remove() {
    expect![[r#"
        note[ignored]: `update` has no effect beside `remove: true`
          --> spec.overlay.yaml:4:13  #/actions/0/update
           |
         4 |     update: { title: U }
           |             ^
           = remove one of them; to replace a value, write two actions

        error[overlay]: the action removes `info`, which a document must have
          --> spec.overlay.yaml:3:13  #/actions/0/target
           |
         3 |   - target: $.info
           |             ^^^^^^
           = use `update` to change it, or add it again in a later action
    "#]]
    .assert_eq(&told(
        "overlay: 1.1.0
actions:
  - target: $.info
    update: { title: U }
    remove: true
  - target: $
    update: { x-info: { title: T } }
",
    ));
    expect![[r#"
        error[overlay]: the action removes the whole document
          --> spec.overlay.yaml:2:21  #/actions/0/target
           |
         2 | actions: [{ target: $, remove: true }]
           |                     ^
           = use `update` to change it, or add it again in a later action
    "#]]
    .assert_eq(&told("overlay: 1.0.0\nactions: [{ target: $, remove: true }]\n"));
    expect![[r#"
        error[overlay]: the action removes `version`, which a document must have
          --> spec.overlay.yaml:2:21  #/actions/0/target
           |
         2 | actions: [{ target: '$.info.*', remove: true }, { target: $.paths, remove: true }]
           |                     ^^^^^^^^^^
           = use `update` to change it, or add it again in a later action

        error[overlay]: the action removes `title`, which a document must have
          --> spec.overlay.yaml:2:21  #/actions/0/target
           |
         2 | actions: [{ target: '$.info.*', remove: true }, { target: $.paths, remove: true }]
           |                     ^^^^^^^^^^
           = use `update` to change it, or add it again in a later action

        error[overlay]: the action removes `paths`, which a document must have
          --> spec.overlay.yaml:2:59  #/actions/1/target
           |
         2 | actions: [{ target: '$.info.*', remove: true }, { target: $.paths, remove: true }]
           |                                                           ^^^^^^^
           = use `update` to change it, or add it again in a later action
    "#]]
    .assert_eq(&told(
        "overlay: 1.0.0\nactions: [{ target: '$.info.*', remove: true }, { target: $.paths, remove: true }]\n",
    ));
    // A later action adds it again.
    let again = "overlay: 1.0.0
actions:
  - { target: $.info, remove: true }
  - { target: $, update: { info: { title: U, version: '2' } } }
";
    assert_eq!(told(again), "");
}

#[test]
fn actions_that_are_no_list() {
    expect![[r#"
        error[overlay]: `actions` is an object; a list is expected
          --> spec.overlay.yaml:3:1  #/actions
           |
         3 | actions:
           | ^^^^^^^
           = start each action with `- `
    "#]]
    .assert_eq(&told(
        "overlay: 1.0.0\ninfo: { title: U, version: '1' }\nactions:\n  target: $.info\n  remove: true\n",
    ));
    expect![[r#"
        error[overlay]: `actions` is a single value; a list is expected
          --> spec.overlay.yaml:2:1  #/actions
           |
         2 | actions: none
           | ^^^^^^^
           = start each action with `- `
    "#]]
    .assert_eq(&told("overlay: 1.0.0\nactions: none\n"));
}

#[test]
fn components_that_are_defined_already_are_noted_unless_the_target_names_them() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components: { schemas: { Message: { type: object, properties: { text: { type: string } } } } }
";
    let merged = |target: &str, update: &str| {
        let overlay = format!("overlay: 1.1.0\nactions: [{{ target: {target}, update: {update} }}]\n");
        let input =
            Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
        let generated = generate(&input).expect("a module");
        let told = generated.diagnostics.iter().map(|one| one.message.clone());
        told.collect::<Vec<String>>()
    };
    let message = "{ Message: { properties: { key: { type: string } } } }";
    let noted = ["the action adds `Message`, which is defined already"];
    assert_eq!(merged("$.components.schemas", message), noted);
    assert_eq!(
        merged("$", &format!("{{ components: {{ schemas: {message} }} }}")),
        noted
    );
    let none: [&str; 0] = [];
    assert_eq!(
        merged("$.components.schemas", &message.replace("Message", "Other")),
        none
    );
    assert_eq!(
        merged("$.components.schemas.Message", "{ description: A message. }"),
        none
    );
}

#[test]
fn updates_without_a_value() {
    expect![[r#"
        warning[unknown-key]: `title` is unknown here and has no effect
          --> spec.overlay.yaml:5:5  #/actions/0/title
           |
         5 |     title: U
           |     ^^^^^
           = indent it below `update`

        error[overlay]: `update` has no value
          --> spec.overlay.yaml:4:5  #/actions/0/update
           |
         4 |     update:
           |     ^^^^^^
           = indent what belongs to it

        error[overlay]: `update` has no value
          --> spec.overlay.yaml:8:5  #/actions/1/update
           |
         8 |     update:
           |     ^^^^^^
           = indent what belongs to it

        error[overlay]: `update` has no value
          --> spec.overlay.yaml:11:5  #/actions/2/update
           |
        11 |     update:
           |     ^^^^^^
           = indent what belongs to it

        warning[unknown-key]: `descripton` is unknown here and has no effect
          --> spec.overlay.yaml:13:5  #/actions/3/descripton
           |
        13 |     descripton: It has the words of the publisher.
           |     ^^^^^^^^^^
           = did you mean `description`?

        warning[unknown-key]: `reason` is unknown here and has no effect
          --> spec.overlay.yaml:14:5  #/actions/3/reason
           |
        14 |     reason: none
           |     ^^^^^^
           = an action has `target`, `description`, `update`, `remove`, `copy`
    "#]]
    .assert_eq(&told(
        "overlay: 1.0.0
actions:
  - target: $.info
    update:
    title: U
    x-reason: none
  - target: $.info
    update:
    description: Tasks.
  - target: $.info.title
    update:
  - target: $.info
    descripton: It has the words of the publisher.
    reason: none
    update: { title: U }
",
    ));
    // A single value may become null, and an item of a list be null.
    let nulls = r#"overlay: 1.1.0
actions:
  - { target: $, update: { x-list: [a], x-one: a } }
  - { target: "$['x-list']", update: null }
  - { target: "$['x-one']", update: null }
"#;
    assert_eq!(told(nulls), "");
}

#[test]
fn a_component_that_is_added_beside_its_section() {
    expect![[r#"
        warning[unknown-key]: `Message` looks like a schema, but it is directly below `components`
          --> spec.overlay.yaml:4:29  #/components/Message
           |
         4 |     update: { components: { Message: { type: object } } }
           |                             ^^^^^^^
           = it has no effect; move it below `schemas`
    "#]]
    .assert_eq(&told(
        "overlay: 1.0.0
actions:
  - target: $
    update: { components: { Message: { type: object } } }
",
    ));
}

#[test]
fn misspelled_members_of_what_is_there() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1', description: D. }
paths:
  /a: { get: { summary: A., description: A., responses: { '204': { description: None. } } } }
components:
  schemas:
    A: { type: array, items: { type: integer, format: int32 } }
";
    let overlay = "overlay: 1.0.0
actions:
  - target: $.info
    update: { titel: U, descripton: E. }
  - target: $.paths['/a'].get
    update: { sumary: B., x_rust_name: b }
  - target: $.components.schemas.A
    update: { item: { type: string } }
  - target: $.components.schemas.A.items
    update: { typ: number, fromat: int64 }
";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let generated = generate(&input).expect("a module");
    let told = generated.diagnostics.iter().map(|one| {
        let help = one.help.as_deref().unwrap_or_default();
        format!("{}: {}; {help}\n", one.pointer, one.message)
    });
    expect![[r#"
        #/info/titel: `titel` is unknown here and has no effect; did you mean `title`?
        #/info/descripton: `descripton` is unknown here and has no effect; did you mean `description`?
        #/paths/~1a/get/sumary: `sumary` is unknown here and has no effect; did you mean `summary`?
        #/paths/~1a/get/x_rust_name: `x_rust_name` is unknown and has no effect; did you mean `x-rust-name`?
        #/components/schemas/A/item: `item` is unknown here and has no effect; did you mean `items`?
        #/components/schemas/A/items/typ: `typ` is unknown here and has no effect; did you mean `type`?
        #/components/schemas/A/items/fromat: `fromat` is unknown here and has no effect; did you mean `format`?
    "#]]
    .assert_eq(&told.collect::<String>());
}

#[test]
fn many_actions_that_match_nothing() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A:
      properties:
        a: { type: string }";
    let action =
        |name: &str| format!("  - {{ target: $.components.schemas.A.properties.{name}, update: {{ title: T }} }}\n");
    let told = |names: &[&str]| {
        let actions: String = names.iter().map(|name| action(name)).collect();
        let overlay = Source::new("spec.overlay.yaml", format!("overlay: 1.1.0\nactions:\n{actions}"));
        let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(overlay);
        let error = generate(&input).expect_err("an error");
        error.diagnostics().expect("an error of the document").to_string()
    };
    expect![[r#"
        error[overlay-no-match]: `$.components.schemas.A.properties.beta` matches nothing
          --> spec.overlay.yaml:4:15  #/actions/1/target
           |
         4 |   - { target: $.components.schemas.A.properties.beta, update: { title: T } }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas.A.properties` exists, but nothing in it matches `.beta`; it has `a`; adapt the action or remove it; 3 parts are missing, so the document may be incomplete: it ends in line 8

        error[overlay-no-match]: `$.components.schemas.A.properties.gamma` matches nothing
          --> spec.overlay.yaml:5:15  #/actions/2/target
           |
         5 |   - { target: $.components.schemas.A.properties.gamma, update: { title: T } }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas.A.properties` exists, but nothing in it matches `.gamma`; it has `a`; adapt the action or remove it

        error[overlay-no-match]: `$.components.schemas.A.properties.delta` matches nothing
          --> spec.overlay.yaml:6:15  #/actions/3/target
           |
         6 |   - { target: $.components.schemas.A.properties.delta, update: { title: T } }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas.A.properties` exists, but nothing in it matches `.delta`; it has `a`; adapt the action or remove it
    "#]].assert_eq(&told(&["a", "beta", "gamma", "delta"]));
    // The document may have changed in one or two places.
    assert!(!told(&["a", "beta", "gamma"]).contains("incomplete"));
}

#[test]
fn a_renamed_member_with_members_of_its_own() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A:
      properties:
        a: { type: string }
        b: { type: string }
        details: { properties: { x: { type: string }, y: { type: string } } }
";
    let overlay = "overlay: 1.1.0
actions:
  - { target: $.components.schemas.A.properties.additionalDetails, update: { title: T } }
  - { target: $.components.schemas.A.properties.additionalDetails.properties.x, update: { title: T } }
  - { target: $.components.schemas.A.properties.additionalDetails.properties.y, update: { title: T } }
  - { target: $.components.schemas.A.properties.other, update: { title: T } }
  - { target: $.components.schemas.A.properties.other.properties.x, update: { title: T } }
  - { target: $.components.schemas.A.properties.other.properties.y, update: { title: T } }
";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    let told = error.diagnostics().expect("an error of the document").to_string();
    let helps: String = told
        .split_inclusive('\n')
        .filter_map(|line| line.trim_start().strip_prefix("= "))
        .collect();
    expect![[r#"
        `$.components.schemas.A.properties` has `details`, which was probably meant; adapt the action or remove it
        `$.components.schemas.A.properties` has `details`, which was probably meant; adapt the action or remove it
        `$.components.schemas.A.properties` has `details`, which was probably meant; adapt the action or remove it
        `$.components.schemas.A.properties` exists, but nothing in it matches `.other`; it has `a`, `b`, `details`; adapt the action or remove it
        `$.components.schemas.A.properties` exists, but nothing in it matches `.other.properties.x`; it has `a`, `b`, `details`; adapt the action or remove it
        `$.components.schemas.A.properties` exists, but nothing in it matches `.other.properties.y`; it has `a`, `b`, `details`; adapt the action or remove it
    "#]].assert_eq(&helps);
}
