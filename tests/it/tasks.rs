//! Long-running tasks of other shapes: those that a build names, and answers that say which task was started.

use crate::golden::long_task;
use crate::site::{Answer, Site, TestClock};
use confluence_rest::{StartedTask, WaitError};

fn json(body: &str) -> Answer {
    Answer::json(body)
}

#[tokio::test]
async fn a_task_with_a_status_and_a_progress_is_followed() {
    let site = Site::answering([
        json(r#"{"status":"ENQUEUED","progress":0}"#),
        json(r#"{"status":"RUNNING","progress":60}"#),
        // 100 % is not the end where there is a status that says so.
        json(r#"{"status":"RUNNING","progress":100}"#),
        json(r#"{"status":"A NEW ONE","progress":100}"#),
        json(r#"{"status":"COMPLETE","progress":100}"#),
    ])
    .await;
    let client = site.client_with(&TestClock::default());
    let mut seen = Vec::new();
    let done = client
        .wait(long_task::get_job("7"))
        .on_progress(|job| seen.push(job.progress))
        .await;
    assert_eq!(done.expect("success").status, long_task::model::JobStatus::Complete);
    assert_eq!(seen, [0, 60, 100, 100, 100]);

    let site = Site::answering([json(
        r#"{"status":"CANCELLED","progress":40,"message":"Somebody\nelse stopped it"}"#,
    )])
    .await;
    let client = site.client_with(&TestClock::default());
    let error = client.wait(long_task::get_job("7")).await.expect_err("a failure");
    assert!(matches!(error, WaitError::Failed(_)));
    assert_eq!(
        error.to_string(),
        "the task failed (1 request, last at 40 %): Somebody else stopped it"
    );
}

#[tokio::test]
async fn a_task_without_a_percentage_is_at_0_until_it_is_at_100() {
    let site = Site::answering([
        json("{}"),
        json(r#"{"status":"WORKING"}"#),
        json(r#"{"status":"COMPLETED"}"#),
    ])
    .await;
    let client = site.client_with(&TestClock::default());
    let mut seen = Vec::new();
    let wait = client.wait(long_task::get_conversion("7"));
    wait.on_progress(|job| seen.push(job.percentage()))
        .await
        .expect("success");
    assert_eq!(seen, [0, 0, 100]);
}

#[tokio::test]
async fn an_answer_says_which_task_was_started() {
    for body in [
        r#"{"id":"42","links":{"status":"https://acme.atlassian.net/rest/api/longtask/42"}}"#,
        r#"{"id":"42","links":{}}"#,
        r#"{"links":{"status":"/rest/api/longtask/42"}}"#,
    ] {
        let site = Site::answering([
            Answer::new(202, "application/json", body),
            json(r#"{"finished":true,"successful":true}"#),
        ])
        .await;
        let client = site.client_with(&TestClock::default());
        let started = client.send(long_task::delete_page("1")).await.expect("an answer");
        let id = started.task_id().expect("an id");
        let number: i64 = id.as_str().parse().expect("a number");
        client.wait(long_task::get_task(number)).await.expect("success");
        assert_eq!(site.seen()[1].target, "/tasks/42");
    }
    let nothing = long_task::model::Started::default();
    let error = nothing.task_id().expect_err("nothing");
    assert!(error.is_request());
    assert!(
        error
            .to_string()
            .contains("neither the ID of a task nor a link to its status"),
        "{error}"
    );
}
