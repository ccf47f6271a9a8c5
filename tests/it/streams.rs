//! Bodies of several parts, and bodies that are sent or read while they go over the wire.

use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;

use crate::golden::{bodies, responses};
use crate::site::{Answer, Seen, Site};
use bytes::Bytes;
use confluence_rest::{Auth, Client, Download, Error, Multipart, Upload};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// A part as it arrived: its name, file name, media type and content.
type Part = (String, Option<String>, Option<String>, String);

/// Takes a multipart body apart.
async fn parts(seen: &Seen) -> Vec<Part> {
    let boundary = multer::parse_boundary(seen.header("content-type").expect("a media type")).expect("a boundary");
    let body = Bytes::copy_from_slice(&seen.body);
    let mut body = multer::Multipart::new(OneChunk(Some(body)), boundary);
    let mut parts = Vec::new();
    while let Some(field) = body.next_field().await.expect("a part") {
        let name = field.name().expect("a name").to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        parts.push((name, file_name, media_type, field.text().await.expect("text")));
    }
    parts
}

struct OneChunk(Option<Bytes>);

impl futures_core::Stream for OneChunk {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

fn part(name: &str, file_name: Option<&str>, media_type: Option<&str>, content: &str) -> Part {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    (name.to_owned(), owned(file_name), owned(media_type), content.to_owned())
}

#[tokio::test]
async fn parts_go_out_with_their_names_and_media_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("käse \"1\".png");
    std::fs::write(&path, "from disk").expect("a file");
    let site = Site::answering([Answer::new(200, "text/csv", "a,b")]).await;
    let reader = std::io::Cursor::new(b"from a reader");
    let files = [
        Upload::file(&path),
        Upload::reader(reader).length(13).file_name("b.txt"),
        Upload::from("from memory"),
    ];
    let request = bodies::add_files(7, files, true)
        .preview(Upload::new("tiny").file_name("t.png"))
        .comment(["one", "two"])
        .origin(bodies::model::AddFilesOrigin::new().site("x"));
    let answer = site.client().send(request).await.expect("an answer");
    assert_eq!(*answer, "a,b");
    let seen = &site.seen()[0];
    assert_eq!(
        parts(seen).await,
        [
            part("file", Some("käse %221%22.png"), Some("image/png"), "from disk"),
            part("file", Some("b.txt"), Some("text/plain"), "from a reader"),
            part("file", None, Some("text/plain; charset=utf-8"), "from memory"),
            part("minor", None, None, "true"),
            part("preview", Some("t.png"), Some("image/png"), "tiny"),
            part("comment", None, Some("text/plain; charset=utf-8"), "one"),
            part("comment", None, Some("text/plain; charset=utf-8"), "two"),
            part("origin", None, Some("application/json"), r#"{"site":"x"}"#),
        ]
    );
    assert_eq!(
        seen.header("content-length"),
        Some(seen.body.len().to_string().as_str())
    );
    assert_eq!(
        seen.header("x-atlassian-token"),
        Some("no-check"),
        "Atlassian refuses parts without it"
    );
}

#[tokio::test]
async fn parts_that_no_document_names_are_put_together_by_hand() {
    let site = Site::answering([Answer::error(204)]).await;
    let body = Multipart::new()
        .part("file", Upload::new("x").media_type("a/b"))
        .part("comment", "y");
    let client = site.client();
    client
        .send(bodies::replace_files(7).body(body))
        .await
        .expect("an answer");
    client.send(bodies::replace_files(7)).await.expect("an answer");
    let seen = site.seen();
    let expected = [
        part("file", None, Some("a/b"), "x"),
        part("comment", None, Some("text/plain; charset=utf-8"), "y"),
    ];
    assert_eq!(parts(&seen[0]).await, expected);
    assert_eq!((seen[1].header("content-type"), seen[1].body.len()), (None, 0));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_before_anything_is_sent() {
    let site = Site::answering([Answer::error(204)]).await;
    let error = site
        .client()
        .send(bodies::put_file(Upload::file("/no/such/file")))
        .await
        .expect_err("no file");
    assert!(error.is_file() && !error.is_retryable());
    assert_eq!(error.to_string(), "PUT /files: `/no/such/file` cannot be read");
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert!(cause.starts_with("No such file"), "{cause}");
    assert!(site.seen().is_empty());
}

#[tokio::test]
async fn a_reader_is_read_once() {
    let site = Site::answering([Answer::new(200, "image/png", "png")]).await;
    let client = site.client();
    let request = bodies::put_file(Upload::reader(&b"once"[..]));
    client.send(request.clone()).await.expect("an answer");
    let error = client.send(request).await.expect_err("it is read");
    let cause = std::error::Error::source(&error).expect("a cause").to_string();
    assert_eq!(cause, "the reader was read before");
    let seen = site.seen();
    assert_eq!((seen.len(), seen[0].body.as_slice()), (1, &b"once"[..]));
    assert_eq!(
        seen[0].header("transfer-encoding"),
        Some("chunked"),
        "its length is not known"
    );
}

/// A server for one connection, and the client that talks to it.
async fn server() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let client = Client::builder(url)
        .auth(Auth::none())
        .timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    (listener, client)
}

/// Reads until a text has arrived.
async fn read_until(socket: &mut TcpStream, text: &str) {
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(text) {
        assert_ne!(
            socket.read_buf(&mut seen).await.expect("bytes"),
            0,
            "the end came before {text:?}"
        );
    }
}

#[tokio::test]
async fn a_reader_is_sent_while_it_is_read() {
    let (listener, client) = server().await;
    let (mut writer, reader) = tokio::io::duplex(64);
    let (arrived, first) = oneshot::channel();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a client");
        read_until(&mut socket, "first").await;
        arrived.send(()).expect("the test waits");
        read_until(&mut socket, "second").await;
        socket
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 3\r\n\r\npng")
            .await
            .expect("an answer");
    });
    tokio::spawn(async move {
        writer.write_all(b"first").await.expect("room");
        // Only what is sent while it is read can arrive before the rest is there.
        first.await.expect("the first part arrives");
        writer.write_all(b"second").await.expect("room");
    });
    let answer = client
        .send(bodies::put_file(Upload::reader(reader)))
        .await
        .expect("an answer");
    assert_eq!(answer.into_body().bytes().await.expect("the picture"), "png");
}

