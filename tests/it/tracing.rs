//! Spans and events, as a subscriber gets them.
use std::io;
use std::sync::{Arc, Mutex};

use crate::site::{Answer, Site, TestClock};
use confluence_rest::{Auth, Client, longtask};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn each_attempt_is_a_span_and_deprecation_an_event() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .with_span_events(FmtSpan::CLOSE)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // With a single subscriber, tracing asks that of the thread that comes by a span first, and keeps the answer for all threads:
    // in another test, there is none. With two, it asks both.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let deprecated = Answer::json(DONE)
        .header("warning", r#"299 - "Deprecated API, will be removed on 2027-01-01""#)
        .header("warning", r#"110 - "Response is stale""#)
        .header("sunset", "Fri, 01 Jan 2027 00:00:00 GMT");
    let site = Site::answering([Answer::error(503), deprecated]).await;
    let client = Client::builder(site.url())
        .auth(Auth::basic("me@acme.example", "s3cret-token"))
        .clock(TestClock::default())
        .build()
        .expect("a client");
    client.send(longtask::get_task("secret-id")).await.expect("an answer");
    let text = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    let ours: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("http.client.request"))
        .collect();
    let [first, warning, sunset, second] = &ours[..] else {
        panic!("two spans and two events in\n{text}")
    };
    for part in [
        r#"http.request.method="GET""#,
        r#"url.template="/wiki/rest/api/longtask/{id}""#,
        r#"server.address="127.0.0.1""#,
        "http.response.status_code=503",
        r#"error.type="503""#,
    ] {
        assert!(first.contains(part), "{part} in {first}");
    }
    assert!(!first.contains("resend_count"), "{first}");
    assert!(
        second.contains("http.request.resend_count=1") && second.contains("http.response.status_code=200"),
        "{second}"
    );
    assert!(
        warning.contains("WARN") && warning.contains("will be removed on 2027-01-01"),
        "{warning}"
    );
    assert!(sunset.contains(r#"header="sunset""#), "{sunset}");
    assert!(
        !text.contains("s3cret") && !text.contains("secret-id"),
        "neither secrets nor ids are logged:\n{text}"
    );
}
