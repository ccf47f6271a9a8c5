//! One folder a feature: a document, the module that is made of it, and what is found out on the way. Where there is an
//! `earlier.yaml`, its module stands beside, and comes first.
//!
//! `UPDATE_EXPECT=1 cargo test -p confluence-codegen golden` writes the expectations anew. The modules are
//! compiled in the runtime's `tests/it/golden.rs` and used in the tests there.

use std::fs;
use std::path::{Path, PathBuf};

use confluence_codegen::{Generated, Input, LongTask, Source, generate_together};
use expect_test::expect_file;

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case)
}

fn source(name: &str, path: &Path) -> Source {
    Source::new(name, fs::read_to_string(path).expect("a file"))
}

fn check(case: &str, inputs: &[Input]) {
    let code = |modules: &[Generated]| {
        modules
            .iter()
            .map(|module| module.code.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
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
            let case = stringify!($case);
            let spec = source("spec.yaml", &folder(case).join("spec.yaml"));
            let mut input = Input::new(case, spec);
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
                inputs.insert(0, Input::new(format!("{case}_earlier"), source("earlier.yaml", &earlier)));
            }
            check(case, &inputs);
        })*
    };
}

golden!(
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
