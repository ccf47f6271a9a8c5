//! Overlays that do not fit: all that is wrong is told, with what is there instead.

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;

#[test]
fn actions_that_match_nothing_show_what_is_there() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /spaces/{id}:
    get: { responses: { '204': { description: Done. } } }
components: { schemas: { User: { type: object } } }
";
    let overlay = "overlay: 1.0.0
actions:
  - { target: \"$.paths['/space/{id}'].get\", remove: true }
  - { target: $.components.schemas.Usr, update: { title: U } }
  - { target: \"$.paths['/spaces/{id}'].get.parameters[?(@.name=='id')]\", remove: true }
  - { target: $.nowhere }
  - { target: '$.info[*]', update: { a: 1 } }
";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    expect![[r#"
        error[overlay-no-match]: `$.paths['/space/{id}'].get` matches nothing
          --> spec.overlay.yaml:3:15  #/actions/0/target
           |
         3 |   - { target: "$.paths['/space/{id}'].get", remove: true }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.paths` has `/spaces/{id}`, which was probably meant; adapt the action or take it out

        error[overlay-no-match]: `$.components.schemas.Usr` matches nothing
          --> spec.overlay.yaml:4:15  #/actions/1/target
           |
         4 |   - { target: $.components.schemas.Usr, update: { title: U } }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas` has `User`, which was probably meant; adapt the action or take it out

        error[overlay-no-match]: `$.paths['/spaces/{id}'].get.parameters[?(@.name=='id')]` matches nothing
          --> spec.overlay.yaml:5:15  #/actions/2/target
           |
         5 |   - { target: "$.paths['/spaces/{id}'].get.parameters[?(@.name=='id')]", remove: true }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.paths['/spaces/{id}'].get` is there, and nothing in it matches `.parameters[?(@.name=='id')]`; adapt the action or take it out

        error[overlay-no-match]: `$.nowhere` matches nothing
          --> spec.overlay.yaml:6:15  #/actions/3/target
           |
         6 |   - { target: $.nowhere }
           |               ^^^^^^^^^
           = `$` is there, and nothing in it matches `.nowhere`; adapt the action or take it out

        error[overlay]: the action has neither `update` nor `remove: true`
          --> spec.overlay.yaml:6:5  #/actions/3
           |
         6 |   - { target: $.nowhere }
           |     ^

        error[overlay]: #/info/title is neither an object nor a list
          --> spec.overlay.yaml:7:15  #/actions/4/target
           |
         7 |   - { target: '$.info[*]', update: { a: 1 } }
           |               ^^^^^^^^^^^

        error[overlay]: #/info/version is neither an object nor a list
          --> spec.overlay.yaml:7:15  #/actions/4/target
           |
         7 |   - { target: '$.info[*]', update: { a: 1 } }
           |               ^^^^^^^^^^^
    "#]].assert_eq(&diagnostics.to_string());
}
