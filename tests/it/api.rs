//! The public API, written down: whoever changes it sees what changes for whom. The module `longtask` is part of it, so that the shape
//! of generated code is, too.
//!
//! `UPDATE_EXPECT=1 cargo test -p confluence-rest-tests api` writes it anew. It takes a nightly toolchain; without one, the test says
//! that it skips.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use expect_test::expect_file;
use public_api::Builder;
use serde_json::Value;

/// What rustdoc says of the crate as JSON, if there is a nightly toolchain.
static DOCUMENTED: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("api");
    let made = Command::new("rustup")
        .args([
            "run",
            "nightly",
            "cargo",
            "rustdoc",
            "--quiet",
            "--offline",
            "--locked",
            "--lib",
            "--all-features",
        ])
        .args([
            "--",
            "-Z",
            "unstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("CARGO")
        .env_remove("RUSTDOC")
        .env_remove("RUSTC")
        .env_remove("RUSTUP_TOOLCHAIN")
        .current_dir(package)
        .output();
    match made {
        Ok(output) if output.status.success() => Some(target.join("doc/confluence_rest.json")),
        Ok(output) => {
            println!(
                "skipped: there is no nightly toolchain that documents: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            None
        }
        Err(error) => {
            println!("skipped: there is no rustup: {error}");
            None
        }
    }
});

#[test]
fn the_public_api_is_as_it_was_written_down() {
    let Some(documented) = &*DOCUMENTED else { return };
    let api = Builder::from_rustdoc_json(documented)
        .omit_auto_derived_impls(true)
        .omit_auto_trait_impls(true)
        .omit_blanket_impls(true)
        .build();
    let api = match api {
        Ok(api) => api,
        Err(error) => {
            println!("skipped: what this nightly toolchain writes cannot be read: {error}");
            return;
        }
    };
    let api = api.to_string();
    let mut lines: Vec<&str> = api.lines().collect();
    // Which `impl` block of a type comes first changes from build to build.
    lines.sort_by_key(|line| (path(line), *line));
    expect_file!["../api.txt"].assert_eq(&(lines.join("\n") + "\n"));
}

/// The item that a line is about, as far as its first generic parameter or argument.
fn path(line: &str) -> &str {
    let start = line.find("confluence_rest").unwrap_or_default();
    let path = line.get(start..).unwrap_or_default();
    path.split(['<', '>', '(', ' ', '!']).next().unwrap_or_default()
}

/// Lists of items show the first paragraph alone.
#[test]
fn documentation_begins_with_one_sentence() {
    let Some(documented) = &*DOCUMENTED else { return };
    let text = std::fs::read_to_string(documented).expect("what rustdoc wrote");
    let crates: Value = serde_json::from_str(&text).expect("JSON");
    let items = crates["index"].as_object().expect("items").values();
    let long: Vec<&str> = items
        .filter(|item| {
            let file = item["span"]["filename"].as_str().unwrap_or_default();
            let kind = &item["inner"];
            file.starts_with("src/") && kind.get("struct_field").is_none() && kind.get("variant").is_none()
        })
        .filter_map(|item| item["docs"].as_str()?.split("\n\n").next())
        .filter(|first| {
            let mut next = first.split_once(". ").into_iter().chain(first.split_once(".\n"));
            next.any(|(_, next)| next.starts_with(|c: char| c.is_uppercase() || c == '`' || c == '['))
        })
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn blocking_types_have_the_same_calls() {
    let api = include_str!("../api.txt");
    let calls = |of: &str| -> BTreeSet<String> {
        let of = format!("fn confluence_rest::{of}");
        let methods = api.lines().filter_map(|line| {
            let (_, rest) = line.split_once(&of)?;
            // Behind the parameters of the type.
            let name = rest
                .split_once("::")
                .filter(|(before, _)| before.is_empty() || before.starts_with('<'));
            let (name, rest) = name?.1.split_once(['(', '<'])?;
            rest.contains("self").then(|| name.to_owned())
        });
        methods.collect()
    };
    // How async code reads, and what is not a call.
    let other: BTreeSet<String> = ["fmt", "into_future", "poll_next"].map(str::to_owned).into();
    for of in ["Client", "Wait", "WaitAll", "Pages"] {
        let lacks = &(&calls(of) - &calls(&format!("blocking::{of}"))) - &other;
        assert!(
            !calls(of).is_empty() && lacks.is_empty(),
            "blocking::{of} lacks {lacks:?}"
        );
    }
}
