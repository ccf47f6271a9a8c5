//! Payloads as servers send them decode, keep everything the model names, and survive a round trip.

use confluence_rest::longtask::model::{LongTaskStatusWithLinks, StatusKey};
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{HeaderMap, Operation, RawResponse, Response, StatusCode};
use serde_json::{Value, json};

fn decode(body: &str) -> Response<LongTaskStatusWithLinks> {
    let raw = RawResponse::new(GetTask::INFO, StatusCode::OK, HeaderMap::new(), body.to_owned());
    Response::new(GetTask::decode(&raw).expect(body), raw)
}

/// Encodes and decodes again: nothing that the model holds may change.
fn round_trip(task: &LongTaskStatusWithLinks) -> Value {
    let json = serde_json::to_value(task).expect("JSON");
    let again: LongTaskStatusWithLinks = serde_json::from_value(json.clone()).expect("the same type");
    assert_eq!(*task, again);
    json
}

#[test]
fn a_finished_cloud_2017() {
    let task = decode(include_str!("payloads/a_finished_cloud_2017.json"));
    assert_eq!(task.id, "771204");
    assert_eq!(task.name.key, "com.example.spaces.RemoveSpace.name");
    assert!(task.name.args.is_empty());
    assert_eq!(task.elapsed_time, 412);
    assert_eq!(task.percentage_complete, 100);
    assert!(task.successful);
    assert_eq!(task.messages[0].translation.as_deref(), Some("Removing the space"));
    assert_eq!(task.links.base.as_deref(), Some("https://acme.atlassian.net/wiki"));
    assert_eq!(task.links.context.as_deref(), Some("/wiki"));
    assert_eq!(
        (task.links.self_.as_deref(), task.ari.as_deref(), task.status.as_deref()),
        (None, None, None)
    );
    assert_eq!((&task.errors, &task.additional_details), (&None, &None));
    assert_eq!(task.drift().missing, ["/finished"]);
    round_trip(&task);
}

#[test]
fn b_documented_cloud() {
    let text = include_str!("payloads/b_documented_cloud.json");
    let task = decode(text);
    assert_eq!(task.ari.as_deref(), Some("ari:cloud:confluence::longtask/42"));
    assert_eq!(task.name.args, [json!({ "title": "Home" })]);
    assert!(!task.finished && !task.successful);
    assert_eq!(task.messages[0].args, [json!("12"), json!({ "of": 40 })]);
    assert_eq!(task.links.self_.as_deref(), Some("/rest/api/longtask/42"));
    assert_eq!(task.status.as_deref(), Some("STATUS_COPYING_PAGES"));
    assert_eq!(task.status_key(), Some(StatusKey::StatusCopyingPages));
    assert_eq!(task.errors.as_ref().expect("errors")[0].args, ["Old", "New"]);
    let details = task.additional_details.as_ref().expect("details");
    assert_eq!(details.destination_id.as_deref(), Some("9001"));
    assert_eq!(details.destination_url.as_deref(), Some("/wiki/spaces/DOCS/pages/9001"));
    assert_eq!(details.total_page_need_to_copy, Some(40));
    assert_eq!(
        details.additional_properties.as_deref(),
        Some("a property of this very name")
    );
    assert!(task.drift().is_empty(), "{}", task.drift());
    // Nothing is missing and nothing is unknown, so encoding gives back what came.
    assert_eq!(round_trip(&task), serde_json::from_str::<Value>(text).expect("JSON"));
}

#[test]
fn c_data_center() {
    let task = decode(include_str!("payloads/c_data_center.json"));
    assert_eq!(task.name.key, "export.space");
    assert_eq!(task.messages[0].key.as_deref(), Some("export.done"));
    assert_eq!(task.drift().missing, ["/finished"]);
    assert_eq!(task.drift().unknown, ["/name/translation", "/_expandable"]);
    round_trip(&task);
}