/// Answers with a head and a first part, and with the rest when told to.
async fn in_two_parts(listener: TcpListener, rest: oneshot::Receiver<&'static [u8]>) {
    let (mut socket, _) = listener.accept().await.expect("a client");
    read_until(&mut socket, "\r\n\r\n").await;
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 11\r\n\r\nfirst";
    socket.write_all(head).await.expect("the head");
    if let Ok(rest) = rest.await {
        socket.write_all(rest).await.expect("the rest");
    }
}

#[tokio::test]
async fn a_body_is_handed_over_while_it_arrives() {
    let (listener, client) = server().await;
    let (send, rest) = oneshot::channel();
    tokio::spawn(in_two_parts(listener, rest));
    let mut answer = client
        .send(responses::get_avatar())
        .await
        .expect("the head")
        .into_body();
    let responses::request::GetAvatarOutput::Download(download) = &mut answer else {
        panic!("a picture, not {answer:?}")
    };
    assert_eq!(download.length(), Some(11));
    assert_eq!(download.chunk().await.expect("a chunk").expect("the first"), "first");
    send.send(b"second").expect("the server waits");
    let mut rest = String::new();
    pin!(download).read_to_string(&mut rest).await.expect("the rest");
    assert_eq!(rest, "second");
}

#[tokio::test]
async fn a_download_goes_where_it_is_told_and_replaces_nothing_by_halves() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.png");
    let names = || std::fs::read_dir(folder.path()).expect("the folder").count();
    let fetch = async |rest: Option<&'static [u8]>| -> Result<Download, Error> {
        let (listener, client) = server().await;
        let (send, receiver) = oneshot::channel();
        tokio::spawn(in_two_parts(listener, receiver));
        match rest {
            Some(rest) => send.send(rest).expect("the server waits"),
            None => drop(send),
        }
        Ok(client.send(bodies::put_file("x")).await?.into_body())
    };
    let saved = fetch(Some(b"second")).await.expect("the head").save(&path).await;
    assert_eq!(saved.expect("a file"), 11);
    assert_eq!(std::fs::read(&path).expect("the file"), b"firstsecond");

    let broken = fetch(None)
        .await
        .expect("the head")
        .save(&path)
        .await
        .expect_err("it broke off");
    assert_eq!(broken.to_string(), "PUT /files: the connection was lost");
    assert_eq!(
        std::fs::read(&path).expect("the file"),
        b"firstsecond",
        "the old file stays"
    );
    assert_eq!(names(), 1, "and nothing lies beside it");

    let nowhere = fetch(Some(b"second"))
        .await
        .expect("the head")
        .save(folder.path().join("no/where"))
        .await;
    let nowhere = nowhere.expect_err("no folder");
    assert!(
        nowhere.is_file() && nowhere.to_string().contains("cannot be written"),
        "{nowhere}"
    );
}

#[tokio::test]
async fn a_download_can_be_sent_on() {
    let from = Site::answering([Answer::new(200, "image/png", "png")]).await;
    let to = Site::answering([Answer::new(200, "text/csv", "done")]).await;
    let picture = from
        .client()
        .send(bodies::put_file("x"))
        .await
        .expect("a picture")
        .into_body();
    let upload = Upload::reader(picture).file_name("copy.png");
    to.client()
        .send(bodies::add_files(7, [upload], false))
        .await
        .expect("an answer");
    let expected = [
        part("file", Some("copy.png"), Some("image/png"), "png"),
        part("minor", None, None, "false"),
    ];
    assert_eq!(parts(&to.seen()[0]).await, expected);
}

