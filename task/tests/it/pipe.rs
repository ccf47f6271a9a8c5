//! What is written where there is no terminal.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use confluence_rest::StatusCode;
use confluence_rest::testing::Answer;
use serde_json::Value;

use crate::{COMMAND, answering, environment, error, json, piped, status};

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
    assert!(line.starts_with("7  the wait timed out after "), "{line}");
    let (code, line) = watch(status(10, false, false), &["--stall", "1ms"]);
    assert_eq!(code, 2);
    assert!(line.starts_with("7  the task stalled"), "{line}");
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
        "7  polling the task failed: GET /wiki/rest/api/longtask/{id}: 401 Unauthorized: Who are you?"
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

/// Tasks that delete spaces do not report `finished`.
#[test]
fn a_task_that_failed_at_100_percent_has_failed() {
    let deleted =
        r#"{"id":"1","percentageComplete":100,"successful":false,"messages":[{"translation":"Could not delete"}]}"#;
    let site = answering([json(deleted)]);
    let (code, out, _) = piped(&site, &["status", "1"]);
    assert_eq!((code, out.as_str()), (1, "1  failed: Could not delete\n"));
}

#[test]
fn mistakes_are_told_and_nothing_is_asked() {
    let site = answering([status(100, true, true)]);
    let (code, out, err) = piped(&site, &["watch", "https://acme.atlassian.net/wiki/spaces/DOCS"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("is neither the ID of a task"), "{err}");
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

#[test]
fn a_reader_that_goes_away_does_not_change_how_it_ends() {
    let site = answering([status(10, false, false), status(100, true, false)]);
    for arguments in [
        &["watch", "7", "--every", "50ms"][..],
        &["watch", "7", "--json"],
        &["status", "7"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(COMMAND);
        command.args(arguments).env_clear().envs(environment(&site));
        let end = command.stdout(writer).status().expect("the command");
        assert_eq!(end.code(), Some(1), "{arguments:?}");
    }
    // Neither do complaints that nobody reads.
    for arguments in [&["--help"][..], &["watch"], &["status", "7"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(COMMAND);
        command.args(arguments).env_clear();
        command.stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let end = command.status().expect("the command");
        assert_eq!(
            end.code(),
            Some(if arguments == ["--help"] { 0 } else { 3 }),
            "{arguments:?}"
        );
    }
}

#[test]
fn each_option_says_what_is_wrong_with_its_value() {
    let site = answering([status(100, true, true)]);
    for (option, value, problem) in [
        ("--timeout", "soon", "expected number at 0"),
        ("--stall", "5 parsecs", "unknown time unit \"parsecs\""),
        ("--every", "", "value was empty"),
    ] {
        let (code, _, err) = piped(&site, &["watch", "7", option, value]);
        assert_eq!(code, 3);
        let start = format!("error: invalid value '{value}' for '{option} <DURATION>': ");
        assert!(err.starts_with(&start) && err.contains(problem), "{err}");
    }
    let (code, _, err) = piped(&site, &["follow", "7"]);
    assert!(code == 3 && err.contains("unrecognized subcommand 'follow'"), "{err}");
    assert!(site.requests().is_empty());
}

#[test]
fn the_environment_is_checked_before_anything_is_asked() {
    let site = answering([status(100, true, true)]);
    let set = |name: &str, value: &[u8]| {
        let mut command = Command::new(COMMAND);
        command.args(["status", "1"]).env_clear().envs(environment(&site));
        command.env(name, OsStr::from_bytes(value));
        let output = command.output().expect("the command");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(3), &b""[..]));
        String::from_utf8(output.stderr).expect("text")
    };
    let says = |text: &str| format!("confluence-task: the environment variable {text}\n");
    for name in ["CONFLUENCE_URL", "CONFLUENCE_EMAIL", "CONFLUENCE_TOKEN"] {
        assert_eq!(set(name, b"k\xe4se"), says(&format!("{name} is not UTF-8")));
    }
    let empty = "CONFLUENCE_TOKEN is empty; see `confluence-task --help`";
    assert_eq!(set("CONFLUENCE_TOKEN", b""), says(empty));
    let err = set("CONFLUENCE_URL", b"acme.atlassian.net");
    assert!(err.contains("write `https://acme.atlassian.net`"), "{err}");
    assert!(site.requests().is_empty());
}

#[test]
fn the_readme_says_what_the_help_says() {
    let readme = include_str!("../../README.md");
    let (_, help, _) = piped(&answering([]), &["--help"]);
    for text in [include_str!("../../src/help.txt"), include_str!("../../src/events.txt")] {
        assert!(help.contains(text.trim_end()), "{help}");
        assert!(readme.contains(text), "{text}");
    }
    for command in ["watch", "status"] {
        let (_, of_command, _) = piped(&answering([]), &[command, "--help"]);
        assert!(
            of_command.contains(include_str!("../../src/events.txt").trim_end()),
            "{of_command}"
        );
        let (_, short, _) = piped(&answering([]), &[command, "-h"]);
        assert!(short.contains("Exit status") && !short.contains("retry_in"), "{short}");
    }
}
