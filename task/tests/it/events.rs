//! The lines of JSON that scripts get.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use confluence_rest::StatusCode;
use confluence_rest::testing::{Answer, Site};
use serde_json::{Value, json};

use crate::{COMMAND, answering, environment, error, json as body, piped, status};

/// The exit status, and the events with all that the help documents, each checked to have just that.
fn events(site: &Site, arguments: &[&str]) -> (i32, Vec<Value>) {
    let (code, out, _) = piped(site, &[arguments, &["--json"]].concat());
    let events = out.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let events: Vec<Value> = events.collect();
    let mut documented: Vec<&str> = include_str!("../../src/events.txt")
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split(' ').next())
        .collect();
    documented.sort_unstable();
    for event in &events {
        let mut members: Vec<&String> = event.as_object().expect("an object").keys().collect();
        members.sort_unstable();
        assert_eq!(members, documented, "{event}");
        assert_eq!(event["version"], 1);
        assert!(
            event["elapsed"].as_f64().is_some_and(|elapsed| elapsed > 0.0),
            "{event}"
        );
        assert!(event["warnings"].is_array() && event["id"].is_string(), "{event}");
        assert!(event["event"] == "status" || event["message"].is_string(), "{event}");
    }
    (code, events)
}

/// Some members of events.
fn members(events: &[Value], names: &[&str]) -> Vec<Value> {
    let of = |event: &Value| names.iter().map(|name| event[name].clone()).collect();
    events.iter().map(of).collect()
}

const NAMES: [&str; 5] = ["event", "id", "outcome", "percentage", "message"];

#[test]
fn a_task_that_fails() {
    let failed = r#"{"id":"1","finished":true,"successful":false,"percentageComplete":70,"errors":[
        {"key":"WARN_RENAME_PAGE","args":["Old","New"],"type":"WARN"},{"key":"ERROR_COPY_PAGE","args":["Home"]}]}"#;
    let site = answering([status(50, false, false), body(failed)]);
    let link = "https://acme.atlassian.net/rest/api/longtask/1180606";
    let (code, events) = events(&site, &["watch", "--every", "50ms", link]);
    assert_eq!(code, 1);
    let end = "the task failed (2 requests, last at 70 %): Error while copying 1 page: Home (ERROR_COPY_PAGE)";
    assert_eq!(
        members(&events, &NAMES),
        [
            json!(["status", "1180606", null, 50, "Copied 50 pages"]),
            json!(["status", "1180606", null, 70, null]),
            json!(["end", "1180606", "failed", 70, end]),
        ]
    );
    let warning = "Warning page is rename during copy: Old, New (WARN_RENAME_PAGE)";
    assert_eq!(events[2]["warnings"], json!([warning]));
}

#[test]
fn a_task_that_succeeds_after_a_failure() {
    let answers = [
        status(20, false, false),
        error(StatusCode::BAD_GATEWAY, "Try later"),
        status(60, false, false),
        status(100, true, true),
    ];
    let (code, events) = events(&answering(answers), &["watch", "--every", "50ms", "7"]);
    assert_eq!(code, 0);
    let failure = "GET /wiki/rest/api/longtask/{id}: 502 Bad Gateway: Try later";
    assert_eq!(
        members(&events, &NAMES),
        [
            json!(["status", "7", null, 20, "Copied 20 pages"]),
            json!(["retry", "7", null, 20, failure]),
            json!(["status", "7", null, 60, "Copied 60 pages"]),
            json!(["status", "7", null, 100, "Copied 100 pages"]),
            json!(["end", "7", "succeeded", 100, "done: Copied 100 pages"]),
        ]
    );
    let is_number = |name: &str| events.iter().map(|event| event[name].is_number()).collect::<Vec<_>>();
    assert_eq!(is_number("retry_in"), [false, true, false, false, false]);
    assert_eq!(is_number("remaining"), [false, false, true, true, false]);
}

#[test]
fn percentages_are_from_0_to_100_whatever_the_server_says() {
    let says = |percentage: i64, finished: bool| {
        body(format!(
            r#"{{"id":"1","percentageComplete":{percentage},"finished":{finished},"successful":false}}"#
        ))
    };
    let site = answering([says(-5, false), says(170, true)]);
    let (_, followed) = events(&site, &["watch", "--every", "50ms", "7"]);
    let percentages = |events: &[Value]| {
        events
            .iter()
            .map(|event| event["percentage"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(percentages(&followed), [0, 100, 100]);
    let (_, asked) = events(&answering([says(-5, false), says(170, true)]), &["status", "7", "8"]);
    assert_eq!(percentages(&asked), [0, 100]);
}

#[test]
fn how_tasks_stand() {
    let site = answering([status(40, false, false), error(StatusCode::NOT_FOUND, "")]);
    let (code, events) = events(&site, &["status", "1", "2"]);
    assert_eq!(code, 3);
    assert_eq!(
        members(&events, &["event", "id", "outcome", "percentage"]),
        [
            json!(["end", "1", "running", 40]),
            json!(["end", "2", "not-found", null])
        ]
    );
}

#[test]
fn the_end_has_a_message_where_the_task_has_none() {
    let silent = r#"{"id":"1","percentageComplete":10,"finished":false,"successful":false}"#;
    let (_, events) = events(&answering([body(silent)]), &["status", "1"]);
    assert_eq!(members(&events, &NAMES), [json!(["end", "1", "running", 10, "10 %"])]);
}

#[test]
fn the_interval_has_no_jitter() {
    let site = answering([error(StatusCode::BAD_GATEWAY, "")]);
    let mut command = Command::new(COMMAND);
    command
        .args(["watch", "1", "--json", "--every", "1000s"])
        .env_clear()
        .envs(environment(&site))
        .stdout(Stdio::piped());
    let mut command = command.spawn().expect("the command");
    let mut line = String::new();
    let out = command.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("a line");
    command.kill().expect("a process that runs");
    command.wait().expect("a process that ended");
    let retry: Value = serde_json::from_str(&line).expect("JSON");
    assert!(retry["retry_in"].as_f64() > Some(990.0), "{retry}");
}

#[test]
fn a_task_that_is_not_done_in_time() {
    let outcome = |options: &[&str]| {
        let site = answering([Answer::dropped(), status(10, false, false)]);
        let (code, events) = events(&site, &[&["watch", "7", "--every", "50ms"], options].concat());
        (code, events.last().expect("an event")["outcome"].clone())
    };
    assert_eq!(outcome(&["--timeout", "150ms"]), (2, json!("timed-out")));
    assert_eq!(outcome(&["--stall", "1ms"]), (2, json!("stalled")));
}
