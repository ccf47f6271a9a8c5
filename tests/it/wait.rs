//! Waiting for a task, over real sockets and in no time.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::site::{Answer, Site, TestClock};
use confluence_rest::longtask::model::{LongTaskStatusWithLinks, StatusKey};
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{
    Backoff, Client, Clock, LongTask, Operation, Response, SavedWait, TaskId, TaskMessage, Wait, WaitError, longtask,
};
use futures_util::StreamExt;
use serde_json::json;
use tokio_util::sync::CancellationToken;

fn status(percentage: i32, finished: bool, successful: bool) -> Answer {
    Answer::json(format!(
        r#"{{"id":"1","percentageComplete":{percentage},"finished":{finished},"successful":{successful},
            "messages":[{{"translation":"At {percentage}","args":[]}}]}}"#
    ))
}

/// Pauses of 1, 2, 4, 8, 8 ... seconds.
fn backoff() -> Backoff {
    Backoff::between(Duration::from_secs(1), Duration::from_secs(8))
        .factor(2.0)
        .jitter(0.0)
}

/// The pauses in seconds, without the moments between requests.
fn seconds(clock: &TestClock) -> Vec<u64> {
    let sleeps = clock.sleeps();
    sleeps
        .iter()
        .map(Duration::as_secs)
        .filter(|seconds| *seconds > 0)
        .collect()
}

#[tokio::test]
async fn success_is_the_final_status() {
    let site = Site::answering([
        status(0, false, false),
        status(50, false, false),
        status(100, true, true),
    ])
    .await;
    let clock = TestClock::default();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = seen.clone();
    let done = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff())
        .on_progress(move |task| noted.lock().expect("a list").push(task.percentage_complete))
        .await
        .expect("success");
    assert!(done.successful);
    assert_eq!(*seen.lock().expect("a list"), [0, 50, 100]);
    assert_eq!(seconds(&clock), [1, 2]);
    assert_eq!(site.seen().len(), 3);
}

#[tokio::test]
async fn failure_keeps_the_status_and_says_what_the_task_says() {
    let failed = r#"{"id":"1","finished":true,"successful":false,"percentageComplete":40,
        "errors":[{"key":"WARN_RENAME_PAGE","args":["Old"],"type":"WARN"},{"key":"ERROR_COPY_PAGE","args":["Home"]}],"messages":[{"translation":"Copying"}]}"#;
    let (result, pauses, requests) = follow([status(20, false, false), Answer::json(failed)], |wait| wait).await;
    let error = result.expect_err("failure");
    assert!(matches!(error, WaitError::Failed(_)));
    assert_eq!(error.last().expect("a status").percentage_complete, 40);
    assert_eq!((error.waited().polls(), pauses, requests), (2, vec![1], 2));
    assert_eq!(
        error.to_string(),
        "the task failed (2 requests, last at 40 %): Error while copying 1 page: Home (ERROR_COPY_PAGE)"
    );
}

#[tokio::test]
async fn one_last_request_is_made_at_the_deadline() {
    let site = Site::answering([status(10, false, false)]).await;
    let clock = TestClock::default();
    let error = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff())
        .timeout(Duration::from_secs(20))
        .await
        .expect_err("a timeout");
    assert_eq!(seconds(&clock), [1, 2, 4, 8, 5]);
    assert_eq!(site.seen().len(), 6);
    let WaitError::TimedOut(waited) = &error else {
        panic!("{error}")
    };
    assert_eq!((waited.polls(), waited.elapsed()), (6, Duration::from_secs(20)));
    assert_eq!(
        error.to_string(),
        "the wait timed out after 20.0s (6 requests, last at 10 %): At 10"
    );
}

#[tokio::test]
async fn a_task_that_ends_at_the_deadline_has_ended() {
    let site = Site::answering([status(100, true, true)]).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    wait.timeout(Duration::ZERO).await.expect("success");
}

#[tokio::test]
async fn without_any_time_it_is_asked_once() {
    let site = Site::answering([status(10, false, false)]).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    let error = wait.timeout(Duration::ZERO).await.expect_err("no time");
    assert!(matches!(error, WaitError::TimedOut(_)), "{error}");
    assert_eq!(site.seen().len(), 1);
}

