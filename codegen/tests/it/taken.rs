//! Names that are taken, and names that are none.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

#[test]
fn names_that_are_taken_are_reported() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /spaces:
    get: { operationId: getSpace, responses: { '204': { description: Done. } } }
    put: { operationId: get_space, responses: { '204': { description: Done. } } }
    post: { operationId: put_space, responses: { '204': { description: Done. } } }
    patch: { operationId: a, x-rust-name: put_space, responses: { '204': { description: Done. } } }
    delete: { operationId: model, responses: { '204': { description: Done. } } }
  /more:
    get: { operationId: getSpace, responses: { '204': { description: Done. } } }
components:
  schemas:
    Space: { type: object, properties: { id: { type: string } } }
    space: { type: object, properties: { key: { type: string } } }
";
    let generated = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect("a module");
    expect![[r#"
        warning[duplicate-operation-id]: the operationId `getSpace` is used more than once
          --> spec.yaml:11:25  #/paths/~1more/get/operationId
           |
        11 |     get: { operationId: getSpace, responses: { '204': { description: Done. } } }
           |                         ^^^^^^^^
          ::: spec.yaml:5:25  #/paths/~1spaces/get/operationId
           |
         5 |     get: { operationId: getSpace, responses: { '204': { description: Done. } } }
           |                         -------- first occurrence
           = later functions get a numeric suffix; set names with `x-rust-name` in an overlay

        note[taken-name]: the type name `Space` is already taken
          --> spec.yaml:15:5  #/components/schemas/space
           |
        15 |     space: { type: object, properties: { key: { type: string } } }
           |     ^^^^^
          ::: spec.yaml:14:12  #/components/schemas/Space
           |
        14 |     Space: { type: object, properties: { id: { type: string } } }
           |            - this is `Space`
           = the type is named `Space2`

        note[taken-name]: the function name `get_space` is already taken
          --> spec.yaml:6:10  #/paths/~1spaces/put
           |
         6 |     put: { operationId: get_space, responses: { '204': { description: Done. } } }
           |          ^
          ::: spec.yaml:5:10  #/paths/~1spaces/get
           |
         5 |     get: { operationId: getSpace, responses: { '204': { description: Done. } } }
           |          - this is `get_space`
           = the function is named `get_space2`; set names with `x-rust-name` in an overlay

        note[taken-name]: the function name `put_space` is already taken
          --> spec.yaml:7:11  #/paths/~1spaces/post
           |
         7 |     post: { operationId: put_space, responses: { '204': { description: Done. } } }
           |           ^
          ::: spec.yaml:8:12  #/paths/~1spaces/patch
           |
         8 |     patch: { operationId: a, x-rust-name: put_space, responses: { '204': { description: Done. } } }
           |            - this is `put_space`
           = the function is named `put_space2`; set names with `x-rust-name` in an overlay

        note[taken-name]: the function name `model` is already taken
          --> spec.yaml:9:13  #/paths/~1spaces/delete
           |
         9 |     delete: { operationId: model, responses: { '204': { description: Done. } } }
           |             ^
           = the function is named `model2`; set names with `x-rust-name` in an overlay
    "#]]
    .assert_eq(&generated.diagnostics.to_string());
}

/// What would not be the name that is written is no name.
#[test]
fn a_name_from_an_overlay_is_an_identifier() {
    let mut spec = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n".to_owned();
    let written = [
        "2foo bar", "!!", "a::b", "self", "_", "get-pets", "getPets", "résumé", "type",
    ];
    for (number, name) in written.iter().enumerate() {
        let operation =
            format!("operationId: n{number}, x-rust-name: '{name}', responses: {{ '204': {{ description: D. }} }}");
        spec.push_str(&format!("  /p{number}: {{ get: {{ {operation} }} }}\n"));
    }
    let generated = generate(&Input::new("test", Source::new("spec.yaml", spec))).expect("a module");
    let lines = generated
        .code
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub fn "));
    let found: Vec<&str> = lines.filter_map(|line| Some(line.split_once('(')?.0)).collect();
    assert_eq!(
        found,
        ["n0", "n1", "n2", "n3", "n4", "n5", "get_pets", "résumé", "r#type"]
    );
    let told = generated.diagnostics.iter().map(|one| format!("{}\n", one.message));
    expect![[r#"
        `x-rust-name` is not a name: `2foo bar`
        `x-rust-name` is not a name: `!!`
        `x-rust-name` is not a name: `a::b`
        `x-rust-name` is not a name: `self`
        `x-rust-name` is not a name: `_`
        `x-rust-name` is not a name: `get-pets`
    "#]]
    .assert_eq(&told.collect::<String>());
}
