//! Where downloads are saved, and how they go on where they broke off.

use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::golden::{bodies, responses};
use crate::site::{Answer, Site, TestClock};
use crate::wire::Wire;
use confluence_rest::{Client, Download, Error, Middleware, Next, RawResponse, Request, longtask};

/// The names in a folder, in their order.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

async fn picture(content: &str) -> Download {
    let site = Site::answering([Answer::new(200, "image/png", content)]).await;
    let answer = site.client().send(bodies::put_file("x")).await.expect("a picture");
    answer.into_body()
}

#[tokio::test]
async fn each_save_has_a_file_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x");
    std::fs::write(folder.path().join("x.part"), "mine").expect("a file");
    let (a, b) = ("a".repeat(1 << 20), "b".repeat(1 << 20));
    let (first, second) = (picture(&a).await, picture(&b).await);
    let (first, second) = tokio::join!(first.save(&path), second.save(&path));
    assert_eq!((first.expect("a file"), second.expect("a file")), (1 << 20, 1 << 20));
    let saved = std::fs::read_to_string(&path).expect("a file");
    assert!(saved == a || saved == b, "one of them, not both");
    assert_eq!(std::fs::read(folder.path().join("x.part")).expect("a file"), b"mine");
    assert_eq!(names(folder.path()), ["x", "x.part"]);
}

#[tokio::test]
async fn a_save_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let half = "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 10\r\n\r\nfirst";
    let site = Wire::saying_and_waiting([half]).await;
    let client = Client::builder(site.url()).build().expect("a client");
    let file = client
        .download(longtask::get_task("1"))
        .await
        .expect("the head")
        .into_body();
    {
        let mut save = std::pin::pin!(file.save(folder.path().join("x")));
        while names(folder.path()).is_empty() {
            tokio::select! {
                saved = &mut save => panic!("there is half of it: {saved:?}"),
                () = tokio::task::yield_now() => {}
            }
        }
    }
    // The thread that creates the file may not have handed it over yet.
    while !names(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_saved_file_is_like_any_other() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let mode = |name: &str| {
        let metadata = std::fs::metadata(folder.path().join(name)).expect("a file");
        metadata.permissions().mode() & 0o777
    };
    std::fs::write(folder.path().join("plain"), "").expect("a file");
    picture("png")
        .await
        .save(folder.path().join("saved"))
        .await
        .expect("a file");
    assert_eq!(mode("saved"), mode("plain"));

    // What is no file is not replaced by one.
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let error = picture("png")
        .await
        .save(folder.path().join("folder"))
        .await
        .expect_err("a folder");
    assert!(error.is_file());
    let error = picture("png").await.save("/dev/null").await.expect_err("a device");
    assert_eq!(error.to_string(), "PUT /files: `/dev/null` cannot be written");
    assert_eq!(names(folder.path()), ["folder", "plain", "saved"]);
}

// Going on.

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 11\r\naccept-ranges: bytes\r\n";
const TAG: &str = "etag: \"v1\"\r\n";

fn first(validator: &str) -> String {
    format!("{HEAD}{validator}\r\nfirst")
}

/// The rest of it, which may break off, too.
fn rest(range: &str, body: &str) -> String {
    let (start, end) = range
        .split_once('/')
        .and_then(|(range, _)| range.split_once('-'))
        .expect("a range");
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let length = number(end) + 1 - number(start);
    format!("HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {range}\r\ncontent-length: {length}\r\n\r\n{body}")
}

/// What becomes of a download, and the heads of its requests.
async fn fetch(answers: &[String], times: u32) -> (Result<String, Error>, Vec<String>, Vec<Duration>) {
    let site = Wire::saying(answers.iter().map(String::as_str)).await;
    let clock = TestClock::default();
    let client = Client::builder(site.url()).clock(clock.clone()).resume_downloads(times);
    let client = client.build().expect("a client");
    let body = client
        .download(responses::get_avatar())
        .await
        .expect("the head")
        .into_body();
    let body = body
        .bytes()
        .await
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (body, site.heads(), clock.sleeps())
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let answers = [first(TAG), rest("5-10/11", "sec"), rest("8-10/11", "ond")];
    let (body, heads, sleeps) = fetch(&answers, 2).await;
    assert_eq!(body.expect("all of it"), "firstsecond");
    assert!(heads[0].contains("accept-encoding: identity") && !heads[0].contains("range: "));
    assert!(heads[1].contains("\r\nrange: bytes=5-\r\n") && heads[1].contains("if-range: \"v1\""));
    assert!(heads[2].contains("\r\nrange: bytes=8-\r\n"));
    assert_eq!(sleeps.len(), 2, "with a pause before each");
}

