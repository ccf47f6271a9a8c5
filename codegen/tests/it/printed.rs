//! What a build script tells Cargo: a build runs in a process of its own, as Cargo runs it.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use confluence_codegen::Config;
use tempfile::TempDir;

/// The build of the package whose folder is current: of all documents in `spec`.
#[test]
#[ignore = "runs in processes that the other tests start"]
fn build() {
    Config::new().spec_dir("spec").build().expect("modules");
}

/// A package, with a folder for documents and one for what is built.
struct Package(TempDir);

impl Package {
    fn new(files: &[(&str, &str)]) -> Self {
        let package = Self(TempDir::new().expect("a folder"));
        for name in ["spec", "out"] {
            fs::create_dir(package.0.path().join(name)).expect("a folder");
        }
        for (name, text) in files {
            package.write(name, text);
        }
        package
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join("spec").join(name), text).expect("a file");
    }

    /// Runs a build.
    fn build(&self) -> Output {
        self.command().output().expect("a build")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args(["--exact", "printed::build", "--ignored", "--nocapture"]);
        command.current_dir(self.0.path());
        command.env(
            "OUT_DIR",
            fs::canonicalize(self.0.path().join("out")).expect("the folder"),
        );
        command
    }

    /// The warnings of a build.
    fn warnings(&self) -> Vec<String> {
        Self::warnings_of(self.build())
    }

    /// The warnings of the build that `cargo codegen refresh` runs.
    fn warnings_of_trial(&self) -> Vec<String> {
        let output = self.command().env("CARGO_CODEGEN_REFRESH", "1").output();
        Self::warnings_of(output.expect("a build"))
    }

    fn warnings_of(output: Output) -> Vec<String> {
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success(), "{text}");
        let warnings = text.lines().filter_map(|line| line.split_once("cargo::warning="));
        warnings.map(|(_, warning)| warning.to_owned()).collect()
    }
}

const SPEC: &str = "openapi: 3.0.1
info: { title: T, version: '1' }
paths:
  /a: { get: { operationId: getA, responses: { '204': { description: Fine. } } } }
";

const LACKING: &str = "components:
  schemas:
    One: { type: array, items: { $ref: '#/components/schemas/Group' } }
    Two: { type: array, items: { $ref: '#/components/schemas/User' } }
    Three: { type: array, items: { $ref: '#/components/schemas/User' } }
    Odd: { type: magic }
";

#[test]
fn a_build_prints_a_line_for_each_kind() {
    let package = Package::new(&[
        ("a.yaml", &format!("{SPEC}{LACKING}")),
        (
            "fine.yaml",
            &SPEC.replace("paths:", "servers: [{ url: //a.example }]\npaths:"),
        ),
    ]);
    let expected = [
        "3 references are undefined in spec/a.yaml: `User` (2), `Group`; `cargo codegen check spec/a.yaml` shows each",
        "spec/a.yaml:10:18: `magic` is not an OpenAPI type (opaque); used as an opaque JSON value",
    ];
    assert_eq!(package.warnings(), expected, "notes are none of it");
}

#[test]
fn the_command_has_what_the_build_has() {
    let package = Package::new(&[
        ("a b.yaml", &format!("{SPEC}{LACKING}")),
        (
            "a b.overlay.yaml",
            "overlay: 1.0.0\nactions: [{ target: $.info, update: { title: U } }]\n",
        ),
        (
            "c.yaml",
            &format!("{SPEC}components: {{ schemas: {{ Group: {{ type: string }} }} }}\n"),
        ),
        ("d.yaml", SPEC),
    ]);
    let warnings = package.warnings();
    let command =
        "`cargo codegen check \"spec/a b.yaml\" --overlay \"spec/a b.overlay.yaml\" --supplement spec/c.yaml`";
    assert!(
        warnings[0].starts_with("2 references are undefined in spec/a b.yaml: `User` (2); "),
        "{warnings:?}"
    );
    assert!(warnings[0].contains(command), "{warnings:?}");
}

#[test]
fn what_another_api_has_is_told() {
    let on = |server: &str| SPEC.replace("paths:", &format!("servers: [{{ url: '{server}' }}]\npaths:"));
    let lacking = "components: { schemas: { Users: { type: array, items: { $ref: '#/components/schemas/User' } } } }\n";
    let having = "components: { schemas: { User: { type: string } } }\n";
    let package = Package::new(&[
        ("lacking.yaml", &format!("{}{lacking}", on("https://one.example"))),
        ("having.yaml", &format!("{}{having}", on("https://other.example"))),
    ]);
    let expected = "spec/lacking.yaml:6:55: `#/components/schemas/User` is not defined in this document (dangling-ref); used \
                    as an opaque JSON value; define it in an overlay, or add spec/having.yaml as a supplement, which defines it \
                    but belongs to another API";
    assert_eq!(package.warnings(), [expected]);
}

