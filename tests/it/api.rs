//! The public API, written down: whoever changes it sees what changes for whom. The module `longtask` is part of it, so that the shape
//! of generated code is, too.
//!
//! `UPDATE_EXPECT=1 cargo test -p confluence-rest-tests api` writes it anew. It takes a nightly toolchain; without one, the test says
//! that it skips.

use std::path::Path;
use std::process::Command;

use expect_test::expect_file;
use public_api::Builder;

#[test]
fn the_public_api_is_as_it_was_written_down() {
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
        Ok(output) if output.status.success() => {}
        Ok(output) => {
            println!(
                "skipped: there is no nightly toolchain that documents: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            return;
        }
        Err(error) => {
            println!("skipped: there is no rustup: {error}");
            return;
        }
    }
    let api = Builder::from_rustdoc_json(target.join("doc/confluence_rest.json"))
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
    expect_file!["../api.txt"].assert_eq(&api.to_string());
}
