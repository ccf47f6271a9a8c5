//! The command, in a pipe and on a terminal.
#![cfg(unix)]

use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

use confluence_rest::StatusCode;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::testing::{Answer, Site};
use serde_json::Value;

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

#[test]
fn plain_lines_go_through_a_pipe() {
    let answers = [
        status(10, false, false),
        status(10, false, false),
        status(60, false, false),
        status(100, true, true),
    ];
    let site = answering(answers);
    let (code, out, err) = piped(&site, &["watch", "1180606", "--every", "50ms"]);
    assert_eq!(
        out,
        "1180606   10 %  Copied 10 pages\n1180606   60 %  Copied 60 pages\n1180606  100 %  Copied 100 pages\n1180606  done: \
         Copied 100 pages\n"
    );
    assert_eq!((code, err.as_str()), (0, ""));
    let seen = &site.requests()[0];
    assert_eq!(seen.target, "/wiki/rest/api/longtask/1180606");
    assert!(seen.headers["authorization"].as_bytes().starts_with(b"Basic "));
}

#[test]
fn scripts_get_a_line_of_json_for_each_thing_that_happens() {
    let failed = r#"{"id":"1","finished":true,"successful":false,"percentageComplete":70,"errors":[
        {"key":"WARN_RENAME_PAGE","args":["Old","New"],"type":"WARN"},{"key":"ERROR_COPY_PAGE","args":["Home"]}]}"#;
    let site = answering([status(50, false, false), json(failed)]);
    let link = "https://acme.atlassian.net/rest/api/longtask/1180606";
    let (code, out, _) = piped(&site, &["watch", "--json", "--every", "50ms", link]);
    assert_eq!(code, 1);
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let events: Vec<(&str, &str, i64)> = lines
        .iter()
        .map(|line| {
            (
                line["event"].as_str().expect("an event"),
                line["id"].as_str().expect("an id"),
                line["percentage"].as_i64().expect("a percentage"),
            )
        })
        .collect();
    assert_eq!(
        events,
        [
            ("status", "1180606", 50),
            ("status", "1180606", 70),
            ("end", "1180606", 70)
        ]
    );
    assert_eq!(lines[0]["message"], "Copied 50 pages");
    assert_eq!(lines[2]["outcome"], "failed");
    assert_eq!(
        lines[2]["message"],
        "the task failed (2 requests, last at 70 %): Error while copying 1 page: Home (ERROR_COPY_PAGE)"
    );
    assert_eq!(
        lines[2]["warnings"][0],
        "Warning page is rename during copy: Old, New (WARN_RENAME_PAGE)"
    );
}

#[test]
fn the_exit_status_says_how_it_ended() {
    let watch = |answer: Answer, options: &[&str]| {
        let site = answering([answer]);
        let (code, out, _) = piped(&site, &[&["watch", "7", "--every", "50ms"], options].concat());
        (code, out.lines().last().unwrap_or_default().to_owned())
    };
    let (code, line) = watch(status(100, true, false), &[]);
    assert_eq!(code, 1);
    assert_eq!(line, "7  the task failed (1 request, last at 100 %): Copied 100 pages");
    let (code, line) = watch(status(10, false, false), &["--timeout", "1ms"]);
    assert_eq!(code, 2);
    assert!(line.starts_with("7  the task was not done after "), "{line}");
    let (code, line) = watch(status(10, false, false), &["--stall", "1ms"]);
    assert_eq!(code, 2);
    assert!(line.starts_with("7  the task stands still"), "{line}");
    let (code, line) = watch(error(StatusCode::NOT_FOUND, ""), &[]);
    assert_eq!(code, 3);
    assert!(
        line.starts_with("7  there is no such task, or these credentials may not see it: GET "),
        "{line}"
    );
    let (code, line) = watch(error(StatusCode::UNAUTHORIZED, "Who are you?"), &[]);
    assert_eq!(code, 3);
    assert_eq!(
        line,
        "7  the task could not be followed: GET /wiki/rest/api/longtask/{id}: 401 Unauthorized: Who are you?"
    );
}

