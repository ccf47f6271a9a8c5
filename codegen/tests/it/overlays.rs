//! Overlays: what they change, after the examples of the specification, and what is told where they do not fit.

use confluence_codegen::outline::outline;
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
           = `$.paths` has `/spaces/{id}`, which was probably meant; adapt the action or remove it

        error[overlay-no-match]: `$.components.schemas.Usr` matches nothing
          --> spec.overlay.yaml:4:15  #/actions/1/target
           |
         4 |   - { target: $.components.schemas.Usr, update: { title: U } }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.components.schemas` has `User`, which was probably meant; adapt the action or remove it

        error[overlay-no-match]: `$.paths['/spaces/{id}'].get.parameters[?(@.name=='id')]` matches nothing
          --> spec.overlay.yaml:5:15  #/actions/2/target
           |
         5 |   - { target: "$.paths['/spaces/{id}'].get.parameters[?(@.name=='id')]", remove: true }
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = `$.paths['/spaces/{id}'].get` exists, but nothing in it matches `.parameters[?(@.name=='id')]`; it has `responses`; adapt the action or remove it

        error[overlay-no-match]: `$.nowhere` matches nothing
          --> spec.overlay.yaml:6:15  #/actions/3/target
           |
         6 |   - { target: $.nowhere }
           |               ^^^^^^^^^
           = `$` exists, but nothing in it matches `.nowhere`; it has `openapi`, `info`, `paths`, `components`; adapt the action or remove it

        error[overlay]: the action has none of `update`, `copy` and `remove: true`
          --> spec.overlay.yaml:6:5  #/actions/3
           |
         6 |   - { target: $.nowhere }
           |     ^

        error[overlay]: #/info/title is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:7:36  #/actions/4/update
           |
         7 |   - { target: '$.info[*]', update: { a: 1 } }
           |                                    ^
          ::: spec.yaml:2:16  #/info/title
           |
         2 | info: { title: T, version: '1' }
           |                - it is defined here

        error[overlay]: #/info/version is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:7:36  #/actions/4/update
           |
         7 |   - { target: '$.info[*]', update: { a: 1 } }
           |                                    ^
          ::: spec.yaml:2:28  #/info/version
           |
         2 | info: { title: T, version: '1' }
           |                            --- it is defined here
    "#]].assert_eq(&diagnostics.to_string());
}

/// What is generated from a document with an overlay: an operation a line, with its summary and arguments.
fn overlaid(spec: &str, overlay: &str) -> String {
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let outlined = outline(&input).unwrap_or_else(|error| panic!("{error}"));
    let operations = outlined.outline.operations.iter().map(|operation| {
        let arguments = operation.required.iter().chain(&operation.optional);
        let arguments: Vec<_> = arguments.map(|argument| argument.name.as_str()).collect();
        let summary = operation.docs.lines().next().unwrap_or_default();
        let tags = operation.tags.join(" ");
        format!(
            "{} {} ({}) [{tags}] {summary}\n",
            operation.method,
            operation.path,
            arguments.join(", ")
        )
    });
    operations.collect()
}

fn errors(spec: &str, overlay: &str) -> String {
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    error.diagnostics().expect("an error of the document").to_string()
}

const SPACES: &str = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /spaces:
    get:
      summary: Lists spaces.
      tags: [spaces, dummy]
      x-traits: [paged]
      parameters:
        - { name: filter, in: query, schema: { type: string } }
        - { name: dummy, in: query, schema: { type: string } }
      responses: { '204': { description: Done. } }
  /spaces/{id}:
    get:
      summary: Returns a space.
      tags: [spaces]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses: { '204': { description: Done. } }
  /pages:
    delete:
      summary: Deletes pages.
      responses: { '204': { description: Done. } }
";

#[test]
fn one_action_mirrors_the_document() {
    let overlay = "overlay: 1.0.0
actions:
  - target: $
    update:
      paths:
        /spaces: { get: { summary: Lists what there is. } }
        /pages: { delete: { parameters: [{ name: all, in: query, schema: { type: boolean } }] } }
";
    expect![[r#"
        GET /spaces (filter, dummy) [spaces dummy] Lists what there is.
        GET /spaces/{id} (id) [spaces] Returns a space.
        DELETE /pages (all) [] Deletes pages.
    "#]]
    .assert_eq(&overlaid(SPACES, overlay));
}

#[test]
fn single_values_are_replaced() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: \"$.paths['/spaces'].get.summary\", update: Lists what there is. }
  - { target: '$.paths.*.get.tags[0]', update: places }
";
    expect![[r#"
        GET /spaces (filter, dummy) [places dummy] Lists what there is.
        GET /spaces/{id} (id) [places] Returns a space.
        DELETE /pages () [] Deletes pages.
    "#]]
    .assert_eq(&overlaid(SPACES, overlay));
}

#[test]
fn targets_are_chosen_by_wildcards_filters_and_traits() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: '$.paths.*.get', update: { x-safe: true } }
  - target: \"$.paths.*.get.parameters[?@.name=='filter' && @.in=='query']\"
    update: { name: q }
  - target: $.paths[?(@.get['x-traits'][?(@ == 'paged')])].get
    update:
      parameters:
        - { name: top, in: query, schema: { type: integer } }
        - { name: skip, in: query, schema: { type: integer } }
";
    expect![[r#"
        GET /spaces (q, dummy, top, skip) [spaces dummy] Lists spaces.
        GET /spaces/{id} (id) [spaces] Returns a space.
        DELETE /pages () [] Deletes pages.
    "#]]
    .assert_eq(&overlaid(SPACES, overlay));
}

#[test]
fn items_are_added_and_removed() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: $.paths.*.get.parameters, update: { name: limit, in: query, schema: { type: integer } } }
  - { target: $.paths.*.get.parameters, update: [{ name: a, in: query, schema: { type: integer } }] }
  - { target: \"$.paths.*.get.parameters[?@.name == 'dummy']\", remove: true }
  - { target: \"$.paths.*.get.tags[?@ == 'dummy']\", remove: true }
";
    expect![[r#"
        GET /spaces (filter, limit, a) [spaces] Lists spaces.
        GET /spaces/{id} (id, limit, a) [spaces] Returns a space.
        DELETE /pages () [] Deletes pages.
    "#]]
    .assert_eq(&overlaid(SPACES, overlay));
}

#[test]
fn places_after_removed_items_are_true() {
    let spec = "openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      parameters:
        - { name: first, in: query, schema: { type: string } }
        - { name: second, in: query, schema: { type: string } }
        - { name: third, in: query, schema: { $ref: '#/components/schemas/Third' } }
      responses: { '204': { description: Done. } }
";
    let overlay = "overlay: 1.1.0
actions:
  - target: $.paths['/a'].get.parameters
    update:
      - { name: fourth, in: query, schema: { type: string } }
      - { name: fifth, in: query, schema: { $ref: '#/components/schemas/Fifth' } }
  - { target: '$.paths[\"/a\"].get.parameters[0]', remove: true }
  - { target: '$.paths[\"/a\"].get.parameters[?@.name == \"second\" || @.name == \"fourth\"]', remove: true }
";
    let input = Input::new("test", Source::new("spec.yaml", spec)).overlay(Source::new("spec.overlay.yaml", overlay));
    let generated = generate(&input).unwrap_or_else(|error| panic!("{error}"));
    expect![[r#"
        warning[dangling-ref]: `#/components/schemas/Third` is not defined in this document
          --> spec.yaml:9:45  #/paths/~1a/get/parameters/0/schema
           |
         9 |         - { name: third, in: query, schema: { $ref: '#/components/schemas/Third' } }
           |                                             ^
           = used as an opaque JSON value; define it in an overlay

        warning[dangling-ref]: `#/components/schemas/Fifth` is not defined in this document
          --> spec.overlay.yaml:6:43  #/paths/~1a/get/parameters/1/schema
           |
         6 |       - { name: fifth, in: query, schema: { $ref: '#/components/schemas/Fifth' } }
           |                                           ^
           = used as an opaque JSON value; define it in an overlay
    "#]]
    .assert_eq(&generated.diagnostics.to_string());
}

