//! What the runtime writes and reads, compared with another implementation of each rule: the `url` crate, chrono, and Python's
//! `uritemplate`, with RFC 6570's own examples as facts.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use confluence_rest::info::OperationParts;
use confluence_rest::reqwest::Url;
use confluence_rest::rt::{QueryStyle, RequestBuilder};
use confluence_rest::{Client, DateTime, Error, Method, Operation, OperationInfo, Request};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use crate::golden::{pages, responses};
use crate::site::{Answer, Site};

const INFO: &OperationInfo = &OperationInfo::new(
    Method::GET,
    OperationParts {
        id: "get",
        path: "/a/{v}/b",
        ..OperationParts::EMPTY
    },
);

fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// The path of a request with this value in it.
fn path(value: &Value) -> Result<String, Error> {
    let mut builder = RequestBuilder::new(INFO);
    builder.path("v", value);
    builder.finish().map(|request| request.path().to_owned())
}

/// The query of a request with this parameter.
fn query(name: &'static str, style: QueryStyle, value: &Value) -> String {
    let mut builder = RequestBuilder::new(INFO);
    builder.path("v", &json!("x"));
    builder.query_as(name, style, value);
    builder.finish().expect("a request").query().to_owned()
}

/// What a browser reads of a request.
fn read(path: &str, query: &str) -> Url {
    Url::parse(&format!("https://acme.example{path}?{query}")).expect("a URL")
}

fn pairs(query: &str) -> Vec<(String, String)> {
    read("/", query).query_pairs().into_owned().collect()
}

fn decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment)
        .decode_utf8()
        .expect("UTF-8")
        .into_owned()
}

/// Texts with much of what is reserved.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,12}", "[ -~]{0,12}", "[./%?#&=+;,~_-]{0,6}", any::<String>()]
}

#[test]
fn a_path_parameter_stays_in_its_segment() {
    proptest!(cases(2_000), |(value in text())| {
        let Ok(path) = path(&json!(value)) else {
            prop_assert!(["", ".", ".."].contains(&value.as_str()), "{value:?} is refused");
            return Ok(());
        };
        let url = read(&path, "");
        prop_assert_eq!(url.path(), &path, "it stays as it is");
        let segments: Vec<String> = url.path_segments().expect("a path").map(decoded).collect();
        prop_assert_eq!(segments, ["a", &value, "b"]);
    });
}

#[test]
fn query_parameters_are_read_as_they_were_written() {
    proptest!(cases(2_000), |(value in text(), items in vec(text(), 0..4), members in btree_map(text(), text(), 0..4))| {
        let own = |value: &String| ("q[]".to_owned(), value.clone());
        prop_assert_eq!(pairs(&query("q[]", QueryStyle::Form, &json!(value))), [own(&value)]);
        let each: Vec<_> = items.iter().map(own).collect();
        prop_assert_eq!(pairs(&query("q[]", QueryStyle::Form, &json!(items))), each);
        let each: Vec<_> = members.clone().into_iter().collect();
        prop_assert_eq!(pairs(&query("q", QueryStyle::Form, &json!(members))), each);
        let deep: Vec<_> = members.iter().map(|(key, value)| (format!("q[{key}]"), value.clone())).collect();
        prop_assert_eq!(pairs(&query("q", QueryStyle::DeepObject, &json!(members))), deep);
        for (style, delimiter) in [(QueryStyle::Comma, ","), (QueryStyle::Space, " "), (QueryStyle::Pipe, "|")] {
            let joined = query("q", style, &json!(items));
            let expected = if items.is_empty() { vec![] } else { vec![("q".to_owned(), items.join(delimiter))] };
            prop_assert_eq!(pairs(&joined), expected);
        }
    });
}

#[test]
fn forms_are_read_as_they_were_written() {
    proptest!(cases(1_000), |(members in btree_map(text(), text(), 0..4), items in vec(text(), 1..4))| {
        let mut builder = RequestBuilder::new(INFO);
        builder.path("v", &json!("x"));
        let mut body = json!(members);
        body["items of it"] = json!(items);
        builder.form("application/x-www-form-urlencoded", &body);
        let request: Request = builder.finish().expect("a request");
        let form = request.body().and_then(|body| body.as_bytes()).expect("a body");
        let read: Vec<_> = pairs(std::str::from_utf8(form).expect("text"));
        let mut expected: Vec<_> = members.into_iter().filter(|(name, _)| name != "items of it").collect();
        expected.extend(items.into_iter().map(|item| ("items of it".to_owned(), item)));
        let sorted = |mut pairs: Vec<(String, String)>| { pairs.sort(); pairs };
        prop_assert_eq!(sorted(read), sorted(expected));
    });
}

