//! `inspect`

use std::path::Path;

use confluence_codegen::{Input, Source, generate};
use expect_test::expect;
use serde_json::Value;

use super::{Folder, SPEC};

const RICH: &str = "openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /things:
    get:
      operationId: getThings
      deprecated: true
      parameters: [{ name: limit, in: query, schema: { type: integer, format: int32 } }]
      responses:
        '200': { description: Things., content: { application/json: { schema: { $ref: '#/components/schemas/Things' } } } }
        '404': { description: None. }
      x-atlassian-oauth2-scopes: [{ scheme: oAuth, state: Current, scopes: ['read:thing'] }]
      x-atlassian-connect-scope: READ
    post:
      operationId: addThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses:
        '200': { description: A task., content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
components:
  schemas:
    Things:
      type: object
      properties: { results: { type: array, items: { $ref: '#/components/schemas/Thing' } }, limit: { type: integer }, next: { type: string } }
    Thing:
      type: object
      required: [kind]
      properties: { kind: { $ref: '#/components/schemas/Kind' }, shape: { oneOf: [{ type: string }, { type: boolean }] }, at: { type: string, format: date-time } }
    Kind: { type: string, enum: [small, large] }
    Task:
      type: object
      required: [finished, successful, percentageComplete]
      properties: { finished: { type: boolean }, successful: { type: boolean }, percentageComplete: { type: integer } }
    Name: { type: string }
";

#[test]
fn people_get_tables() {
    let folder = Folder::new(&[("rich.yaml", RICH)]);
    let run = folder.run(&["inspect", "rich.yaml"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    expect![[r#"
        mod rich

        GET /things
          fn          get_things() -> request::GetThings
          sets        limit: i32
          returns     model::Things, a page of model::Thing
          error       404 request::GetThingsError::NotFound
          scopes      Current: read:thing
          scopes      Connect: READ
          deprecated
          from        #/paths/~1things/get

        POST /things
          fn       add_thing(body: model::Thing) -> request::AddThing
          returns  model::Task, a long-running task
          from     #/paths/~1things/post

        struct model::Things, a page of model::Thing
          results  Option<Vec<model::Thing>>
          limit    Option<i64>
          next     Option<String>
          from     #/components/schemas/Things

        struct model::Thing
          kind   model::Kind
          shape  Option<model::ThingShape>
          at     Option<confluence_rest::DateTime>
          from   #/components/schemas/Thing

        enum model::ThingShape
          String   String
          Boolean  bool
          from     #/components/schemas/Thing/properties/shape

        enum model::Kind
          Small  "small"
          Large  "large"
          from   #/components/schemas/Kind

        struct model::Task, a long-running task
          finished             bool
          successful           bool
          percentage_complete  i64
          from                 #/components/schemas/Task

        type model::Name = String
          from  #/components/schemas/Name
    "#]]
    .assert_eq(&run.out);
}

#[test]
fn programs_get_the_same_as_json() {
    let folder = Folder::new(&[("rich.yaml", RICH)]);
    let run = folder.run(&["inspect", "rich.yaml", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let all: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(all["version"], 1);
    let list = &all["operations"][0];
    assert_eq!(list["signature"], "get_things() -> request::GetThings");
    assert_eq!(list["arguments"][0]["place"], r#"query("limit")"#);
    assert_eq!(
        (&list["lists"], &list["deprecated"]),
        (&"model::Thing".into(), &true.into())
    );
    assert_eq!(list["scopes"][0]["scopes"][0], "read:thing");
    assert_eq!(list["errors"][0]["name"], "GetThingsError::NotFound");
    assert_eq!(list["pointer"], "#/paths/~1things/get");
    assert_eq!(all["operations"][1]["long_task"], true);
    let mut types = all["types"].as_array().expect("types").iter();
    let page = types.find(|one| one["lists"] == "model::Thing").expect("a page");
    assert_eq!(page["next"], serde_json::json!(["next"]));
    let kinds = all["types"].as_array().expect("types").iter();
    let kinds: Vec<&str> = kinds.filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["struct", "struct", "union", "enum", "struct", "alias"]);
    assert_eq!(
        all["types"][1]["fields"][0]["pointer"],
        "#/components/schemas/Thing/properties/kind"
    );
    assert_eq!(all["types"][3]["values"][1]["value"], "large");
}

#[test]
fn an_unknown_tag_is_told() {
    let folder = Folder::new(&[("spec.yaml", RICH)]);
    let run = folder.run(&["inspect", "spec.yaml", "--tag", "Things"]);
    assert_eq!((run.status, run.out.as_str()), (0, "mod spec\n"));
    let told = "warning[selection]: no operation has the tag `Things`\n";
    assert!(run.err.starts_with(told), "{}", run.err);
}

#[test]
fn a_document_with_errors_is_an_exit_status() {
    let folder = Folder::new(&[("spec.yaml", &SPEC.replace("paths:", "path:"))]);
    let run = folder.run(&["inspect", "spec.yaml"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error[openapi]"), "{}", run.err);
}

/// What is listed stands in the generated code: every function, setter, type, field and variant of all golden cases.
#[test]
fn what_is_listed_is_generated() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut listed = 0;
    for entry in std::fs::read_dir(golden).expect("the folder") {
        let Ok(spec) = std::fs::read_to_string(entry.expect("an entry").path().join("spec.yaml")) else {
            continue;
        };
        let folder = Folder::new(&[("spec.yaml", &spec)]);
        let run = folder.run(&["inspect", "spec.yaml", "--format", "json"]);
        let all: Value = serde_json::from_str(&run.out).expect("JSON");
        let code = generate(&Input::new("spec", Source::new("spec.yaml", spec)))
            .expect("a module")
            .code;
        // Lines are broken, and types are named from elsewhere.
        let squeezed = |text: &str| {
            let text = text
                .replace("model::", "")
                .replace("::core::", "")
                .replace("::std::", "");
            let text = ["option::", "string::", "vec::", "boxed::", "convert::", "iter::"]
                .iter()
                .fold(text, |text, path| text.replace(path, ""));
            text.split_whitespace().collect::<String>().replace(",)", ")")
        };
        let code = squeezed(&code);
        let mut needs = |text: String| {
            listed += 1;
            assert!(code.contains(&squeezed(&text)), "{text}");
        };
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for operation in list(&all["operations"]) {
            needs(format!("pub fn {}", text(&operation["signature"])));
            list(&operation["arguments"])
                .iter()
                .for_each(|one| needs(text(&one["place"])));
        }
        for model in list(&all["types"]) {
            let name = text(&model["name"]);
            match text(&model["kind"]).as_str() {
                "struct" => needs(format!("pub struct {name} {{")),
                "alias" => needs(format!("pub type {name} = {};", text(&model["target"]))),
                _ => needs(format!("pub enum {name} {{")),
            }
            for field in list(&model["fields"]) {
                needs(format!("pub {}: {},", text(&field["name"]), text(&field["type"])));
            }
            for variant in list(&model["variants"]) {
                needs(format!("{}({})", text(&variant["name"]), text(&variant["type"])));
            }
        }
    }
    assert!(listed > 200, "{listed}");
}

#[test]
fn a_list_of_keys_is_where_the_description_is() {
    let spec = "openapi: 3.0.1
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Task:
      type: object
      description: |-
        Status keys:
        - `RUNNING` - It runs.
        - `FAILED` - It has failed.
      properties: { status: { type: string } }
";
    let folder = Folder::new(&[("spec.yaml", spec)]);
    let run = folder.run(&["inspect", "spec.yaml"]);
    expect![[r#"
        mod spec

        struct model::Task
          status  Option<String>
          from    #/components/schemas/Task

        enum model::StatusKey
          Running  "RUNNING"
          Failed   "FAILED"
          from     #/components/schemas/Task/description
    "#]]
    .assert_eq(&run.out);
}
