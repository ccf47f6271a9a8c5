//! Lists that come in pages.

use crate::golden::pages;
use crate::site::{Answer, Site};
use confluence_rest::Client;

/// A page of labels with a link to the next one.
fn labels(names: &[&str], next: Option<&str>) -> Answer {
    let results: Vec<_> = names.iter().map(|name| serde_json::json!({ "name": name })).collect();
    let mut links = serde_json::json!({ "base": "https://acme.atlassian.net/wiki" });
    if let Some(next) = next {
        links["next"] = next.into();
    }
    Answer::json(serde_json::json!({ "results": results, "_links": links }).to_string())
}

fn targets(site: &Site) -> Vec<String> {
    site.seen().into_iter().map(|seen| seen.target).collect()
}

async fn names(client: &Client) -> Vec<String> {
    let mut items = client.pages(pages::list_labels().prefix("my team").limit(2)).items();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.expect("an item").name);
    }
    assert!(items.next().await.is_none(), "the end stays the end");
    names
}

#[tokio::test]
async fn the_parameters_of_the_next_link_are_used_and_its_host_is_not() {
    for next in [
        "/wiki/api/v2/labels?cursor=a%2Bb%3D&limit=2",
        "https://evil.example/labels?limit=2&cursor=a%2Bb%3D",
        "?cursor=a%2Bb%3D&limit=2",
    ] {
        let site = Site::answering([labels(&["one", "two"], Some(next)), labels(&["three"], None)]).await;
        // Through the gateway, the link has neither its host nor its path.
        let gateway = format!("{}/ex/confluence/the-cloud", site.url());
        let client = Client::builder(gateway).build().expect("a client");
        assert_eq!(names(&client).await, ["one", "two", "three"]);
        let targets = targets(&site);
        assert_eq!(targets[0], "/ex/confluence/the-cloud/labels?prefix=my%20team&limit=2");
        assert!(
            targets[1].starts_with("/ex/confluence/the-cloud/labels?prefix=my%20team&"),
            "{targets:?}"
        );
        assert!(
            targets[1].contains("cursor=a%2Bb%3D") && targets[1].matches("limit=2").count() == 1,
            "{targets:?}"
        );
    }
}

#[tokio::test]
async fn a_link_header_will_do() {
    let first = Answer::json(r#"{"results":[{"name":"one"}]}"#).header(
        "link",
        r#"</labels?cursor=0>; rel="prev", </labels?cursor=2>; rel="next""#,
    );
    let site = Site::answering([first, Answer::json(r#"{"results":[]}"#)]).await;
    assert_eq!(names(&site.client()).await, ["one"]);
    assert_eq!(targets(&site)[1], "/labels?prefix=my%20team&limit=2&cursor=2");
}

#[tokio::test]
async fn without_links_the_start_is_counted_up() {
    let page = |start: u32, names: &[&str]| {
        let results: Vec<_> = names.iter().map(|name| serde_json::json!({ "name": name })).collect();
        let body = serde_json::json!({ "results": results, "start": start, "limit": 2, "size": names.len() });
        Answer::json(body.to_string())
    };
    let site = Site::answering([page(0, &["one", "two"]), page(2, &["three"])]).await;
    assert_eq!(names(&site.client()).await, ["one", "two", "three"]);
    assert_eq!(targets(&site)[1], "/labels?prefix=my%20team&limit=2&start=2");

    let page = |start: u32, last: bool| {
        Answer::json(format!(
            r#"{{"values":["w"],"startAt":{start},"maxResults":50,"isLast":{last}}}"#
        ))
    };
    let site = Site::answering([page(0, false), page(1, true)]).await;
    let mut found = site.client().pages(pages::list_words());
    let mut words = 0;
    while let Some(page) = found.next().await {
        words += page.expect("a page").values.as_ref().map_or(0, Vec::len);
    }
    assert_eq!((words, targets(&site)[1].as_str()), (2, "/words?startAt=1"));
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let site = Site::answering([labels(&["one"], Some("?cursor=2")), Answer::error(500)]).await;
    let mut items = site.client().pages(pages::list_labels()).items();
    assert_eq!(items.next().await.expect("an item").expect("the first").name, "one");
    assert!(items.next().await.expect("an end").is_err());
    assert!(items.next().await.is_none());

    let site = Site::answering([labels(&["one"], Some("?cursor=2"))]).await;
    let mut pages = site.client().pages(pages::list_labels());
    assert!(pages.next().await.expect("a page").is_ok());
    assert!(pages.next().await.expect("a page").is_ok());
    let error = pages.next().await.expect("an end").expect_err("a circle");
    assert_eq!(
        error.to_string(),
        "GET /labels: the pages form a cycle: the next one was fetched before"
    );
    assert_eq!(site.seen().len(), 2);
}

#[tokio::test]
async fn the_next_page_is_where_the_document_says_that_pages_name_it() {
    let site = Site::answering([
        Answer::json(r#"{"values":["a"],"nextPage":"https://acme.atlassian.net/issues?startAt=1","isLast":false}"#),
        Answer::json(r#"{"values":["b"],"isLast":true}"#),
    ])
    .await;
    let mut issues = site.client().pages(pages::list_issues()).items();
    assert_eq!(issues.next().await.expect("an item").expect("the first"), "a");
    assert_eq!(issues.next().await.expect("an item").expect("the second"), "b");
    assert!(issues.next().await.is_none());
    assert_eq!(targets(&site), ["/issues", "/issues?startAt=1"]);

    let site = Site::answering([
        Answer::json(r#"{"results":["a"],"nextPageToken":"t/1"}"#),
        Answer::json(r#"{"results":["b"]}"#),
    ])
    .await;
    let mut hits = site.client().pages(pages::list_hits());
    while let Some(page) = hits.next().await {
        page.expect("a page");
    }
    assert_eq!(targets(&site), ["/hits", "/hits?nextPageToken=t%2F1"]);
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_end() {
    let next = |cursor| labels(&["one"], Some(cursor));
    let site = Site::answering([next("?cursor=a"), next("?cursor=b"), next("?cursor=a")]).await;
    let mut pages = site.client().pages(pages::list_labels());
    for _ in 0..3 {
        assert!(pages.next().await.expect("a page").is_ok());
    }
    let error = pages.next().await.expect("an end").expect_err("a circle");
    assert!(
        error.to_string().ends_with("the next one was fetched before"),
        "{error}"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(site.seen().len(), 3);
}
