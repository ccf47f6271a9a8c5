//! What is generated compiles without a warning of rustc, clippy or rustdoc, and so do its examples: the golden cases, and every
//! published document of the folder that `CONFLUENCE_CORPUS` names. Without it, the test says that it skips those.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::documents;
use confluence_codegen::{Input, LongTask, Severity, Source, generate};

/// How many crates the modules are spread over, so that several can be compiled at a time.
const CRATES: usize = 4;

fn count(code: &str, start: &str) -> usize {
    code.lines().filter(|line| line.trim_start().starts_with(start)).count()
}

/// Runs Cargo on the crates and returns whether it succeeded.
fn cargo(workspace: &Path, arguments: &[&str]) -> bool {
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--workspace", "--offline"])
        .current_dir(workspace)
        .env("RUSTDOCFLAGS", "-D warnings")
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        )
        .status()
        .expect("cargo");
    status.success()
}

/// The long-running tasks of the published documents that do not show by their shape.
fn named_tasks() -> [(&'static str, LongTask); 2] {
    let jira = LongTask::status(
        "TaskProgressBeanObject",
        "status",
        ["COMPLETE"],
        ["FAILED", "CANCELLED", "DEAD"],
    );
    let conversion = LongTask::status("AsyncContentBody", "status", ["COMPLETED"], ["FAILED"]);
    [
        ("TaskProgressBeanObject", jira.percentage("progress")),
        ("AsyncContentBody", conversion),
    ]
}

#[test]
fn every_document_compiles_without_a_warning() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = package.parent().expect("the workspace");
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let mut crates = vec![String::new(); CRATES];
    let mut failed = Vec::new();
    println!(
        "{:>10} {:>7} {:>8} {:>6}  document",
        "operations", "models", "warnings", "notes"
    );
    let mut documents = documents::below(&package.join("tests/golden"));
    match std::env::var_os("CONFLUENCE_CORPUS") {
        Some(corpus) => documents.extend(documents::below(Path::new(&corpus))),
        None => println!("skipped: the published documents, as CONFLUENCE_CORPUS names no folder"),
    }
    for index in 0..CRATES {
        let folder = workspace.join(format!("part{index}"));
        let _ = fs::remove_dir_all(folder.join("src"));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        let manifest = format!(
            "[package]\nname = \"part{index}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nconfluence-rest = {{ path = {runtime:?} }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    }
    for (index, path) in documents.iter().enumerate() {
        if ["overlay.yaml", "parts.yaml", "supplement1.yaml", "supplement2.yaml"]
            .iter()
            .any(|name| path.ends_with(name))
        {
            continue;
        }
        let name = path
            .components()
            .rev()
            .take(2)
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>();
        let name = format!("{}/{}", name[1], name[0]);
        let text = fs::read_to_string(path).expect("a document");
        let module = format!("document{index}");
        let tasks = named_tasks()
            .into_iter()
            .filter(|(schema, _)| text.contains(&format!("    {schema}:\n")));
        let tasks: Vec<LongTask> = tasks.map(|(_, task)| task).collect();
        let expected = tasks.len();
        let parent = format!("part{}", index % CRATES);
        let mut input = Input::new(&module, Source::new(&name, text)).path(path).parent(parent);
        for task in tasks {
            input = input.long_task(task);
        }
        if let Ok(overlay) = fs::read_to_string(path.with_file_name("overlay.yaml")) {
            input = input.overlay(Source::new("overlay.yaml", overlay));
        }
        match generate(&input) {
            Ok(generated) => {
                let of = |severity| {
                    generated
                        .diagnostics
                        .iter()
                        .filter(|one| one.severity == severity)
                        .count()
                };
                let code = &generated.code;
                assert!(
                    count(code, "impl rt::LongTask for") >= expected,
                    "{name} has {expected} tasks"
                );
                let models = count(code, "pub struct") + count(code, "pub enum") + count(code, "pub type");
                let operations = count(code, "const INFO");
                println!(
                    "{operations:>10} {models:>7} {:>8} {:>6}  {name}",
                    of(Severity::Warning),
                    of(Severity::Note)
                );
                let part = index % CRATES;
                fs::write(workspace.join(format!("part{part}/src/{module}.rs")), code).expect("a file");
                crates[part].push_str(&format!("include!(\"{module}.rs\");\n"));
            }
            Err(error) => {
                println!("FAILED  {name}: {error}");
                failed.push(name);
            }
        }
    }
    for (index, modules) in crates.iter().enumerate() {
        let text = format!("//! Generated modules.\n#![deny(warnings, missing_docs)]\n\n{modules}");
        fs::write(workspace.join(format!("part{index}/src/lib.rs")), text).expect("a file");
    }
    fs::write(
        workspace.join("Cargo.toml"),
        "[workspace]\nmembers = [\"part*\"]\nresolver = \"3\"\n",
    )
    .expect("a file");
    fs::copy(runtime.join("Cargo.lock"), workspace.join("Cargo.lock")).expect("the lock file");
    assert!(
        failed.is_empty(),
        "{} of {} failed: {failed:?}",
        failed.len(),
        documents.len()
    );
    assert!(cargo(&workspace, &["clippy", "--keep-going"]), "rustc or clippy");
    assert!(cargo(&workspace, &["doc", "--no-deps", "--keep-going"]), "rustdoc");
    assert!(
        cargo(&workspace, &["test", "--doc", "--no-fail-fast", "--quiet"]),
        "an example"
    );
}