#[tokio::test]
async fn the_last_request_is_sent_with_the_clock_of_the_system_too() {
    let site = Site::answering([status(10, false, false), status(100, true, true)]).await;
    let client = Client::builder(site.url()).build().expect("a client");
    let wait = || client.wait(longtask::get_task("1")).backoff(backoff());
    wait().timeout(Duration::from_millis(50)).await.expect("success");
    assert_eq!(site.seen().len(), 2);
    for _ in 0..10 {
        wait().timeout(Duration::ZERO).await.expect("success");
    }
}

#[tokio::test]
async fn what_may_pass_is_waited_out_and_retry_after_wins() {
    let answers = [
        Answer::error(429).header("retry-after", "30"),
        Answer::error(503),
        Answer::error(503).header("retry-after", "1"),
        status(100, true, true),
    ];
    let (result, pauses, requests) = follow(answers, |wait| wait).await;
    result.expect("success");
    assert_eq!((pauses, requests), (vec![30, 2, 4], 4), "the longer of the two");
}

#[tokio::test]
async fn being_asked_to_wait_beyond_the_deadline_ends_the_wait_there() {
    let slow = Answer::error(429).header("retry-after", "30");
    let answers = [status(10, false, false), slow, status(100, true, true)];
    let (result, pauses, requests) = follow(answers, |wait| wait.timeout(Duration::from_secs(20))).await;
    let error = result.expect_err("a timeout");
    assert!(matches!(error, WaitError::TimedOut(_)));
    assert_eq!((pauses, requests), (vec![1, 19], 2));
    assert_eq!(
        (error.waited().elapsed(), error.waited().polls()),
        (Duration::from_secs(20), 2)
    );
    assert_eq!(
        std::error::Error::source(&error).expect("a cause").to_string(),
        "GET /wiki/rest/api/longtask/{id}: not sent, as a rate limit lasts for another 11 s"
    );
}

#[tokio::test]
async fn being_asked_to_slow_down_never_ends_the_wait() {
    let slow = (0..20).map(|_| Answer::error(429).header("retry-after", "1"));
    let site = Site::answering(slow.chain([status(100, true, true)])).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    wait.tolerance(0).await.expect("success");
    assert_eq!(site.seen().len(), 21);
}

#[tokio::test]
async fn a_pause_of_a_hundred_years_is_cut_at_the_deadline() {
    let endless = Answer::error(503).header("retry-after", u64::MAX.to_string());
    let site = Site::answering([endless, status(100, true, true)]).await;
    let client = |longest| {
        let client = Client::builder(site.url())
            .clock(TestClock::default())
            .max_retry_after(longest);
        client.build().expect("a client")
    };
    let wait = client(Duration::MAX)
        .wait(longtask::get_task("1"))
        .timeout(Duration::from_secs(50));
    assert!(matches!(wait.await, Err(WaitError::TimedOut(_))));
    assert_eq!(site.seen().len(), 1);
    // No server is waited for that long, unless it is set.
    let wait = client(Duration::from_secs(3600)).wait(longtask::get_task("1"));
    wait.timeout(Duration::MAX).await.expect("success");
}

#[tokio::test]
async fn a_timeout_says_why_the_last_requests_failed() {
    let site = Site::answering([Answer::error(502)]).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    let error = wait.timeout(Duration::from_secs(2)).await.expect_err("a timeout");
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(cause, "GET /wiki/rest/api/longtask/{id}: 502 Bad Gateway");
    assert!(
        format!("{error:?}").contains("the wait timed out after 2.0s"),
        "{error:?}"
    );
}

#[tokio::test]
async fn too_many_failures_in_a_row_end_the_wait() {
    let site = Site::answering([status(30, false, false), Answer::error(502)]).await;
    let clock = TestClock::default();
    let wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff())
        .tolerance(2);
    let error = wait.await.expect_err("a request error");
    let WaitError::Request(cause, waited) = &error else {
        panic!("{error}")
    };
    assert_eq!(cause.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(seconds(&clock), [1, 2, 4]);
    assert_eq!(
        (waited.polls(), error.last().map(|last| last.percentage_complete)),
        (4, Some(30))
    );
    assert_eq!(
        error.to_string(),
        "polling the task failed (4 requests, last at 30 %): GET /wiki/rest/api/longtask/{id}: 502 Bad Gateway"
    );
}

