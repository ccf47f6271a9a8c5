//! Text of a server or a user, which a terminal must not act on.

use std::process::Command;

use confluence_rest::StatusCode;
use confluence_rest::testing::Answer;
use serde_json::json;

use crate::{COMMAND, answering, environment, error, json as body, piped};

/// Sets the title of a window, rings, shows what follows from right to left, and clears the screen from C1.
const HOSTILE: &str = "a\u{1b}]0;b\u{7}\u{202e}c\u{9b}2J\u{2066}d\u{7f}";

/// Whether there is something in a text that a terminal acts on.
fn is_active(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && c != '\n' || HOSTILE.contains(c) && !c.is_ascii())
}

fn hostile(finished: bool) -> Answer {
    body(
        json!({
            "id": HOSTILE, "percentageComplete": 50, "finished": finished, "successful": false,
            "messages": [{ "translation": HOSTILE, "args": [HOSTILE] }],
            "errors": [{ "key": HOSTILE, "args": [HOSTILE], "type": "WARN" }, { "key": HOSTILE, "translation": HOSTILE }],
        })
        .to_string(),
    )
}

#[test]
fn a_terminal_does_not_act_on_what_a_server_says() {
    for options in [&["--json"][..], &[]] {
        let site = answering([hostile(false), hostile(true)]);
        let (_, out, _) = piped(&site, &[&["watch", "7", "--every", "50ms"], options].concat());
        assert!(!is_active(&out) && out.contains("]0;b"), "{out:?}");
        let (_, out, _) = piped(&answering([hostile(true)]), &[&["status", "7"], options].concat());
        assert!(!is_active(&out) && out.contains("]0;b"), "{out:?}");
        let refused = error(StatusCode::FORBIDDEN, HOSTILE);
        let (_, out, _) = piped(&answering([refused]), &[&["watch", "7"], options].concat());
        assert!(!is_active(&out) && out.contains("]0;b"), "{out:?}");
        let limited = answering([error(StatusCode::BAD_GATEWAY, HOSTILE), hostile(true)]);
        let (_, out, _) = piped(&limited, &[&["watch", "7", "--every", "50ms"], options].concat());
        assert!(!is_active(&out) && out.contains("]0;b"), "{out:?}");
    }
}

#[test]
fn ids_are_spelled_too_and_json_keeps_them() {
    let site = answering([hostile(false), hostile(true)]);
    let (_, out, _) = piped(&site, &["watch", HOSTILE, "--every", "50ms"]);
    assert!(!is_active(&out), "{out:?}");
    let spelled = r"a\u{1b}]0;b\u{7}\u{202e}c\u{9b}2J\u{2066}d\u{7f}";
    assert!(
        out.lines().all(|line| line.starts_with(&format!("{spelled}  "))),
        "{out:?}"
    );
    let (_, out, _) = piped(&site, &["status", HOSTILE, "--json"]);
    assert!(!is_active(&out), "{out:?}");
    let event: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(event["id"], HOSTILE);
}

#[test]
fn what_a_user_got_wrong_is_shown_spelled() {
    let site = answering([]);
    for arguments in [
        &["watch", "--every", HOSTILE, "7"][..],
        &["watch", &format!("https://acme.atlassian.net/{HOSTILE}")],
        &["status", &format!("--{HOSTILE}"), "7"],
        &[HOSTILE],
    ] {
        let (code, out, err) = piped(&site, arguments);
        assert_eq!((code, out.as_str()), (3, ""));
        assert!(!is_active(&err) && err.contains(r"\u{202e}c"), "{err:?}");
    }
    let mut command = Command::new(COMMAND);
    command.args(["status", "7"]).env_clear().envs(environment(&site));
    let output = command.env("CONFLUENCE_URL", HOSTILE).output().expect("the command");
    let err = String::from_utf8(output.stderr).expect("text");
    assert!(!is_active(&err) && err.contains("]0;b"), "{err:?}");
}

#[test]
fn bars_are_spelled_as_well() {
    let site = answering([hostile(false), hostile(true)]);
    let (_, shown) = crate::terminal::watched(&environment(&site), &[HOSTILE], None);
    for text in ["\u{1b}]0;", "\u{7}", "\u{202e}", "\u{9b}", "\u{2066}"] {
        assert!(!shown.contains(text), "{text:?} in {shown:?}");
    }
    assert!(
        shown.contains(r"a\u{1b}]0;b\u{7}\u{202e}c\u{9b}2J\u{2066}d\u{7f}"),
        "{shown:?}"
    );
}