#[test]
fn d_unnamed() {
    let task = decode(include_str!("payloads/d_unnamed.json"));
    assert_eq!(task.name.key, "");
    let missing = ["/name/key", "/name/args", "/finished", "/messages/0/args", "/_links"];
    assert_eq!(task.drift().missing, missing);
    assert_eq!(task.drift().unknown, ["/name/translation"]);
    round_trip(&task);
}

#[test]
fn e_bulk_report() {
    let task = decode(include_str!("payloads/e_bulk_report.json"));
    let warning = &task.errors.as_ref().expect("errors")[0];
    assert_eq!(warning.key.as_deref(), Some("WARN_RENAME_PAGE"));
    assert_eq!(warning.translation, None);
    assert_eq!(warning.r#type.as_deref(), Some("WARN"));
    assert_eq!(task.additional_details.as_ref().expect("details").destination_id, None);
    assert!(
        task.messages[0]
            .translation
            .as_deref()
            .expect("a text")
            .starts_with("{\"status\"")
    );
    assert!(task.drift().is_empty(), "{}", task.drift());
    round_trip(&task);
}

#[test]
fn f_running_succeeded_and_failed() {
    let running = decode(include_str!("payloads/f_running.json"));
    assert_eq!((running.percentage_complete, running.finished), (40, false));
    assert_eq!(running.status_key(), Some(StatusKey::Unknown("RUNNING".to_owned())));
    let succeeded = decode(include_str!("payloads/f_succeeded.json"));
    assert!(succeeded.finished && succeeded.successful);
    let failed = decode(include_str!("payloads/f_failed.json"));
    assert!(failed.finished && !failed.successful);
    assert_eq!(
        failed.messages[0].translation.as_deref(),
        Some("the space could not be removed")
    );
    assert_eq!(failed.drift().unknown, ["/errorCode"]);
    for task in [&running, &succeeded, &failed] {
        round_trip(task);
    }
}

#[test]
fn null_stands_for_what_is_missing() {
    let task = decode(r#"{"id":"1","messages":null,"_links":null,"name":null,"elapsedTime":null}"#);
    assert!(task.messages.is_empty());
    assert!(task.drift().missing.contains(&"/messages".to_owned()));
}

#[test]
fn members_that_messages_and_links_do_not_name_are_kept() {
    let json = json!({
        "id": "1", "elapsedTime": 0, "percentageComplete": 0, "successful": false, "finished": false,
        "name": { "key": "k", "args": [] },
        "messages": [{ "args": [], "hint": { "more": true } }],
        "_links": { "webui": "/spaces/DOCS", "next": { "href": "/x" } },
    });
    let task = decode(&json.to_string());
    assert_eq!(task.links.additional_properties["webui"], "/spaces/DOCS");
    assert_eq!(round_trip(&task), json);
}

#[test]
fn every_documented_key_round_trips() {
    let keys = [
        "ERROR_UNKNOWN",
        "ERROR_LOCK_FAILED",
        "ERROR_RELINK",
        "ERROR_COPY_PAGE",
        "WARN_RENAME_PAGE",
        "WARN_IGNORE_COPY_PERMISSION",
        "WARN_IGNORE_COPY_ATTACHMENT",
        "WARN_IGNORE_DELETE_PAGE",
        "STATUS_COPIED_PAGES",
        "STATUS_COPYING_PAGES",
        "STATUS_RELINK_PAGES",
        "STATUS_DELETING_PAGES",
        "STATUS_DELETED_PAGES",
        "STATUS_MOVING_PAGES",
        "WARN_IGNORE_VIEW_RESTRICTED",
        "WARN_IGNORE_EDIT_RESTRICTED",
        "INITIALIZING_TASK",
        "UNKNOWN_STATUS",
    ];
    for key in keys {
        let known: StatusKey = serde_json::from_value(json!(key)).expect(key);
        assert!(!matches!(known, StatusKey::Unknown(_)), "{key}");
        assert_eq!(serde_json::to_value(&known).expect(key), json!(key));
    }
    for key in ["", "STATUS_OF_TOMORROW"] {
        let unknown = StatusKey::from(key);
        assert_eq!(unknown, StatusKey::Unknown(key.to_owned()));
        assert_eq!(unknown.to_string(), key);
    }
}
