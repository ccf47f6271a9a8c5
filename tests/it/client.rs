//! The client over real sockets: what goes out, what comes back, and what is kept secret.

use std::error::Error as _;
use std::time::Duration;

use crate::golden::responses;
use crate::site::{Answer, Site};
use confluence_rest::longtask::request::{GetTask, GetTaskError};
use confluence_rest::{Auth, Client, StatusCode, longtask};

const DONE: &str = include_str!("payloads/b_documented_cloud.json");

#[tokio::test]
async fn a_request_goes_out_as_the_document_says() {
    let site = Site::answering([Answer::json(DONE).header("atl-traceid", "abc123")]).await;
    let task = site.client().send(longtask::get_task("42")).await.expect("a task");
    assert_eq!(task.percentage_complete, 70);
    assert_eq!(task.status(), StatusCode::OK);
    assert_eq!(task.headers()["atl-traceid"], "abc123");
    assert_eq!(task.raw().body(), DONE);
    let [seen] = &site.seen()[..] else {
        panic!("one request")
    };
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("GET", "/wiki/rest/api/longtask/42")
    );
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(
        seen.header("authorization"),
        Some("Basic bWVAYWNtZS5leGFtcGxlOnMzY3JldC10b2tlbg==")
    );
    assert!(
        seen.header("user-agent")
            .expect("an agent")
            .starts_with("confluence-rest/")
    );
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn a_bearer_token_is_sent_as_such_and_nobody_sends_nothing() {
    let site = Site::answering([Answer::json(DONE)]).await;
    for (auth, header) in [(Auth::bearer("t0ken"), Some("Bearer t0ken")), (Auth::none(), None)] {
        let client = Client::builder(site.url()).auth(auth).build().expect("a client");
        client.send(longtask::get_task("1")).await.expect("a task");
        assert_eq!(site.seen().last().expect("a request").header("authorization"), header);
    }
}