#[tokio::test]
async fn what_does_not_pass_ends_the_wait_at_once() {
    let site = Site::answering([Answer::error(404)]).await;
    let clock = TestClock::default();
    let error = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .await
        .expect_err("404");
    assert!(matches!(&error, WaitError::NotFound(cause, waited) if cause.is_not_found() && !waited.was_found()));
    assert_eq!(
        error.to_string(),
        "there is no such task, or these credentials may not see it"
    );
    assert!(clock.sleeps().is_empty());

    let site = Site::answering([Answer::error(403)]).await;
    let error = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .await
        .expect_err("403");
    assert!(matches!(error, WaitError::Request(..)));
    assert_eq!(
        error.to_string(),
        "polling the task failed: GET /wiki/rest/api/longtask/{id}: 403 Forbidden"
    );
    assert!(std::error::Error::source(&error).is_none(), "it is in the message");
    assert_eq!(site.seen().len(), 1);
}

#[tokio::test]
async fn statuses_can_be_taken_one_by_one() {
    let site = Site::answering([status(10, false, false), status(60, true, false)]).await;
    let clock = TestClock::default();
    let mut wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff());
    let first = wait.next().await.expect("a status").expect("no error");
    assert_eq!(first.percentage_complete, 10);
    // The first status is there at once; the pause comes before the next request.
    assert!(clock.sleeps().is_empty());
    let second = wait.next().await.expect("a status").expect("no error");
    assert!(second.finished && !second.successful);
    assert!(wait.next().await.is_none());
    assert_eq!(seconds(&clock), [1]);
    assert!(matches!(wait.await, Err(WaitError::Failed(_))));
}

#[tokio::test]
async fn awaiting_after_an_error_does_not_claim_that_the_task_failed() {
    let site = Site::answering([Answer::error(404)]).await;
    let mut wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    assert!(matches!(wait.next().await, Some(Err(WaitError::NotFound(..)))));
    assert!(wait.next().await.is_none());
    assert!(matches!(wait.await, Err(WaitError::TimedOut(_))));
}

#[tokio::test]
async fn a_pause_goes_on_where_it_was_when_the_future_is_dropped() {
    let slow = Answer::error(429).header("retry-after", "30");
    let site = Site::answering([slow, status(100, true, true)]).await;
    let clock = HandClock::default();
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .build()
        .expect("a client");
    let mut wait = client.wait(longtask::get_task("1"));
    let dropped = async |wait: &mut Wait<'_, GetTask>| {
        tokio::select! {
            biased;
            _ = wait.next() => panic!("a pause"),
            () = clock.asleep() => {}
        }
    };
    dropped(&mut wait).await;
    clock.advance(29);
    dropped(&mut wait).await;
    assert_eq!(site.seen().len(), 1);
    clock.advance(2);
    assert!(wait.next().await.expect("a status").expect("no error").finished);
}

/// Follows a task through these answers: how it ended, the pauses in seconds, and the number of requests.
async fn follow<const N: usize>(
    answers: [Answer; N],
    set: impl FnOnce(Wait<'static, GetTask>) -> Wait<'static, GetTask>,
) -> (Ended, Vec<u64>, usize) {
    let (site, clock) = (Site::answering(answers).await, TestClock::default());
    let wait = site.client_with(&clock).wait(longtask::get_task("1"));
    let result = set(wait.backoff(backoff())).await;
    let seen = site.seen();
    assert!(
        seen.iter()
            .all(|seen| seen.method == "GET" && seen.target == "/wiki/rest/api/longtask/1")
    );
    (result, seconds(&clock), seen.len())
}

type Ended = Result<Response<LongTaskStatusWithLinks>, WaitError<LongTaskStatusWithLinks>>;

#[tokio::test]
async fn warnings_are_no_errors() {
    let body = r#"{"id":"1","finished":true,"successful":true,"percentageComplete":100,
        "errors":[{"key":"WARN_RENAME_PAGE","args":["Old","New"],"type":"WARN"}]}"#;
    let (result, pauses, requests) = follow([status(10, false, false), Answer::json(body)], |wait| wait).await;
    let report = result.expect("success").report();
    assert!(report.errors.is_empty());
    assert_eq!(
        report.warnings[0].to_string(),
        "Warning page is rename during copy: Old, New (WARN_RENAME_PAGE)"
    );
    assert_eq!((pauses, requests), (vec![1], 2));
}

