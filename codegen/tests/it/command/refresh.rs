//! `refresh`, in a package whose build script looks at the document.

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::thread;

use super::{Folder, Run, SPEC};

const BUILD: &str = r#"
fn main() {
    println!("cargo::rerun-if-changed=spec");
    let spec = std::fs::read_to_string("spec/longtask.yaml").expect("the document");
    assert!(!spec.contains("operationId: unbearable"), "this package refuses the document");
    if spec.contains("operationId: endless") {
        std::fs::write("building", "").expect("a file");
        while std::fs::exists("building").expect("a folder") {
            std::thread::yield_now();
        }
    }
}
"#;

const OVERLAY: &str = "overlay: 1.0.0
info: { title: O, version: '1' }
actions:
  - target: $.paths['/things/{id}'].get
    update: { summary: Returns a thing. }
";

fn package() -> Folder {
    Folder::new(&[
        (
            "Cargo.toml",
            "[package]\nname = \"p\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n",
        ),
        ("build.rs", BUILD),
        ("src/lib.rs", ""),
        ("spec/longtask.yaml", SPEC),
        ("spec/longtask.overlay.yaml", OVERLAY),
    ])
}

fn refresh(folder: &Folder, arguments: &[&str]) -> Run {
    let mut command = folder.command(["refresh"].iter().chain(arguments));
    let output = command
        .env("CARGO_TARGET_DIR", folder.path("target"))
        .output()
        .expect("the command");
    Run {
        status: output.status.code().expect("an exit status"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

fn newer() -> String {
    format!("{SPEC}        name: {{ type: string }}\n")
}

#[test]
fn a_newer_document_takes_the_place_of_the_old_one() {
    let folder = package();
    folder.write("new.yaml", &newer());
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out
            .starts_with("Compatible\n  the field `name: Option<String>` of `model::Thing` was added\n"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .ends_with("`spec/longtask.yaml` was replaced, and `cargo check` passes.\n"),
        "{}",
        run.out
    );
    assert!(run.err.contains("Compiling p v0.1.0"), "{}", run.err);
    assert_eq!(folder.read("spec/longtask.yaml"), newer());
    assert_eq!(folder.read("new.yaml"), newer());
}

#[test]
fn where_cargo_check_fails_the_old_one_is_put_back() {
    let folder = package();
    folder.write("new.yaml", &SPEC.replace("getThing", "unbearable"));
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(
        run.out.contains("`get_thing` was renamed to `unbearable`"),
        "{}",
        run.out
    );
    assert!(run.err.contains("this package refuses the document"), "{}", run.err);
    assert!(
        run.err
            .ends_with("`cargo check` failed with the newer document: `spec/longtask.yaml` was restored.\nIf `cargo check` passes with the old document, fix the newer one with an overlay, or copy `new.yaml` there and adapt the code to it.\n"),
        "{}",
        run.err
    );
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
}

#[test]
fn an_overlay_that_no_longer_applies_leaves_everything_as_it_was() {
    let folder = package();
    folder.write("new.yaml", &SPEC.replace("/things/{id}", "/all-things/{id}"));
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(
        run.err.contains("error[overlay-no-match]") && run.err.contains("longtask.overlay.yaml:4:13"),
        "{}",
        run.err
    );
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
    assert!(!folder.path("target").exists(), "Cargo is not even asked");
}

#[test]
fn an_overlay_that_was_adapted_to_the_newer_document_shows_the_changes() {
    let folder = package();
    folder.write("new.yaml", &SPEC.replace("/things/{id}", "/all-things/{id}"));
    let adapted = OVERLAY.replace("/things/{id}", "/all-things/{id}");
    folder.write("spec/longtask.overlay.yaml", &adapted);
    let overlay = ["--overlay", "spec/longtask.overlay.yaml"];
    let diff = folder.run(&[&["diff", "spec/longtask.yaml", "new.yaml"][..], &overlay].concat());
    assert_eq!((diff.status, diff.err.as_str()), (0, ""));
    assert!(diff.out.contains("/all-things/{id}"), "{}", diff.out);
    // With the old document, the build does not pass.
    let text = folder.read("new.yaml");
    folder.write("odd.yaml", &text.replace("getThing", "unbearable"));
    let run = refresh(&folder, &["odd.yaml", "--", "--offline"]);
    assert_eq!(run.status, 1, "{}", run.err);
    let advice = "`spec/longtask.yaml` was restored.\nThe overlay only matches the newer document, so builds fail until that is in place: copy \
                  `odd.yaml` there and adapt the code to it, or restore the overlay, too.\n";
    assert!(run.err.ends_with(advice), "{}", run.err);
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.starts_with(&diff.out), "{}", run.out);
    assert!(!run.err.contains("changes are not shown"), "{}", run.err);
}

#[test]
fn a_newer_document_with_errors_leaves_everything_as_it_was() {
    let folder = package();
    folder.write("new.yaml", "<!DOCTYPE html>\n");
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.contains("error["), "{}", run.err);
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
}

#[test]
fn a_document_with_errors_can_be_replaced() {
    let folder = package();
    folder.write("spec/longtask.yaml", "openapi: 3.0.1\n");
    folder.write("new.yaml", SPEC);
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.err
            .starts_with("The current document has errors, so changes are not shown.\n"),
        "{}",
        run.err
    );
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
    // So can one that is no text.
    fs::write(folder.path("spec/longtask.yaml"), b"openapi: \xff\n").expect("a file");
    let run = refresh(&folder, &["new.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
}

#[test]
fn other_documents_are_named() {
    let folder = package();
    folder.write("spec/other.yaml", SPEC);
    folder.write("new.yaml", &newer());
    let run = refresh(&folder, &["new.yaml", "--spec", "spec/other.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(folder.read("spec/other.yaml"), newer());
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
    let run = refresh(&folder, &["new.yaml", "--spec", "spec/gone.yaml"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let absent = "there is no `spec/gone.yaml`; name the document to replace with --spec\n";
    assert_eq!(run.err, absent);
}

#[test]
fn without_cargo_the_old_one_is_put_back() {
    let folder = package();
    folder.write("new.yaml", &newer());
    let output = folder
        .command(["refresh", "new.yaml"])
        .env("CARGO", "no-such-cargo")
        .output()
        .expect("the command");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("cannot run `no-such-cargo`: "), "{err}");
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
}

#[cfg(unix)]
#[test]
fn an_interruption_puts_the_old_one_back() {
    let folder = package();
    folder.write(
        "new.yaml",
        &newer().replace("operationId: getThing", "operationId: endless"),
    );
    let mut command = folder.command(["refresh", "new.yaml"]);
    command.env("CARGO_TARGET_DIR", folder.path("target"));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut running = command.spawn().expect("the command");
    while !folder.path("building").exists() {
        assert_eq!(running.try_wait().expect("the command"), None, "it ended early");
        thread::yield_now();
    }
    assert!(folder.read("spec/longtask.yaml").contains("endless"));
    let killed = Command::new("kill").args(["-TERM", &running.id().to_string()]).status();
    assert!(killed.expect("kill").success());
    let output = running.wait().expect("the command");
    fs::remove_file(folder.path("building")).expect("the build script ends");
    assert_eq!(output.code(), Some(130));
    assert_eq!(folder.read("spec/longtask.yaml"), SPEC);
}

/// What stands in other files is read where the document is to be, and refers to it by that name.
#[test]
fn files_are_those_beside_the_document_that_is_replaced() {
    let parts = "Parts: { type: array, items: { $ref: 'longtask.yaml#/components/schemas/Thing' } }\n";
    let spec = |words: &str| {
        let described = SPEC.replace("type: object", &format!("description: {words}\n      type: object"));
        described + "    Parts: { $ref: 'parts.yaml#/Parts' }\n"
    };
    let folder = package();
    folder.write("spec/longtask.yaml", &spec("Old."));
    folder.write("spec/parts.yaml", parts);
    folder.write("newer.yaml", &spec("New."));
    let run = refresh(&folder, &["newer.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let told = "Documentation only\n  the documentation of `model::Thing` has changed\n\nSemantic Versioning: a patch";
    assert!(run.out.starts_with(told), "{}", run.out);
    assert_eq!(folder.read("spec/longtask.yaml"), spec("New."));
}

#[cfg(unix)]
#[test]
fn a_document_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;

    let folder = package();
    let path = folder.path("spec/longtask.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).expect("a file");
    folder.write(
        "newer.yaml",
        &SPEC.replace("type: object", "description: New.\n      type: object"),
    );
    let run = refresh(&folder, &["newer.yaml", "--", "--offline"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let mode = fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o664);
}
