//! Which credentials go out, where there may be several: one.

use crate::site::{Answer, Site};
use confluence_rest::reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use confluence_rest::{
    Auth, Client, Error, Middleware, Next, Operation, RawResponse, Request, StatusCode, longtask, testing,
};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

/// Adds credentials of its own.
struct Own;

impl Middleware for Own {
    fn handle<'a>(
        &'a self,
        mut request: Request,
        next: Next<'a>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        request
            .headers_mut()
            .insert("authorization", HeaderValue::from_static("Own secret"));
        Box::pin(next.run(request))
    }
}

fn credentials(headers: &HeaderMap) -> Vec<&str> {
    let values = headers.get_all("authorization").iter();
    values.map(|value| value.to_str().expect("text")).collect()
}

#[tokio::test]
async fn credentials_of_a_middleware_win() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let auth = Auth::bearer("t0ken");
    let builder = Client::builder(site.url()).auth(auth);
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_static("Default secret"));
    headers.insert("accept", HeaderValue::from_static("nothing"));
    for (client, expected) in [
        (builder.clone(), "Bearer t0ken"),
        (builder.clone().default_headers(headers.clone()), "Default secret"),
        (builder.default_headers(headers.clone()).middleware(Own), "Own secret"),
    ] {
        client
            .build()
            .expect("a client")
            .send(longtask::get_task("1"))
            .await
            .expect("a task");
        let seen = site.seen();
        let seen = seen.last().expect("a request");
        assert_eq!(credentials(&seen.headers), [expected]);
        assert_eq!(
            seen.header("accept"),
            Some("application/json"),
            "what the operation says stays"
        );
    }
    let open = Client::builder("http://acme.example")
        .default_headers(headers)
        .build()
        .expect_err("plain");
    assert!(open.to_string().ends_with("use https"), "{open}");
}

#[tokio::test]
async fn no_credentials_go_to_another_machine_unencrypted() {
    // What is sent would arrive here.
    let proxy = Site::answering([Answer::json(DONE)]).await;
    let client = Client::builder("http://acme.example").proxy(proxy.url());
    let client = client.build().expect("a client");
    let problem = "`http://acme.example/` would send the credentials unencrypted; use https";
    for name in ["authorization", "cookie", "proxy-authorization"] {
        let name = HeaderName::from_static(name);
        let headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_static("s3cret"))]);
        let error = client
            .with_headers(headers)
            .send(longtask::get_task("1"))
            .await
            .expect_err("plain");
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            format!("GET /wiki/rest/api/longtask/{{id}}: {problem}")
        );
        let mut request = longtask::get_task("1").encode().expect("a request");
        request.headers_mut().insert(name, HeaderValue::from_static("s3cret"));
        let error = client.exchange(&request).await.expect_err("plain");
        assert!(error.to_string().ends_with(problem), "{error}");
    }
    assert!(proxy.seen().is_empty());
    client.send(longtask::get_task("1")).await.expect("nothing is secret");
}

#[tokio::test]
async fn user_information_of_a_redirect_is_left_out() {
    let site = leading_to_itself().await;
    let client = Client::builder(site.url())
        .auth(Auth::bearer("t0ken"))
        .build()
        .expect("a client");
    let task = client.send(longtask::get_task("1")).await.expect("a task");
    assert_eq!(task.header("x-credentials"), Some("Bearer t0ken"));
}

/// A site that leads to itself, with user information, and says which credentials came along.
async fn leading_to_itself() -> testing::Site {
    let site = testing::Site::start().await.expect("a site");
    let moved = site.url().replace("http://", "http://mallory:pass@") + "/moved";
    let moved = HeaderValue::from_str(&moved).expect("a header");
    site.answer_with(move |request| {
        if request.path != "/moved" {
            return Some(testing::Answer::status(StatusCode::FOUND, "").header(LOCATION, moved.clone()));
        }
        let came = HeaderValue::from_str(&credentials(&request.headers).join(" and ")).expect("a header");
        let answer = testing::Answer::json(StatusCode::OK, DONE);
        Some(answer.header(HeaderName::from_static("x-credentials"), came))
    });
    site
}
