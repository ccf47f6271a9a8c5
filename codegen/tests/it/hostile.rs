//! Text of a document is never code: the hostile document is generated into a crate of its own, whose documentation is made with
//! warnings denied and whose doctests run.

use std::fs;
use std::path::Path;

use confluence_codegen::{Input, Source, generate};

use crate::program::Program;

#[test]
fn text_of_a_document_is_never_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/hostile/spec.yaml");
    let spec = Source::new("spec.yaml", fs::read_to_string(path).expect("a document"));
    let generated = generate(&Input::new("api", spec).parent("hostile")).expect("a module");
    let program = Program::new("hostile");
    program.file("api.rs", &generated.code);
    program.file(
        "lib.rs",
        "//! A crate for a document that means no good.\n#![deny(warnings, missing_docs, rustdoc::all)]\n\ninclude!(\"api.rs\");\n",
    );
    program.cargo(&["doc", "--no-deps"]);
    let output = program.cargo(&["test", "--doc"]);
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    // One example for each operation, and nothing else.
    assert!(
        output.contains("test result: ok. 2 passed; 0 failed; 0 ignored"),
        "{output}"
    );
}

/// A mark before the text and pairs of surrogates are what JSON files of some publishers have.
#[test]
fn a_byte_order_mark_and_surrogate_pairs_are_read() {
    let json = r#"{"openapi":"3.0.1","info":{"title":"Smile \ud83d\ude00","version":"1"},"paths":{}}"#;
    let yaml = "openapi: 3.0.1\ninfo: { title: Smile 😀, version: '1' }\npaths: {}\n";
    for text in [json, yaml] {
        let marked = format!("\u{feff}{text}");
        let generated = generate(&Input::new("api", Source::new("spec", marked))).expect("a module");
        assert!(generated.code.contains("\"Smile 😀\""), "{}", generated.code);
    }
}

/// A document in which each schema is an `allOf` of the next one and of an object with the property `id`.
fn chain(length: usize, last: &str) -> Source {
    let schemas = (0..length).map(|number| {
        let next = if number + 1 < length {
            format!("Schema{}", number + 1)
        } else {
            last.to_owned()
        };
        let own = "{ type: object, properties: { id: { type: string } } }";
        format!("    Schema{number}: {{ allOf: [{{ $ref: '#/components/schemas/{next}' }}, {own}] }}\n")
    });
    let head = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    let end = "    End: { type: object, properties: { end: { type: string } } }\n";
    Source::new("spec.yaml", head.to_owned() + &schemas.collect::<String>() + end)
}

#[test]
fn a_chain_of_parts_is_longer_than_the_stack_is_deep() {
    let generated = generate(&Input::new("api", chain(2_000, "End"))).expect("a module");
    let (_, first) = generated.code.split_once("pub struct Schema0 {").expect("the first");
    let (first, _) = first.split_once('}').expect("its end");
    assert!(first.contains("pub end:") && first.contains("pub id:"), "{first}");
    assert_eq!(generated.diagnostics.iter().count(), 0, "{}", generated.diagnostics);
}

#[test]
fn parts_that_go_in_a_large_circle_are_cut() {
    let generated = generate(&Input::new("api", chain(100, "Schema0"))).expect("a module");
    let told = generated.diagnostics.to_string();
    assert!(told.contains("the parts are nested more than 64 levels deep"), "{told}");
}

/// Each schema has the next two as parts, and the last two the first ones: there are more ways through them than anybody can go.
#[test]
fn diamonds_of_parts_that_close_into_a_circle_are_gone_through_once() {
    let length = 60;
    let schemas = (0..length).map(|number| {
        let part = |step: usize| format!("{{ $ref: '#/components/schemas/Schema{}' }}", (number + step) % length);
        let own = format!("{{ type: object, properties: {{ own{number}: {{ type: string }} }} }}");
        format!("    Schema{number}: {{ allOf: [{}, {}, {own}] }}\n", part(1), part(2))
    });
    let head = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    let spec = Source::new("spec.yaml", head.to_owned() + &schemas.collect::<String>());
    let generated = generate(&Input::new("api", spec)).expect("a module");
    let (_, first) = generated.code.split_once("pub struct Schema0 {").expect("the first");
    let (first, _) = first.split_once('}').expect("its end");
    assert_eq!(first.matches("pub own").count(), length, "{first}");
}

const HEAD: &str = "openapi: 3.0.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";

#[test]
fn members_that_contain_each_other_are_merged_to_some_depth() {
    let schemas = "    X: { properties: { p: { $ref: '#/components/schemas/Y' } } }
    Y: { properties: { p: { properties: { p: { $ref: '#/components/schemas/X' } } } } }
    Z: { properties: { p: { properties: { p: { properties: { p: { $ref: '#/components/schemas/Z' } } } } } } }
    All: { allOf: [{ $ref: '#/components/schemas/X' }, { properties: { p: { properties: { p: { $ref: '#/components/schemas/Z' } } } } }] }
";
    let generated =
        generate(&Input::new("api", Source::new("spec.yaml", HEAD.to_owned() + schemas))).expect("a module");
    let diagnostics = generated.diagnostics.to_string();
    assert!(diagnostics.contains("more than 8 components deep"), "{diagnostics}");
}

#[test]
fn alternatives_that_branch_again_and_again_are_gone_through_once() {
    let schemas = (0..60).flat_map(|number| {
        let next = format!(
            "#/components/schemas/A{0}' }}, {{ $ref: '#/components/schemas/B{0}",
            number + 1
        );
        ["A", "B"].map(|name| {
            format!("    {name}{number}: {{ properties: {{ p{number}: {{}} }}, oneOf: [{{ $ref: '{next}' }}] }}\n")
        })
    });
    let schemas: String = schemas.collect();
    generate(&Input::new("api", Source::new("spec.yaml", HEAD.to_owned() + &schemas))).expect("a module");
}
