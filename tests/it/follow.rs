//! Where redirects lead that are the answer, and what goes there.

use crate::golden::responses;
use crate::site::{Answer, Site};
use confluence_rest::reqwest::header::{HeaderMap, HeaderValue};
use confluence_rest::{Auth, Client, Operation, RawResponse, Redirect, StatusCode};

fn redirect(to: impl Into<String>) -> Answer {
    Answer::error(302).header("location", to)
}

fn file() -> Answer {
    Answer::new(200, "application/pdf", "a file")
}

/// A client that has secrets to keep.
fn client(site: &Site) -> Client {
    let mut headers = HeaderMap::new();
    headers.insert("x-api-key", HeaderValue::from_static("k3y"));
    let auth = Auth::bearer("t0ken");
    Client::builder(site.url())
        .auth(auth)
        .default_headers(headers)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn a_file_on_another_host_gets_no_credentials() {
    let media = Site::answering([redirect("/real"), file()]).await;
    let site = Site::answering([redirect(format!(
        "{}/signed?x=1",
        media.url().replace("//", "//user:pass@")
    ))])
    .await;
    let client = client(&site);
    let place = client.send(responses::download()).await.expect("a place");
    let answer = client.follow(&place).await.expect("a file");
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x");
    assert_eq!(answer.into_body().save(&path).await.expect("a file"), 6);
    assert_eq!(std::fs::read(path).expect("a file"), b"a file");
    let seen = media.seen();
    assert_eq!(
        (seen[0].target.as_str(), seen[1].target.as_str()),
        ("/signed?x=1", "/real")
    );
    for seen in seen {
        assert_eq!((seen.header("authorization"), seen.header("x-api-key")), (None, None));
    }
}

#[tokio::test]
async fn credentials_stay_on_the_own_host_and_do_not_come_back() {
    let elsewhere = Site::answering([Answer::error(500)]).await;
    // There and back again.
    let answers = [
        redirect("file/1"),
        redirect("/file/2"),
        redirect(elsewhere.url()),
        file(),
    ];
    let site = Site::answering(answers).await;
    let back = Site::answering([redirect(format!("{}/file/3", site.url()))]).await;
    let client = client(&site);
    let place = client.send(responses::download()).await.expect("a place");
    assert_eq!(
        client.follow(&place).await.expect_err("500").status(),
        Some(StatusCode::INTERNAL_SERVER_ERROR)
    );
    let seen = site.seen();
    assert_eq!(seen[1].target, "/file/1", "as seen from where it came from");
    for seen in &seen[1..3] {
        assert_eq!(
            (seen.header("authorization"), seen.header("x-api-key")),
            (Some("Bearer t0ken"), Some("k3y"))
        );
    }
    assert_eq!(elsewhere.seen()[0].header("authorization"), None);

    let first = Site::answering([redirect(back.url())]).await;
    let other = self::client(&first);
    let place = other.send(responses::download()).await.expect("a place");
    other.follow(&place).await.expect("a file");
    assert_eq!(site.seen().last().expect("a request").header("authorization"), None);
}

#[tokio::test]
async fn a_download_follows_the_redirect_that_is_its_result() {
    let media = Site::answering([file()]).await;
    let site = Site::answering([redirect(media.url())]).await;
    let answer = client(&site).download(responses::download()).await.expect("a file");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.into_body().bytes().await.expect("a body"), "a file");
    assert_eq!(media.seen()[0].header("authorization"), None);

    let site = Site::answering([Answer::error(302)]).await;
    let error = client(&site)
        .download(responses::download())
        .await
        .expect_err("no place");
    assert!(error.to_string().contains("no `Location`"), "{error}");
}

#[tokio::test]
async fn an_error_behind_a_redirect_names_the_host() {
    let media = Site::answering([Answer::error(404)]).await;
    let site = Site::answering([redirect(format!("{}/signed?s3cret", media.url()))]).await;
    let error = client(&site).download(responses::download()).await.expect_err("404");
    let host = media.url().replace("http://", "");
    let start = format!("GET /download: redirected to {host}: 404 Not Found");
    assert!(error.to_string().starts_with(&start), "{error}");
    assert!(error.is_not_found() && error.documented::<responses::request::Download>().is_none());
}

