//! Replacing `spec/longtask.yaml` is all that a refresh takes.
//!
//! A copy of the package gets a changed document: a field more, an operation more, a narrative document less. Code that
//! needs the changes is compiled and run there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FIELD: (&str, &str) = (
    "        elapsedTime:\n",
    "        queuePosition:
          type: integer
          format: int32
          description: How many tasks are carried out before this one.
        elapsedTime:\n",
);

const OPERATION: (&str, &str) = (
    "components:\n",
    "  /wiki/rest/api/longtask:
    get:
      operationId: getTasks
      parameters:
        - name: limit
          in: query
          schema: { type: integer, format: int32, default: 100 }
      responses:
        '200':
          description: The tasks.
          content:
            application/json:
              schema:
                type: object
                required: [results]
                properties:
                  results:
                    type: array
                    items: { $ref: '#/components/schemas/LongTaskStatusWithLinks' }
components:\n",
);

const USES: &str = r##"
//! Uses what is new in the document.
use confluence_rest::{HeaderMap, Operation, RawResponse, StatusCode, longtask};

#[test]
fn the_new_field_and_the_new_operation_are_there_and_the_document_is_gone() {
    let request = longtask::get_tasks().limit(5).encode().expect("a request");
    assert_eq!((request.path(), request.query()), ("/wiki/rest/api/longtask", "limit=5"));
    let body = r#"{"results":[{"id":"1","queuePosition":3}]}"#;
    let raw = RawResponse::new(request.operation(), StatusCode::OK, HeaderMap::new(), body);
    let tasks = longtask::request::GetTasks::decode(&raw).expect("tasks");
    assert_eq!(tasks.results[0].queue_position, Some(3));
    let anchors: Vec<&str> = longtask::GUIDE.iter().map(|document| document.anchor).collect();
    assert_eq!(anchors, ["about", "auth", "status-code", "using"]);
}
"##;

/// The package in another place, always the same, so that Cargo finds again what it has built there.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Self {
        let copy = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join("refresh"));
        if copy.0.exists() {
            fs::remove_dir_all(&copy.0).expect("an empty place");
        }
        let package = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        for name in ["Cargo.lock", "README.md", "build.rs", "examples", "src", "spec"] {
            copy_all(&package.join(name), &copy.path(name));
        }
        for name in ["README.md", "src"] {
            copy_all(&package.join("codegen").join(name), &copy.path("codegen").join(name));
        }
        for name in ["Cargo.toml", "codegen/Cargo.toml"] {
            let manifest = without_dev_dependencies(&read(&package.join(name)));
            let manifest = manifest.replace(r#", "examples/other-tag", "task", "tests""#, "");
            let manifest = manifest.replace("autotests = false\n", "");
            // Cargo tells packages apart by name and version, not by place: what is built here must not pass for the package itself.
            let version = "\nversion = \"0.1.0\"\n";
            assert!(
                name != "Cargo.toml" || manifest.contains(version),
                "another version than {version}"
            );
            copy.write(name, &manifest.replace(version, "\nversion = \"0.1.1\"\n"));
        }
        copy
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs Cargo and returns what it says; it must succeed.
    fn cargo(&self, arguments: &[&str]) -> String {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("the target folder");
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--verbose"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target)
            .output()
            .expect("cargo");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success(),
            "{text}\n{}",
            String::from_utf8_lossy(&output.stdout)
        );
        let warns = ["warning: confluence-", "warning: `confluence-"];
        // That the document has changed is told; nothing else is.
        let told = |line: &&str| !line.contains("spec/longtask.yaml has changed; `cargo codegen diff ");
        let mut lines = text.lines().filter(told);
        assert!(
            !lines.any(|line| warns.iter().any(|start| line.contains(start))),
            "{text}"
        );
        text
    }

    /// Whether a build runs the build script of the package.
    fn build_runs_script(&self) -> bool {
        let script = self.cargo(&["build"]);
        script
            .lines()
            .any(|line| line.contains("Running `") && line.contains("/build-script-build`"))
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
    if from.is_dir() {
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy_all(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

/// Tests of the copy need none of what the package's own tests need.
fn without_dev_dependencies(manifest: &str) -> String {
    let (before, after) = manifest
        .split_once("[dev-dependencies]")
        .expect("development dependencies");
    let rest = after.find("\n[").map_or("", |start| &after[start..]);
    format!("{before}{rest}")
}

fn change(document: &str, (at, with): (&str, &str)) -> String {
    assert_eq!(document.matches(at).count(), 1, "{at}");
    document.replace(at, with)
}

#[test]
fn a_changed_document_changes_the_client() {
    let copy = Copy::new();
    copy.cargo(&["build"]);

    // What is not under spec/ does not generate again, what is there does.
    copy.write("src/lib.rs", &(read(&copy.path("src/lib.rs")) + "\n"));
    copy.write("README.md", &(read(&copy.path("README.md")) + "\n"));
    assert!(!copy.build_runs_script(), "a change elsewhere does not generate");

    let document = read(&copy.path("spec/longtask.yaml"));
    let document = change(&change(&document, FIELD), OPERATION);
    let (document, _) = document
        .split_once("    - title: Capabilities\n")
        .expect("the last narrative document");
    copy.write("spec/longtask.yaml", document);
    copy.write("tests/uses.rs", USES);
    copy.cargo(&["test", "--test", "uses"]);

    let overlay = read(&copy.path("spec/longtask.overlay.yaml"));
    copy.write("spec/longtask.overlay.yaml", &(overlay + "\n# A remark.\n"));
    assert!(copy.build_runs_script(), "a change under spec/ generates");
}
