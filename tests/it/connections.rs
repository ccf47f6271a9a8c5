//! Proxies, certificates, and clients that are set up elsewhere.

use crate::site::{Answer, Site};
use confluence_rest::{Client, longtask, reqwest};

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

#[tokio::test]
async fn everything_goes_through_the_proxy() {
    let proxy = Site::answering([Answer::json(DONE)]).await;
    let url = proxy.url().replace("http://", "http://user:pass@");
    let client = Client::builder("http://confluence.invalid")
        .proxy(url)
        .build()
        .expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    let seen = &proxy.seen()[0];
    assert_eq!(seen.target, "http://confluence.invalid/wiki/rest/api/longtask/1");
    assert_eq!(seen.header("proxy-authorization"), Some("Basic dXNlcjpwYXNz"));

    let error = Client::builder("https://acme.atlassian.net")
        .proxy("http://user:s3cret@:")
        .build();
    let error = error.expect_err("no URL");
    assert!(error.is_configuration());
    assert_eq!(error.to_string(), "the proxy's URL cannot be read");
}

#[tokio::test]
async fn a_client_of_ones_own_is_used_as_it_is() {
    let site = Site::answering([Answer::json(DONE)]).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .user_agent("mine/1")
        .no_proxy()
        .build()
        .expect("a client");
    let client = Client::builder(site.url()).http_client(http).build().expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(site.seen()[0].header("user-agent"), Some("mine/1"));
}

#[test]
fn roots_have_to_be_certificates() {
    let error = Client::builder("https://acme.atlassian.net")
        .root_certificates("no certificate")
        .build();
    let error = error.expect_err("no certificate");
    assert_eq!(
        error.to_string(),
        "TLS cannot be set up: there is no root certificate in PEM in what was given"
    );
}

/// A site that speaks TLS, with a certificate that nobody knows.
#[tokio::test]
async fn a_root_certificate_makes_a_site_trusted() {
    use std::sync::Arc;

    use confluence_rest::Retry;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
    use tokio_rustls::rustls::{ServerConfig, crypto::ring};

    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.expect("a client");
            if let Ok(mut socket) = acceptor.accept(socket).await {
                let _ = socket.read(&mut [0; 4096]).await;
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}", DONE.len());
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        }
    });
    let site = || Client::builder(format!("https://localhost:{port}")).retry(Retry::never());
    let stranger = site().build().expect("a client");
    let error = stranger
        .send(longtask::get_task("1"))
        .await
        .expect_err("an unknown certificate");
    assert!(error.is_connect(), "{error:?}");
    let friend = site().root_certificates(made.cert.pem()).build().expect("a client");
    friend.send(longtask::get_task("1")).await.expect("an answer");
}
