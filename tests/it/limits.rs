//! Failures that pass, and limits that all requests of a client share.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::golden::bodies;
use crate::site::{Answer, Site, TestClock};
use confluence_rest::reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use confluence_rest::{
    Backoff, Client, Error, Middleware, Next, Operation, RawResponse, Request, Retry, StatusCode, Upload, WaitError,
    longtask, testing,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

fn task() -> longtask::request::GetTask {
    longtask::get_task("771204")
}

fn between(duration: Duration, least: f64, most: f64) -> bool {
    (least..=most).contains(&duration.as_secs_f64())
}

#[tokio::test]
async fn what_reads_is_asked_again_after_growing_pauses() {
    let clock = TestClock::default();
    let answers = [502, 503, 504]
        .map(Answer::error)
        .into_iter()
        .chain([Answer::json(DONE)]);
    let site = Site::answering(answers).await;
    let answer = site
        .client_with(&clock)
        .send(task())
        .await
        .expect("an answer in the end");
    assert_eq!(answer.id, "771204");
    assert_eq!(site.seen().len(), 4);
    let sleeps = clock.sleeps();
    assert_eq!(sleeps.len(), 3);
    for (sleep, most) in sleeps.iter().zip([0.5, 1.0, 2.0]) {
        assert!(between(*sleep, 0.05, most), "full jitter: {sleep:?} is up to {most} s");
    }
}

#[tokio::test]
async fn a_failure_that_stays_is_handed_over_after_three_more_attempts() {
    let clock = TestClock::default();
    let site = Site::answering([Answer::error(503)]).await;
    let client = site.client_with(&clock);
    let error = client.send(task()).await.expect_err("the server is down");
    assert_eq!(
        (error.status(), site.seen().len()),
        (Some(StatusCode::SERVICE_UNAVAILABLE), 4)
    );
    assert_eq!(error.attempts(), 4);
    assert!(error.to_string().ends_with(" (after 4 attempts)"), "{error}");
    let error = client
        .with_retry(Retry::never())
        .send(task())
        .await
        .expect_err("still down");
    assert!(error.is_retryable());
    assert_eq!(site.seen().len(), 5, "one request may do without");
    assert_eq!(error.attempts(), 1);
    assert!(!error.to_string().contains("attempt"), "{error}");
    for status in [400, 401, 403, 404, 500, 501] {
        let site = Site::answering([Answer::error(status)]).await;
        site.client_with(&clock).send(task()).await.expect_err("an error");
        assert_eq!(site.seen().len(), 1, "{status} does not pass");
    }
}

#[tokio::test]
async fn what_writes_is_sent_once_unless_asked_for() {
    let clock = TestClock::default();
    let page = || bodies::create_page(bodies::model::PageCreate::new("Home", bodies::model::Parent::new(7)));
    let put = || bodies::put_file("x");
    let sent = async |status: u16, retry: Retry, post: bool| {
        let site = Site::answering([Answer::error(status)]).await;
        let client = site.client_with(&clock).with_retry(retry);
        if post {
            client.send(page()).await.expect_err("an error");
        } else {
            client.send(put()).await.expect_err("an error");
        }
        site.seen().len()
    };
    for status in [429, 502, 503] {
        assert_eq!(sent(status, Retry::default(), true).await, 1, "POST, {status}");
        assert_eq!(sent(status, Retry::default(), false).await, 1, "PUT, {status}");
    }
    let writes = || Retry::default().max_retries(2).writes(true);
    assert_eq!(sent(502, writes(), false).await, 3, "PUT can be retried");
    assert_eq!(sent(502, writes(), true).await, 1, "POST may have been acted on");
    assert!(
        sent(429, writes(), true).await > 2,
        "POST was refused, so it can be retried"
    );

    let site = Site::answering([Answer::error(502)]).await;
    let once = bodies::put_file(Upload::reader(&b"x"[..]));
    site.client_with(&clock)
        .with_retry(writes())
        .send(once)
        .await
        .expect_err("an error");
    assert_eq!(site.seen().len(), 1, "a reader cannot be read again");
}

#[tokio::test]
async fn a_limit_is_waited_for_as_long_as_the_server_says() {
    for (headers, seconds) in [
        (vec![("retry-after", "7")], 7.0),
        (
            vec![
                ("date", "Mon, 23 Nov 2026 10:00:00 GMT"),
                ("retry-after", "Mon, 23 Nov 2026 10:00:11 GMT"),
            ],
            11.0,
        ),
        (vec![("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], 0.0),
    ] {
        for status in [429, 503] {
            let clock = TestClock::default();
            let limited = headers
                .iter()
                .fold(Answer::error(status), |one, (name, value)| one.header(name, *value));
            let site = Site::answering([limited, Answer::json(DONE)]).await;
            site.client_with(&clock).send(task()).await.expect("an answer");
            assert_eq!(site.seen().len(), 2);
            let waited: Duration = clock.sleeps().iter().sum();
            assert!(between(waited, seconds, seconds + 1.0), "{headers:?}: {waited:?}");
        }
    }
}

#[tokio::test]
async fn a_limit_holds_back_the_whole_client() {
    let clock = TestClock::default();
    let site = Site::answering([Answer::error(429).header("retry-after", "30"), Answer::json(DONE)]).await;
    let client = site.client_with(&clock);
    let other = client.clone();
    client
        .with_retry(Retry::never())
        .send(task())
        .await
        .expect_err("too many requests");
    assert!(clock.sleeps().is_empty());
    other.send(task()).await.expect("an answer");
    let waited: Duration = clock.sleeps().iter().sum();
    assert!(
        between(waited, 30.0, 30.5),
        "another request of the same client waits: {waited:?}"
    );
    other.send(task()).await.expect("an answer");
    let waited: Duration = clock.sleeps().iter().sum();
    assert!(between(waited, 30.0, 31.5), "and then no more: {waited:?}");
}

#[tokio::test]
async fn nobody_is_held_for_longer_than_the_cap() {
    let clock = TestClock::default();
    let site = Site::answering([Answer::error(429).header("retry-after", "3600")]).await;
    let client = site.client_with(&clock);
    let error = client.send(task()).await.expect_err("an hour is too long");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    let line = error.to_string();
    assert!(line.ends_with("; the server asks for a pause of 3600 s"), "{line}");
    let error = client.send(task()).await.expect_err("it is still too long");
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: not sent, as a rate limit lasts for another 3600 s"
    );
    assert!(error.is_rate_limited() && error.is_retryable() && error.status().is_none());
    assert_eq!((site.seen().len(), clock.sleeps().len()), (1, 0));

    let patient = Client::builder(site.url())
        .clock(clock.clone())
        .hold(Duration::from_secs(4 * 3600));
    patient
        .build()
        .expect("a client")
        .send(task())
        .await
        .expect_err("it never ends");
    assert_eq!(
        site.seen().len(),
        5,
        "four hours are enough for three more attempts, each a little more than an hour later"
    );
}

#[tokio::test]
async fn retries_are_on_a_budget() {
    let clock = TestClock::default();
    let site = Site::answering([Answer::error(503)]).await;
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .retry_budget(5)
        .build()
        .expect("a client");
    for _ in 0..10 {
        client.send(task()).await.expect_err("the server is down");
    }
    assert_eq!(site.seen().len(), 15, "ten requests, five retries");
}

#[tokio::test]
async fn ten_successes_pay_for_a_retry() {
    let clock = TestClock::default();
    let some = |status: u16, count: usize| std::iter::repeat_n(Answer::error(status), count);
    let done = std::iter::repeat_n(Answer::json(DONE), 10);
    let answers = some(502, 2).chain(some(500, 20)).chain(some(502, 1));
    let site = Site::answering(answers.chain(done).chain(some(502, 1))).await;
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .retry_budget(1)
        .build()
        .expect("a client");
    client.send(task()).await.expect_err("the server is down");
    assert_eq!(site.seen().len(), 2, "one retry");
    for _ in 0..20 {
        client.send(task()).await.expect_err("an error of the server");
    }
    client.send(task()).await.expect_err("the server is down");
    assert_eq!(site.seen().len(), 23, "failures pay for none");
    for _ in 0..10 {
        client.send(task()).await.expect("an answer");
    }
    client.send(task()).await.expect_err("the server is down");
    assert_eq!(site.seen().len(), 35, "one retry");
}

#[tokio::test]
async fn without_a_limit_nothing_is_held() {
    let site = Site::answering([Answer::json(DONE)]).await;
    // With the system's clock, which goes on between two looks at it.
    let client = Client::builder(site.url()).hold(Duration::ZERO);
    let client = client.build().expect("a client");
    for _ in 0..20 {
        client.send(task()).await.expect("an answer");
    }
}

#[tokio::test]
async fn a_pause_as_long_as_a_request_may_be_held_is_waited_out() {
    let site = Site::answering([Answer::error(429), Answer::json(DONE)]).await;
    let pause = Duration::from_millis(50);
    let retry = Retry::default().backoff(Backoff::between(pause, pause).jitter(0.0));
    // With the system's clock, which goes on between two looks at it.
    let client = Client::builder(site.url()).retry(retry).hold(pause);
    let answer = client.build().expect("a client").send(task()).await;
    answer.expect("what else the attempt took is not part of the pause");
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        drop(listener.accept().await);
        let (mut socket, _) = listener.accept().await.expect("a second connection");
        let _ = socket.read(&mut [0; 4096]).await.expect("a request");
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}", DONE.len());
        socket.write_all(answer.as_bytes()).await.expect("an answer");
    });
    let clock = TestClock::default();
    let client = Client::builder(url).clock(clock.clone()).build().expect("a client");
    client.send(task()).await.expect("an answer");
    assert_eq!(clock.sleeps().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_requests_at_once_make_no_storm() {
    const REQUESTS: usize = 1000;
    let site = testing::Site::start().await.expect("a free port");
    let count = AtomicUsize::new(0);
    site.answer_with(move |_| {
        // Every other answer.
        Some(match count.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            true => testing::Answer::limited(1),
            false => testing::Answer::json(StatusCode::OK, DONE),
        })
    });
    let clock = TestClock::default();
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .hold(Duration::from_secs(60 * 60 * 24))
        .build()
        .expect("a client");
    let requests = (0..REQUESTS).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.send(task()).await })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.expect("no panic").expect("an answer in the end");
    }
    let arrived = site.requests().len();
    println!(
        "{arrived} requests for {REQUESTS} answers, {} sleeps",
        clock.sleeps().len()
    );
    assert!(
        (2 * REQUESTS - 1..=2 * REQUESTS).contains(&arrived),
        "one more for each that was refused, not {arrived}"
    );
    let retries = clock
        .sleeps()
        .into_iter()
        .filter(|sleep| *sleep > Duration::from_secs(1));
    assert!(
        retries.count() >= REQUESTS - 1,
        "each after the pause that the server asked for, and some chance"
    );
}

