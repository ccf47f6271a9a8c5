//! Tokens that are renewed, scopes that are known, and sites that are found.

use std::future::ready;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::golden::responses;
use crate::site::{Answer, Site, TestClock};
use crate::wire::Wire;
use confluence_rest::reqwest::header::{HeaderMap, HeaderValue, LOCATION};
use confluence_rest::{
    Auth, Client, Operation, RawResponse, Redirect, Retry, StatusCode, TokenProvider, TokenResult, WaitError, cloud,
    longtask,
};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

/// Hands out `t1`, and after each refusal the next one, until there are no more.
#[derive(Clone, Default)]
struct Tokens {
    number: Arc<Mutex<u32>>,
    most: u32,
    rejected: Arc<Mutex<Vec<String>>>,
}

impl TokenProvider for Tokens {
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        let mut number = self.number.lock().expect("a number");
        if let Some(rejected) = rejected {
            self.rejected.lock().expect("a list").push(rejected.to_owned());
            if *number == self.most {
                return Box::pin(ready(Err("the vault is closed".into())));
            }
            *number += 1;
        }
        Box::pin(ready(Ok(format!("t{}", *number).into())))
    }
}

fn client(site: &Site, auth: Auth) -> Client {
    Client::builder(site.url()).auth(auth).build().expect("a client")
}

fn sent(site: &Site) -> Vec<String> {
    let header = |seen: &crate::site::Seen| seen.header("authorization").unwrap_or_default().to_owned();
    site.seen().iter().map(header).collect()
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let tokens = Tokens {
        most: 5,
        ..Tokens::default()
    };
    let site = Site::answering([Answer::error(401), Answer::json(DONE)]).await;
    let client = client(&site, Auth::provider(tokens.clone()));
    client.send(longtask::get_task("1")).await.expect("an answer");
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(sent(&site), ["Bearer t0", "Bearer t1", "Bearer t1"]);
    assert_eq!(*tokens.rejected.lock().expect("a list"), ["t0"]);

    let site = Site::answering([Answer::error(401)]).await;
    let error = self::client(&site, Auth::provider(tokens))
        .send(longtask::get_task("1"))
        .await;
    assert_eq!(error.expect_err("refused again").status().expect("a status"), 401);
    assert_eq!(
        sent(&site),
        ["Bearer t1", "Bearer t2"],
        "the second refusal is handed over"
    );
}

#[tokio::test]
async fn a_token_is_not_renewed_for_want_of_a_scope() {
    let tokens = Tokens {
        most: 5,
        ..Tokens::default()
    };
    let body = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
    let site = Site::answering([Answer::new(401, "application/json", body)]).await;
    let error = client(&site, Auth::provider(tokens))
        .send(longtask::get_task("1"))
        .await
        .expect_err("refused");
    assert!(error.is_scope_mismatch());
    assert_eq!(sent(&site).len(), 1);
}

#[tokio::test]
async fn a_provider_without_a_token_says_why() {
    let site = Site::answering([Answer::error(401)]).await;
    let error = client(&site, Auth::provider(Tokens::default()))
        .send(longtask::get_task("1"))
        .await;
    let error = error.expect_err("no token");
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: there is no access token to send"
    );
    assert_eq!(
        std::error::Error::source(&error).expect("a cause").to_string(),
        "the vault is closed"
    );
}

#[tokio::test]
async fn what_a_token_may_not_do_is_not_tried() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let send = async |scopes: &[&str]| {
        let auth = Auth::bearer("token").scopes(scopes.iter().copied());
        client(&site, auth).send(longtask::get_task("1")).await
    };
    let error = send(&["read:me"]).await.expect_err("no scope");
    assert!(error.is_scope_mismatch() && error.status().is_none());
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: not sent, as the token lacks `read:confluence-space.summary` or \
         `read:content.metadata:confluence`"
    );
    assert!(site.seen().is_empty());
    send(&["read:confluence-space.summary"])
        .await
        .expect("a classic scope is enough");
    send(&["read:content.metadata:confluence"])
        .await
        .expect("and so is a granular one");
    send(&[]).await.expect("nobody knows the scopes");
}

#[tokio::test]
async fn a_site_is_found() {
    let body = r#"{"cloudId":"11111111-2222"}"#;
    let resources =
        r#"[{"id":"1","name":"acme","url":"https://acme.atlassian.net","scopes":["read:me"],"avatarUrl":"x"}]"#;
    let site = Site::answering([Answer::json(body), Answer::json(resources)]).await;
    let client = client(&site, Auth::bearer("t"));
    assert_eq!(
        client.send(cloud::get_tenant_info()).await.expect("a site").cloud_id,
        "11111111-2222"
    );
    let sites = client.send(cloud::get_accessible_resources()).await.expect("sites");
    assert_eq!(
        (sites[0].url.as_str(), sites[0].scopes.as_slice()),
        ("https://acme.atlassian.net", &["read:me".to_owned()][..])
    );
    let targets: Vec<String> = site.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/_edge/tenant_info", "/oauth/token/accessible-resources"]);
    for id in ["", "..", ".", "a/b", "a?b", "1 2"] {
        let error = Client::gateway(id).build().expect_err("no id");
        assert!(
            error.is_configuration() && error.to_string().contains("is not the ID of a site"),
            "{error}"
        );
    }
    let gateway = Client::gateway("11111111-2222").build().expect("a client");
    assert!(format!("{gateway:?}").contains("https://api.atlassian.com/ex/confluence/11111111-2222"));
}