#[tokio::test]
async fn a_message_that_is_itself_json_is_taken_apart() {
    let (result, ..) = follow([Answer::json(include_str!("payloads/e_bulk_report.json"))], |wait| wait).await;
    let report = result.expect("success").report();
    let shown = |messages: &[TaskMessage]| messages.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        shown(&report.messages),
        ["Message total pages are copied: 40 (STATUS_COPIED_PAGES)"]
    );
    assert_eq!(
        shown(&report.warnings),
        ["Warning page is rename during copy: Old, New (WARN_RENAME_PAGE)"]
    );
    assert_eq!(report.messages[0].key.as_deref(), Some("STATUS_COPIED_PAGES"));
    assert_eq!(report.messages[0].args, ["40"]);
}

#[tokio::test]
async fn every_page_that_could_not_be_copied_is_named() {
    let text = json!({
        "status": { "key": "STATUS_COPYING_PAGES", "args": ["12"] },
        "errors": [{ "key": "ERROR_COPY_PAGE", "args": ["Home"] }, { "key": "ERROR_NEWS", "args": [{ "title": "Plans" }] }],
    });
    let body = json!({
        "id": "1", "finished": true, "successful": false, "percentageComplete": 70,
        "messages": [{ "translation": text.to_string(), "args": [] }],
    });
    let (result, ..) = follow([Answer::json(body.to_string())], |wait| wait).await;
    assert_eq!(
        result.expect_err("failure").to_string(),
        "the task failed (1 request, last at 70 %): Error while copying 1 page: Home (ERROR_COPY_PAGE); ERROR_NEWS: Plans"
    );
}

#[tokio::test]
async fn a_task_without_finished_is_done_at_100() {
    let running = r#"{"id":"1","percentageComplete":99,"successful":true}"#;
    let done = r#"{"id":"1","percentageComplete":100,"successful":true}"#;
    let (result, pauses, requests) = follow([Answer::json(running), Answer::json(done)], |wait| wait).await;
    assert!(result.expect("success").successful);
    assert_eq!((pauses, requests), (vec![1], 2));
}

#[tokio::test]
async fn a_task_that_forgets_to_finish_is_done_when_it_stays_at_100() {
    let (result, pauses, requests) = follow([status(99, false, true), status(100, false, true)], |wait| wait).await;
    assert!(result.expect("success").successful);
    assert_eq!((pauses, requests), (vec![1, 2, 4, 8, 8], 6));

    // One that goes back was not done.
    let again = [
        status(100, false, true),
        status(100, false, true),
        status(90, false, true),
        status(100, false, true),
        status(100, false, true),
        status(100, false, true),
        status(100, true, false),
    ];
    let (result, _, requests) = follow(again, |wait| wait).await;
    assert!(matches!(result, Err(WaitError::Failed(_))));
    assert_eq!(requests, 7);
}

#[tokio::test]
async fn a_percentage_that_goes_back_is_followed_on() {
    let answers = [
        status(60, false, false),
        status(20, false, false),
        status(80, false, false),
        status(100, true, true),
    ];
    let mut seen = Vec::new();
    let (site, clock) = (Site::answering(answers).await, TestClock::default());
    let wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff());
    wait.on_progress(|task| seen.push((task.percentage(), task.remaining().map(|rest| rest.as_secs()))))
        .await
        .expect("success");
    // From 20 % after one second, 60 % more took two: the last 20 % take two thirds of one.
    assert_eq!(seen, [(60, None), (20, None), (80, Some(0)), (100, Some(0))]);
    assert_eq!(seconds(&clock), [1, 2, 4]);
}

#[tokio::test]
async fn progress_says_how_long_it_takes_and_what_goes_on() {
    let answers = [status(0, false, false), status(25, false, false)];
    let (site, clock) = (Site::answering(answers).await, TestClock::default());
    let mut wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff());
    assert!(wait.progress().is_none());
    for _ in 0..2 {
        wait.next().await.expect("a status").expect("no error");
    }
    clock.advance(Duration::from_secs(1));
    let progress = wait.progress().expect("a status");
    assert_eq!(progress.elapsed(), Duration::from_secs(2));
    assert_eq!(progress.remaining(), Some(Duration::from_secs(6)));
    assert_eq!(progress.message().as_deref(), Some("At 25"));
    assert_eq!((progress.percentage(), progress.id.as_str()), (25, "1"));
}

