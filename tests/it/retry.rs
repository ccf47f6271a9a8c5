//! A wait tells of its retries, and can be kept from them.

use std::ops::ControlFlow;
use std::time::Duration;

use crate::site::{Answer, Site, TestClock};
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{Backoff, StatusCode, Wait, WaitError, longtask};

const DONE: &str = include_str!("payloads/f_succeeded.json");

/// A wait that pauses for two seconds after each request.
fn wait<'a>(site: &Site, clock: &TestClock) -> Wait<'a, GetTask> {
    let pause = Duration::from_secs(2);
    site.client_with(clock)
        .wait(longtask::get_task("1"))
        .backoff(Backoff::between(pause, pause).jitter(0.0))
}

#[tokio::test]
async fn a_retry_is_told_before_its_pause() {
    let limited = Answer::error(429).header("retry-after", "30");
    let site = Site::answering([Answer::error(503), limited, Answer::json(DONE)]).await;
    let clock = TestClock::default();
    let mut told = Vec::new();
    let wait = wait(&site, &clock).on_retry(|error, pause| {
        told.push((error.status().map(|status| status.as_u16()), pause.as_secs()));
        ControlFlow::Continue(())
    });
    wait.await.expect("success");
    assert_eq!(told, [(Some(503), 2), (Some(429), 30)]);
    assert_eq!(clock.sleeps()[..2], [2, 30].map(Duration::from_secs));
}

#[tokio::test]
async fn a_retry_can_be_called_off() {
    let site = Site::answering([Answer::error(503)]).await;
    let clock = TestClock::default();
    let ended = wait(&site, &clock).on_retry(|_, _| ControlFlow::Break(())).await;
    let Err(WaitError::Request(error, waited)) = ended else {
        panic!("{ended:?}");
    };
    assert_eq!(
        (error.status(), waited.polls()),
        (Some(StatusCode::SERVICE_UNAVAILABLE), 1)
    );
    assert!(clock.sleeps().is_empty());
}

#[tokio::test]
async fn nothing_is_told_after_the_last_request() {
    let site = Site::answering([Answer::error(503)]).await;
    let clock = TestClock::default();
    let mut told = Vec::new();
    let wait = wait(&site, &clock)
        .timeout(Duration::from_secs(3))
        .on_retry(|_, pause| {
            told.push(pause.as_secs());
            ControlFlow::Continue(())
        });
    let ended = wait.await;
    assert!(matches!(ended, Err(WaitError::TimedOut(_))), "{ended:?}");
    assert_eq!(told, [2, 1], "the last one is made at the deadline");
}