#[tokio::test]
async fn limits_can_be_read_from_every_response() {
    let answer = Answer::json(DONE)
        .header("x-ratelimit-limit", "65000")
        .header("x-ratelimit-remaining", "1200")
        .header("x-ratelimit-reset", "2026-03-02T11:00:00Z")
        .header("x-ratelimit-nearlimit", "true");
    let refused = Answer::error(429).header("ratelimit-reason", "confluence-quota-tenant-based");
    let site = Site::answering([answer, refused]).await;
    let answer = site.client().send(task()).await.expect("an answer");
    let limit = answer.rate_limit();
    assert_eq!(
        (limit.limit, limit.remaining, limit.near_limit),
        (Some(65000), Some(1200), true)
    );
    assert_eq!(limit.reset.as_deref(), Some("2026-03-02T11:00:00Z"));
    let error = site.client().send(task()).await.expect_err("too many requests");
    let reason = error.response().expect("a response").rate_limit().reason;
    assert_eq!(reason.as_deref(), Some("confluence-quota-tenant-based"));
    assert_eq!(longtask::request::GetTask::INFO.id, "atlassianGettask");
}

#[tokio::test]
async fn no_server_shuts_a_client_for_long() {
    let clock = TestClock::default();
    let endless = Answer::error(429).header("retry-after", "999999999999");
    let site = Site::answering([endless.clone(), endless, Answer::json(DONE)]).await;
    let client = site.client_with(&clock);
    client.send(task()).await.expect_err("too many requests");
    let error = client.send(task()).await.expect_err("nothing is sent");
    assert_eq!(
        (error.retry_after(), site.seen().len()),
        (Some(Duration::from_secs(3600)), 1)
    );

    // A minute later, one request finds out that the server still refuses, and the others are held back.
    clock.advance(Duration::from_secs(61));
    let error = client.send(task()).await.expect_err("it still refuses");
    assert_eq!(
        (error.status(), site.seen().len()),
        (Some(StatusCode::TOO_MANY_REQUESTS), 2)
    );
    client.send(task()).await.expect_err("nothing is sent");
    assert_eq!(site.seen().len(), 2);
    // What writes does not.
    clock.advance(Duration::from_secs(61));
    client.send(bodies::put_file("x")).await.expect_err("nothing is sent");
    assert_eq!(site.seen().len(), 2);
    // And another minute later, one finds out that it is over.
    client.send(task()).await.expect("an answer");
    client.send(bodies::put_file("x")).await.expect("it is sent");
    assert_eq!(site.seen().len(), 4);
    assert!(clock.sleeps().is_empty(), "nobody slept: {:?}", clock.sleeps());
}

