//! What the schemas of documents allow is read into the generated types and written again without a change.
//!
//! `roundtrip/instances.py` makes instances of all component schemas with hypothesis-jsonschema, which nobody here wrote;
//! a program that is made of the generated modules decodes and encodes them. `OPENAPI_PYTHON` names a Python that has what
//! `python/requirements.txt` lists; without it, the test says that it skips. The golden cases are always used, and the
//! documents below `CONFLUENCE_CORPUS` where it is set.
//!
//! Two instances are the same if they are the same JSON, whichever way whole numbers are written. What is known to get
//! lost, by decision, is not in the instances:
//! - members that the document does not name, where it does not speak of `additionalProperties` either;
//! - members that are required and not described anywhere;
//! - null among the items of a list, or the values of a map, where only the component that they refer to lets it in;
//! - integers beyond 64 bits, and beyond what `int32` and `float` say.
//!
//! Some of the instances have null in optional members where their schemas allow it. A member that is null may be absent
//! after those, because only what a request can send tells null from absence. In all other instances optional members are
//! never null, so that null has to stay wherever else it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::documents;
use confluence_codegen::{Input, Source, generate};
use heck::ToUpperCamelCase;
use serde_json::{Value, json};

#[allow(dead_code, reason = "the program uses all of it")]
mod compare;

/// Those whose documents are complete only with an overlay or supplements, and one whose names are too odd to be guessed here.
const LEFT_OUT: [&str; 3] = ["overlay", "supplements", "hostile"];

/// The types of components: as their names are in Rust, with a number where one before has the name, and with an
/// underscore where Rust has it.
fn types(schemas: &Value) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let names = schemas.as_object().into_iter().flat_map(|schemas| schemas.keys());
    names
        .map(|name| {
            let mut wanted = name.replace(|c: char| !c.is_alphanumeric(), " ").to_upper_camel_case();
            if wanted == "Self" {
                wanted.push('_');
            }
            let mut ident = wanted.clone();
            let mut number = 2;
            while !taken.insert(ident.clone()) {
                ident = format!("{wanted}{number}");
                number += 1;
            }
            (name.clone(), ident)
        })
        .collect()
}

#[test]
fn instances_of_schemas_keep_all_they_have() {
    let Some(python) = std::env::var_os("OPENAPI_PYTHON") else {
        println!("skipped: OPENAPI_PYTHON does not name a Python with hypothesis-jsonschema");
        return;
    };
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = package.parent().expect("the workspace");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("roundtrip");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let golden = documents::below(&package.join("tests/golden")).into_iter();
    let mut paths: Vec<PathBuf> = golden
        .filter(|path| {
            path.ends_with("spec.yaml")
                && !LEFT_OUT
                    .iter()
                    .any(|case| path.parent().is_some_and(|one| one.ends_with(case)))
        })
        .collect();
    match std::env::var_os("CONFLUENCE_CORPUS") {
        Some(corpus) => paths.extend(documents::below(Path::new(&corpus))),
        None => println!("skipped: the published documents, as CONFLUENCE_CORPUS names no folder"),
    }
    let (mut schemas, mut modules, mut arms) = (String::new(), String::new(), String::new());
    for (number, path) in paths.iter().enumerate() {
        let text = fs::read_to_string(path).expect("a document");
        let document = path.to_string_lossy();
        let parsed: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{document}: {error}"));
        let components = &parsed["components"]["schemas"];
        let types = types(components);
        if types.is_empty() {
            continue;
        }
        let module = format!("document{number}");
        let generated = generate(&Input::new(&module, Source::new(document.clone(), text)));
        let generated = generated.unwrap_or_else(|error| panic!("{document}: {error}"));
        fs::write(folder.join(format!("src/{module}.rs")), generated.code).expect("a file");
        writeln!(modules, "include!(\"{module}.rs\");").expect("text");
        writeln!(schemas, "{}", json!({ "document": document, "schemas": components })).expect("text");
        for (schema, ty) in types {
            let check = format!("compare::check::<{module}::model::{ty}>(instance, nulls)");
            writeln!(arms, "        ({document:?}, {schema:?}) => {check},").expect("text");
        }
    }
    fs::write(folder.join("schemas.jsonl"), schemas).expect("a file");
    let made = Command::new(python)
        .arg(package.join("tests/it/roundtrip/instances.py"))
        .current_dir(&folder)
        .stdin(File::open(folder.join("schemas.jsonl")).expect("a file"))
        .stdout(File::create(folder.join("instances.jsonl")).expect("a file"))
        .status();
    assert!(made.expect("Python").success(), "the instances");
    let main = format!(
        "#![allow(dead_code, deprecated)]\nmod compare;\n{modules}\nfn find(document: &str, schema: &str, instance: &serde_json::Value, nulls: bool) -> Option<serde_json::Value> {{\n    match (document, schema) {{\n{arms}        _ => panic!(\"a schema\"),\n    }}\n}}\n\nfn main() {{\n    compare::run(find);\n}}\n"
    );
    fs::write(folder.join("src/main.rs"), main).expect("a file");
    fs::copy(
        package.join("tests/it/roundtrip/compare.rs"),
        folder.join("src/compare.rs"),
    )
    .expect("a file");
    let manifest = format!(
        "[package]\nname = \"roundtrip\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nconfluence-rest = {{ path = {runtime:?} }}\nserde = \"1\"\nserde_json = \"1\"\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(runtime.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .stdin(File::open(folder.join("instances.jsonl")).expect("a file"))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "instances do not come out as they went in");
}

/// The comparison sees what is to be seen.
#[test]
fn what_differs_is_told() {
    let same = |given: Value, got: Value| compare::same(&given, &got, false);
    assert!(same(json!({ "a": [1, 2.0] }), json!({ "a": [1.0, 2] })));
    assert!(!same(json!({ "a": 1 }), json!({})));
    assert!(!same(json!({}), json!({ "a": null })));
    assert!(!same(json!({ "a": null }), json!({})));
    assert!(!same(json!([1, 2]), json!([1])));
    assert!(!same(json!(1), json!(1.5)));
    assert!(compare::same(&json!({ "a": null }), &json!({}), true));
    assert!(!compare::same(&json!({ "a": 1 }), &json!({ "a": null }), true));
}
