//! What can be set, at its limits.

use std::time::Duration;

use crate::golden::bodies;
use crate::site::{Answer, Site, TestClock};
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{Backoff, Client, ClientBuilder, Error, Retry, Upload, Wait, longtask};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

type Set<T> = (&'static str, fn(ClientBuilder, T) -> ClientBuilder);

/// Uses a client for all that a body may be.
async fn use_all(site: &Site, builder: ClientBuilder) -> Result<(), Error> {
    let client = builder.build()?;
    client.send(longtask::get_task("1")).await?;
    client
        .send(bodies::put_file(Upload::reader(&b"x"[..])))
        .await?
        .into_body()
        .bytes()
        .await?;
    client
        .download(longtask::get_task("1"))
        .await?
        .into_body()
        .bytes()
        .await?;
    assert!(site.seen().len() >= 3);
    Ok(())
}

/// What a setting may lead to: success, or an error that says which limit it was. Whatever panics fails the test.
fn is_told(result: Result<(), Error>) -> bool {
    let Err(error) = result else { return true };
    let shown = error.to_string();
    error.is_configuration() || error.is_timeout() || shown.contains("exceeds the limit") || error.is_rate_limited()
}

#[tokio::test]
async fn no_duration_is_too_short_or_too_long() {
    let settings: [Set<Duration>; 8] = [
        ("timeout", ClientBuilder::timeout),
        ("connect_timeout", ClientBuilder::connect_timeout),
        ("idle_timeout", ClientBuilder::idle_timeout),
        ("hold", ClientBuilder::hold),
        ("max_retry_after", ClientBuilder::max_retry_after),
        ("total_timeout", ClientBuilder::total_timeout),
        ("pool_idle_timeout", ClientBuilder::pool_idle_timeout),
        ("tcp_keepalive", ClientBuilder::tcp_keepalive),
    ];
    for (name, set) in settings {
        for duration in [
            Duration::ZERO,
            Duration::from_nanos(1),
            Duration::from_secs(1),
            Duration::MAX,
        ] {
            let answers = [Answer::error(429).header("retry-after", "7"), Answer::json(DONE)];
            let site = Site::answering(
                answers
                    .into_iter()
                    .skip(usize::from(!["hold", "max_retry_after"].contains(&name))),
            )
            .await;
            let builder = Client::builder(site.url())
                .clock(TestClock::default())
                .retry(Retry::default().max_retries(1));
            let result = use_all(&site, set(builder, duration)).await;
            if duration == Duration::MAX {
                assert!(result.is_ok(), "{name}: {result:?}");
            }
            assert!(is_told(result), "{name}: {duration:?}");
        }
    }
}

#[tokio::test]
async fn no_number_is_too_small_or_too_large() {
    let settings: [Set<u64>; 5] = [
        ("max_body", ClientBuilder::max_body),
        ("concurrency", |builder, number| {
            builder.concurrency(usize::try_from(number).unwrap_or(usize::MAX))
        }),
        ("retry_budget", |builder, number| {
            builder.retry_budget(number.min(u32::MAX.into()) as u32)
        }),
        ("resume_downloads", |builder, number| {
            builder.resume_downloads(number.min(u32::MAX.into()) as u32)
        }),
        ("pool_max_idle_per_host", |builder, number| {
            builder.pool_max_idle_per_host(number as usize)
        }),
    ];
    for (name, set) in settings {
        for number in [0, 1, u64::MAX] {
            let site = Site::answering([Answer::json(DONE)]).await;
            let result = use_all(&site, set(Client::builder(site.url()), number)).await;
            assert!(name == "max_body" && number < 2 || result.is_ok(), "{name}: {result:?}");
            assert!(is_told(result), "{name}: {number}");
        }
    }
}

#[tokio::test]
async fn an_agent_is_named() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let builder = || Client::builder(site.url());
    let client = builder().user_agent("mine/1").build().expect("a client");
    client.send(longtask::get_task("1")).await.expect("a task");
    assert_eq!(site.seen()[0].header("user-agent"), Some("mine/1"));
    let error = builder().user_agent("a\nb").build().expect_err("two lines");
    assert!(error.is_configuration());
    assert_eq!(
        error.to_string(),
        "the user agent contains a line break or another character that no header can carry"
    );
}

#[tokio::test]
async fn no_setting_of_a_wait_panics() {
    const DONE: &str = include_str!("payloads/f_succeeded.json");
    const RUNNING: &str = include_str!("payloads/f_running.json");
    for duration in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
        for number in [0, 1, u32::MAX] {
            let site = Site::answering([Answer::error(502), Answer::json(RUNNING), Answer::json(DONE)]).await;
            let client = Client::builder(site.url())
                .clock(TestClock::default())
                .hold(duration)
                .max_retry_after(duration)
                .concurrency(number as usize)
                .build()
                .expect("a client");
            let backoff = Backoff::between(duration, duration).factor(f64::MAX).jitter(f64::NAN);
            let set = |wait: Wait<'static, GetTask>| {
                wait.backoff(backoff)
                    .first_delay(duration)
                    .stall(duration)
                    .tolerance(number)
            };
            for timeout in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
                // How it ends is another matter.
                let _ = set(client.wait(longtask::get_task("1"))).timeout(timeout).await;
                let waits = client.wait_all(["1", "2"].map(longtask::get_task));
                let mut waits = waits
                    .concurrency(number as usize)
                    .each(|_, wait| set(wait).timeout(timeout));
                let mut ended = 0;
                while waits.next().await.is_some() {
                    ended += 1;
                }
                assert_eq!(ended, 2, "{duration:?}, {number}, {timeout:?}");
            }
        }
    }
}
