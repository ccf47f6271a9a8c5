//! Waiting for a task, over real sockets and in no time.

mod site;

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

use confluence_rest::longtask::request::GetTask;
use confluence_rest::{Backoff, Client, Clock, Wait, WaitError, longtask};
use site::{Answer, Site, TestClock};

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

fn seconds(clock: &TestClock) -> Vec<u64> {
    clock.sleeps().iter().map(Duration::as_secs).collect()
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
    let site = Site::answering([Answer::json(failed)]).await;
    let error = site
        .client_with(&TestClock::default())
        .wait(longtask::get_task("1"))
        .await
        .expect_err("failure");
    assert!(matches!(error, WaitError::Failed(_)));
    assert_eq!(error.last().expect("a status").percentage_complete, 40);
    assert_eq!(error.waited().polls, 1);
    assert_eq!(
        error.to_string(),
        "the task failed (1 request, last at 40 %): ERROR_COPY_PAGE (\"Home\")"
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
    assert_eq!((waited.polls, waited.elapsed), (6, Duration::from_secs(20)));
    assert_eq!(
        error.to_string(),
        "the task was not done after 20.0s (6 requests, last at 10 %): At 10"
    );
}

#[tokio::test]
async fn a_task_that_ends_at_the_deadline_has_ended() {
    let site = Site::answering([status(10, false, false), status(100, true, true)]).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    wait.timeout(Duration::ZERO).await.expect("success");
}

#[tokio::test]
async fn what_may_pass_is_waited_out_and_retry_after_wins() {
    let site = Site::answering([
        Answer::error(429).header("retry-after", "30"),
        Answer::error(503),
        status(100, true, true),
    ])
    .await;
    let clock = TestClock::default();
    let wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .backoff(backoff());
    wait.await.expect("success");
    assert_eq!(seconds(&clock), [30, 2]);
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
    let site = Site::answering([Answer::error(503).header("retry-after", u64::MAX.to_string())]).await;
    let clock = TestClock::default();
    let wait = site
        .client_with(&clock)
        .wait(longtask::get_task("1"))
        .timeout(Duration::MAX);
    assert!(matches!(wait.await, Err(WaitError::TimedOut(_))), "no panic");
}

#[tokio::test]
async fn a_timeout_says_why_the_last_requests_failed() {
    let site = Site::answering([Answer::error(502)]).await;
    let wait = site.client_with(&TestClock::default()).wait(longtask::get_task("1"));
    let error = wait.timeout(Duration::from_secs(2)).await.expect_err("a timeout");
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(cause, "GET /wiki/rest/api/longtask/{id}: 502 Bad Gateway");
    assert!(
        format!("{error:?}").contains("the task was not done after 2.0s"),
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
    assert_eq!(
        (waited.polls, error.last().map(|last| last.percentage_complete)),
        (4, Some(30))
    );
    assert_eq!(
        error.to_string(),
        "the task could not be followed further (4 requests, last at 30 %): At 30"
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
    assert!(matches!(&error, WaitError::Request(cause, _) if cause.is_not_found()));
    assert_eq!(error.to_string(), "the task could not be followed");
    assert!(clock.sleeps().is_empty());
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
    assert!(matches!(wait.next().await, Some(Err(WaitError::Request(..)))));
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
    clock.advance(1);
    assert!(wait.next().await.expect("a status").expect("no error").finished);
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