#[test]
fn a_status_is_asked_for_once() {
    let site = answering([
        status(40, false, false),
        status(100, true, true),
        status(100, true, false),
    ]);
    let (code, out, _) = piped(&site, &["status", "1", "2", "3"]);
    assert_eq!(
        out,
        "1  40 %: Copied 40 pages\n2  done: Copied 100 pages\n3  failed: Copied 100 pages\n"
    );
    assert_eq!((code, site.requests().len()), (1, 3));
    let site = answering([status(40, false, false), error(StatusCode::NOT_FOUND, "")]);
    let (code, out, _) = piped(&site, &["status", "--json", "1", "2"]);
    let outcomes: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["outcome"].to_string())
        .collect();
    assert_eq!((code, outcomes.join(" ")), (3, r#""running" "not-found""#.to_owned()));
}

#[test]
fn mistakes_are_told_and_nothing_is_asked() {
    let site = answering([status(100, true, true)]);
    let (code, out, err) = piped(&site, &["watch", "https://acme.atlassian.net/wiki/spaces/DOCS"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("is no id of a task"), "{err}");
    let (code, _, err) = piped(&site, &["watch"]);
    assert_eq!(code, 3);
    assert!(err.contains("<ID>..."), "{err}");
    let (code, out, _) = piped(&site, &["--help"]);
    assert_eq!(code, 0);
    assert!(out.contains("CONFLUENCE_TOKEN") && out.contains("Exit status"), "{out}");

    let mut command = Command::new(COMMAND);
    command
        .args(["status", "1"])
        .env_clear()
        .env("CONFLUENCE_URL", site.url());
    let output = command.output().expect("the command");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "confluence-task: the environment variable CONFLUENCE_TOKEN is not set; see `confluence-task --help`\n"
    );
    assert!(site.requests().is_empty());
}

/// Watches tasks on a terminal, and presses Ctrl-C when a text is shown. Returns the exit status and all that was shown.
fn on_terminal(environment: &[(&str, String)], ids: &[&str], interrupt_at: Option<&str>) -> (Option<i32>, String) {
    let (mut terminal, end) = pty_process::blocking::open().expect("a terminal");
    terminal.resize(pty_process::Size::new(24, 100)).expect("a size");
    let command = pty_process::blocking::Command::new(COMMAND)
        .args(["watch", "--every", "100ms"])
        .args(ids)
        .env_clear()
        .envs(environment.iter().cloned());
    let mut child = command.spawn(end).expect("the command");
    let (mut shown, mut buffer, mut interrupt_at) = (Vec::new(), [0; 4096], interrupt_at);
    // A terminal that is closed at its other end is an error on Linux, and an end elsewhere.
    while let Ok(read @ 1..) = terminal.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..read]);
        if interrupt_at.is_some_and(|text| String::from_utf8_lossy(&shown).contains(text)) {
            interrupt_at = None;
            terminal.write_all(b"\x03").expect("Ctrl-C");
        }
    }
    let status = child.wait().expect("an end");
    (status.code(), String::from_utf8_lossy(&shown).into_owned())
}

#[test]
fn a_wait_can_be_interrupted() {
    let site = answering([status(10, false, false)]);
    let environment = environment(&site);
    let (code, shown) = on_terminal(&environment, &["7"], Some("Copied 10 pages"));
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("7  the wait was cancelled after "), "{shown}");
    assert!(shown.contains("; the task goes on"), "{shown}");
}

#[test]
fn a_terminal_shows_a_bar_for_each_task() {
    let answers = [
        status(10, false, false),
        status(20, false, false),
        status(60, false, false),
        status(80, false, false),
        status(100, true, true),
    ];
    let site = answering(answers);
    let environment = environment(&site);
    let (code, shown) = on_terminal(&environment, &["1180606", "1180607"], None);
    assert_eq!(code, Some(0), "{shown}");
    for text in ["1180606  [", "1180607  [", "=> ", "Copied 60 pages", "\u{1b}["] {
        assert!(shown.contains(text), "{text:?} in {shown:?}");
    }
    for text in [
        "1180606  done: Copied 100 pages\r\n",
        "1180607  done: Copied 100 pages\r\n",
    ] {
        assert!(shown.contains(text), "{text:?} in {shown:?}");
    }
}
