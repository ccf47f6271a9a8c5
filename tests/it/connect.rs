//! Connect apps: a signed token for each request.

use std::time::Duration;

use crate::golden::parameters;
use crate::site::{Answer, Seen, Site, TODAY, TestClock};
use confluence_rest::{Auth, Client, longtask};
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, UntrustedToken};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

#[derive(Clone, Deserialize)]
struct Claims {
    iss: String,
    qsh: String,
}

/// Checks the signature of a request's token, and returns its claims.
fn claims(seen: &Seen, secret: &str) -> jwt_compact::Claims<Claims> {
    let header = seen.header("authorization").expect("a token");
    let token = UntrustedToken::new(header.strip_prefix("JWT ").expect("a JWT")).expect("a token");
    let token = Hs256.validator(&Hs256Key::new(secret)).validate(&token);
    token.expect("a signature").into_parts().1
}

fn hash(canonical: &str) -> String {
    let bytes = Sha256::digest(canonical.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn each_request_is_signed_for_itself() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let clock = TestClock::default();
    let client = Client::builder(site.url())
        .auth(Auth::connect_jwt("com.example.app", "s3cret"))
        .clock(clock.clone())
        .build()
        .expect("a client");
    clock.advance(Duration::from_secs(1_000));
    client.send(longtask::get_task("1180606")).await.expect("an answer");
    let point = parameters::get_point("a&b").raw("1,2 ~*").r#where("x");
    client.send(point).await.expect("an answer");
    let archive = parameters::get_archive("k", "r", 1, "asc").status(["b", "a"]);
    client.send(archive).await.expect("an answer");

    let seen = site.seen();
    let expected = [
        "GET&/rest/api/longtask/1180606&",
        "GET&/base/path/matrix/a%26b&raw=1%2C2%20~%2A&where=x",
        "GET&/base/path/spaces/k/r-issues-1.zip&order=asc&status=a,b",
    ];
    for (seen, canonical) in seen.iter().zip(expected) {
        let claims = claims(seen, "s3cret");
        assert_eq!(
            (claims.custom.iss.as_str(), claims.custom.qsh),
            ("com.example.app", hash(canonical)),
            "{canonical}"
        );
        let issued = TODAY + Duration::from_secs(1_000);
        assert_eq!(claims.issued_at, Some(issued.into()));
        assert_eq!(claims.expiration, Some((issued + Duration::from_secs(180)).into()));
    }
    assert_eq!(seen.len(), expected.len());
}

#[test]
fn the_secret_is_not_shown_and_has_to_be_there() {
    let auth = Auth::connect_jwt("com.example.app", "s3cret");
    assert_eq!(
        format!("{auth:?}"),
        r#"Connect { app_key: "com.example.app", shared_secret: [REDACTED] }"#
    );
    for (key, secret) in [("", "s3cret"), ("com.example.app", "")] {
        let client = Client::builder("https://acme.atlassian.net").auth(Auth::connect_jwt(key, secret));
        assert!(client.build().expect_err("no credentials").is_configuration());
    }
    let plain = Client::builder("http://acme.example").auth(Auth::connect_jwt("key", "s3cret"));
    assert!(
        plain
            .build()
            .expect_err("plain HTTP")
            .to_string()
            .ends_with("use https")
    );
}
