//! Bodies that are compressed on the way.

use std::io::Write;

use crate::golden::responses;
use crate::site::{Answer, Site};
use confluence_rest::{Client, Retry, longtask};
use flate2::Compression;
use flate2::write::GzEncoder;

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).expect("memory");
    encoder.finish().expect("memory")
}

fn compressed(status: u16, media_type: &str, body: &[u8]) -> Answer {
    Answer::new(status, media_type, gzip(body)).header("content-encoding", "gzip")
}

#[tokio::test]
async fn what_is_compressed_is_unpacked() {
    let site = Site::answering([
        compressed(200, "application/json", DONE.as_bytes()),
        compressed(404, "application/json", br#"{"message":"No such task"}"#),
        compressed(200, "image/png", b"a picture"),
    ])
    .await;
    let task = site.client().send(longtask::get_task("1")).await.expect("a task");
    assert_eq!((task.id.as_str(), task.raw().body().len()), ("771204", DONE.len()));
    let error = site.client().send(longtask::get_task("1")).await.expect_err("404");
    assert!(error.to_string().ends_with("404 Not Found: No such task"), "{error}");
    let picture = site
        .client()
        .download(responses::get_avatar())
        .await
        .expect("a picture")
        .into_body();
    assert_eq!(picture.length(), None, "it is not known beforehand");
    assert_eq!(picture.bytes().await.expect("a picture"), "a picture");
    let accepted = site.seen()[0].header("accept-encoding").expect("a list").to_owned();
    assert!(accepted.split(',').any(|one| one.trim() == "gzip"), "{accepted}");
}

#[tokio::test]
async fn what_is_unpacked_counts() {
    // A hundredth of it goes over the wire.
    let bomb = vec![b' '; 8 << 20];
    let packed = gzip(&bomb).len() as u64;
    let site = Site::answering([
        compressed(200, "application/json", &bomb),
        compressed(200, "image/png", &bomb),
        compressed(500, "text/plain", &bomb),
    ])
    .await;
    let client = Client::builder(site.url())
        .max_body(2 << 20)
        .retry(Retry::never())
        .build()
        .expect("a client");
    assert!(packed < 1 << 16);
    let message = "the body exceeds the limit of 2097152 bytes";
    let error = client.send(longtask::get_task("1")).await.expect_err("too large");
    assert!(error.to_string().ends_with(message), "{error}");
    let picture = client
        .download(responses::get_avatar())
        .await
        .expect("the head")
        .into_body();
    assert!(
        picture
            .bytes()
            .await
            .expect_err("too large")
            .to_string()
            .ends_with(message)
    );
    let error = client.send(longtask::get_task("1")).await.expect_err("500");
    let response = error.response().expect("a response");
    assert_eq!((response.body().len(), response.is_complete()), (1 << 20, false));
}

#[tokio::test]
async fn what_is_compressed_badly_is_an_error() {
    let whole = gzip(DONE.as_bytes());
    let (beginning, _) = whole.split_at(whole.len() / 2);
    let mut corrupt = whole.clone();
    corrupt.iter_mut().skip(20).step_by(3).for_each(|byte| *byte ^= 0x55);
    for body in [b"no gzip".as_slice(), beginning, &corrupt] {
        let answer = Answer::new(200, "application/json", body).header("content-encoding", "gzip");
        let site = Site::answering([answer]).await;
        let error = site.client().send(longtask::get_task("1")).await.expect_err("no gzip");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        let said = error.to_string();
        assert!(said.ends_with("but the body cannot be decompressed"), "{said}");
        assert!(error.is_decode() && !error.is_retryable(), "{error:?}");
        assert_eq!(site.seen().len(), 1, "it is not asked for again");
    }
}
