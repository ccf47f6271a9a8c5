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
async fn what_a_client_of_ones_own_does_not_send_is_told() {
    let http = reqwest::Client::builder().https_only(true).build().expect("a client");
    let client = Client::builder("http://127.0.0.1:1").http_client(http);
    let client = client.build().expect("a client");
    let error = client.send(longtask::get_task("1")).await.expect_err("plain HTTP");
    assert!(error.is_request() && !error.is_retryable());
    let line = error.to_string();
    assert!(
        line.starts_with("GET /wiki/rest/api/longtask/{id}: it cannot be sent: "),
        "{line}"
    );
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

/// reqwest needs no crypto provider to be installed in the process.
#[tokio::test]
async fn a_client_of_ones_own_is_used() {
    drop(reqwest::Client::new());
    let site = Site::answering([Answer::json(DONE)]).await;
    let http = reqwest::Client::builder().user_agent("mine/1").no_proxy();
    let http = http.build().expect("a client");
    let answer = http.get(site.url()).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let client = Client::builder(site.url()).http_client(http).build().expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    let seen = site.seen();
    assert_eq!(
        (seen[0].header("user-agent"), seen[1].header("user-agent")),
        (Some("mine/1"), Some("mine/1"))
    );
}

#[test]
fn a_client_certificate_has_to_be_one_with_its_key() {
    let build = |chain: &str, key: &str| {
        let builder = Client::builder("https://acme.atlassian.net").client_certificate(chain, key);
        assert!(!format!("{builder:?}").contains("s3cret"));
        builder.build().expect_err("no certificate")
    };
    let made = rcgen::generate_simple_self_signed(["me".to_owned()]).expect("a certificate");
    let (chain, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let other = rcgen::generate_simple_self_signed(["me".to_owned()]).expect("a certificate");
    let of_another = other.signing_key.serialize_pem();
    for (chain, key) in [
        ("s3cret", key.as_str()),
        (&chain, "s3cret"),
        ("", ""),
        (&chain, &of_another),
    ] {
        let error = build(chain, key);
        assert!(error.is_configuration());
        let line = error.to_string();
        println!("{line}");
        assert!(
            line.contains("cannot be set up: ") && !line.ends_with("builder error") && !line.contains("s3cret"),
            "{line}"
        );
    }
    let client = Client::builder("https://acme.atlassian.net").client_certificate(chain, key);
    client.build().expect("a client");
}

/// Sites that speak TLS, with a certificate that nobody knows.
mod tls {
    use std::sync::Arc;

    use super::DONE;
    use confluence_rest::{Client, ClientBuilder, Retry, longtask};
    use rcgen::{CertifiedKey, KeyPair};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
    use tokio_rustls::rustls::server::{WebPkiClientVerifier, danger::ClientCertVerifier};
    use tokio_rustls::rustls::{RootCertStore, ServerConfig, crypto::aws_lc_rs};
    use tokio_rustls::server::TlsStream;

    fn certificate(name: &str) -> CertifiedKey<KeyPair> {
        rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate")
    }

    fn config(own: &CertifiedKey<KeyPair>, friends: Option<Arc<dyn ClientCertVerifier>>) -> ServerConfig {
        let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions");
        let builder = match friends {
            Some(friends) => builder.with_client_cert_verifier(friends),
            None => builder.with_no_client_auth(),
        };
        builder
            .with_single_cert(vec![own.cert.der().clone()], key.into())
            .expect("a configuration")
    }

    /// Starts a site, and a client for it.
    async fn site<F>(config: ServerConfig, serve: fn(TlsStream<TcpStream>) -> F) -> ClientBuilder
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.expect("a client");
                if let Ok(socket) = acceptor.accept(socket).await {
                    tokio::spawn(serve(socket));
                }
            }
        });
        Client::builder(format!("https://localhost:{port}")).retry(Retry::never())
    }

    async fn http1(mut socket: TlsStream<TcpStream>) {
        let _ = socket.read(&mut [0; 4096]).await;
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{DONE}", DONE.len());
        let _ = socket.write_all(answer.as_bytes()).await;
        let _ = socket.shutdown().await;
    }

    #[tokio::test]
    async fn a_root_certificate_makes_a_site_trusted() {
        let own = certificate("localhost");
        let builder = site(config(&own, None), http1).await;
        let stranger = builder.clone().build().expect("a client");
        let error = stranger
            .send(longtask::get_task("1"))
            .await
            .expect_err("an unknown certificate");
        assert!(error.is_connect(), "{error:?}");
        let friend = builder.root_certificates(own.cert.pem()).build().expect("a client");
        friend.send(longtask::get_task("1")).await.expect("an answer");
    }

    #[tokio::test]
    async fn a_client_shows_its_certificate() {
        let (own, me) = (certificate("localhost"), certificate("me"));
        let mut friends = RootCertStore::empty();
        friends.add(me.cert.der().clone()).expect("a root");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let friends = WebPkiClientVerifier::builder_with_provider(friends.into(), provider).build();
        let builder = site(config(&own, Some(friends.expect("a verifier"))), http1).await;
        let builder = builder.root_certificates(own.cert.pem());
        let nobody = builder.clone().build().expect("a client");
        nobody
            .send(longtask::get_task("1"))
            .await
            .expect_err("a certificate is wanted");
        let known = builder.client_certificate(me.cert.pem(), me.signing_key.serialize_pem());
        let known = known.build().expect("a client");
        known.send(longtask::get_task("1")).await.expect("an answer");
    }

    #[tokio::test]
    async fn http_2_is_spoken_where_the_server_does() {
        use hyper_util::rt::{TokioExecutor, TokioIo};

        async fn http2(socket: TlsStream<TcpStream>) {
            assert_eq!(socket.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            let answer = hyper::service::service_fn(async |request: http::Request<_>| {
                let _: hyper::body::Incoming = request.into_body();
                Ok::<_, std::convert::Infallible>(http::Response::new(DONE.to_owned()))
            });
            let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
            let _ = connection.serve_connection(TokioIo::new(socket), answer).await;
        }

        let own = certificate("localhost");
        let mut config = config(&own, None);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let builder = site(config, http2).await.root_certificates(own.cert.pem());
        let client = builder.build().expect("a client");
        let task = client.send(longtask::get_task("1")).await.expect("an answer");
        assert_eq!(task.id, "771204");
    }
}

