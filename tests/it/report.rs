//! What a task says about itself, however much that is.

use confluence_rest::longtask::model::LongTaskStatusWithLinks;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{HeaderMap, Operation, RawResponse, Response, StatusCode};
use serde_json::{Value, json};

fn status(body: &Value) -> Response<LongTaskStatusWithLinks> {
    let raw = RawResponse::new(GetTask::INFO, StatusCode::OK, HeaderMap::new(), body.to_string());
    Response::new(GetTask::decode(&raw).expect("a status"), raw)
}

#[test]
fn what_is_said_twice_is_told_once() {
    let report = status(&json!({
        "id": "1",
        "status": "STATUS_COPYING_PAGES",
        "messages": [
            { "key": "a" },
            { "translation": "Copying" },
            { "key": "a", "args": ["1"] },
            { "key": "a", "args": ["2"] },
            { "key": "a", "args": ["1"] },
            { "key": "a" },
            { "translation": "Copying" },
        ],
        "errors": [{ "key": "WARN_RENAME_PAGE" }, { "key": "ERROR_COPY_PAGE" }, { "key": "ERROR_COPY_PAGE" }],
    }))
    .report();
    let shown = |messages: &[confluence_rest::TaskMessage]| -> Vec<String> {
        let keys = messages.iter().map(|one| one.key.clone().or(one.translation.clone()));
        keys.map(Option::unwrap_or_default).collect()
    };
    // In the order of their last occurrences.
    assert_eq!(shown(&report.messages), ["STATUS_COPYING_PAGES", "a", "a", "Copying"]);
    assert_eq!(report.messages[1].args, ["2"]);
    assert_eq!((report.errors.len(), report.warnings.len()), (1, 1));
}

/// What a task is doing may be what it did before.
#[test]
fn a_repeated_message_is_the_current_one() {
    let current = |messages: Value| {
        let report = status(&json!({ "id": "1", "messages": messages })).report();
        report.current().map(ToString::to_string).unwrap_or_default()
    };
    let repeated = json!([{ "translation": "Copying" }, { "translation": "Linking" }, { "translation": "Copying" }]);
    assert_eq!(current(repeated), "Copying");
    let by_key = json!([{ "key": "a", "args": ["1"] }, { "key": "b" }, { "key": "a" }]);
    assert_eq!(current(by_key), current(json!([{ "key": "a", "args": ["1"] }])));
}

#[test]
fn any_number_of_messages_is_read_one_by_one() {
    // If each were compared with each, nobody would live to see the end.
    let messages: Vec<Value> = (0..50_000).map(|n| json!({ "key": "COPIED", "args": [n] })).collect();
    let status = status(&json!({ "id": "1", "messages": messages }));
    assert_eq!(status.report().messages.len(), 50_000);
    for _ in 0..3 {
        // It is kept.
        assert_eq!(status.report().current().expect("a message").args, [49_999]);
    }
}
