//! The errors that Confluence and what stands before it really answer with, and the line that a user reads of each.

use crate::site::{Answer, Site};
use confluence_rest::{Client, Retry, TokenProvider, TokenResult, longtask};

/// The line that is shown of an answer, without the operation that it begins with.
async fn shown(answer: Answer) -> String {
    let site = Site::answering([answer]).await;
    let error = site.client().send(longtask::get_task("1180606")).await;
    let line = error.expect_err("an error").to_string();
    let rest = line.strip_prefix("GET /wiki/rest/api/longtask/{id}: ");
    rest.expect("the operation").to_owned()
}

async fn json(status: u16, body: &str) -> String {
    shown(Answer::new(status, "application/json;charset=UTF-8", body)).await
}

#[tokio::test]
async fn a_scope_that_is_missing() {
    let body = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
    let answer = Answer::new(401, "application/json", body);
    let line = "401 Unauthorized: Unauthorized; scope does not match; the token needs `read:confluence-space.summary` or \
                `read:content.metadata:confluence`";
    assert_eq!(shown(answer.clone()).await, line);
    let by_header = answer.header("x-failure-category", "FAILURE_CLIENT_SCOPE_CHECK");
    assert_eq!(shown(by_header).await, line);
}

#[tokio::test]
async fn a_password_instead_of_a_token() {
    let body = "Basic authentication with passwords is deprecated.  See: https://developer.example/basic-auth\n";
    assert_eq!(
        shown(Answer::new(401, "text/plain", body)).await,
        "401 Unauthorized: Basic authentication with passwords is deprecated. See: https://developer.example/basic-auth"
    );
}

#[tokio::test]
async fn a_page_of_the_servlet_container() {
    let body = "<!doctype html><html lang=\"en\"><head><title>HTTP Status 401</title><style>h1 {color:white}</style></head>\
                <body><h1>HTTP Status 401</h1><hr class=\"line\" /><p><b>Message</b> Basic Authentication Failure - Reason : \
                AUTHENTICATED_FAILED</p></body></html>";
    assert_eq!(
        shown(Answer::new(401, "text/html;charset=utf-8", body)).await,
        "401 Unauthorized: HTTP Status 401 Message Basic Authentication Failure - Reason : AUTHENTICATED_FAILED"
    );
}

#[tokio::test]
async fn a_user_without_access() {
    assert_eq!(
        json(
            403,
            r#"{"message":"Current user not permitted to use Confluence","statusCode":403}"#
        )
        .await,
        "403 Forbidden: Current user not permitted to use Confluence"
    );
}

#[tokio::test]
async fn a_check_for_forged_requests() {
    assert_eq!(
        shown(Answer::new(403, "text/plain", "XSRF check failed")).await,
        "403 Forbidden: XSRF check failed"
    );
}

#[tokio::test]
async fn the_first_version_of_the_api() {
    let long = r#"{"statusCode":404,"data":{"authorized":false,"valid":false,"errors":[{"message":{
        "translation":"There is no such task","args":[]}}],"successful":false},"message":"com.example.NotFoundException: no task"}"#;
    assert_eq!(
        json(404, long).await,
        "404 Not Found: There is no such task; no task (com.example.NotFoundException)"
    );
    assert_eq!(
        json(404, r#"{"statusCode":404,"message":"No space found"}"#).await,
        "404 Not Found: No space found"
    );
    let failed =
        r#"{"statusCode":500,"message":"java.lang.IllegalArgumentException: no id","reason":"Internal Server Error"}"#;
    assert_eq!(
        json(500, failed).await,
        "500 Internal Server Error: no id (java.lang.IllegalArgumentException)"
    );
}

#[tokio::test]
async fn the_second_version_of_the_api() {
    assert_eq!(
        json(
            404,
            r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}"#
        )
        .await,
        "404 Not Found: Not Found"
    );
    let invalid = r#"{"errors":[{"status":400,"code":"INVALID_REQUEST_PARAMETER","title":"Invalid value","detail":"`id` is no number"}]}"#;
    assert_eq!(
        json(400, invalid).await,
        "400 Bad Request: Invalid value: `id` is no number"
    );
}

