//! The blocking client over real sockets.
use std::future::ready;
use std::io::Read;
use std::time::Duration;

use crate::golden::{bodies, pages};
use crate::site::{Answer, Site, TestClock};
use confluence_rest::{WaitError, blocking, longtask};
use tokio::runtime::Runtime;

const RUNNING: &str = include_str!("payloads/f_running.json");
const DONE: &str = include_str!("payloads/f_succeeded.json");
const FAILED: &str = include_str!("payloads/f_failed.json");

/// A site on a runtime of its own, and a blocking client for it.
fn site(answers: impl IntoIterator<Item = Answer>) -> (Runtime, Site, blocking::Client) {
    let runtime = Runtime::new().expect("a runtime");
    let site = runtime.block_on(Site::answering(answers));
    let client = blocking::Client::new(site.client_with(&TestClock::default())).expect("a client");
    (runtime, site, client)
}

#[test]
fn requests_go_out_and_answers_come_back() {
    let (_runtime, site, client) = site([Answer::json(DONE), Answer::error(404)]);
    assert!(client.send(longtask::get_task("1")).expect("a task").successful);
    let error = client.clone().send(longtask::get_task("2")).expect_err("no task");
    assert!(error.is_not_found());
    assert_eq!(site.seen().len(), 2);
}

#[test]
fn tasks_are_followed() {
    let (_runtime, _site, client) = site([RUNNING, RUNNING, DONE].map(Answer::json));
    let mut seen = 0;
    let wait = client.wait(longtask::get_task("1")).on_progress(|_| seen += 1);
    assert!(wait.run().expect("success").finished);
    assert_eq!(seen, 3);

    let (_runtime, _site, client) = self::site([RUNNING, FAILED].map(Answer::json));
    let statuses: Vec<bool> = client
        .wait(longtask::get_task("1"))
        .map(|status| status.expect("a status").finished)
        .collect();
    assert_eq!(statuses, [false, true]);
    let error = client.wait(longtask::get_task("1")).run().expect_err("it failed");
    assert!(error.to_string().starts_with("the task failed"), "{error}");
}

#[test]
fn a_wait_is_set_up_saved_and_taken_up_again() {
    let (_runtime, site, client) = site([Answer::json(RUNNING)]);
    let mut wait = client
        .wait(longtask::get_task("1"))
        .first_delay(Duration::from_secs(5))
        .stall(Duration::from_secs(60));
    wait.next().expect("a status").expect("no error");
    assert_eq!(wait.progress().expect("a status").elapsed(), Duration::from_secs(5));
    let saved = wait.save().expect("a wait");
    let error = wait.run().expect_err("it stands still");
    assert!(matches!(error, WaitError::Stalled(_)), "{error}");
    let wait = client
        .wait(longtask::get_task(saved.task_id().expect("an id")))
        .resume(&saved);
    assert!(matches!(
        wait.timeout(Duration::ZERO).run(),
        Err(WaitError::TimedOut(_))
    ));

    let asked = site.seen().len();
    let wait = client.wait(longtask::get_task("1")).cancel_on(ready(()));
    assert!(matches!(wait.run(), Err(WaitError::Cancelled(_))));
    assert_eq!(site.seen().len(), asked);
}

#[test]
fn many_tasks_are_an_iterator() {
    let (_runtime, _site, client) = site([RUNNING, RUNNING, DONE, FAILED].map(Answer::json));
    let tasks = client.wait_all(["1", "2"].map(longtask::get_task)).concurrency(1);
    let mut told = 0;
    let ended: Vec<(usize, bool)> = tasks
        .each(|_, wait| wait.timeout(Duration::from_secs(600)))
        .inspect(|_| told += 1)
        .map(|(place, result)| (place, result.is_ok()))
        .collect();
    let (mut places, mut ends): (Vec<usize>, Vec<bool>) = ended.into_iter().unzip();
    places.sort_unstable();
    ends.sort_unstable();
    assert_eq!((places, ends, told), (vec![0, 1], vec![false, true], 2));
}

#[test]
fn lists_are_iterators() {
    let first = r#"{"results":[{"name":"a"},{"name":"b"}],"_links":{"next":"?cursor=2"}}"#;
    let last = r#"{"results":[{"name":"c"}],"_links":{}}"#;
    let (_runtime, _site, client) = site([first, last, first, last].map(Answer::json));
    let names: Result<Vec<String>, _> = client
        .pages(pages::list_labels())
        .items()
        .map(|item| item.map(|item| item.name))
        .collect();
    assert_eq!(names.expect("items"), ["a", "b", "c"]);
    assert_eq!(client.pages(pages::list_labels()).count(), 2);
}

#[test]
fn downloads_are_readers() {
    let (_runtime, _site, client) = site([Answer::new(200, "image/png", "picture")]);
    let download = client.send(bodies::put_file("x")).expect("a picture").into_body();
    let mut text = String::new();
    client.reader(download).read_to_string(&mut text).expect("the picture");
    assert_eq!(text, "picture");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.png");
    let download = client.send(bodies::put_file("x")).expect("a picture").into_body();
    assert_eq!(client.save(download, &path).expect("a file"), 7);
    assert_eq!(std::fs::read(path).expect("a file"), b"picture");
}

#[test]
fn async_code_is_told_instead_of_blocked() {
    let (runtime, site, client) = site([Answer::json(DONE)]);
    runtime.block_on(async move {
        let error = client.send(longtask::get_task("1")).expect_err("it would block");
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "the blocking client is used inside of async code; use `confluence_rest::Client` there"
        );
        assert!(client.wait(longtask::get_task("1")).run().is_err());
        let ends: Vec<bool> = client
            .wait_all(["1", "2"].map(longtask::get_task))
            .map(|(_, end)| end.is_ok())
            .collect();
        assert_eq!(ends, [false], "one error for all of them");
        // Dropping it here is allowed.
        drop(client);
    });
    assert!(site.seen().is_empty());
}

#[test]
fn threads_that_may_block_are_not_refused() {
    let (runtime, site, client) = site([Answer::json(DONE)]);
    let send = move || client.send(longtask::get_task("1")).map(|task| task.finished);
    let many = send.clone();
    runtime.block_on(async move {
        let finished = tokio::task::spawn_blocking(many.clone()).await.expect("no panic");
        assert!(finished.expect("a task"));
        let finished = tokio::spawn(async move { tokio::task::block_in_place(many) }).await;
        assert!(finished.expect("no panic").expect("a task"));
    });
    let one = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    one.block_on(async move {
        let error = send().expect_err("it would block");
        assert!(error.is_configuration());
        let finished = tokio::task::spawn_blocking(send).await.expect("no panic");
        assert!(finished.expect("a task"));
    });
    assert_eq!(site.seen().len(), 3);
}

#[test]
fn an_iterator_ends_after_its_error() {
    let (runtime, site, client) = site([Answer::json(DONE)]);
    runtime.block_on(async move {
        let mut wait = client.wait(longtask::get_task("1"));
        assert!(wait.next().is_some_and(|end| end.is_err()));
        assert!(wait.next().is_none());
        assert_eq!(client.pages(pages::list_labels()).count(), 1);
        let items: Vec<bool> = client
            .pages(pages::list_labels())
            .items()
            .map(|item| item.is_ok())
            .collect();
        assert_eq!(items, [false]);
    });
    assert!(site.seen().is_empty());
}