#[tokio::test]
async fn a_date_tells_contents_apart_once_it_is_past() {
    let dated = |now: &str| {
        let changed = "last-modified: Mon, 23 Nov 2026 10:00:00 GMT";
        first(&format!(
            "etag: W/\"v1\"\r\n{changed}\r\ndate: Mon, 23 Nov 2026 10:00:{now} GMT\r\n"
        ))
    };
    let (body, heads, _) = fetch(&[dated("01"), rest("5-10/11", "second")], 1).await;
    assert_eq!(body.expect("all of it"), "firstsecond");
    assert!(
        heads[1].contains("if-range: mon, 23 nov 2026 10:00:00 gmt"),
        "a weak tag is none: {}",
        heads[1]
    );
    let (body, heads, _) = fetch(&[dated("00"), rest("5-10/11", "second")], 1).await;
    body.expect_err("it may have changed within the second");
    assert_eq!(heads.len(), 1);
}

#[tokio::test]
async fn a_download_does_not_go_on_unasked_or_without_end() {
    let all = rest("5-10/11", "second");
    for (answers, times, requests) in [
        ([first(TAG), all.clone()], 0, 1),
        ([first(""), all.clone()], 1, 1),
        ([first("etag: W/\"v1\"\r\n"), all.clone()], 1, 1),
        (
            [
                first(TAG).replace("accept-ranges: bytes", "accept-ranges: none"),
                all.clone(),
            ],
            1,
            1,
        ),
        ([first(TAG), rest("5-10/11", "s")], 1, 2),
        ([first(TAG), String::new()], 3, 4),
    ] {
        let (body, heads, _) = fetch(&answers, times).await;
        let error = body.expect_err("it broke off");
        assert!(error.is_retryable(), "{error}");
        assert_eq!(heads.len(), requests, "{answers:?}");
    }
}

#[tokio::test]
async fn another_content_is_not_the_rest() {
    let anew = format!("{HEAD}etag: \"v2\"\r\n\r\nother bytes");
    for (answer, problem) in [
        (anew, "the content has changed on the server"),
        (rest("4-10/11", "tsecond"), "the server sent a different range"),
        (rest("5-10/12", "second"), "the server sent a different range"),
        (rest("5-10/*", "second"), "the server sent a different range"),
    ] {
        let (body, heads, _) = fetch(&[first(TAG), answer], 3).await;
        let error = body.expect_err("another content");
        let start = "GET /avatar: the download was interrupted after 5 of 11 bytes and cannot be resumed: ";
        assert_eq!(error.to_string(), format!("{start}{problem}"));
        assert!(!error.is_retryable());
        assert_eq!(heads.len(), 2);
    }
    let short =
        "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 5-10/11\r\ncontent-length: 3\r\n\r\nsec".to_owned();
    let error = fetch(&[first(TAG), short], 3).await.0.expect_err("less than the rest");
    assert!(
        error
            .to_string()
            .ends_with("after 8 of 11 bytes and cannot be resumed: the server sent less than the rest"),
        "{error}"
    );
    let gone = "HTTP/1.1 416 Range Not Satisfiable\r\ncontent-length: 0\r\n\r\n".to_owned();
    let error = fetch(&[first(TAG), gone], 3).await.0.expect_err("gone");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(416));
}

#[tokio::test]
async fn a_limit_is_kept_to_before_a_download_goes_on() {
    let limited = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (body, heads, sleeps) = fetch(&[first(TAG), limited, rest("5-10/11", "second")], 2).await;
    assert_eq!(body.expect("all of it"), "firstsecond");
    assert_eq!(heads.len(), 3);
    assert!(sleeps.iter().sum::<Duration>() >= Duration::from_secs(30), "{sleeps:?}");
}

#[tokio::test]
async fn a_download_that_stands_still_goes_on() {
    let site = Wire::saying_and_waiting([first(TAG), rest("5-10/11", "second")]).await;
    let client = Client::builder(site.url()).idle_timeout(Duration::from_millis(100));
    let client = client
        .clock(TestClock::default())
        .resume_downloads(1)
        .build()
        .expect("a client");
    let folder = tempfile::tempdir().expect("a folder");
    let body = client
        .download(responses::get_avatar())
        .await
        .expect("the head")
        .into_body();
    let path = folder.path().join("x");
    assert_eq!(body.save(&path).await.expect("all of it"), 11);
    assert_eq!(std::fs::read(path).expect("a file"), b"firstsecond");
}

/// Numbers the requests.
struct Numbered(AtomicU32);

impl Middleware for Numbered {
    fn handle<'a>(
        &'a self,
        mut request: Request,
        next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        request.headers_mut().append("x-number", number.into());
        Box::pin(next.run(request))
    }
}

#[tokio::test]
async fn a_download_goes_on_through_middleware() {
    let site = Wire::saying([first(TAG), rest("5-10/11", "sec"), rest("8-10/11", "ond")]).await;
    let client = Client::builder(site.url())
        .clock(TestClock::default())
        .middleware(Numbered(AtomicU32::default()))
        .resume_downloads(2)
        .build()
        .expect("a client");
    let body = client.download(responses::get_avatar()).await.expect("the head");
    assert_eq!(body.into_body().bytes().await.expect("all of it"), "firstsecond");
    for (number, head) in site.heads().iter().enumerate() {
        assert!(head.contains(&format!("\r\nx-number: {number}\r\n")), "{head}");
        assert_eq!(head.matches("x-number").count(), 1);
    }
}
