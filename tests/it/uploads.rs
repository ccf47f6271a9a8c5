//! What is sent from disk and from readers, and what becomes of files that are not what they seem.

use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::golden::bodies;
use crate::site::{Answer, Seen, Site, TestClock};
use confluence_rest::reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use confluence_rest::{Client, Error, Multipart, Operation, Retry, Upload};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

fn done() -> Answer {
    Answer::new(200, "image/png", "png")
}

/// Sends one upload, which may be retried.
async fn put(upload: Upload) -> (Result<(), Error>, Vec<Seen>) {
    let site = Site::answering([done()]).await;
    let retry = Retry::default().writes(true);
    let client = Client::builder(site.url()).clock(TestClock::default()).retry(retry);
    let client = client.build().expect("a client");
    let sent = client.send(bodies::put_file(upload)).await.map(drop);
    (sent, site.seen())
}

/// What is shown of an error of a file, and why.
fn told(error: &Error) -> (String, String) {
    assert!(error.is_file() && !error.is_retryable(), "{error:?}");
    let cause = error.source().expect("a cause").to_string();
    (error.to_string(), cause)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_the_system_makes_up_is_sent_as_it_is_read() {
    let (sent, seen) = put(Upload::file("/proc/self/status")).await;
    sent.expect("an answer");
    let body = String::from_utf8_lossy(&seen[0].body);
    assert!(body.starts_with("Name:") && body.contains("\nThreads:"), "{body}");
    assert_eq!(seen[0].header("transfer-encoding"), Some("chunked"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_sent_once_as_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&path)
        .status()
        .expect("mkfifo");
    assert!(made.success());
    let upload = Upload::file(&path);
    assert!(!upload.is_repeatable() && Upload::file("/no/such/file").is_repeatable());
    let writer = path.clone();
    tokio::spawn(async move {
        let mut pipe = tokio::fs::OpenOptions::new()
            .write(true)
            .open(writer)
            .await
            .expect("a pipe");
        pipe.write_all(b"through the pipe").await.expect("a reader");
        pipe.flush().await.expect("a reader");
    });
    let (sent, seen) = put(upload).await;
    sent.expect("an answer");
    assert_eq!(seen[0].body, b"through the pipe");
    assert_eq!(seen[0].header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn an_empty_file_is_sent_as_one() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let (sent, seen) = put(Upload::file(file.path())).await;
    sent.expect("an answer");
    assert_eq!((seen[0].body.len(), seen[0].header("content-length")), (0, Some("0")));
}

#[tokio::test]
async fn a_directory_is_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sent, seen) = put(Upload::file(folder.path())).await;
    let (line, cause) = told(&sent.expect_err("a directory"));
    assert_eq!(
        line,
        format!("PUT /files: `{}` cannot be read", folder.path().display())
    );
    assert_eq!(cause, "it is a directory");
    assert!(seen.is_empty());

    let site = Site::answering([done()]).await;
    let parts = Multipart::new().part("file", Upload::file(folder.path()));
    let error = site
        .client()
        .send(bodies::replace_files(7).body(parts))
        .await
        .expect_err("a directory");
    told(&error);
    assert!(site.seen().is_empty());
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_told() {
    // The server reads nothing until the file is another one; sockets take less than all of it.
    for (length, cause) in [(1_u64 << 20, "it ended "), (64 << 20, "it grew while it was sent")] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        file.as_file().set_len(32 << 20).expect("room");
        let path = file.path().to_owned();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.expect("a client");
            socket.readable().await.expect("a request");
            file.as_file().set_len(length).expect("room");
            // The client hangs up.
            let _ = tokio::io::copy(&mut socket, &mut tokio::io::sink()).await;
            file
        });
        let client = Client::builder(url).retry(Retry::never()).build().expect("a client");
        let error = client
            .send(bodies::put_file(Upload::file(&path)))
            .await
            .expect_err("another file");
        let (line, why) = told(&error);
        assert_eq!(line, format!("PUT /files: `{}` cannot be read", path.display()));
        assert!(why.starts_with(cause), "{why}");
        drop(server.await.expect("a server"));
    }
}

/// Yields a beginning, and fails.
struct Failing(bool);

impl AsyncRead for Failing {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(Err(io::Error::other("the tape is torn")));
        }
        buffer.put_slice(b"a beginning");
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_reader_that_fails_is_told() {
    let (sent, seen) = put(Upload::reader(Failing(false))).await;
    let error = told(&sent.expect_err("a failure"));
    let of = |line: &str, cause: &str| (line.to_owned(), cause.to_owned());
    assert_eq!(error, of("PUT /files: the reader cannot be read", "the tape is torn"));
    assert!(seen.is_empty());

    let site = Site::answering([done()]).await;
    let parts = Multipart::new().part("file", Upload::reader(Failing(false)).file_name("tape.tar"));
    let error = site
        .client()
        .send(bodies::replace_files(7).body(parts))
        .await
        .expect_err("a failure");
    let line = "PUT /pages/{id}/files: the reader of `tape.tar` cannot be read";
    assert_eq!(told(&error), of(line, "the tape is torn"));
}