#[tokio::test]
async fn nothing_at_all() {
    assert_eq!(
        shown(Answer::error(404)).await,
        "404 Not Found (the document says: Returned if; - There is no task with the given ID. - The calling user does not \
         have permission to view the task.)"
    );
    assert_eq!(shown(Answer::error(500)).await, "500 Internal Server Error");
}

#[tokio::test]
async fn the_beginning_of_something() {
    assert_eq!(
        json(500, r#"{"statusCode":500,"mess"#).await,
        r#"500 Internal Server Error: {"statusCode":500,"mess"#
    );
}

#[tokio::test]
async fn the_server_of_oauth() {
    let body = r#"{"error":"unauthorized_client","error_description":"refresh_token is invalid"}"#;
    assert_eq!(json(403, body).await, "403 Forbidden: refresh_token is invalid");
}

#[tokio::test]
async fn a_trace_for_those_who_can_help() {
    for header in ["atl-traceid", "atl-request-id", "x-arequestid"] {
        let answer = Answer::new(500, "application/json", "{}").header(header, "abc123");
        assert_eq!(
            shown(answer).await,
            "500 Internal Server Error (trace abc123)",
            "{header}"
        );
    }
}

#[tokio::test]
async fn a_service_that_wraps_its_error() {
    // Bitbucket.
    let scopes = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes.",
        "detail":{"granted":["email","pullrequest"],"required":["pullrequest:write"]}}}"#;
    assert_eq!(
        json(403, scopes).await,
        "403 Forbidden: Your credentials lack one or more required privilege scopes.; granted: email, pullrequest; \
         required: pullrequest:write"
    );
    let fields = r#"{"type":"error","error":{"message":"Bad request","detail":"Try again.","fields":{"title":["is too long","is odd"],"x":[]}}}"#;
    assert_eq!(
        json(400, fields).await,
        "400 Bad Request: Bad request; title: is too long, is odd; Try again."
    );
    let gone = r#"{"type":"error","error":{"message":"Repository acme/none not found"}}"#;
    assert_eq!(json(404, gone).await, "404 Not Found: Repository acme/none not found");
}

#[tokio::test]
async fn a_cause_under_the_class_of_an_exception() {
    let validation = r#"{"statusCode":400,"data":{"authorized":true,"valid":false,"errors":[{"message":{"key":
        "A page with this title already exists","args":[]}},{"message":{"translation":"com.example.Gone: The space is archived"}}],"successful":false},
        "message":"com.example.api.BadRequestException: com.example.Oops"}"#;
    assert_eq!(
        json(400, validation).await,
        "400 Bad Request: A page with this title already exists; The space is archived (com.example.api.BadRequestException)"
    );
    let twice = r#"{"statusCode":400,"data":{"errors":[{"message":{"key":"No parent"}}]},"message":"com.example.BadRequestException: No parent"}"#;
    assert_eq!(
        json(400, twice).await,
        "400 Bad Request: No parent (com.example.BadRequestException)"
    );
    assert_eq!(
        json(500, r#"{"statusCode":500,"message":"java.lang.NullPointerException"}"#).await,
        "500 Internal Server Error: java.lang.NullPointerException"
    );
    // A host and its port are no class.
    assert_eq!(
        json(502, r#"{"message":"www.acme.example: no answer"}"#).await,
        "502 Bad Gateway: www.acme.example: no answer"
    );
}

#[tokio::test]
async fn several_errors_at_once() {
    let second =
        r#"{"errors":[{"title":"Invalid value","detail":"`id` is no number"},{"title":"Missing","detail":"`title`"}]}"#;
    assert_eq!(
        json(400, second).await,
        "400 Bad Request: Invalid value: `id` is no number; Missing: `title`"
    );
    let jira = r#"{"errorMessages":["Look below"],"errors":{"summary":"is required"}}"#;
    assert_eq!(
        json(400, jira).await,
        "400 Bad Request: Look below; summary: is required"
    );
    let problem = r#"{"type":"about:blank","title":"Conflict","detail":"The version is 3","status":409}"#;
    assert_eq!(json(409, problem).await, "409 Conflict: Conflict: The version is 3");
    let bulk = r#"{"issues":[],"errors":[
        {"status":400,"elementErrors":{"errorMessages":["No parent"],"errors":{"project":"is another one"}},"failedElementNumber":0}]}"#;
    assert_eq!(
        json(400, bulk).await,
        "400 Bad Request: No parent; project: is another one"
    );
    let key = r#"{"statusCode":409,"data":{"errors":[{"message":{"key":"title.taken","args":["Home","DOCS"]}}]}}"#;
    assert_eq!(json(409, key).await, "409 Conflict: title.taken: Home, DOCS");
    let list = r#"[{"message":"one"},{"message":"two"}]"#;
    assert_eq!(json(400, list).await, "400 Bad Request: one; two");
}