/// A provider that fails in one of these ways before it has a token.
struct Failing(Mutex<Vec<Box<dyn std::error::Error + Send + Sync>>>);

impl TokenProvider for Failing {
    fn token<'a>(&'a self, _rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        let failure = self.0.lock().expect("the failures").pop();
        Box::pin(ready(failure.map_or_else(|| Ok("t1".into()), Err)))
    }
}

#[tokio::test]
async fn a_token_server_that_fails_is_asked_again() {
    let failing =
        |failures: Vec<Box<dyn std::error::Error + Send + Sync>>| Auth::provider(Failing(Mutex::new(failures)));
    let lost = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let site = Site::answering([Answer::json(DONE)]).await;
    let clock = TestClock::default();
    let client = |auth| {
        let client = Client::builder(site.url()).auth(auth).clock(clock.clone());
        client.build().expect("a client")
    };
    let auth = failing(vec![lost().into(), std::io::Error::other(lost()).into()]);
    client(auth).send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!((sent(&site).len(), clock.sleeps().len()), (1, 2));
    // A wait goes on as well.
    let auth = failing(vec![lost().into(), lost().into()]);
    client(auth).wait(longtask::get_task("1")).await.expect("success");
    assert_eq!(sent(&site).len(), 2);
    // What will not pass is told at once.
    let auth = failing(vec!["the vault is closed".into()]);
    let error = client(auth).send(longtask::get_task("1")).await.expect_err("no token");
    assert!(!error.is_retryable());
    assert_eq!(sent(&site).len(), 2);
}

/// A provider that never answers.
struct Hanging;

impl TokenProvider for Hanging {
    fn token<'a>(&'a self, _rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_not_waited_for_beyond_the_time() {
    let client = Client::builder("http://127.0.0.1:9").auth(Auth::provider(Hanging));
    let client = client.build().expect("a client");
    let started = tokio::time::Instant::now();
    let once = client.with_retry(Retry::never()).with_timeout(Duration::from_secs(7));
    let error = once.send(longtask::get_task("1")).await.expect_err("no token");
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: not sent, as no access token was available within 7s"
    );
    assert_eq!(started.elapsed().as_secs(), 7);

    let started = tokio::time::Instant::now();
    client.send(longtask::get_task("1")).await.expect_err("no token");
    assert!(started.elapsed() <= Duration::from_secs(180), "{:?}", started.elapsed());

    let started = tokio::time::Instant::now();
    let wait = client.wait(longtask::get_task("1")).timeout(Duration::from_secs(2));
    assert!(matches!(wait.await, Err(WaitError::TimedOut(_))));
    assert!(started.elapsed() <= Duration::from_secs(7), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_does_not_keep_a_redirect_waiting() {
    let client = Client::builder("http://127.0.0.1:9").auth(Auth::provider(Hanging));
    let client = client.timeout(Duration::from_secs(7)).build().expect("a client");
    let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("/file"))]);
    let info = responses::request::Download::INFO;
    let place = Redirect::new(&RawResponse::new(info, StatusCode::FOUND, headers, ""));
    let error = tokio::time::timeout(Duration::from_secs(60), client.follow(&place)).await;
    assert_eq!(
        error.expect("an end").expect_err("no token").to_string(),
        "GET /download: redirected to 127.0.0.1:9: not sent, as no access token was available within 7s"
    );
}

/// A provider that has one token.
struct Once(AtomicBool);

impl TokenProvider for Once {
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        if self.0.swap(true, Ordering::Relaxed) {
            return Hanging.token(rejected);
        }
        Box::pin(ready(Ok("t1".into())))
    }
}

#[tokio::test]
async fn a_provider_that_hangs_does_not_keep_a_download_waiting() {
    let half = "HTTP/1.1 200 OK\r\netag: \"v1\"\r\naccept-ranges: bytes\r\ncontent-length: 11\r\n\r\nfirst";
    let site = Wire::saying([half]).await;
    let client = Client::builder(site.url())
        .auth(Auth::provider(Once(AtomicBool::default())))
        .clock(TestClock::default())
        .resume_downloads(1)
        .timeout(Duration::from_millis(500))
        .build()
        .expect("a client");
    let body = client.download(longtask::get_task("1")).await.expect("the head");
    let bytes = tokio::time::timeout(Duration::from_secs(20), body.into_body().bytes()).await;
    assert_eq!(
        bytes.expect("an end").expect_err("no token").to_string(),
        "GET /wiki/rest/api/longtask/{id}: not sent, as no access token was available within 500ms"
    );
}
