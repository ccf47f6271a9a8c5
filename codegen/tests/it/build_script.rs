//! What a build script touches: that of the runtime itself is run again under strace, which sees each file and each connection.
//!
//! Without strace, the tests say that they skip.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::Program;

/// The build script of the runtime, and the folder that Cargo runs it in.
struct Script {
    binary: PathBuf,
    package: PathBuf,
    out: TempDir,
    log: PathBuf,
}

impl Script {
    /// Compiles the script. `None` where there is no strace.
    fn new(name: &str) -> Option<Self> {
        if Command::new("strace").arg("-V").output().is_err() {
            println!("skipped: there is no strace");
            return None;
        }
        let program = Program::new(name);
        program.file("lib.rs", "");
        let output = program.cargo(&["build", "--message-format=json"]);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let artifacts = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut scripts = artifacts.filter(|artifact| {
            artifact["target"]["kind"][0] == "custom-build" && artifact["manifest_path"].as_str() == manifest().to_str()
        });
        let script = scripts.next().expect("the build script of the runtime");
        let out = TempDir::new().expect("a folder");
        Some(Self {
            binary: script["filenames"][0].as_str().expect("a file").into(),
            package: manifest().parent().expect("a folder").to_owned(),
            log: out.path().with_extension("strace"),
            out,
        })
    }

    fn run(&self, options: &[&str]) -> Output {
        let mut strace = Command::new("strace");
        strace
            .args(["-f", "-qq", "-y", "-s", "4096", "-o"])
            .arg(&self.log)
            .args(options)
            .arg(&self.binary);
        strace.current_dir(&self.package).env("OUT_DIR", self.out.path());
        strace.env("CARGO_PKG_NAME", "confluence-rest");
        strace.output().expect("strace")
    }

    fn written(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.out.path()).expect("the folder");
        entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect()
    }

    fn log(&self) -> String {
        let log = fs::read_to_string(&self.log).expect("the log");
        fs::remove_file(&self.log).expect("the log");
        log
    }
}

fn manifest() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    workspace.join("Cargo.toml")
}

/// The first text in quotes of a system call.
fn path(call: &str) -> Option<&str> {
    call.split('"').nth(1)
}

#[test]
fn it_reads_what_it_names_and_writes_into_its_folder_alone() {
    let Some(script) = Script::new("build_script") else {
        return;
    };
    let output = script.run(&["-e", "trace=%file,%network"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let named: Vec<PathBuf> = said
        .lines()
        .filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="))
        .map(|path| script.package.join(path))
        .collect();
    assert!(named.contains(&script.package.join("spec/longtask.yaml")), "{said}");
    let log = script.log();
    let mut reads = 0;
    for call in log.lines().filter(|call| !call.contains("ENOENT")) {
        let name = call
            .split_whitespace()
            .nth(1)
            .and_then(|call| call.split('(').next())
            .unwrap_or_default();
        assert!(
            !["socket", "connect", "bind", "sendto", "execve"].contains(&name)
                || call.contains(script.binary.to_str().expect("a path")),
            "it asks the network or runs something: {call}"
        );
        let Some(path) = path(call) else { continue };
        let path = script.package.join(path);
        let changes = ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| call.contains(flag))
            || ["rename", "unlink", "mkdir", "rmdir", "link", "chmod", "truncate"]
                .iter()
                .any(|one| name.starts_with(one));
        if changes {
            assert!(path.starts_with(script.out.path()), "it writes: {call}");
        } else if name.starts_with("open")
            && path.starts_with(&script.package)
            && !path.starts_with(script.package.join("target"))
        {
            assert!(named.contains(&path), "it reads what it does not name: {call}");
            reads += 1;
        }
    }
    assert!(reads >= 3, "the document, its overlay and our own are read: {log}");
    assert_eq!(
        script.written(),
        BTreeSet::from(["cloud.rs", "documents", "longtask.rs"].map(str::to_owned))
    );
}

#[test]
fn killed_in_the_middle_it_leaves_what_was_there() {
    let Some(script) = Script::new("build_script_killed") else {
        return;
    };
    // Most of what is written tells Cargo what is read.
    assert!(script.run(&["-e", "trace=write"]).status.success());
    let log = script.log();
    let is_of_module = |call: &&str| call.contains(script.out.path().to_str().expect("a path"));
    let first = 1 + log
        .lines()
        .position(|call| is_of_module(&call))
        .expect("a module is written");
    let old = ["cloud.rs", "longtask.rs"].map(|name| script.out.path().join(name));
    for inject in [
        format!("inject=write:signal=KILL:when={first}"),
        "inject=?rename,?renameat,?renameat2:signal=KILL:when=1".to_owned(),
    ] {
        old.iter()
            .for_each(|path| fs::write(path, "// Old.\n").expect("a file"));
        let output = script.run(&["-e", &inject]);
        assert!(!output.status.success(), "{inject}: {output:?}");
        for path in &old {
            assert_eq!(fs::read_to_string(path).expect("a file"), "// Old.\n", "{inject}");
        }
        drop(script.log());
    }
    assert!(script.run(&["-e", "trace=none"]).status.success());
    for path in &old {
        assert!(
            fs::read_to_string(path).expect("a file").contains("pub mod "),
            "it is written anew"
        );
    }
}