/// A proxy that speaks SOCKS 5 (RFC 1928) is asked for the host by its name.
#[tokio::test]
async fn a_proxy_may_speak_socks() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let site = Site::answering([Answer::json(DONE)]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let proxy = format!("socks5h://{}", listener.local_addr().expect("an address"));
    let address = site.url().replace("http://", "");
    let asked = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a client");
        let mut greeting = [0; 3];
        socket.read_exact(&mut greeting).await.expect("a greeting");
        socket.write_all(&[5, 0]).await.expect("no credentials");
        let mut head = [0; 5];
        socket.read_exact(&mut head).await.expect("a request");
        let mut name = vec![0; usize::from(head[4]) + 2];
        socket.read_exact(&mut name).await.expect("a name and a port");
        socket
            .write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            .await
            .expect("success");
        let mut site = tokio::net::TcpStream::connect(address).await.expect("the site");
        let _ = tokio::io::copy_bidirectional(&mut socket, &mut site).await;
        String::from_utf8_lossy(&name[..name.len() - 2]).into_owned()
    });
    let client = Client::builder("http://confluence.invalid")
        .proxy(proxy)
        .build()
        .expect("a client");
    client.send(longtask::get_task("1")).await.expect("an answer");
    drop(client);
    assert_eq!(asked.await.expect("a proxy"), "confluence.invalid");
}
