//! The site that is there for tests of users' code.
use std::time::Duration;

use confluence_rest::longtask::model::LongTaskStatusWithLinks;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::testing::{Answer, Life, Site};
use confluence_rest::{Auth, Retry, StatusCode, WaitError, longtask};

fn life() -> Life {
    let mut status = LongTaskStatusWithLinks::default();
    status.id = "7".to_owned();
    Life::of::<GetTask>(&status).expect("JSON")
}

#[tokio::test]
async fn an_operation_is_answered_by_its_types() {
    let site = Site::start().await.expect("a site");
    let client = site
        .client()
        .auth(Auth::bearer("t"))
        .retry(Retry::never())
        .build()
        .expect("a client");
    let error = client
        .send(longtask::get_task("7"))
        .await
        .expect_err("nothing is said yet");
    assert!(error.is_not_found());

    let mut status = LongTaskStatusWithLinks::default();
    status.percentage_complete = 12;
    let gone = Answer::json(StatusCode::GONE, r#"{"message":"gone"}"#);
    site.answer::<GetTask>([Answer::ok::<GetTask>(&status).expect("JSON"), gone]);
    let task = client.send(longtask::get_task("7")).await.expect("a status");
    assert_eq!(task.percentage_complete, 12);
    for _ in 0..2 {
        let error = client
            .send(longtask::get_task("a/b"))
            .await
            .expect_err("the last answer stays");
        assert_eq!(error.api().and_then(|api| api.message()), Some("gone"));
    }
    let requests = site.requests();
    let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    let start = "/wiki/rest/api/longtask";
    assert_eq!(paths[2..], [format!("{start}/a%2Fb"), format!("{start}/a%2Fb")]);
    assert_eq!(
        requests[1].operation.map(|operation| operation.id),
        Some("atlassianGettask")
    );
    assert!(requests[0].operation.is_none());
    assert_eq!(requests[0].headers["authorization"], "Bearer t");
}

#[tokio::test]
async fn a_task_lives_through_everything_that_can_happen() {
    let site = Site::start().await.expect("a site");
    let client = site.client().build().expect("a client");
    site.answer::<GetTask>(
        life()
            .running([10, 10, 10])
            .limited(30)
            .dropped()
            .running([60])
            .succeeded(),
    );
    let mut seen = Vec::new();
    let wait = client
        .wait(longtask::get_task("7"))
        .on_progress(|task| seen.push(task.percentage_complete));
    assert_eq!(wait.await.expect("success").id, "7");
    assert_eq!(seen, [10, 10, 10, 60, 100]);
    assert_eq!(site.requests().len(), 7);

    site.answer::<GetTask>(life().running([10]).failed());
    let outcome = client.wait(longtask::get_task("7")).await;
    assert!(matches!(outcome, Err(WaitError::Failed(_))));

    site.answer::<GetTask>(life().running([10]));
    let outcome = client
        .wait(longtask::get_task("7"))
        .timeout(Duration::from_secs(3600))
        .await;
    assert!(
        matches!(outcome, Err(WaitError::TimedOut(_))),
        "a task that stalls: {outcome:?}"
    );
}

#[tokio::test]
async fn the_site_goes_with_its_last_clone() {
    let site = Site::start().await.expect("a site");
    let client = site.client().retry(Retry::never()).build().expect("a client");
    drop(site);
    tokio::task::yield_now().await;
    let error = client.send(longtask::get_task("7")).await.expect_err("no site");
    assert!(error.is_connect(), "{error:?}");
}