#[test]
fn many_are_named_by_the_most_frequent_ones() {
    let many = (0..9).map(|number| {
        let reference = |name: &str| format!("    {name}{number}: {{ $ref: '#/components/schemas/Gone{number}' }}\n");
        // One of them is used twice.
        reference("A") + &if number == 7 { reference("B") } else { String::new() }
    });
    let spec = format!("{SPEC}components:\n  schemas:\n{}", many.collect::<String>());
    let expected = "10 references are undefined in spec/a.yaml: `Gone7` (2), `Gone0`, `Gone1`, `Gone2`, `Gone3`, ...; \
                    `cargo codegen check spec/a.yaml` shows each";
    assert_eq!(Package::new(&[("a.yaml", &spec)]).warnings(), [expected]);
}

#[test]
fn a_document_that_has_changed_is_told_once() {
    let package = Package::new(&[("a.yaml", SPEC)]);
    assert_eq!(package.warnings(), [] as [&str; 0], "there was no build before");
    assert_eq!(package.warnings(), [] as [&str; 0], "nothing has changed");
    package.write("a.yaml", &SPEC.replace("getA", "getB"));
    let expected = "spec/a.yaml has changed; \
                    `cargo codegen diff out/documents/before.a.yaml spec/a.yaml` shows the changes";
    assert_eq!(package.warnings(), [expected]);
    assert_eq!(package.warnings(), [] as [&str; 0], "it has not changed again");
    shows_what_has_changed(package.0.path());
}

#[test]
fn where_to_run_a_command_that_is_told_elsewhere() {
    let package = Package::new(&[("a.yaml", &format!("{SPEC}{LACKING}"))]);
    let out = TempDir::new().expect("a folder");
    let output = package.command().env("OUT_DIR", out.path()).output().expect("a build");
    let folder = fs::canonicalize(package.0.path()).expect("the folder");
    let warnings = Package::warnings_of(output);
    let end = format!(
        "`cargo codegen check spec/a.yaml` shows each; run it in {}",
        folder.display()
    );
    assert!(warnings[0].ends_with(&end), "{warnings:?}");
    assert!(!warnings[1].contains("run it in"), "{warnings:?}");
}

#[test]
fn a_document_that_is_restored_has_not_changed() {
    let package = Package::new(&[("a.yaml", SPEC)]);
    assert_eq!(package.warnings(), [] as [&str; 0]);
    package.write("a.yaml", &SPEC.replace("getA", "getB"));
    assert_eq!(
        package.warnings_of_trial(),
        [] as [&str; 0],
        "the command shows the changes"
    );
    package.write("a.yaml", SPEC);
    assert_eq!(package.warnings(), [] as [&str; 0], "the old document is there again");

    // The trial succeeds, and the next change is one of the newer document.
    package.write("a.yaml", &SPEC.replace("getA", "getB"));
    assert_eq!(package.warnings_of_trial(), [] as [&str; 0]);
    package.write("a.yaml", &SPEC.replace("getA", "getC"));
    let warnings = package.warnings();
    assert!(warnings[0].starts_with("spec/a.yaml has changed; "), "{warnings:?}");
    let before = fs::read_to_string(package.0.path().join("out/documents/before.a.yaml"));
    assert!(before.expect("the document before").contains("getB"));
}

#[test]
fn a_document_with_files_is_compared_where_they_are() {
    let spec = format!("{SPEC}components: {{ schemas: {{ User: {{ $ref: 'parts/user.yaml' }} }} }}\n");
    let package = Package::new(&[("a.yaml", &spec)]);
    fs::create_dir(package.0.path().join("spec/parts")).expect("a folder");
    package.write("parts/user.yaml", "{ type: string }\n");
    assert_eq!(package.warnings(), [] as [&str; 0]);
    package.write("a.yaml", &spec.replace("getA", "getB"));
    let expected = "spec/a.yaml has changed; \
                    `cargo codegen diff out/documents/before.a.yaml spec/a.yaml --at spec/a.yaml` shows the changes";
    assert_eq!(package.warnings(), [expected]);
}

/// The command that the build names, with the path of this build of the command in its place.
#[cfg(feature = "cli")]
fn shows_what_has_changed(folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-codegen"));
    command
        .args(["diff", "out/documents/before.a.yaml", "spec/a.yaml"])
        .current_dir(folder);
    let output = command.output().expect("the command");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("`get_a`") && text.contains("`get_b`"), "{text}");
}

#[cfg(not(feature = "cli"))]
fn shows_what_has_changed(folder: &Path) {
    assert!(folder.join("out/documents/before.a.yaml").exists());
}

#[test]
fn a_build_that_fails_keeps_what_was_there_before() {
    let package = Package::new(&[("a.yaml", SPEC)]);
    package.warnings();
    package.write("a.yaml", "openapi: 3.0.1\n");
    let kept = || fs::read_to_string(package.0.path().join("out/documents/a.yaml")).expect("the document");
    assert!(!package.build().status.success());
    assert_eq!(kept(), SPEC);
}
