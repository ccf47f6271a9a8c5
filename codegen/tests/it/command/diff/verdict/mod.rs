//! What `diff` says of a change, held against the compiler: code that uses the old module is compiled against the new one.

mod kind;
mod models;
mod operations;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use confluence_codegen::{Input, Source, generate};
use serde_json::Value;

use crate::command::Folder;
use crate::program::Program;
use kind::{Effect, Kind};

#[test]
fn what_breaks_does_not_compile() {
    let mut kinds = operations::operations();
    kinds.extend(models::models());
    let compiler = Compiler::new();
    // Users see modules from another crate, for which what is `#[non_exhaustive]` is open.
    let modules = |document: fn(&Kind) -> &str| {
        kinds
            .iter()
            .map(|kind| module(kind, document(kind)))
            .collect::<String>()
    };
    let old = compiler.library("old", &modules(|kind| &kind.old), None);
    let new = compiler.library("new", &modules(|kind| &kind.new), None);
    let (old, new) = (old.expect("the old modules"), new.expect("the new modules"));
    let all: String = kinds.iter().map(user).collect();
    compiler
        .library("before", &all, Some(&old))
        .expect("users of the old modules");
    let wrong = Mutex::new(Vec::new());
    let queue = Mutex::new(kinds.iter());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(kind) = { queue.lock().expect("the queue").next() } {
                    let compiled = compiler.library(&format!("after_{}", kind.name), &user(kind), Some(&new));
                    let (is_breaking, said) = verdict(kind);
                    let problem = match (kind.effect, &compiled) {
                        (Effect::Breaks, Ok(_)) => Some("compiles, though it breaks"),
                        (Effect::Holds | Effect::BreaksWhenItRuns(_), Err(_)) => Some("does not compile"),
                        _ if is_breaking != (kind.effect != Effect::Holds) => Some("is said to be otherwise"),
                        _ => None,
                    };
                    if let Some(problem) = problem {
                        let errors = compiled.err().unwrap_or_default();
                        let name = kind.name;
                        wrong
                            .lock()
                            .expect("the list")
                            .push(format!("{name} {problem}:\n{said}\n{errors}"));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("the list");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for kind in &kinds {
        if let Effect::BreaksWhenItRuns(reason) = kind.effect {
            println!("{}: {reason}", kind.name);
        }
    }
}

/// The module of a document, named after the kind of change.
fn module(kind: &Kind, document: &str) -> String {
    let input = Input::new(kind.name, Source::new("spec.yaml", document));
    generate(&input)
        .unwrap_or_else(|error| panic!("{}: {error}", kind.name))
        .code
}

/// Code that uses the module.
fn user(kind: &Kind) -> String {
    let Kind { name, uses, .. } = kind;
    format!("pub mod {name} {{\n    use ::api::{name} as api;\n    {uses}\n}}\n")
}

/// Whether `diff` calls a change breaking, and what it says.
fn verdict(kind: &Kind) -> (bool, String) {
    let folder = Folder::new(&[("old.yaml", &kind.old), ("new.yaml", &kind.new)]);
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", kind.name);
    let found: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_ne!(found["step"], "none", "{} is a change", kind.name);
    (found["step"] == "major", run.out)
}

/// Compiles crates against the runtime, without code.
struct Compiler {
    folder: PathBuf,
    runtime: PathBuf,
}

impl Compiler {
    /// Has cargo build the runtime, which is there already where another test has used it.
    fn new() -> Self {
        let program = Program::new("verdict");
        program.file("lib.rs", "");
        let output = program.cargo(&["check", "--quiet", "--lib", "--message-format=json"]);
        let messages = String::from_utf8(output.stdout).expect("text");
        let messages = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut files = messages
            .filter(|message| message["target"]["name"] == "confluence_rest")
            .filter_map(|message| message["filenames"][0].as_str().map(PathBuf::from));
        Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdict"),
            runtime: files.next().expect("the runtime"),
        }
    }

    /// Returns the metadata of a library, in which `api` is another one, or else what the compiler says.
    fn library(&self, name: &str, code: &str, api: Option<&Path>) -> Result<PathBuf, String> {
        let file = self.folder.join(format!("{name}.rs"));
        fs::write(&file, format!("#![allow(deprecated)]\n{code}")).expect("a file");
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "--crate-name",
            name,
        ]);
        command.arg("--out-dir").arg(&self.folder).arg(&file);
        let dependencies = self.runtime.parent().expect("a folder");
        command.arg("-L").arg(format!("dependency={}", dependencies.display()));
        command
            .arg("--extern")
            .arg(format!("confluence_rest={}", self.runtime.display()));
        if let Some(api) = api {
            command.arg("--extern").arg(format!("api={}", api.display()));
        }
        let output = command.stdin(Stdio::null()).output().expect("rustc");
        match output.status.success() {
            true => Ok(self.folder.join(format!("lib{name}.rmeta"))),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}