#[tokio::test]
async fn all_attempts_together_have_a_limit() {
    let clock = TestClock::default();
    let site = Site::answering([Answer::error(503)]).await;
    let client = site.client_with(&clock).with_retry(Retry::default().max_retries(1000));
    let error = client
        .with_total_timeout(Duration::from_secs(100))
        .send(task())
        .await
        .expect_err("the server is down");
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    let waited: Duration = clock.sleeps().iter().sum();
    assert!(between(waited, 60.0, 100.0), "{waited:?}");
    assert!(site.seen().len() > 5);

    let clock = TestClock::default();
    let site = Site::answering([Answer::error(503)]).await;
    let client = site.client_with(&clock).with_retry(Retry::default().max_retries(1000));
    client.send(task()).await.expect_err("the server is down");
    let waited: Duration = clock.sleeps().iter().sum();
    assert!(
        between(waited, 120.0, 180.0),
        "three minutes unless it is set: {waited:?}"
    );

    let clock = TestClock::default();
    let limited = Answer::error(429).header("retry-after", "7");
    let site = Site::answering([limited, Answer::json(DONE)]).await;
    let client = site.client_with(&clock).with_total_timeout(Duration::from_secs(5));
    let error = client.send(task()).await.expect_err("seven seconds are too long");
    assert_eq!(
        (error.retry_after(), site.seen().len()),
        (Some(Duration::from_secs(7)), 1)
    );
}