#[tokio::test]
async fn the_first_request_can_be_put_off() {
    let (result, pauses, requests) = follow([status(100, true, true)], |wait| {
        wait.first_delay(Duration::from_secs(30))
    })
    .await;
    result.expect("success");
    assert_eq!((pauses, requests), (vec![30], 1));

    let late = |wait: Wait<'static, GetTask>| {
        wait.first_delay(Duration::from_secs(30))
            .timeout(Duration::from_secs(20))
    };
    let (result, pauses, requests) = follow([status(10, false, false)], late).await;
    assert!(matches!(result, Err(WaitError::TimedOut(_))));
    assert_eq!(
        (pauses, requests),
        (vec![20], 1),
        "one request at the deadline, and no more"
    );
}

#[tokio::test]
async fn a_wait_that_was_saved_at_once_has_its_first_delay_before_it() {
    let (site, clock) = (Site::answering([status(100, true, true)]).await, TestClock::default());
    let client = site.client_with(&clock);
    let wait = || {
        client
            .wait(longtask::get_task("1"))
            .first_delay(Duration::from_secs(30))
    };
    let saved = wait().save().expect("a wait");
    wait().resume(&saved).await.expect("success");
    assert_eq!(seconds(&clock), [30]);
}

#[tokio::test]
async fn a_task_that_stands_still_is_given_up() {
    let answers = [
        status(10, false, false),
        status(20, false, false),
        status(20, false, false),
    ];
    let (result, pauses, requests) = follow(answers, |wait| wait.stall(Duration::from_secs(20))).await;
    let error = result.expect_err("a stall");
    let WaitError::Stalled(waited) = &error else {
        panic!("{error}")
    };
    assert_eq!((waited.polls(), waited.elapsed()), (6, Duration::from_secs(23)));
    assert_eq!((pauses, requests), (vec![1, 2, 4, 8, 8], 6));
    assert_eq!(
        error.to_string(),
        "the task stalled, so the wait ended after 23.0s (6 requests, last at 20 %): At 20"
    );
    let (result, ..) = follow([status(20, false, false)], |wait| wait).await;
    assert!(
        matches!(result, Err(WaitError::TimedOut(_))),
        "only where it is asked for"
    );
}

