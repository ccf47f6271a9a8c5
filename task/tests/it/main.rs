//! The command, in a pipe and on a terminal.
#![cfg(unix)]

mod events;
mod failures;
mod pipe;
mod terminal;
mod text;

use std::process::{Command, Output, Stdio};

use confluence_rest::StatusCode;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::testing::{Answer, Site};

const COMMAND: &str = env!("CARGO_BIN_EXE_confluence-task");

/// A site that answers questions for tasks in this order, the last answer for ever.
fn answering<const N: usize>(answers: [Answer; N]) -> Site {
    let site = Site::start_blocking().expect("a free port");
    site.answer::<GetTask>(answers);
    site
}

fn status(percentage: i32, finished: bool, successful: bool) -> Answer {
    json(format!(
        r#"{{"id":"1","percentageComplete":{percentage},"finished":{finished},"successful":{successful},
            "messages":[{{"translation":"Copied {percentage} pages","args":[]}}]}}"#
    ))
}

fn json(body: impl Into<String>) -> Answer {
    Answer::json(StatusCode::OK, body.into())
}

fn error(status: StatusCode, text: &'static str) -> Answer {
    Answer::status(status, text)
}

fn environment(site: &Site) -> [(&'static str, String); 4] {
    [
        ("CONFLUENCE_URL", site.url()),
        ("CONFLUENCE_EMAIL", "me@acme.example".to_owned()),
        ("CONFLUENCE_TOKEN", "s3cret-token".to_owned()),
        ("TERM", "xterm".to_owned()),
    ]
}

/// Runs the command with its output in a pipe.
fn piped(site: &Site, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(COMMAND);
    command
        .args(arguments)
        .env_clear()
        .envs(environment(site))
        .stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("the command");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().expect("an exit status"), text(stdout), text(stderr))
}

/// A library to preload, with a name server that knows no name.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn resolver() -> String {
    static BUILT: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let build = || {
        let library = concat!(env!("CARGO_TARGET_TMPDIR"), "/resolver.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/resolver.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-w", "-o", library, source])
            .status();
        assert!(built.expect("a C compiler").success());
        library.to_owned()
    };
    BUILT.get_or_init(build).clone()
}