/// A redirect that nobody has sent.
fn raw(location: Option<&str>) -> Redirect {
    let mut headers = HeaderMap::new();
    if let Some(location) = location {
        headers.insert(
            "location",
            HeaderValue::from_bytes(location.as_bytes()).expect("a header"),
        );
    }
    let info = responses::request::Download::INFO;
    Redirect::new(&RawResponse::new(info, StatusCode::FOUND, headers, ""))
}

#[tokio::test]
async fn headers_that_are_set_for_one_request_go_to_the_own_host_only() {
    let media = Site::answering([file()]).await;
    let site = Site::answering([redirect(media.url())]).await;
    let mut headers = HeaderMap::new();
    headers.insert("authorization", HeaderValue::from_static("Bearer user"));
    headers.insert("x-api-key", HeaderValue::from_static("other"));
    let client = client(&site).with_headers(headers);
    client.follow(&raw(Some("/file/1"))).await.expect("a file");
    for (name, value) in [("authorization", "Bearer user"), ("x-api-key", "other")] {
        let sent: Vec<_> = site.seen()[0].headers.get_all(name).iter().cloned().collect();
        assert_eq!(sent, [value]);
        assert_eq!(media.seen()[0].header(name), None);
    }
}

#[tokio::test]
async fn a_location_may_be_in_utf_8() {
    let site = Site::answering([redirect("/käse"), redirect("/brötchen"), file()]).await;
    let client = client(&site);
    let place = client.send(responses::download()).await.expect("a place");
    assert_eq!(place.location.as_deref(), Some("/käse"));
    client.follow(&place).await.expect("a file");
    let targets: Vec<_> = site.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/download", "/k%C3%A4se", "/br%C3%B6tchen"]);
}

#[test]
fn outside_of_a_runtime_nothing_is_followed() {
    let client = Client::builder("https://acme.atlassian.net").build().expect("a client");
    let place = raw(Some("/file"));
    let mut follow = Box::pin(client.follow(&place));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = follow.as_mut().poll(&mut context) else {
        panic!("nothing can be sent")
    };
    assert_eq!(
        error.to_string(),
        "GET /download: there is no Tokio runtime to send requests on; start one, or use `blocking::Client`"
    );
}

#[tokio::test]
async fn not_every_way_is_followed() {
    let remote = Client::builder("https://acme.atlassian.net").build().expect("a client");
    for (location, problem) in [
        (
            None,
            "there is no `Location` to follow; a reqwest client of your own must not follow redirects",
        ),
        (
            Some("http://acme.atlassian.net/x?s3cret"),
            "the redirect leads to a URL with the scheme `http`; only https is followed",
        ),
        (
            Some("file:///etc/passwd"),
            "the redirect leads to a URL with the scheme `file`; only https is followed",
        ),
        (
            Some("https://"),
            "the `Location` of the redirect is invalid: empty host",
        ),
    ] {
        let error = remote.follow(&raw(location)).await.expect_err(problem);
        assert!(error.is_request());
        let start = "GET /download: ";
        assert_eq!(error.to_string(), format!("{start}{problem}"));
    }
    let site = Site::answering([redirect("/again")]).await;
    let error = client(&site).follow(&raw(Some("/once"))).await.expect_err("a circle");
    assert_eq!((error.status(), site.seen().len()), (Some(StatusCode::FOUND), 11));
}

#[test]
fn a_redirect_is_followed_without_async_code() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let site = runtime.block_on(Site::answering([redirect("/file"), file()]));
    let client = confluence_rest::blocking::Client::new(client(&site)).expect("a client");
    let place = client.send(responses::download()).expect("a place");
    let body = client.follow(&place).expect("a file").into_body();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut client.reader(body), &mut text).expect("a body");
    assert_eq!(text, "a file");
}