#[tokio::test]
async fn what_breaks_off_is_asked_for_again() {
    let cut = Answer::json(r#"{"id":"1","finis"#);
    let lost = Answer::json("{}").breaking_off();
    let answers = [
        lost.clone(),
        cut,
        Answer::error(500),
        Answer::error(503),
        lost,
        status(100, true, true),
    ];
    let (result, pauses, requests) = follow(answers, |wait| wait.tolerance(5)).await;
    result.expect("success");
    assert_eq!((pauses, requests), (vec![1, 2, 4, 8, 8], 6));

    let (result, _, requests) = follow([Answer::json("<html>Log in</html>")], |wait| wait).await;
    assert!(matches!(result, Err(WaitError::Request(cause, _)) if cause.is_decode()));
    assert_eq!(requests, 1, "what is no JSON at all does not pass");
}

#[tokio::test]
async fn a_task_that_was_there_is_gone() {
    let (result, pauses, requests) = follow([status(80, false, false), Answer::error(404)], |wait| wait).await;
    let error = result.expect_err("404");
    assert!(matches!(&error, WaitError::NotFound(_, waited) if waited.was_found()));
    assert_eq!((pauses, requests), (vec![1], 2));
    assert_eq!(
        error.to_string(),
        "the task no longer exists: it was removed after its end, or these credentials may no longer see it (2 requests, last at \
         80 %): At 80"
    );
}

#[tokio::test]
async fn a_wait_can_be_cancelled() {
    let site = Site::answering([status(10, false, false)]).await;
    let clock = HandClock::default();
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .build()
        .expect("a client");
    let token = CancellationToken::new();
    let wait = client
        .wait(longtask::get_task("1"))
        .cancel_on(token.clone().cancelled_owned());
    let wait = tokio::spawn(async move { wait.await });
    clock.asleep().await;
    token.cancel();
    let error = wait.await.expect("a task").expect_err("cancelled");
    assert!(matches!(error, WaitError::Cancelled(_)));
    assert_eq!(error.last().expect("a status").percentage_complete, 10);
    assert_eq!(
        error.to_string(),
        "the wait was cancelled after 0.0ns; the task continues (1 request, last at 10 %): At 10"
    );
    // One that is cancelled before it begins asks nothing.
    let wait = client.wait(longtask::get_task("1")).cancel_on(token.cancelled_owned());
    assert!(matches!(wait.await, Err(WaitError::Cancelled(_))));
    assert_eq!(site.seen().len(), 1);
}

#[tokio::test]
async fn a_wait_goes_on_in_another_process() {
    let site = Site::answering([
        status(10, false, false),
        status(10, false, false),
        status(10, false, false),
    ])
    .await;
    let clock = TestClock::default();
    let client = site.client_with(&clock);
    let mut wait = client.wait(longtask::get_task("1")).backoff(backoff());
    for _ in 0..3 {
        wait.next().await.expect("a status").expect("no error");
    }
    let saved = serde_json::to_string(&wait.save().expect("a wait")).expect("JSON");
    drop(wait);
    assert_eq!(seconds(&clock), [1, 2]);

    // Two of the four seconds until the next request pass in between.
    clock.advance(Duration::from_secs(2));
    let saved: SavedWait = serde_json::from_str(&saved).expect("a saved wait");
    let id = saved.task_id().expect("an id");
    let wait = client.wait(longtask::get_task(id)).backoff(backoff()).resume(&saved);
    let error = wait.timeout(Duration::from_secs(20)).await.expect_err("a timeout");
    assert_eq!(
        seconds(&clock),
        [1, 2, 2, 8, 5],
        "pauses go on, and so does the timeout"
    );
    assert_eq!(
        (error.waited().polls(), error.waited().elapsed()),
        (6, Duration::from_secs(20))
    );

    // What stood still before stands still.
    let wait = client
        .wait(longtask::get_task("1"))
        .resume(&saved)
        .stall(Duration::from_secs(15));
    assert!(matches!(wait.await, Err(WaitError::Stalled(_))));
    let error = client
        .wait(longtask::get_task("2"))
        .resume(&saved)
        .await
        .expect_err("another");
    let message = error.to_string();
    assert!(
        message.contains("cannot be resumed for `/wiki/rest/api/longtask/2`"),
        "{message}"
    );
}

#[tokio::test]
async fn a_wait_whose_time_is_up_when_it_goes_on_asks_once() {
    let site = Site::answering([status(10, false, false)]).await;
    let clock = TestClock::default();
    let client = site.client_with(&clock);
    let mut wait = client.wait(longtask::get_task("1"));
    wait.next().await.expect("a status").expect("no error");
    let saved = wait.save().expect("a wait");
    clock.advance(Duration::from_secs(24 * 3600));
    let error = client
        .wait(longtask::get_task("1"))
        .resume(&saved)
        .await
        .expect_err("a timeout");
    assert!(matches!(error, WaitError::TimedOut(_)));
    assert_eq!((site.seen().len(), clock.sleeps().len()), (2, 0));
}

#[tokio::test]
async fn a_wait_is_a_stream() {
    let site = Site::answering([status(10, false, false), status(60, true, false)]).await;
    let clock = TestClock::default();
    let wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff());
    let percentages = wait.map(|status| status.expect("no error").percentage_complete);
    assert_eq!(percentages.collect::<Vec<_>>().await, [10, 60]);
    assert_eq!(seconds(&clock), [1]);
}

#[tokio::test]
async fn many_tasks_are_followed_over_one_client() {
    // All of them are told to slow down once, and then they end.
    let slow = Answer::error(429).header("retry-after", "30");
    let site = Site::answering([slow, status(100, true, true)]).await;
    let clock = TestClock::default();
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = told.clone();
    let mut tasks = site
        .client_with(&clock)
        .wait_all((1..=20).map(|id| longtask::get_task(id.to_string())))
        .concurrency(1)
        .each(|place, wait| {
            let list = list.clone();
            wait.backoff(backoff())
                .on_progress(move |_| list.lock().expect("a list").push(place))
        });
    let mut ended = Vec::new();
    while let Some((place, result)) = tasks.next().await {
        result.expect("success");
        ended.push(place);
    }
    ended.sort_unstable();
    assert_eq!(ended, (0..20).collect::<Vec<_>>());
    assert_eq!(told.lock().expect("a list").len(), 20);
    assert_eq!(site.seen().len(), 21);
    assert_eq!(seconds(&clock), [30], "all of them at once: {:?}", clock.sleeps());
}