/// RFC 6570, sections 3.2.2 and 3.2.8, where a style of OpenAPI says the same.
#[test]
fn examples_of_rfc_6570() {
    let list = json!(["red", "green", "blue"]);
    let keys = json!({ "semi": ";", "dot": ".", "comma": "," });
    for (value, expected) in [
        (json!("value"), "value"),
        (json!("Hello World!"), "Hello%20World%21"),
        (json!("50%"), "50%25"),
        (json!("/foo/bar"), "%2Ffoo%2Fbar"),
        (list.clone(), "red,green,blue"),
        (keys.clone(), "semi,%3B,dot,.,comma,%2C"),
    ] {
        assert_eq!(path(&value).expect("a path"), format!("/a/{expected}/b"));
    }
    for (name, style, value, expected) in [
        ("who", QueryStyle::Form, json!("fred"), "who=fred"),
        ("half", QueryStyle::Form, json!("50%"), "half=50%25"),
        ("x", QueryStyle::Form, json!("1024"), "x=1024"),
        ("empty", QueryStyle::Form, json!(""), "empty="),
        ("list", QueryStyle::Comma, list.clone(), "list=red,green,blue"),
        ("list", QueryStyle::Form, list, "list=red&list=green&list=blue"),
        ("keys", QueryStyle::Comma, keys.clone(), "keys=semi,%3B,dot,.,comma,%2C"),
        ("keys", QueryStyle::Form, keys, "semi=%3B&dot=.&comma=%2C"),
    ] {
        assert_eq!(query(name, style, &value), expected);
    }
}

#[test]
fn templates_are_expanded_as_in_python() {
    let Some(python) = std::env::var_os("OPENAPI_PYTHON") else {
        println!("skipped: OPENAPI_PYTHON does not name a Python with uritemplate");
        return;
    };
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let value = prop_oneof![
        text().prop_map(|text| json!(text)),
        vec(text(), 1..4).prop_map(|items| json!(items)),
        btree_map(text(), text(), 1..4).prop_map(|members| json!(members)),
    ];
    let (mut asked, mut own) = (String::new(), Vec::new());
    for _ in 0..3_000 {
        let value = value.new_tree(&mut runner).expect("a value").current();
        let mut add = |template: &str, expanded: String| {
            asked += &format!("{}\n", json!([template, { "v": value }]));
            own.push((template.to_owned(), value.clone(), expanded));
        };
        if let Ok(path) = path(&value) {
            add("/a/{v}/b", path);
        }
        add("{?v}", format!("?{}", query("v", QueryStyle::Comma, &value)));
        add("{?v*}", format!("?{}", query("v", QueryStyle::Form, &value)));
    }
    let mut expander = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("it/properties/expand.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    let mut input = expander.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
    let output = expander.wait_with_output().expect("an answer");
    writer.join().expect("no panic").expect("a pipe");
    let theirs = String::from_utf8(output.stdout).expect("text");
    assert_eq!(theirs.lines().count(), own.len());
    for (line, (template, value, expanded)) in theirs.lines().zip(own) {
        let theirs: String = serde_json::from_str(line).expect("a text");
        assert_eq!(expanded, theirs, "{template} with {value}");
    }
}

fn nanos(time: SystemTime) -> i128 {
    let of = |distance: Duration| i128::try_from(distance.as_nanos()).expect("a distance");
    time.duration_since(UNIX_EPOCH)
        .map_or_else(|before| -of(before.duration()), of)
}

#[test]
fn dates_are_read_as_chrono_reads_them() {
    let two = |most: u32| prop_oneof![9 => 0..=most, 1 => 0..100_u32];
    let offset = prop_oneof![Just("Z".to_owned()), "[+-][01][0-9]:[0-5][0-9]"];
    let clock = (two(24), two(60), two(60), "(\\.[0-9]{1,9})?", offset);
    proptest!(cases(5_000), |(year in 0..10_000_u32, month in two(13), day in two(32), clock in clock)| {
        let (hour, minute, second, fraction, offset) = clock;
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}");
        // A leap second is read as the second after it, and 24:00 is ISO 8601 alone.
        prop_assume!(second != 60 && hour != 24);
        let theirs = chrono::DateTime::parse_from_rfc3339(&text).ok();
        let theirs = theirs.map(|time| i128::from(time.timestamp()) * 1_000_000_000 + i128::from(time.timestamp_subsec_nanos()));
        prop_assert_eq!(DateTime::from(text.as_str()).to_system_time().map(nanos), theirs, "{}", text);
    });
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "2026-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:01Z",
        "2026-01-01T24:01:00Z",
        "2026-01-01T00:00:00+99:00",
        "2026-01-01T00:00:00+01:99",
        "2026-01-01T00:00:00+-100",
        "2026-01-01T00:00:00zZ",
    ] {
        assert_eq!(DateTime::from(text).to_system_time(), None, "{text}");
    }
    let midnight = DateTime::from("2024-02-29T24:00:00Z").to_system_time();
    assert_eq!(midnight, DateTime::from("2024-03-01T00:00:00Z").to_system_time());
}

