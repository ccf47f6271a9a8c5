//! The command, run on files.

mod check;
mod diff;
mod explain;
mod generate;
mod inspect;
mod refresh;
mod suggest;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A document with an operation and a model.
const SPEC: &str = "openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: getThing
      tags: [things]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: The thing., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
components:
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: { type: string }
";

/// A folder with files, in which the command runs.
struct Folder(TempDir);

/// What a run of the command gave.
#[derive(Debug)]
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names of all files and folders, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-codegen"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the command");
        Run {
            status: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// What a script prints that runs `$COMMAND`.
    #[cfg(unix)]
    fn shell(&self, script: &str) -> String {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).current_dir(self.0.path());
        shell.env("COMMAND", env!("CARGO_BIN_EXE_cargo-codegen"));
        let output = shell.output().expect("a shell");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{script}: {err}");
        String::from_utf8(output.stdout).expect("text")
    }
}

/// A pipe in place of a file, as a shell passes the output of a command: it can be read once.
#[cfg(unix)]
#[test]
fn files_may_be_pipes() {
    let overlay = "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: []\n";
    let name = "        name: { type: string }\n";
    let folder = Folder::new(&[
        ("spec.yaml", SPEC),
        ("new.yaml", &format!("{SPEC}{name}")),
        ("o.yaml", overlay),
    ]);
    let compared = folder.run(&["diff", "spec.yaml", "new.yaml", "--overlay", "o.yaml"]);
    assert!(compared.out.contains("`name: Option<String>`"), "{}", compared.out);
    let overlay = "cat o.yaml | \"$COMMAND\" diff spec.yaml new.yaml --overlay /dev/stdin";
    assert_eq!(folder.shell(overlay), compared.out);
    let newer = "cat new.yaml | \"$COMMAND\" diff spec.yaml /dev/stdin --overlay o.yaml";
    assert_eq!(folder.shell(newer), compared.out);
    let supplement = "cat spec.yaml | \"$COMMAND\" check spec.yaml new.yaml --supplement /dev/stdin";
    folder.shell(supplement);
    let refresh = "cat new.yaml | CARGO=true \"$COMMAND\" refresh /dev/stdin --spec spec.yaml";
    let shown = folder.shell(refresh);
    assert!(shown.contains("`name: Option<String>`"), "{shown}");
    assert_eq!(folder.read("spec.yaml"), format!("{SPEC}{name}"));
}

#[test]
fn help_tells_an_example_and_the_exit_statuses() {
    let folder = Folder::new(&[]);
    let help = folder.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    assert!(help.out.contains("Exit status:"), "{}", help.out);
    let commands = help.out.split("Commands:\n").nth(1).expect("the commands");
    let commands = commands.lines().take_while(|line| line.starts_with("  "));
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let commands: Vec<&str> = commands.filter(|name| *name != "help").collect();
    assert!(commands.contains(&"generate"), "{commands:?}");
    for command in commands {
        let help = folder.run(&[command, "--help"]);
        assert_eq!((help.status, help.err.as_str()), (0, ""));
        assert!(
            help.out.contains(&format!("Example:\n  cargo codegen {command} ")),
            "{}",
            help.out
        );
        assert!(help.out.contains("Exit status:\n  0  "), "{}", help.out);
        assert!(help.out.contains("\n  2  "), "{}", help.out);
    }
}

#[test]
fn a_wrong_command_line_is_told_on_standard_error() {
    let folder = Folder::new(&[]);
    for arguments in [&["frobnicate"][..], &["generate"], &["check"], &[]] {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains("Usage: cargo codegen"), "{}", run.err);
    }
}

/// Nobody reads any more: there is more to write than a pipe holds, and the reader is gone.
#[test]
fn a_closed_output_ends_it_quietly() {
    let property = |number: usize| format!("        property{number}: {{ type: string, description: A text. }}\n");
    let properties: String = (0..2000).map(property).collect();
    let spec = format!("{SPEC}    Large:\n      type: object\n      properties:\n{properties}");
    let folder = Folder::new(&[("spec.yaml", &spec)]);
    let mut command = folder.command(["generate", "spec.yaml"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the end");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn names_are_those_of_a_build_that_keeps_them() {
    let spec = SPEC.replace("title: T", "title: Acme Things").replace(
        "operationId: getThing",
        "operationId: acmeGetthing\n      summary: Acme Get Thing",
    );
    let newer = spec.replace("type: object", "description: New.\n      type: object");
    let folder = Folder::new(&[("spec.yaml", &spec), ("new.yaml", &newer)]);
    for (arguments, separated, kept) in [
        (
            &["generate", "spec.yaml"][..],
            "pub fn get_thing(",
            "pub fn acme_getthing(",
        ),
        (&["inspect", "spec.yaml"], "get_thing(", "acme_getthing("),
        (
            &["suggest", "spec.yaml"],
            "x-rust-name: get_thing",
            "x-rust-name: acme_getthing",
        ),
    ] {
        let run = folder.run(arguments);
        assert!(run.out.contains(separated), "{}", run.out);
        let run = folder.run(&[arguments, &["--split-names", "false"]].concat());
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert!(run.out.contains(kept) && !run.out.contains(separated), "{}", run.out);
    }
    let run = folder.run(&["check", "spec.yaml", "--split-names", "no"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("[possible values: true, false]"), "{}", run.err);
}

#[test]
fn cargo_runs_it_as_a_subcommand() {
    let folder = Folder::new(&[]);
    let path = std::env::join_paths([Path::new(env!("CARGO_BIN_EXE_cargo-codegen"))
        .parent()
        .expect("a folder")]);
    // Outside of this repository, which has an alias of that name.
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["codegen", "explain", "dangling-ref"])
        .current_dir(folder.0.path());
    let output = cargo.env("PATH", path.expect("a path")).output().expect("Cargo");
    let alone = folder.run(&["explain", "dangling-ref"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), alone.out);
}

#[test]
fn shells_complete_subcommands_and_options() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{shell}");
        for word in ["cargo-codegen", "refresh", "supplement", "split-names"] {
            assert!(run.out.contains(word), "{shell}: {word}");
        }
    }
    let run = folder.run(&["completions", "cmd"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("possible values: bash"), "{}", run.err);
}