#[tokio::test]
async fn what_does_not_stream_has_to_be_whole_in_time() {
    let (listener, client) = server().await;
    let (_send, rest) = oneshot::channel();
    tokio::spawn(in_two_parts(listener, rest));
    let error = client
        .send(responses::get_flag())
        .await
        .expect_err("the rest never comes");
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "GET /flag: no response within 300ms (after 4 attempts)"
    );
}

#[tokio::test]
async fn a_body_that_is_not_whole_within_the_total_timeout() {
    let (listener, client) = server().await;
    let client = client
        .with_timeout(Duration::from_secs(60))
        .with_total_timeout(Duration::from_millis(200));
    let (_send, rest) = oneshot::channel();
    tokio::spawn(in_two_parts(listener, rest));
    let error = client
        .send(responses::get_flag())
        .await
        .expect_err("the rest never comes");
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.to_string(), "GET /flag: no complete response within 200ms");
}

#[tokio::test]
async fn a_download_may_not_stand_still() {
    let (listener, _) = server().await;
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let client = Client::builder(url)
        .idle_timeout(Duration::from_millis(100))
        .build()
        .expect("a client");
    let (_send, rest) = oneshot::channel();
    tokio::spawn(in_two_parts(listener, rest));
    let mut download = client.send(bodies::put_file("x")).await.expect("the head").into_body();
    assert_eq!(download.chunk().await.expect("a chunk").expect("the first"), "first");
    let error = download.chunk().await.expect_err("nothing more comes");
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "PUT /files: nothing more of the body arrived within 100ms"
    );
    assert!(download.chunk().await.expect("an end").is_none());
}

#[tokio::test]
async fn an_upload_may_not_stand_still() {
    let (listener, _) = server().await;
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let client = Client::builder(url)
        .idle_timeout(Duration::from_millis(100))
        .build()
        .expect("a client");
    let silent = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a client");
        read_until(&mut socket, "all there is").await;
        socket
    });
    let upload = Upload::reader(&b"all there is"[..]);
    let error = client.send(bodies::put_file(upload)).await.expect_err("no answer");
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "PUT /files: no response within 100ms");
    drop(silent.await.expect("a server that has read it all"));
}

#[tokio::test]
async fn no_more_is_collected_than_allowed() {
    let site = Site::answering([Answer::new(200, "application/json", "true                ")]).await;
    let client = |most| Client::builder(site.url()).max_body(most).build().expect("a client");
    assert!(*client(20).send(responses::get_flag()).await.expect("it fits"));
    let error = client(19)
        .send(responses::get_flag())
        .await
        .expect_err("it is too large");
    let message = "the body exceeds the limit of 19 bytes";
    assert_eq!(error.to_string(), format!("GET /flag: 200 OK, but {message}"));
    assert!(!error.is_retryable());
    let download = client(19)
        .send(bodies::put_file("x"))
        .await
        .expect("the head")
        .into_body();
    assert_eq!(
        download.bytes().await.expect_err("too large").to_string(),
        format!("PUT /files: {message}")
    );
    let mut download = client(19)
        .send(bodies::put_file("x"))
        .await
        .expect("the head")
        .into_body();
    assert!(
        download.chunk().await.expect("a chunk").is_some(),
        "chunk by chunk, there is no limit"
    );

    // Without a length, the bytes are counted.
    let (listener, _) = server().await;
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a client");
        read_until(&mut socket, "\r\n\r\n").await;
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\ntrue                ";
        socket.write_all(answer).await.expect("an answer");
    });
    let client = Client::builder(url).max_body(19).build().expect("a client");
    let error = client.send(responses::get_flag()).await.expect_err("it is too large");
    assert_eq!(error.to_string(), format!("GET /flag: 200 OK, but {message}"));
}

#[tokio::test]
async fn text_that_is_none_is_an_error() {
    let site = Site::answering([Answer::new(200, "text/csv", [0xff, 0xfe])]).await;
    let error = site
        .client()
        .send(bodies::add_files(7, ["x"], false))
        .await
        .expect_err("no text");
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "POST /pages/{id}/files: 200 OK, but the body is not UTF-8 text"
    );
    assert_eq!(error.response().expect("the response").body().as_ref(), [0xff, 0xfe]);
}

#[tokio::test]
async fn a_text_beside_a_download_is_read_whole() {
    use responses::request::GetPartOutput;
    let whole = Answer::new(200, "text/plain", "whole");
    let part = Answer::new(206, "application/octet-stream", "part");
    let site = Site::answering([whole, part]).await;
    let answer = site.client().send(responses::get_part()).await.expect("a text");
    assert!(matches!(answer.into_body(), GetPartOutput::Ok(text) if text == "whole"));
    let answer = site.client().send(responses::get_part()).await.expect("a download");
    let GetPartOutput::PartialContent(mut part) = answer.into_body() else {
        panic!("a part")
    };
    assert_eq!(part.chunk().await.expect("a chunk").expect("the first"), "part");
}