#[tokio::test]
async fn a_page_with_scripts() {
    let body =
        "<html><body><script>if (1 < 2) alert('no')</script><style>p { color: red }</style><p>Log in</p></body></html>";
    assert_eq!(
        shown(Answer::new(403, "text/html", body)).await,
        "403 Forbidden: Log in"
    );
}

#[tokio::test]
async fn nothing_reaches_a_terminal_but_text() {
    let wild = "\u{1b}[2Jred\u{7}\u{202e}txt.exe\u{2066}\r\nsecond\u{85}line\u{200f}";
    let body = serde_json::json!({ "message": wild, "errors": [wild] }).to_string();
    assert_eq!(json(400, &body).await, "400 Bad Request: [2Jred txt.exe second line");
    let failed = serde_json::json!({
        "id": "1", "finished": true, "successful": false, "errors": [{ "key": wild, "translation": wild, "args": [wild] }],
    });
    let site = Site::answering([Answer::json(failed.to_string())]).await;
    let error = site
        .client()
        .wait(longtask::get_task("1"))
        .await
        .expect_err("a failure");
    assert!(error.to_string().ends_with(": [2Jred txt.exe second line"), "{error}");
    let drift = serde_json::json!({ "id": "1", wild: 1 }).to_string();
    let site = Site::answering([Answer::json(drift)]).await;
    let task = site.client().send(longtask::get_task("1")).await.expect("a task");
    let shown = format!("{} {}", task.drift(), task.report().messages.len());
    assert!(shown.contains("[2Jred"), "{shown}");
    assert!(
        !shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{2066}', '\n', '\u{85}']),
        "{shown:?}"
    );
}

#[tokio::test]
async fn a_trace_of_any_length() {
    let answer = Answer::new(500, "application/json", "{}").header("atl-traceid", "x".repeat(300_000));
    let line = shown(answer).await;
    let start = "500 Internal Server Error (trace xxx";
    assert!(line.starts_with(start) && line.len() < 400, "{} bytes", line.len());
}

#[tokio::test]
async fn where_a_redirect_leads() {
    let to = "https://user:s3cret@login.acme.example/sso?token=s3cret";
    assert_eq!(
        shown(Answer::error(302).header("location", to)).await,
        "302 Found, a redirect to login.acme.example:443"
    );
    let to = "//login.acme.example/sso";
    assert_eq!(
        shown(Answer::error(302).header("location", to)).await,
        "302 Found, a redirect to login.acme.example:80"
    );
    let site = Site::answering([Answer::error(302).header("location", "/again?s3cret")]).await;
    let error = site.client().send(longtask::get_task("1")).await.expect_err("a circle");
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: 302 Found, a redirect on the same site"
    );
}

#[tokio::test]
async fn a_host_that_is_not_there() {
    // No name has a part of more than 63 characters, so nobody is asked for it.
    let host = format!("{}.invalid", "x".repeat(64));
    let client = Client::builder(format!("http://{host}"))
        .retry(Retry::never())
        .build()
        .expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("no host");
    assert!(error.is_connect());
    assert_eq!(
        error.to_string(),
        format!("GET /wiki/rest/api/longtask/{{id}}: cannot connect to {host}:80")
    );
}

struct Torn;

impl TokenProvider for Torn {
    fn token<'a>(&'a self, _: Option<&'a str>) -> std::pin::Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        Box::pin(std::future::ready(Ok("s3cret\ntoken".to_owned().into())))
    }
}

#[tokio::test]
async fn a_token_that_no_header_can_carry() {
    let site = Site::answering([Answer::error(500)]).await;
    let auth = confluence_rest::Auth::provider(Torn);
    let client = Client::builder(site.url()).auth(auth).build().expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("no token");
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: there is no access token to send"
    );
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(
        cause,
        "the token contains a line break or another character that no header can carry"
    );
    assert!(site.seen().is_empty() && !format!("{error:?}").contains("s3cret"));
}
