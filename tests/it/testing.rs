//! The site that is there for tests of users' code.
use std::time::Duration;

use confluence_rest::longtask::model::LongTaskStatusWithLinks;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::testing::{Answer, Life, Site};
use confluence_rest::{Auth, Method, Retry, StatusCode, WaitError, blocking, longtask};
use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::golden::{bodies, long_task, pages};

fn life() -> Life {
    let mut status = LongTaskStatusWithLinks::default();
    status.id = "7".to_owned();
    Life::of::<GetTask>(&status).expect("JSON")
}

#[test]
fn a_life_needs_the_members_that_it_sets() {
    let running = long_task::model::Job::default();
    let mut ended = running.clone();
    ended.status = "COMPLETE".into();
    for status in [running, ended] {
        let error = Life::of::<long_task::request::GetJob>(&status).expect_err("other members");
        assert_eq!(
            error.to_string(),
            "the status of this task has no `finished` and `successful`: use a list of `Answer::ok` instead"
        );
    }
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
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: 501 Not Implemented: this test site has no response for GET \
         /wiki/rest/api/longtask/7; it has responses for nothing yet"
    );

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
    assert!(requests[0].operation.is_none() && !requests[0].answered && requests[1].answered);
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
async fn requests_are_answered_by_method_and_path() {
    let site = Site::start().await.expect("a site");
    let client = site.client().retry(Retry::never()).build().expect("a client");
    let text = |text: &'static str| Answer::status(StatusCode::OK, text);
    site.answer_at(Method::PUT, "/files", [text("first"), text("second")]);
    site.answer_at(
        Method::GET,
        "/wiki/rest/api/{what}/{id}",
        Answer::json(StatusCode::OK, r#"{"id":"of a route"}"#),
    );
    let put = async || {
        let download = client.send(bodies::put_file("x")).await.expect("a file").into_body();
        download.bytes().await.expect("the file")
    };
    assert_eq!([put().await, put().await, put().await], ["first", "second", "second"]);
    assert_eq!(
        client.send(longtask::get_task("7")).await.expect("a task").id,
        "of a route"
    );

    site.answer::<GetTask>(Answer::json(StatusCode::OK, r#"{"id":"of an operation"}"#));
    let task = client.send(longtask::get_task("7")).await.expect("a task");
    assert_eq!(task.id, "of an operation", "what is said last counts");
    site.answer_at(Method::PUT, "/files", text("third"));
    assert_eq!(put().await, "third");

    let error = client.send(pages::list_labels()).await.expect_err("no answer");
    let known = "GET /wiki/rest/api/{what}/{id}, GET /wiki/rest/api/longtask/{id} (atlassianGettask), PUT /files";
    assert!(error.to_string().ends_with(known), "{error}");
    let unanswered = site.requests().into_iter().filter(|request| !request.answered);
    assert_eq!(unanswered.map(|request| request.path).collect::<Vec<_>>(), ["/labels"]);
}

#[tokio::test]
async fn a_function_answers_what_nothing_else_does() {
    let site = Site::start().await.expect("a site");
    let client = site.client().retry(Retry::never()).build().expect("a client");
    let asked = site.clone();
    site.answer_with(move |request| {
        let id = request.path.strip_prefix("/wiki/rest/api/longtask/")?;
        let before = asked.requests().len();
        Some(Answer::json(
            StatusCode::OK,
            format!(r#"{{"id":"{id}","percentageComplete":{before}}}"#),
        ))
    });
    for number in 0..3 {
        let task = client.send(longtask::get_task("7")).await.expect("a task");
        assert_eq!((task.id.as_str(), task.percentage_complete), ("7", number));
    }
    let error = client.send(pages::list_labels()).await.expect_err("no answer");
    assert!(
        error
            .to_string()
            .contains("it has responses for what a function decides"),
        "{error}"
    );
    assert!(!site.requests()[3].answered);
    // The route with the slip comes first, as there is no room for all.
    for number in 0..9 {
        let path = format!("/wiki/rest/api/content/{{id}}/a/rather/long/path/{number}");
        site.answer_at(Method::GET, path, Answer::limited(1));
    }
    site.answer_at(Method::GET, "/wiki/words", Answer::limited(1));
    let error = client.send(pages::list_words()).await.expect_err("no answer");
    assert!(
        error.to_string().contains("it has responses for GET /wiki/words, "),
        "{error}"
    );
    site.answer::<GetTask>(Answer::limited(1));
    let error = client
        .send(longtask::get_task("7"))
        .await
        .expect_err("too many requests");
    assert!(error.is_rate_limited());
}

#[tokio::test]
async fn bodies_arrive_in_parts_and_break_off() {
    let site = Site::start().await.expect("a site");
    let client = site.client().retry(Retry::never()).build().expect("a client");
    let parts = || Answer::streamed(StatusCode::OK, ["one", "two"]);
    site.answer_at(
        Method::PUT,
        "/files",
        [parts(), parts().breaking_off(), parts().stalling()],
    );
    let download = async || client.send(bodies::put_file("x")).await.expect("a file").into_body();
    assert_eq!(download().await.bytes().await.expect("the file"), "onetwo");

    let mut broken = download().await;
    let mut next = async || broken.chunk().await;
    assert_eq!(next().await.expect("a part").expect("a part"), "one");
    assert_eq!(next().await.expect("a part").expect("a part"), "two");
    next().await.expect_err("it broke off");

    let mut stalled = download().await;
    for part in ["one", "two"] {
        assert_eq!(stalled.chunk().await.expect("a part").expect("a part"), part);
    }
    assert!(stalled.chunk().now_or_never().is_none(), "neither more nor an end");
}

#[test]
fn code_that_is_not_async_has_a_site_too() {
    let site = Site::start_blocking().expect("a site");
    site.answer::<GetTask>(life().running([10]).succeeded());
    let client = site.client().retry(Retry::never()).build().expect("a client");
    let client = blocking::Client::new(client).expect("a client");
    client.wait(longtask::get_task("7")).run().expect("success");
    assert_eq!(site.requests().len(), 2);
    drop(site);
    // Its thread ends on its own time.
    let error = loop {
        if let Err(error) = client.send(longtask::get_task("7")) {
            break error;
        }
    };
    assert!(error.status().is_none() && error.is_retryable(), "{error:?}");
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

#[tokio::test]
async fn a_status_can_cancel_a_wait() {
    let site = Site::start().await.expect("a site");
    site.answer::<GetTask>(life().running([10, 20]));
    let client = site.client().build().expect("a client");
    let token = CancellationToken::new();
    let wait = client
        .wait(longtask::get_task("7"))
        .cancel_on(token.clone().cancelled_owned())
        .on_progress(|task| {
            if task.percentage_complete == 20 {
                token.cancel();
            }
        });
    let error = wait.await.expect_err("cancelled");
    assert!(matches!(error, WaitError::Cancelled(_)), "{error}");
    // Pauses take no time, but count.
    let error = client
        .wait(longtask::get_task("7"))
        .timeout(Duration::from_secs(3600))
        .await;
    assert!(matches!(error, Err(WaitError::TimedOut(waited)) if waited.elapsed() >= Duration::from_secs(3600)));
}