#[tokio::test]
async fn a_request_has_its_own_headers() {
    use confluence_rest::reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
    let site = Site::answering([Answer::json(DONE)]).await;
    let client = site.client();
    let headers = HeaderMap::from_iter([
        (ACCEPT_LANGUAGE, HeaderValue::from_static("de")),
        (ACCEPT, HeaderValue::from_static("application/json;q=1")),
    ]);
    client.with_headers(headers).send(task()).await.expect("an answer");
    client.send(task()).await.expect("an answer");
    let seen = site.seen();
    assert_eq!(seen[0].header("accept-language"), Some("de"));
    assert_eq!(seen[0].headers.get_all("accept").iter().count(), 1);
    assert_eq!(seen[0].header("accept"), Some("application/json;q=1"));
    assert_eq!(seen[1].header("accept-language"), None);
}

#[test]
fn outside_of_a_runtime_there_is_an_error() {
    let client = Client::builder("https://acme.atlassian.net").build().expect("a client");
    let mut send = Box::pin(client.send(task()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = send.as_mut().poll(&mut context) else {
        panic!("nothing can be sent")
    };
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: there is no Tokio runtime to send requests on; start one, or use \
         `blocking::Client`"
    );
}

#[test]
fn outside_of_a_runtime_a_wait_is_an_error() {
    let client = Client::builder("https://acme.atlassian.net").build().expect("a client");
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let delay = Duration::from_secs(1);
    let mut wait = client.wait(task()).first_delay(delay);
    let mut one = Box::pin(wait.next());
    let std::task::Poll::Ready(Some(Err(error))) = one.as_mut().poll(&mut context) else {
        panic!("nothing can be sent")
    };
    assert!(matches!(error, WaitError::Request(error, _) if error.is_configuration()));
    let mut waits = client.wait_all([task()]);
    let mut all = Box::pin(waits.next());
    let std::task::Poll::Ready(Some((0, Err(error)))) = all.as_mut().poll(&mut context) else {
        panic!("nothing can be sent")
    };
    assert!(matches!(error, WaitError::Request(error, _) if error.is_configuration()));
}

/// Rejects every request, after these times.
struct Late(TestClock, Mutex<VecDeque<Duration>>);

impl Middleware for Late {
    fn handle<'a>(
        &'a self,
        request: Request,
        _next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        Box::pin(async move {
            let after = self.1.lock().expect("the times").pop_front();
            self.0.advance(after.unwrap_or_default());
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("1"))]);
            let status = StatusCode::TOO_MANY_REQUESTS;
            Ok(RawResponse::new(request.operation(), status, headers, ""))
        })
    }
}

/// The rate that a client remembers grows meanwhile, and stays a number.
#[tokio::test]
async fn requests_may_be_in_flight_for_hours() {
    for seconds in (0..600).step_by(3) {
        let clock = TestClock::default();
        let times = [0, 14_000, seconds, 0].map(Duration::from_secs);
        let client = Client::builder("http://127.0.0.1:9")
            .clock(clock.clone())
            .retry(Retry::never())
            .middleware(Late(clock, Mutex::new(times.into())))
            .build()
            .expect("a client");
        for _ in 0..5 {
            let error = client.send(task()).await.expect_err("rejected");
            assert!(error.is_rate_limited(), "{error}");
        }
    }
}
