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
