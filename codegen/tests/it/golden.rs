//! One folder a feature: a document, the module that is made of it, and what is found out on the way. Where there is an
//! `earlier.yaml`, its module stands beside, and comes first.
//!
//! `UPDATE_EXPECT=1 cargo test -p confluence-codegen golden` writes the expectations anew. The modules are
//! compiled in the runtime's `tests/it/golden.rs` and used in the tests there; their examples are compiled here.

use std::fs;
use std::path::{Path, PathBuf};

use confluence_codegen::{Generated, Input, LongTask, Source, generate_together};
use expect_test::expect_file;

use crate::program::Program;

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case)
}

fn source(name: &str, path: &Path) -> Source {
    Source::new(name, fs::read_to_string(path).expect("a file"))
}

/// The inputs of a case. The examples in the documentation are those of a crate called `golden`.
fn inputs(case: &str) -> Vec<Input> {
    let spec = source("spec.yaml", &folder(case).join("spec.yaml"));
    let mut input = Input::new(case, spec).parent("golden");
    let overlay = folder(case).join("overlay.yaml");
    if overlay.exists() {
        input = input.overlay(source("overlay.yaml", &overlay));
    }
    for name in ["supplement1.yaml", "supplement2.yaml"] {
        let path = folder(case).join(name);
        if path.exists() {
            input = input.supplement(source(name, &path));
        }
    }
    let parts = folder(case).join("parts.yaml");
    if parts.exists() {
        input = input.file("parts.yaml", source("parts.yaml", &parts));
    }
    if case == "long_task" {
        input = input
            .long_task(LongTask::status("Job", "status", ["COMPLETE"], ["FAILED", "CANCELLED"]).percentage("progress"))
            .long_task(LongTask::status("Conversion", "status", ["COMPLETED"], ["FAILED"]))
            .long_task(LongTask::flags("Copy", "done", "ok").percentage("percent"));
    }
    let mut inputs = vec![input];
    let earlier = folder(case).join("earlier.yaml");
    if earlier.exists() {
        let earlier = Input::new(format!("{case}_earlier"), source("earlier.yaml", &earlier));
        inputs.insert(0, earlier.parent("golden"));
    }
    inputs
}

fn code(modules: &[Generated]) -> String {
    let code: Vec<&str> = modules.iter().map(|module| module.code.as_str()).collect();
    code.join("\n")
}

fn check(case: &str, inputs: &[Input]) {
    let modules = generate_together(inputs).unwrap_or_else(|error| panic!("{error}"));
    let again = generate_together(inputs).expect("the same");
    assert_eq!(code(&modules), code(&again), "the same input gives the same bytes");
    expect_file![folder(case).join("expected.rs")].assert_eq(&code(&modules));
    let diagnostics: Vec<String> = modules.iter().map(|module| module.diagnostics.to_string()).collect();
    expect_file![folder(case).join("diagnostics.txt")].assert_eq(&diagnostics.join("\n"));
}

macro_rules! golden {
    ($($case:ident),* $(,)?) => {
        const CASES: &[&str] = &[$(stringify!($case)),*];

        $(#[test]
        fn $case() {
            check(stringify!($case), &inputs(stringify!($case)));
        })*
    };
}

golden!(
    alternatives,
    bodies,
    combinations,
    dangling,
    decoding,
    enums,
    files,
    hostile,
    inline_schemas,
    key_list,
    long_task,
    markdown,
    minimal,
    narrative,
    openapi_31,
    operations,
    overlay,
    pages,
    parameters,
    recursion,
    responses,
    scopes,
    shared,
    std_names,
    structs,
    supplements,
);

/// The bundled document as its publisher left it, without our overlay.
#[test]
fn bundled_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/longtask.yaml");
    check(
        "bundled_alone",
        &[Input::new("bundled_alone", source("longtask.yaml", &path))],
    );
}

/// The examples are what a user would write, so they compile.
#[test]
fn examples_compile() {
    let program = Program::new("golden");
    let mut all = "//! The golden cases.\n#![deny(warnings, missing_docs)]\n\n".to_owned();
    for case in CASES {
        let modules = generate_together(&inputs(case)).expect("modules");
        program.file(&format!("{case}.rs"), &code(&modules));
        all.push_str(&format!("include!(\"{case}.rs\");\n"));
    }
    program.file("lib.rs", &all);
    let output = program.cargo(&["test", "--doc"]);
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("0 failed; 0 ignored"), "{output}");
}

#[test]
fn every_folder_is_a_case() {
    let mut folders: Vec<String> = fs::read_dir(folder(""))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    folders.sort();
    let mut cases: Vec<&str> = CASES.to_vec();
    cases.push("bundled_alone");
    cases.sort_unstable();
    assert_eq!(folders, cases);
}
