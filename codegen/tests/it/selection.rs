//! Generating a part of a document.

use confluence_codegen::{Code, Input, Source, generate};

const SPEC: &str = "
openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /pages:
    get:
      operationId: getPages
      tags: [page]
      responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } }
    delete:
      operationId: removePages
      tags: [page, danger]
      responses: { default: { description: Odd., content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } } }
  /spaces:
    post:
      operationId: createSpace
      tags: [space]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Space' } } } }
      responses: { '204': { description: Fine. } }
components:
  schemas:
    Page: { type: object, properties: { author: { $ref: '#/components/schemas/User' } } }
    User: { type: object, properties: { name: { type: string } } }
    Problem: { type: object, properties: { message: { type: string } } }
    Space: { type: object, properties: { homepage: { $ref: '#/components/schemas/Page' }, lost: { $ref: '#/components/schemas/Lost' } } }
    Unused: { type: string }
";

/// The functions and models of what is generated.
fn names(select: impl FnOnce(Input) -> Input) -> Vec<String> {
    let input = select(Input::new("test", Source::new("spec.yaml", SPEC)));
    let code = generate(&input).unwrap_or_else(|error| panic!("{error}")).code;
    let (functions, rest) = code.split_once("pub mod model").expect("models");
    let (models, _) = rest.split_once("pub mod request").expect("requests");
    let named = |text: &str, start: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix(start).map(str::to_owned));
        lines
            .map(|line| {
                line.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    };
    [
        named(functions, "pub fn "),
        named(models, "pub struct "),
        named(models, "pub type "),
    ]
    .concat()
}

#[test]
fn everything_is_generated_unless_told_otherwise() {
    let all = [
        "get_pages",
        "remove_pages",
        "create_space",
        "Page",
        "User",
        "Problem",
        "Space",
        "Unused",
        "Lost",
    ];
    assert_eq!(names(|input| input), all);
}

#[test]
fn tags_select_operations_and_the_models_they_use() {
    assert_eq!(
        names(|input| input.tags(["page"])),
        ["get_pages", "remove_pages", "Page", "User", "Problem"]
    );
    let space = ["create_space", "Page", "User", "Space", "Lost"];
    assert_eq!(names(|input| input.tags(["space", "nowhere"])), space);
    assert!(names(|input| input.tags(["nowhere"])).is_empty());
}

#[test]
fn a_function_selects_operations() {
    assert_eq!(
        names(|input| input.operations(|one| one.method == "GET")),
        ["get_pages", "Page", "User"]
    );
    let safe = names(|input| {
        input
            .tags(["page"])
            .operations(|one| !one.tags.iter().any(|tag| tag == "danger"))
    });
    assert_eq!(safe, ["get_pages", "Page", "User"]);
    let by_id = names(|input| input.operations(|one| one.id == Some("removePages") && one.path == "/pages"));
    assert_eq!(by_id, ["remove_pages", "Problem"]);
}

#[test]
fn a_function_that_selects_nothing_is_told() {
    let input = Input::new("test", Source::new("spec.yaml", SPEC)).operations(|one| one.method == "get");
    let generated = generate(&input).expect("a module");
    let told = generated.diagnostics.iter().filter(|one| one.code == Code::Selection);
    assert_eq!(
        told.map(|one| one.message.as_str()).collect::<Vec<_>>(),
        ["no operation is selected"]
    );
}