#[test]
fn a_path_is_copied_and_renamed() {
    let copied = "overlay: 1.1.0
actions:
  - { target: \"$.paths['/pages']\", copy: \"$.paths['/spaces']\" }
";
    expect![[r#"
        GET /spaces (filter, dummy) [spaces dummy] Lists spaces.
        GET /spaces/{id} (id) [spaces] Returns a space.
        GET /pages (filter, dummy) [spaces dummy] Lists spaces.
        DELETE /pages () [] Deletes pages.
    "#]]
    .assert_eq(&overlaid(SPACES, copied));
    let renamed = "overlay: 1.1.0
actions:
  - { target: $.paths, update: { /places: {} } }
  - { target: \"$.paths['/places']\", copy: \"$.paths['/spaces']\" }
  - { target: \"$.paths['/spaces']\", remove: true }
";
    expect![[r#"
        GET /spaces/{id} (id) [spaces] Returns a space.
        DELETE /pages () [] Deletes pages.
        GET /places (filter, dummy) [spaces dummy] Lists spaces.
    "#]]
    .assert_eq(&overlaid(SPACES, renamed));
}

#[test]
fn what_cannot_be_merged_is_told() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: $.info, update: { title: { en: T } } }
  - { target: $.info, update: [T] }
  - { target: $.info.title, update: { en: T } }
  - { target: '$.info[*]', copy: $.paths }
  - { target: '$.paths.*.get.tags[*]', copy: $.paths.* }
  - { target: $.info, copy: $.nowhere }
  - { target: $.info, copy: [] }
  - { target: $.info, copy: $.info, update: {} }
  - { target: '$..[0, \"title\"]', update: T }
  - { target: $.info }
";
    expect![[r#"
        error[overlay]: #/info/title is a single value and cannot be merged with an object
          --> spec.overlay.yaml:3:40  #/actions/0/update/title
           |
         3 |   - { target: $.info, update: { title: { en: T } } }
           |                                        ^
          ::: spec.yaml:2:16  #/info/title
           |
         2 | info: { title: T, version: '1' }
           |                - it is defined here
           = remove it with an action before this one

        error[overlay]: #/info is an object, so the value to merge must be one, too
          --> spec.overlay.yaml:4:31  #/actions/1/update
           |
         4 |   - { target: $.info, update: [T] }
           |                               ^
          ::: spec.yaml:2:7  #/info
           |
         2 | info: { title: T, version: '1' }
           |       - it is defined here

        error[overlay]: #/info/title is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:5:37  #/actions/2/update
           |
         5 |   - { target: $.info.title, update: { en: T } }
           |                                     ^
          ::: spec.yaml:2:16  #/info/title
           |
         2 | info: { title: T, version: '1' }
           |                - it is defined here

        error[overlay]: #/info/title is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:6:34  #/actions/3/copy
           |
         6 |   - { target: '$.info[*]', copy: $.paths }
           |                                  ^^^^^^^
          ::: spec.yaml:2:16  #/info/title
           |
         2 | info: { title: T, version: '1' }
           |                - it is defined here

        error[overlay]: #/info/version is a single value, so the value to merge must be one, too
          --> spec.overlay.yaml:6:34  #/actions/3/copy
           |
         6 |   - { target: '$.info[*]', copy: $.paths }
           |                                  ^^^^^^^
          ::: spec.yaml:2:28  #/info/version
           |
         2 | info: { title: T, version: '1' }
           |                            --- it is defined here

        error[overlay]: `$.paths.*` selects 3 nodes; `copy` requires exactly one
          --> spec.overlay.yaml:7:46  #/actions/4/copy
           |
         7 |   - { target: '$.paths.*.get.tags[*]', copy: $.paths.* }
           |                                              ^^^^^^^^^

        error[overlay]: `$.nowhere` matches nothing
          --> spec.overlay.yaml:8:29  #/actions/5/copy
           |
         8 |   - { target: $.info, copy: $.nowhere }
           |                             ^^^^^^^^^
           = `$` exists, but nothing in it matches `.nowhere`; it has `openapi`, `info`, `paths`; adapt the action or remove it

        error[overlay]: `copy` must be a string with a JSONPath
          --> spec.overlay.yaml:9:29  #/actions/6/copy
           |
         9 |   - { target: $.info, copy: [] }
           |                             ^

        error[overlay]: the action has both `update` and `copy`, but only one is allowed
          --> spec.overlay.yaml:10:5  #/actions/7
           |
        10 |   - { target: $.info, copy: $.info, update: {} }
           |     ^

        error[overlay]: the targets are of different kinds: #/info/title is a single value, #/paths/~1spaces/get/parameters/0 is an object
          --> spec.overlay.yaml:11:15  #/actions/8/target
           |
        11 |   - { target: '$..[0, "title"]', update: T }
           |               ^^^^^^^^^^^^^^^^^
           = write an action for each kind

        error[overlay]: the action has none of `update`, `copy` and `remove: true`
          --> spec.overlay.yaml:12:5  #/actions/9
           |
        12 |   - { target: $.info }
           |     ^
    "#]].assert_eq(&errors(SPACES, overlay));
    let older = "overlay: 1.0.0\nactions:\n  - { target: $.info, copy: $.paths }\n";
    expect![[r#"
        error[overlay]: `copy` requires Overlay 1.1, but the overlay is 1.0
          --> spec.overlay.yaml:3:29  #/actions/0/copy
           |
         3 |   - { target: $.info, copy: $.paths }
           |                             ^^^^^^^
           = write `overlay: 1.1.0` at the top
    "#]]
    .assert_eq(&errors(SPACES, older));
}

#[cfg(feature = "regex")]
#[test]
fn names_are_matched_by_regular_expressions() {
    let overlay = "overlay: 1.1.0
actions:
  - { target: \"$.paths.*.get.parameters[?match(@.name, 'f.*r')]\", remove: true }
  - { target: \"$.paths.*[?search(@.summary, 'pages')]\", update: { summary: Deletes all pages. } }
";
    expect![[r#"
        GET /spaces (dummy) [spaces dummy] Lists spaces.
        GET /spaces/{id} (id) [spaces] Returns a space.
        DELETE /pages () [] Deletes all pages.
    "#]]
    .assert_eq(&overlaid(SPACES, overlay));
}

/// What is told of an overlay that cannot be applied.
fn check_wrong(overlay: &str, expected: expect_test::Expect) {
    let spec = Source::new(
        "spec.yaml",
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n",
    );
    let input = Input::new("test", spec).overlay(Source::new("spec.overlay.yaml", overlay));
    let error = generate(&input).expect_err("an error");
    let diagnostics = error.diagnostics().expect("an error of the document");
    expected.assert_eq(&diagnostics.to_string());
}

#[cfg(feature = "jsonpath")]
#[test]
fn targets_that_are_no_paths() {
    check_wrong(
        "overlay: 1.0.0
actions:
  - { target: '$.paths[/a].get', remove: true }
  - { target: paths.get, remove: true }
",
        expect![[r#"
            error[overlay]: `$.paths[/a].get` is not a valid JSONPath (RFC 9535): at position 7, parser error
              --> spec.overlay.yaml:3:15  #/actions/0/target
               |
             3 |   - { target: '$.paths[/a].get', remove: true }
               |               ^^^^^^^^^^^^^^^^^
               = write names with characters other than letters, digits and `_` in quotes: `$.paths['/a'].get`

            error[overlay]: `paths.get` is not a valid JSONPath (RFC 9535): at position 0, parser error
              --> spec.overlay.yaml:4:15  #/actions/1/target
               |
             4 |   - { target: paths.get, remove: true }
               |               ^^^^^^^^^
               = a path begins with `$`, which is the document: `$.paths['/a'].get`
        "#]],
    );
}

#[test]
fn misspelled_members() {
    check_wrong(
        "overlay: 1.0.0\naction: []\n",
        expect![[r#"
        error[overlay]: the overlay has no list of `actions`
          --> spec.overlay.yaml:1:1
           |
         1 | overlay: 1.0.0
           | ^^^^^^^
           = found `action`; did you mean `actions`?
    "#]],
    );
    check_wrong(
        "overlay: 1.0.0
actions:
  - { target: $.info, updat: { title: U } }
  - { traget: $.info, remove: true }
",
        expect![[r#"
            error[overlay]: the action has none of `update`, `copy` and `remove: true`
              --> spec.overlay.yaml:3:5  #/actions/0
               |
             3 |   - { target: $.info, updat: { title: U } }
               |     ^
               = found `updat`; did you mean `update`?

            error[overlay]: the action has no `target`
              --> spec.overlay.yaml:4:5  #/actions/1
               |
             4 |   - { traget: $.info, remove: true }
               |     ^
               = found `traget`; did you mean `target`?
        "#]],
    );
}
