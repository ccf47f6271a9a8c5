//! What is shown on a terminal, and what Ctrl-C does there.

use std::io::{Read, Write};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use pty_process::blocking::Pty;

use crate::{COMMAND, answering, environment, status};

/// The command on a terminal of this many columns, which follows tasks.
fn on_terminal(columns: u16, environment: &[(&str, String)], ids: &[&str]) -> (Pty, Child) {
    let (terminal, end) = pty_process::blocking::open().expect("a terminal");
    terminal.resize(pty_process::Size::new(24, columns)).expect("a size");
    // A terminal throws away what is written while it takes a Ctrl-C, unless it is told not to.
    let command = pty_process::blocking::Command::new("/bin/sh")
        .args(["-c", r#"stty noflsh && exec "$0" "$@""#, COMMAND])
        .args(["watch", "--every", "100ms"])
        .args(ids)
        .env_clear()
        .envs(environment.iter().cloned());
    (terminal, command.spawn(end).expect("the command"))
}

/// Reads what is shown until a text is there, or to the end.
fn shown(terminal: &mut Pty, until: Option<&str>) -> String {
    let (mut shown, mut buffer) = (Vec::new(), [0; 4096]);
    // A terminal that is closed at its other end is an error on Linux, and an end elsewhere.
    while let Ok(read @ 1..) = terminal.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..read]);
        if until.is_some_and(|text| String::from_utf8_lossy(&shown).contains(text)) {
            break;
        }
    }
    String::from_utf8_lossy(&shown).into_owned()
}

/// Follows tasks on a terminal to the end, and presses Ctrl-C when a text is shown.
pub fn watched(environment: &[(&str, String)], ids: &[&str], interrupt_at: Option<&str>) -> (Option<i32>, String) {
    let (mut terminal, mut child) = on_terminal(100, environment, ids);
    let mut all = String::new();
    if interrupt_at.is_some() {
        all = shown(&mut terminal, interrupt_at);
        terminal.write_all(b"\x03").expect("Ctrl-C");
    }
    all.push_str(&shown(&mut terminal, None));
    (child.wait().expect("an end").code(), all)
}

#[test]
fn a_wait_can_be_interrupted() {
    let site = answering([status(10, false, false)]);
    let (code, shown) = watched(&environment(&site), &["7"], Some("Copied 10 pages"));
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("7  the wait was cancelled after "), "{shown}");
    assert!(shown.contains("; the task continues"), "{shown}");
}

/// The look-up of a name cannot be called off, and takes as long as the system's resolver likes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn an_interrupt_does_not_wait_for_a_name() {
    let mut environment = environment(&answering([])).to_vec();
    environment[0].1 = "https://acme.invalid".to_owned();
    environment.push(("LD_PRELOAD", crate::resolver()));
    environment.push(("SLOW_RESOLVER", "yes".to_owned()));
    let (code, shown) = watched(&environment, &["7"], Some("look-up begins"));
    assert_eq!(code, Some(130), "{shown}");
    assert!(shown.contains("7  the wait was cancelled after "), "{shown}");
    assert!(!shown.contains("look-up ends"), "{shown}");
}

#[test]
fn a_second_interrupt_ends_the_command_whatever_holds_it_up() {
    let site = answering([status(10, false, false)]);
    let (mut terminal, mut child) = on_terminal(100, &environment(&site), &["7"]);
    shown(&mut terminal, Some("Copied 10 pages"));
    // Ctrl-S: nothing more is taken. Ctrl-C would have the terminal go on, so the signal comes from elsewhere.
    terminal.write_all(b"\x13").expect("Ctrl-S");
    for _ in 0..500 {
        let pid = child.id().to_string();
        Command::new("kill").args(["-INT", &pid]).status().expect("a signal");
        thread::sleep(Duration::from_millis(20));
        if let Some(end) = child.try_wait().expect("the command") {
            assert_eq!(end.code(), Some(130));
            return;
        }
    }
    child.kill().expect("the command");
    panic!("it goes on");
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
    let (code, shown) = watched(&environment(&site), &["1180606", "1180607"], None);
    assert_eq!(code, Some(0), "{shown}");
    for text in [
        "1180606   ",
        "1180607   ",
        " 60 %  [",
        "=> ",
        "Copied 60 pages",
        "\u{1b}[",
    ] {
        assert!(shown.contains(text), "{text:?} in {shown:?}");
    }
    for text in [
        "1180606  done: Copied 100 pages\r\n",
        "1180607  done: Copied 100 pages\r\n",
    ] {
        assert!(shown.contains(text), "{text:?} in {shown:?}");
    }
}

#[test]
fn a_narrow_terminal_shows_how_far_a_task_is() {
    let site = answering([
        status(10, false, false),
        status(60, false, false),
        status(100, true, true),
    ]);
    let (mut terminal, mut child) = on_terminal(20, &environment(&site), &["1180606"]);
    let shown = shown(&mut terminal, None);
    assert_eq!(child.wait().expect("an end").code(), Some(0), "{shown}");
    assert!(shown.contains("1180606   60 %"), "{shown:?}");
    assert!(shown.ends_with("1180606  done: Copied 100 pages\r\n"), "{shown:?}");
}