#[test]
fn a_task_is_named_by_its_id_or_its_link() {
    for text in [
        "1180606",
        " 1180606\n",
        "https://acme.atlassian.net/wiki/rest/api/longtask/1180606",
        "https://acme.atlassian.net/rest/api/longtask/1180606?expand=x",
        "/rest/api/longtask/1180606/",
        "https://api.atlassian.com/ex/confluence/1-2/wiki/rest/api/longtask/1180606",
        "/rest/api/3/task/1180606",
    ] {
        let id = TaskId::parse(text).expect(text);
        assert_eq!(id.as_str(), "1180606");
        assert_eq!(
            longtask::get_task(&id).encode().expect("a request").path(),
            "/wiki/rest/api/longtask/1180606"
        );
    }
    for text in [
        "",
        "/",
        "https://acme.atlassian.net/wiki/spaces/DOCS",
        "/rest/api/longtask/",
    ] {
        let error = TaskId::parse(text).expect_err(text);
        assert!(error.is_request());
        assert!(
            error
                .to_string()
                .starts_with(&format!("`{text}` is neither the ID of a task")),
            "{error}"
        );
    }
}

#[test]
fn documented_keys_have_descriptions() {
    assert_eq!(
        StatusKey::ErrorCopyPage.description(),
        Some("Error while copying 1 page.")
    );
    assert_eq!(StatusKey::from("ERROR_NEWS").description(), None);
    let described = |key| <LongTaskStatusWithLinks as LongTask>::describe(key);
    assert_eq!(described("ERROR_RELINK"), Some("Error when relink pages/attachments."));
}

/// A clock whose hands are moved by the test.
#[derive(Clone, Debug)]
struct HandClock {
    now: Arc<Mutex<Instant>>,
    /// Whether somebody sleeps.
    asleep: Arc<AtomicBool>,
}

impl Default for HandClock {
    fn default() -> Self {
        Self {
            now: Arc::new(Mutex::new(Instant::now())),
            asleep: Arc::default(),
        }
    }
}

impl HandClock {
    fn advance(&self, seconds: u64) {
        *self.now.lock().expect("the clock") += Duration::from_secs(seconds);
    }

    /// Returns when somebody has fallen asleep.
    async fn asleep(&self) {
        while !self.asleep.swap(false, Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        *self.now.lock().expect("the clock")
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let end = self.now() + duration;
        Box::pin(std::future::poll_fn(move |_| {
            if self.now() >= end {
                return Poll::Ready(());
            }
            self.asleep.store(true, Ordering::SeqCst);
            Poll::Pending
        }))
    }
}

#[tokio::test]
async fn nothing_that_was_saved_makes_it_panic() {
    let unsaid = r#"{"id":"1","percentageComplete":100,"finished":false,"successful":true}"#;
    let site = Site::answering([Answer::json(unsaid), Answer::error(502)]).await;
    let client = site.client_with(&TestClock::default());
    let saved = client.wait(longtask::get_task("1")).save().expect("a wait");
    let mut saved = serde_json::to_value(saved).expect("JSON");
    for name in ["polls", "failures", "settled"] {
        saved[name] = u32::MAX.into();
    }
    for name in ["elapsed", "pause", "still"] {
        saved[name] = serde_json::json!({ "secs": u64::MAX, "nanos": 999_999_999 });
    }
    let saved: SavedWait = serde_json::from_value(saved).expect("a saved wait");
    let wait = || {
        let wait = client.wait(longtask::get_task("1")).resume(&saved);
        wait.timeout(Duration::MAX).stall(Duration::MAX).tolerance(u32::MAX)
    };
    wait().await.expect("it has been at 100 % for long");
    let error = wait().await.expect_err("a failure more");
    assert_eq!(error.waited().polls(), u32::MAX);
}
