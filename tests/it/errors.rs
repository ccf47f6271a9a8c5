//! The errors that Confluence and what stands before it really answer with, and the line that a user reads of each.

use crate::site::{Answer, Site};
use confluence_rest::longtask;

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
        "404 Not Found: com.example.NotFoundException: no task"
    );
    assert_eq!(
        json(404, r#"{"statusCode":404,"message":"No space found"}"#).await,
        "404 Not Found: No space found"
    );
    let failed =
        r#"{"statusCode":500,"message":"java.lang.IllegalArgumentException: no id","reason":"Internal Server Error"}"#;
    assert_eq!(
        json(500, failed).await,
        "500 Internal Server Error: java.lang.IllegalArgumentException: no id"
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
async fn a_broken_off_answer_is_one_that_did_not_come() {
    let site = Site::answering([Answer::new(500, "application/json", "{}").breaking_off()]).await;
    let error = site
        .client()
        .send(longtask::get_task("1"))
        .await
        .expect_err("no answer");
    assert!(error.is_retryable() && error.status().is_none());
    assert_eq!(
        error.to_string(),
        "GET /wiki/rest/api/longtask/{id}: the exchange broke off"
    );
}
