//! Connections that do not come about, or are lost.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use confluence_rest::StatusCode;
use confluence_rest::testing::Answer;
#[cfg(target_os = "linux")]
use tokio::net::{TcpSocket, TcpStream};

use crate::{COMMAND, answering, environment, error, piped, status};

/// A port that is reserved, so that nothing listens there.
const NOBODY: &str = "http://127.0.0.1:1";

/// What the command says of a site that it tries in no time, given more of an environment.
fn lines(url: &str, more: &[(&str, String)]) -> Vec<String> {
    let mut command = Command::new(COMMAND);
    let arguments = ["watch", "7", "--every", "50ms", "--connect-timeout", "500ms"];
    command.args(arguments).env_clear();
    command.envs(environment(&answering([]))).env("CONFLUENCE_URL", url);
    let output = command.envs(more.iter().cloned()).output().expect("the command");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(3), &b""[..]));
    let out = String::from_utf8(output.stdout).expect("text");
    out.lines().map(str::to_owned).collect()
}

/// The site has never been reached: four failures are told with the time of the next attempt, and the fifth is the end.
fn is_given_up(lines: &[String], url: &str, cause: &str) {
    let (last, told) = lines.split_last().expect("a line");
    let problem = format!("cannot connect to {url}: ");
    assert_eq!(told.len(), 4, "{lines:?}");
    for line in told {
        assert!(line.starts_with(&format!("7  {problem}")), "{line}");
        assert!(line.contains(cause) && line.contains("; retrying in 50.0ms"), "{line}");
    }
    let start = format!("7  polling the task failed (5 requests): {problem}");
    assert!(last.starts_with(&start) && last.contains(cause), "{last}");
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_name_that_is_not_there() {
    let url = "https://acme.invalid";
    let lines = lines(url, &[("LD_PRELOAD", crate::resolver())]);
    is_given_up(
        &lines,
        url,
        "failed to lookup address information: Name or service not known",
    );
}

#[test]
fn a_port_where_nobody_listens() {
    is_given_up(&lines(NOBODY, &[]), NOBODY, "Connection refused");
}

/// A host that answers nothing at all: Linux drops what asks for a connection to a listener whose queue is full.
#[cfg(target_os = "linux")]
#[test]
fn a_host_that_never_answers() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let (_listener, _connected, url) = runtime.expect("a runtime").block_on(async {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
        let listener = socket.listen(0).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let connected = TcpStream::connect(address).await.expect("a connection");
        (listener, connected, format!("http://{address}"))
    });
    is_given_up(&lines(&url, &[]), &url, "timed out");
}

#[test]
fn a_site_that_does_not_speak_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        while let Ok((mut socket, _)) = listener.accept() {
            let _ = socket.read(&mut [0; 1024]);
            let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    is_given_up(&lines(&url, &[]), &url, "InvalidContentType");
}

#[test]
fn a_pause_that_is_too_long_for_a_site_that_was_never_reached() {
    let mut command = Command::new(COMMAND);
    command.args(["watch", "7", "--every", "5m"]).env_clear();
    command.envs(environment(&answering([]))).env("CONFLUENCE_URL", NOBODY);
    let output = command.output().expect("the command");
    let out = String::from_utf8(output.stdout).expect("text");
    let start = format!("7  polling the task failed: cannot connect to {NOBODY}: Connection refused");
    assert!(out.starts_with(&start) && out.lines().count() == 1, "{out}");
}

#[test]
fn a_site_that_has_answered_is_tried_for_longer() {
    let site = answering([
        status(10, false, false),
        Answer::dropped(),
        Answer::dropped(),
        Answer::dropped(),
        Answer::dropped(),
        Answer::dropped(),
        Answer::dropped(),
        status(100, true, true),
    ]);
    let (code, out, _) = piped(&site, &["watch", "7", "--every", "50ms"]);
    assert_eq!(code, 0, "{out}");
    let retries = out.matches("; retrying in ").count();
    assert!(retries == 6 && out.ends_with("7  done: Copied 100 pages\n"), "{out}");
}

#[test]
fn a_status_is_tried_a_few_times() {
    let site = answering([
        Answer::dropped(),
        error(StatusCode::BAD_GATEWAY, ""),
        status(40, false, false),
    ]);
    let (code, out, _) = piped(&site, &["status", "7"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, lines.len()), (0, 3), "{out}");
    assert!(
        lines[1].starts_with("7  GET /wiki/rest/api/longtask/{id}: 502 Bad Gateway"),
        "{out}"
    );
    assert!(lines[1].contains("; retrying in "), "{out}");
    assert_eq!(lines[2], "7  40 %: Copied 40 pages");

    let site = answering([error(StatusCode::BAD_GATEWAY, "")]);
    let (code, _, _) = piped(&site, &["status", "7"]);
    assert_eq!((code, site.requests().len()), (3, 4));
}

#[test]
fn a_status_does_not_wait_for_a_server_that_wants_an_hour() {
    let (code, out, _) = piped(&answering([Answer::limited(3600)]), &["status", "7"]);
    assert_eq!(code, 3);
    assert!(out.starts_with("7  polling the task failed: GET "), "{out}");
    assert!(out.contains("429 Too Many Requests"), "{out}");
}
