//! The generated module is what the documentation promises.

use confluence_rest::info::{DataSecurityPolicy, Method, SecurityScheme};
use confluence_rest::longtask::{self, request::GetTask};
use confluence_rest::{Client, Operation};

#[test]
fn a_request_says_what_to_send_without_a_client() {
    let request = longtask::get_task("1180606").encode().expect("a request");
    assert_eq!(*request.method(), Method::GET);
    assert_eq!(request.path(), "/wiki/rest/api/longtask/1180606");
    assert_eq!(request.query(), "");
    assert!(request.body().is_none());
    assert_eq!(request.operation().id, "atlassianGettask");
}

#[test]
fn the_info_has_what_the_document_says_about_the_operation() {
    let info = GetTask::INFO;
    assert_eq!(info.id, "atlassianGettask");
    assert_eq!(info.path, "/wiki/rest/api/longtask/{id}");
    assert_eq!(info.tags, ["Long-Running Task"]);
    assert_eq!(info.summary, "Get the status of a long-running task");
    assert!(!info.deprecated);
    assert_eq!(info.scopes.current(), ["read:confluence-space.summary"]);
    assert_eq!(info.scopes.beta(), ["read:content.metadata:confluence"]);
    assert_eq!(info.connect_scope, Some("READ"));
    assert_eq!(info.data_security_policy, Some(DataSecurityPolicy::new(true)));
    let needed: Vec<&str> = info.security.iter().map(|together| together[0].scheme).collect();
    assert_eq!(needed, ["basicAuth", "oAuthDefinitions"]);
    assert_eq!(info.security[1][0].scopes, ["read:confluence-space.summary"]);
    assert_eq!(
        info.response(401).expect("401").description,
        "Returned if the calling user is not logged in to Confluence."
    );
    assert!(info.response(418).is_none());
}

#[test]
fn the_module_has_the_document_as_data() {
    let operations: Vec<&str> = longtask::OPERATIONS.iter().map(|info| info.id).collect();
    assert_eq!(operations, ["atlassianGettask"]);
    assert_eq!(longtask::TITLE, "Long-running tasks");
    assert_eq!(longtask::VERSION, "1.0.0");
    assert_eq!(longtask::SERVER, "//your-domain.atlassian.net");
    assert_eq!(
        longtask::EXTERNAL_DOCS,
        "https://developer.atlassian.com/cloud/confluence/rest/"
    );
    assert_eq!(longtask::TERMS_OF_SERVICE, "https://atlassian.com/terms/");
    let anchors: Vec<&str> = longtask::GUIDE.iter().map(|document| document.anchor).collect();
    assert_eq!(anchors, ["about", "auth", "status-code", "using", "capabilities"]);
    assert_eq!(longtask::guide::status_code::DOCUMENT.title, "Status codes");
    assert!(longtask::guide::status_code::DOCUMENT.body.contains("```json"));
}

#[test]
fn the_security_schemes_come_from_the_overlay() {
    let [basic, oauth] = longtask::SECURITY_SCHEMES else {
        panic!("two schemes")
    };
    assert!(matches!(
        basic,
        SecurityScheme::Http {
            name: "basicAuth",
            scheme: "basic",
            ..
        }
    ));
    let SecurityScheme::OAuth2 {
        name,
        authorization_url,
        token_url,
        ..
    } = oauth
    else {
        panic!("OAuth 2.0")
    };
    assert_eq!(*name, "oAuthDefinitions");
    assert_eq!(*authorization_url, "https://auth.atlassian.com/authorize");
    assert_eq!(*token_url, "https://auth.atlassian.com/oauth/token");
}

#[test]
fn futures_can_be_sent_between_threads() {
    fn sendable<T: Send>(_: &T) {}
    let client = Client::builder("https://acme.atlassian.net").build().expect("a client");
    sendable(&client.send(longtask::get_task("1")));
    sendable(&IntoFuture::into_future(client.wait(longtask::get_task("1"))));
    let mut wait = client.wait(longtask::get_task("1"));
    sendable(&wait.next());
}