#[test]
fn dates_are_ordered_by_time() {
    let mut dates = [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:30:00+0100",
        "2026-01-01T01:00:00+01:00",
        "yesterday",
        "2025-12-31T23:45:00",
    ]
    .map(DateTime::from);
    dates.sort();
    assert_eq!(
        dates.each_ref().map(DateTime::as_str),
        [
            "yesterday",
            "2026-01-01T00:30:00+0100",
            "2025-12-31T23:45:00",
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00+01:00",
        ]
    );
    assert_ne!(dates[3], dates[4]);
}

/// References as servers write them.
fn link() -> impl Strategy<Value = String> {
    let start = proptest::sample::select(vec![
        "",
        "/",
        "?",
        "next",
        "./a/../b",
        "//other.example/x",
        "https://other.example:8443/y/",
        "#",
        "/wiki/rest/api/labels",
    ]);
    let parameter = ("[a-z]{1,4}|cursor", "[a-zA-Z0-9%+._~-]{0,8}|\\PC{0,4}");
    (start, vec(parameter, 0..3)).prop_map(|(start, parameters)| {
        let parameters: Vec<String> = parameters
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mark = if start.contains(['?', '#']) { "" } else { "?" };
        format!("{start}{mark}{}", parameters.join("&"))
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn next_links_lead_where_a_browser_reads_them() {
    let config = cases(150);
    proptest!(config, |(link in link())| {
        let base = Url::parse("https://acme.example/labels").expect("a URL");
        let Ok(target) = base.join(&link) else { return Ok(()) };
        let expected: Vec<(String, String)> = target.query_pairs().into_owned().collect();
        let first = json!({ "results": [], "_links": { "next": link } }).to_string();
        let last = json!({ "results": [], "_links": {} }).to_string();
        let asked = run(async {
            let site = Site::answering([Answer::json(first), Answer::json(last)]).await;
            let mut pages = site.client().pages(pages::list_labels().prefix("p"));
            for _ in 0..2 {
                // A link that leads back is an error, and asks nothing.
                let _ = pages.next().await;
            }
            site.seen()
        });
        let Some(second) = asked.get(1) else {
            prop_assert!(expected.is_empty() || asked.len() == 1, "{}", link);
            return Ok(());
        };
        let (path, query) = second.target.split_once('?').unwrap_or((&second.target, ""));
        prop_assert_eq!(path, "/labels", "it goes to the own path");
        let seen: Vec<(String, String)> = pairs(query).into_iter().filter(|(name, _)| name != "prefix" || expected.iter().any(|(known, _)| known == name)).collect();
        prop_assert_eq!(seen, expected, "{}", link);
    });
}

#[test]
fn redirects_lead_where_a_browser_goes() {
    let start = proptest::sample::select(vec!["/", "", "./", "../", "../../x/", "a/./b/..", "?", "//", "#"]);
    let location = (start, "[a-z0-9%._~/-]{0,10}").prop_map(|(start, rest)| format!("{start}{rest}"));
    proptest!(cases(150), |(location in location)| {
        let (seen, site) = run(async {
            let file = Answer::new(200, "application/pdf", "a file");
            let redirect = Answer::error(302).header("location", location.clone());
            let site = Site::answering([redirect, file]).await;
            let client = Client::builder(site.url()).build().expect("a client");
            let place = client.send(responses::download()).await.expect("a place");
            let _ = client.follow(&place).await;
            (site.seen(), site.url())
        });
        let from = Url::parse(&format!("{site}{}", responses::request::Download::INFO.path)).expect("a URL");
        let expected = from.join(&location).ok().filter(|to| to.origin() == from.origin());
        let went = seen.get(1).map(|seen| seen.target.clone());
        let target = expected.map(|to| match to.query() {
            Some(query) => format!("{}?{query}", to.path()),
            None => to.path().to_owned(),
        });
        prop_assert_eq!(went, target, "{}", location);
    });
}
