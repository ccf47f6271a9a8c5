//! What stands between the client and the wire.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use crate::site::{Answer, Site, TestClock};
use confluence_rest::{Client, Error, HeaderMap, Middleware, Next, RawResponse, Request, StatusCode, longtask};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

type Handled<'a> = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>>;

/// Writes down what passes by, and adds a header.
struct Witness(&'static str, Arc<Mutex<Vec<String>>>);

impl Middleware for Witness {
    fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> Handled<'a> {
        Box::pin(async move {
            let note = |text: String| self.1.lock().expect("a list").push(format!("{} {text}", self.0));
            note(format!("{} {}", request.method(), request.path()));
            request
                .headers_mut()
                .append("x-seen-by", self.0.parse().expect("a header"));
            let response = next.run(request).await?;
            note(response.status().to_string());
            Ok(response)
        })
    }
}

/// Answers everything itself.
struct Cache;

impl Middleware for Cache {
    fn handle<'a>(&'a self, request: Request, _: Next<'a>) -> Handled<'a> {
        let response = RawResponse::new(request.operation(), StatusCode::OK, HeaderMap::new(), DONE);
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn each_attempt_comes_by_the_first_one_first() {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let site = Site::answering([Answer::error(503), Answer::json(DONE)]).await;
    let client = Client::builder(site.url())
        .clock(TestClock::default())
        .middleware(Witness("a", notes.clone()))
        .middleware(Witness("b", notes.clone()))
        .build()
        .expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    let path = "GET /wiki/rest/api/longtask/1";
    let unavailable = "503 Service Unavailable";
    let attempt = |status: &str| {
        [
            format!("a {path}"),
            format!("b {path}"),
            format!("b {status}"),
            format!("a {status}"),
        ]
    };
    let expected: Vec<String> = attempt(unavailable).into_iter().chain(attempt("200 OK")).collect();
    assert_eq!(*notes.lock().expect("a list"), expected);
    let seen = site.seen();
    let headers: Vec<_> = seen[1].headers.get_all("x-seen-by").iter().collect();
    assert_eq!(headers, ["a", "b"]);
}

#[tokio::test]
async fn nothing_has_to_be_sent() {
    let site = Site::answering([Answer::error(500)]).await;
    let client = Client::builder(site.url()).middleware(Cache).build().expect("a client");
    assert!(
        client
            .send(longtask::get_task("1"))
            .await
            .expect("an answer")
            .successful
    );
    assert!(site.seen().is_empty());
}