#[tokio::test]
async fn an_id_stays_one_path_segment() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let client = site.client();
    for (id, segment) in [
        ("../../admin", "..%2F..%2Fadmin"),
        ("a/b", "a%2Fb"),
        ("%2e", "%252e"),
        ("%2e%2e", "%252e%252e"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("..a", "..a"),
        ("ä\n", "%C3%A4%0A"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("safe-._~1", "safe-._~1"),
    ] {
        client.send(longtask::get_task(id)).await.expect(id);
        let target = site.seen().last().expect("a request").target.clone();
        assert_eq!(target, format!("/wiki/rest/api/longtask/{segment}"), "{id}");
    }
}

#[tokio::test]
async fn an_id_that_would_change_the_path_is_refused_before_anything_is_sent() {
    let site = Site::answering([Answer::json(DONE)]).await;
    for (id, problem) in [
        ("", "the path parameter `id` is empty"),
        (".", "the path parameter `id` is `.`, which would change the path"),
        ("..", "the path parameter `id` is `..`, which would change the path"),
    ] {
        let error = site.client().send(longtask::get_task(id)).await.expect_err(id);
        assert!(error.is_request());
        assert_eq!(
            error.to_string(),
            format!("GET /wiki/rest/api/longtask/{{id}}: {problem}")
        );
    }
    assert!(site.seen().is_empty());
}

#[tokio::test]
async fn the_base_url_may_end_in_wiki_or_lead_through_the_gateway() {
    let site = Site::answering([Answer::json(DONE)]).await;
    for (suffix, target) in [
        ("", "/wiki/rest/api/longtask/1"),
        ("/", "/wiki/rest/api/longtask/1"),
        ("/wiki", "/wiki/rest/api/longtask/1"),
        ("/wiki/", "/wiki/rest/api/longtask/1"),
        ("/ex/confluence/11-22", "/ex/confluence/11-22/wiki/rest/api/longtask/1"),
        ("/ex/confluence/11-22/", "/ex/confluence/11-22/wiki/rest/api/longtask/1"),
    ] {
        let client = Client::builder(site.url() + suffix).build().expect(suffix);
        client.send(longtask::get_task("1")).await.expect(suffix);
        assert_eq!(site.seen().last().expect("a request").target, target, "{suffix}");
    }
}

#[test]
fn a_base_url_that_cannot_work_is_refused_with_what_to_do() {
    for (url, problem) in [
        (
            "acme.atlassian.net",
            "base URL: `acme.atlassian.net` has no scheme; write `https://acme.atlassian.net`",
        ),
        (
            "ftp://acme.example",
            "base URL: `ftp://acme.example` has the scheme `ftp`; only https and http are supported",
        ),
        (
            "https://acme.example/?x=1",
            "base URL: it has a query or a fragment; use the URL of the site alone",
        ),
        ("https://", "base URL: `https://` cannot be read: empty host"),
        (" ", "base URL: it is empty"),
        (
            "https://acme.atlassian.net/wiki/spaces/X/pages/1",
            "base URL: `https://acme.atlassian.net/wiki/spaces/X/pages/1` is a page of a site; write `https://acme.atlassian.net`",
        ),
        (
            "https://api.atlassian.com/ex/confluence/",
            "base URL: `https://api.atlassian.com/ex/confluence/` is the gateway without the ID of a site; `Client::gateway` takes the ID",
        ),
        (
            "https://api.atlassian.com/ex/confluence/{cloudId}",
            "base URL: `https://api.atlassian.com/ex/confluence/{cloudId}` is the gateway without the ID of a site; `Client::gateway` takes \
             the ID",
        ),
        (
            "https://me:hunter2@acme.example",
            "base URL: it contains credentials; pass them as `Auth` instead",
        ),
        (
            "localhost:8080",
            "base URL: `localhost:8080` has no scheme; write `https://localhost:8080`",
        ),
        (
            "me:hunter2@acme.example",
            "base URL: it has no scheme; begin with `https://`",
        ),
        (
            "https://me:hun#ter2@acme.example",
            "base URL: it cannot be read: invalid port number",
        ),
        (
            "https://acme.example/?token=hunter2",
            "base URL: it has a query or a fragment; use the URL of the site alone",
        ),
    ] {
        let error = Client::builder(url).build().expect_err(url);
        assert!(error.is_configuration());
        assert_eq!(error.to_string(), problem);
        assert!(!format!("{:?}", Client::builder(url)).contains("hunter2"));
    }
}

#[test]
fn credentials_go_over_plain_http_to_this_machine_only() {
    let auth = || Auth::basic("me@acme.example", "s3cret-token");
    for url in [
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:80",
        "https://acme.atlassian.net",
    ] {
        Client::builder(url).auth(auth()).build().expect(url);
    }
    for url in [
        "http://acme.atlassian.net",
        "http://10.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
    ] {
        let error = Client::builder(url).auth(auth()).build().expect_err(url);
        assert!(
            error
                .to_string()
                .ends_with("would send the credentials unencrypted; use https"),
            "{error}"
        );
        Client::builder(url)
            .build()
            .expect("without credentials there is nothing to hide");
    }
}

#[test]
fn credentials_that_cannot_work_are_refused() {
    for (auth, problem) in [
        (Auth::basic("", "token"), "the e-mail address is empty"),
        (
            Auth::basic("a:b", "token"),
            "the e-mail address contains a colon, which HTTP Basic does not allow",
        ),
        (Auth::basic("me", ""), "the token is empty"),
        (
            Auth::bearer("token\n"),
            "the token contains a space, a line break or another character that no token has",
        ),
    ] {
        let error = Client::builder("https://acme.example")
            .auth(auth)
            .build()
            .expect_err(problem);
        assert_eq!(error.to_string(), format!("credentials: {problem}"));
    }
}

#[tokio::test]
async fn secrets_show_up_nowhere() {
    let site = Site::answering([Answer::error(401).header("set-cookie", "session=s3cret")]).await;
    for auth in [
        Auth::basic("me@acme.example", "s3cret-token"),
        Auth::bearer("s3cret-token"),
    ] {
        let builder = Client::builder(site.url()).auth(auth.clone());
        let text = format!("{auth:?} {builder:?}");
        let client = builder.build().expect("a client");
        let error = client.send(longtask::get_task("1")).await.expect_err("401");
        let text = format!(
            "{text} {client:?} {error} {error:?} {:?}",
            client.wait(longtask::get_task("1"))
        );
        assert!(!text.contains("s3cret"), "{text}");
        assert!(!text.contains("czNjcmV0"), "{text}");
    }
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect_to_another_origin() {
    let elsewhere = Site::answering([Answer::json(DONE)]).await;
    let site = Site::answering([Answer::error(302).header("location", format!("{}/stolen", elsewhere.url()))]).await;
    let error = site
        .client()
        .send(longtask::get_task("1"))
        .await
        .expect_err("no answer");
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed() {
    let site = Site::answering([Answer::error(307).header("location", "/wiki/moved"), Answer::json(DONE)]).await;
    site.client().send(longtask::get_task("1")).await.expect("a task");
    let seen = site.seen();
    assert_eq!(seen[1].target, "/wiki/moved");
    assert!(seen[1].header("authorization").is_some());
}

#[tokio::test]
async fn a_redirect_in_utf_8_is_followed() {
    let site = Site::answering([Answer::error(302).header("location", "/käse"), Answer::json(DONE)]).await;
    site.client().send(longtask::get_task("1")).await.expect("a task");
    assert_eq!(site.seen()[1].target, "/k%C3%A4se");
}

#[tokio::test]
async fn redirects_without_end_end() {
    let site = Site::answering([Answer::error(302).header("location", "/again")]).await;
    let error = site
        .client()
        .send(longtask::get_task("1"))
        .await
        .expect_err("a redirect");
    assert_eq!((error.status(), site.seen().len()), (Some(StatusCode::FOUND), 11));
}

// An operation that is documented to redirect.

#[tokio::test]
async fn a_documented_redirect_is_the_answer() {
    let site = Site::answering([Answer::error(302).header("location", "/media/1")]).await;
    let answer = site.client().send(responses::download()).await.expect("a place");
    assert_eq!((answer.location.as_deref(), site.seen().len()), (Some("/media/1"), 1));
}

#[tokio::test]
async fn error_responses_are_read_in_every_shape() {
    let longest = "x".repeat(400);
    let excerpt = format!("{}…", "x".repeat(300));
    for (status, body, message) in [
        (
            403,
            r#"{"statusCode":403,"message":"Not permitted to use Confluence"}"#,
            Some("Not permitted to use Confluence"),
        ),
        (
            404,
            r#"{"statusCode":404,"data":{"errors":[{"message":{"translation":"No such task","args":[]}}]},"message":"Gone"}"#,
            Some("Gone"),
        ),
        (
            404,
            r#"{"data":{"errors":[{"message":{"key":"task.gone","args":[]}}]}}"#,
            Some("task.gone"),
        ),
        (
            404,
            r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}"#,
            Some("Not Found"),
        ),
        (
            400,
            r#"{"errors":[{"status":400,"code":"BAD","title":"Bad","detail":"No id"}]}"#,
            Some("Bad: No id"),
        ),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"The token is dead"}"#,
            Some("The token is dead"),
        ),
        (
            400,
            r#"{"errorMessages":["Ask again"],"errors":{"id":"is odd"}}"#,
            Some("Ask again"),
        ),
        (
            500,
            r#"{"statusCode":500,"message":"java.lang.Oops:\n no","reason":"Internal"}"#,
            Some("no"),
        ),
        (
            401,
            "Basic authentication with passwords is deprecated.  See: https://x.example",
            Some("Basic authentication with passwords is deprecated. See: https://x.example"),
        ),
        (
            401,
            "<!doctype html><html><head><title>Oops</title></head><body><h1>401</h1><p><b>Message</b> Who are you?</p></body></html>",
            Some("401 Message Who are you?"),
        ),
        (502, "", None),
        (401, r#"{"error":"invalid_token"}"#, None),
        (500, r#"{"message":"\u001b[31mred\u0007"}"#, Some("[31mred")),
        (500, "{}", None),
        (500, r#"{"message":"#, Some(r#"{"message":"#)),
        (500, &longest, Some(excerpt.as_str())),
    ] {
        let site = Site::answering([Answer::new(status, "application/json", body)]).await;
        let error = site.client().send(longtask::get_task("1")).await.expect_err(body);
        assert_eq!(error.api().expect("a response").message(), message, "{body}");
        assert_eq!(error.response().expect("a response").body(), body);
        let line = error.to_string();
        assert!(
            line.starts_with(&format!("GET /wiki/rest/api/longtask/{{id}}: {status} ")),
            "{line}"
        );
        assert!(line.contains(message.unwrap_or("")) && !line.contains('\n'), "{line}");
    }
}

#[tokio::test]
async fn documented_errors_are_told_apart() {
    for (status, documented) in [
        (401, GetTaskError::Unauthorized),
        (404, GetTaskError::NotFound),
        (500, GetTaskError::Other(StatusCode::INTERNAL_SERVER_ERROR)),
    ] {
        let site = Site::answering([Answer::error(status)]).await;
        let error = site.client().send(longtask::get_task("1")).await.expect_err("an error");
        assert_eq!(error.documented::<GetTask>(), Some(documented));
        assert_eq!(error.is_not_found(), status == 404);
    }
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let body = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
    let by_message = Answer::new(401, "application/json", body);
    let by_header = Answer::error(401).header("x-failure-category", "FAILURE_CLIENT_SCOPE_CHECK");
    for answer in [by_message, by_header] {
        let site = Site::answering([answer]).await;
        let error = site.client().send(longtask::get_task("1")).await.expect_err("no scope");
        assert!(error.is_scope_mismatch() && !error.is_retryable());
        let needs = "; the token needs `read:confluence-space.summary` or `read:content.metadata:confluence`";
        assert!(error.to_string().ends_with(needs), "{error}");
    }
}

#[tokio::test]
async fn what_may_pass_is_told_from_what_will_not() {
    for (status, retryable) in [
        (400, false),
        (401, false),
        (404, false),
        (429, true),
        (500, false),
        (502, true),
        (503, true),
        (504, true),
    ] {
        let site = Site::answering([Answer::error(status).header("retry-after", "7")]).await;
        let error = site.client().send(longtask::get_task("1")).await.expect_err("an error");
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }
}

#[tokio::test]
async fn a_site_that_is_not_there_is_a_connection_error() {
    let address = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port")
        .local_addr()
        .expect("an address");
    let client = Client::builder(format!("http://{address}")).build().expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("nobody there");
    assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        format!("GET /wiki/rest/api/longtask/{{id}}: cannot connect to {address} (after 4 attempts)")
    );
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_body_of_another_type_is_an_error_and_a_member_is_not() {
    let send = async |answer| {
        let site = Site::answering([answer]).await;
        site.client().send(longtask::get_task("1")).await
    };
    let task = send(Answer::json(
        r#"{"id":1,"elapsedTime":3.0,"messages":[{"args":[]},7],"name":"n"}"#,
    ))
    .await;
    let task = task.expect("a task");
    assert_eq!((task.id.as_str(), task.elapsed_time, task.messages.len()), ("1", 3, 1));
    let mismatched: Vec<String> = task.drift().mismatched.iter().map(ToString::to_string).collect();
    let expected = [
        "/messages/1 (expected an object, got a number)",
        "/name (expected an object, got a string)",
    ];
    assert_eq!(mismatched, expected);

    for (answer, end) in [
        (
            Answer::json("[]"),
            "does not match the document: expected an object, got an array",
        ),
        (
            Answer::json("null"),
            "does not match the document: expected an object, got null",
        ),
        (Answer::json(" "), "is empty: expected an object"),
        (
            Answer::json(r#"{"messages":[{"args":[]},{"args":]"#),
            "is not JSON at `messages[1].args`: expected value at line 1 column 34",
        ),
        (
            Answer::json(r#"{"version":"1"}"#),
            "does not match the document: expected an object with documented members, got one without any \
             (`Client::download` returns a file as it is)",
        ),
        (
            Answer::new(200, "text/html", "<html>\nLog in</html>"),
            "is `text/html`, not JSON: <html> Log in</html>",
        ),
    ] {
        let error = send(answer).await.expect_err(end);
        assert!(error.is_decode() && error.response().is_some());
        let start = "GET /wiki/rest/api/longtask/{id}: 200 OK, but the body ";
        assert_eq!(error.to_string(), format!("{start}{end}"));
    }
}

#[tokio::test]
async fn any_answer_can_be_downloaded() {
    let site = Site::answering([
        Answer::new(200, "text/plain", "a file"),
        Answer::new(404, "text/plain", "none"),
    ])
    .await;
    let client = site.client();
    let file = client.download(longtask::get_task("1")).await.expect("a file");
    assert_eq!(file.into_body().bytes().await.expect("a body"), "a file");
    let error = client.download(longtask::get_task("1")).await.expect_err("none");
    assert!(error.is_not_found());
}

#[tokio::test]
async fn strict_turns_drift_into_an_error() {
    let site = Site::answering([Answer::json(include_str!("payloads/f_running.json"))]).await;
    let client = Client::builder(site.url()).strict(true).build().expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("drift");
    assert!(error.is_decode());
    let end = "departs from the document: missing: /name, /elapsedTime, /successful, /messages, /_links";
    assert!(error.to_string().ends_with(end), "{error}");

    // What is merely new is no error.
    let more = DONE.replacen('{', r#"{"novelty":true,"#, 1);
    let site = Site::answering([Answer::json(more)]).await;
    let client = Client::builder(site.url()).strict(true).build().expect("a client");
    let task = client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(task.drift().unknown, ["/novelty"]);
}
