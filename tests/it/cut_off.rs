//! Answers that break off, stand still, or are larger than anybody reads.

use std::time::Duration;

use crate::site::{Answer, Site, TestClock};
use crate::wire::Wire;
use confluence_rest::{Client, Retry, longtask};

fn cut(status: &str, headers: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: 900\r\n{headers}\r\n{{\"message\":\"Gone"
    )
}

#[tokio::test]
async fn the_status_counts_where_the_body_breaks_off() {
    let site = Wire::saying([cut("404 Not Found", "atl-traceid: abc\r\n")]).await;
    let client = Client::builder(site.url())
        .clock(TestClock::default())
        .build()
        .expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("404");
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!(site.heads().len(), 1, "it does not pass");
    assert_eq!(
        error.to_string(),
        r#"GET /wiki/rest/api/longtask/{id}: 404 Not Found: {"message":"Gone (trace abc)"#
    );
    let response = error.response().expect("a response");
    assert_eq!(response.body(), r#"{"message":"Gone"#);
    assert!(!response.is_complete());
}

#[tokio::test]
async fn a_limit_counts_where_the_body_breaks_off() {
    let clock = TestClock::default();
    let done = "HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"id\":\"1\"}    ";
    let site = Wire::saying([cut("429 Too Many Requests", "retry-after: 30\r\n").as_str(), done]).await;
    let client = Client::builder(site.url())
        .clock(clock.clone())
        .build()
        .expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    let waited: Duration = clock.sleeps().iter().sum();
    assert!(waited >= Duration::from_secs(30), "{waited:?}");
}

#[tokio::test]
async fn the_status_counts_where_the_body_stands_still() {
    let site = Wire::saying_and_waiting([cut("403 Forbidden", "")]).await;
    for limit in ["timeout", "idle"] {
        let short = Duration::from_millis(100);
        let builder = Client::builder(site.url());
        let builder = if limit == "timeout" {
            builder.timeout(short)
        } else {
            builder.idle_timeout(short)
        };
        let error = builder
            .build()
            .expect("a client")
            .send(longtask::get_task("1"))
            .await
            .expect_err("403");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(403), "{limit}");
        assert!(!error.is_timeout() && !error.is_retryable());
    }
}

#[tokio::test]
async fn a_success_that_breaks_off_keeps_its_status() {
    let site = Wire::saying([cut("200 OK", "atl-traceid: abc\r\n")]).await;
    let client = Client::builder(site.url())
        .retry(Retry::never())
        .build()
        .expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("half an answer");
    assert!(error.is_retryable() && error.api().is_none());
    assert_eq!(error.response().and_then(|response| response.trace_id()), Some("abc"));
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: 200 OK, but the connection was lost while the body was received"
    );
}

#[tokio::test]
async fn an_error_of_any_size_is_read_in_part() {
    let body = format!("{{\"message\":\"{}\"}}", "x".repeat(8 << 20));
    let site = Site::answering([Answer::new(400, "application/json", body)]).await;
    for (most, kept) in [(64 << 20, 1 << 20), (100, 100)] {
        let client = Client::builder(site.url()).max_body(most).build().expect("a client");
        let error = client.send(longtask::get_task("1")).await.expect_err("400");
        let response = error.response().expect("a response");
        assert_eq!((response.body().len(), response.is_complete()), (kept, false));
        assert!(error.to_string().len() < 500);
    }
}
