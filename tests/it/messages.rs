//! What the compiler says where a type is not what a call needs.

use std::fs;
use std::path::Path;
use std::process::Command;

const WRONG: &str = r#"
use confluence_rest::{Client, cloud, longtask};

pub fn wait_for_what_is_no_task(client: Client) {
    let _ = client.wait(cloud::get_tenant_info());
}

pub async fn send_what_is_no_request(client: Client) {
    let _ = client.send("1180606").await;
}

pub fn page_through_what_is_no_page(client: Client) {
    let _ = client.pages(longtask::get_task("1180606"));
}

pub fn name_a_task_where_none_was_started(task: longtask::model::LongTaskStatusWithLinks) {
    let _ = confluence_rest::StartedTask::task_id(&task);
}
"#;

#[test]
fn a_type_that_does_not_fit_is_told_what_is_needed() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let manifest = format!(
        "[workspace]\n[package]\nname = \"wrong\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[dependencies]\n\
         confluence-rest.path = {:?}\n",
        package.display().to_string()
    );
    fs::write(path.join("Cargo.toml"), manifest).expect("a file");
    fs::write(path.join("lib.rs"), WRONG).expect("a file");
    fs::copy(package.join("Cargo.lock"), path.join("Cargo.lock")).expect("a file");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline"])
        .current_dir(path)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    for message in [
        "`TenantInfo` is not the status of a long-running task",
        "a status has `finished`, `successful` and `percentageComplete`",
        "`&str` is not a request of an operation",
        "requests are made by the functions of a generated module, such as `longtask::get_task(id)`",
        "`LongTaskStatusWithLinks` is not a page of a list",
        "`LongTaskStatusWithLinks` does not say which long-running task was started",
    ] {
        assert!(said.contains(message), "{message}\n\n{said}");
    }
}