#[tokio::test]
async fn a_reader_is_read_up_to_its_length() {
    let (sent, seen) = put(Upload::reader(&b"all and more"[..]).length(3)).await;
    sent.expect("an answer");
    assert_eq!(
        (seen[0].body.as_slice(), seen[0].header("content-length")),
        (&b"all"[..], Some("3"))
    );

    // Nothing beyond the length is waited for.
    let (mut writer, reader) = tokio::io::duplex(64);
    writer.write_all(b"all").await.expect("room");
    let (sent, seen) = put(Upload::reader(reader).length(3)).await;
    sent.expect("an answer");
    assert_eq!(seen[0].body, b"all");
    drop(writer);

    let (sent, _) = put(Upload::reader(&b"too little"[..]).length(30)).await;
    let (_, cause) = told(&sent.expect_err("too little"));
    assert_eq!(cause, "it ended 20 bytes before its length");
}

#[tokio::test]
async fn what_was_read_is_not_sent_along_a_redirect() {
    let site = Site::answering([Answer::error(307).header("location", "/elsewhere"), done()]).await;
    let once = bodies::put_file(Upload::reader(&b"once"[..]));
    let error = site.client().send(once).await.expect_err("a redirect");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(site.seen().len(), 1);

    let site = Site::answering([Answer::error(307).header("location", "/elsewhere"), done()]).await;
    site.client().send(bodies::put_file("again")).await.expect("an answer");
    assert_eq!(site.seen()[1].body, b"again");
}

#[test]
fn bodies_are_not_shown() {
    let page = bodies::create_page(bodies::model::PageCreate::new("s3cret", bodies::model::Parent::new(7)));
    let mut request = page.encode().expect("a request");
    let headers = request.headers_mut();
    for name in ["authorization", "cookie", "proxy-authorization"] {
        headers.insert(
            name.parse::<http::HeaderName>().expect("a name"),
            "s3cret".parse().expect("a value"),
        );
    }
    let shown = format!("{request:?}");
    assert!(shown.contains(" bytes)") && !shown.contains("s3cret"), "{shown}");
    let parts = Multipart::new().part("comment", "s3cret");
    let files = bodies::replace_files(7).body(parts).encode().expect("a request");
    let shown = format!("{files:?}");
    assert!(shown.contains("bytes: 6") && !shown.contains("s3cret"), "{shown}");
}

/// A server that takes the parts apart refuses a header with a control character in it, and all parts with that.
#[tokio::test]
async fn names_of_parts_hold_no_control_characters() {
    let site = Site::answering([Answer::error(204)]).await;
    let name = "n\u{0}a\u{7f}m\te\"";
    let parts = Multipart::new().part(name, Upload::from("text").file_name("a\u{1b}[1m.txt"));
    site.client()
        .send(bodies::replace_files(1).body(parts))
        .await
        .expect("an answer");
    let seen = site.seen();
    let body = String::from_utf8_lossy(&seen[0].body).into_owned();
    let line = "form-data; name=\"n%00a%7Fm%09e%22\"; filename=\"a%1B[1m.txt\"\r\n";
    assert!(body.contains(line), "{body}");
}

/// Headers that say what a body is, or how long, are those of the body that is sent.
#[tokio::test]
async fn default_headers_do_not_describe_a_body() {
    let site = Site::answering([done()]).await;
    let headers: HeaderMap = [(CONTENT_TYPE, "application/json"), (CONTENT_LENGTH, "2")]
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .into_iter()
        .collect();
    let client = Client::builder(site.url()).default_headers(headers.clone());
    let client = client.build().expect("a client");
    let parts = Multipart::new().part("file", "text");
    for client in [&client, &client.with_headers(headers)] {
        let files = bodies::replace_files(1).body(parts.clone());
        client.send(files).await.expect("an answer");
    }
    client.send(bodies::put_file("text")).await.expect("an answer");
    for (seen, media_type) in site
        .seen()
        .iter()
        .zip(["multipart/", "multipart/", "application/octet-stream"])
    {
        let all = |name| seen.headers.get_all(name).iter().collect::<Vec<_>>();
        let types = all(CONTENT_TYPE);
        assert!(
            types.len() == 1 && types[0].as_bytes().starts_with(media_type.as_bytes()),
            "{types:?}"
        );
        assert_eq!(all(CONTENT_LENGTH), [&HeaderValue::from(seen.body.len())]);
    }
}
