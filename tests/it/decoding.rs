//! What a response becomes that is not what the document says, leniently and strictly.

use crate::site::{Answer, Site};
use confluence_rest::{Client, Error, Operation, Response};
use serde_json::{Value, json};

use crate::golden::{decoding, responses};
use decoding::model::{Account, Person, Shape, Thing, ThingState};
use decoding::request::GetThingsOutput;

/// Sends a request that is answered so, leniently or strictly.
async fn send<O: Operation>(request: O, answer: Answer, strict: bool) -> Result<Response<O::Output>, Error> {
    let site = Site::answering([answer]).await;
    let client = Client::builder(site.url()).strict(strict).build().expect("a client");
    client.send(request).await
}

/// A thing that is what the document says.
fn thing() -> Value {
    json!({
        "id": "1", "count": 2, "at": "2026-01-02T03:04:05Z", "owner": { "name": "Ada" }, "labels": ["a"], "note": null,
        "state": "OPEN", "flags": { "new": true }, "size": 3, "ratio": 0.5, "draft": false, "parent": { "name": "Ida" },
        "comment": "c", "shape": { "radius": 4 }, "people": [{ "name": "Eva", "age": 5 }], "anything": [null],
    })
}

/// The thing with one member changed, or taken out.
fn with(member: &str, value: Option<Value>) -> Value {
    let mut json = thing();
    let members = json.as_object_mut().expect("an object");
    match value {
        Some(value) => members.insert(member.to_owned(), value),
        None => members.remove(member),
    };
    json
}

#[tokio::test]
async fn what_the_document_says_is_read_and_written_as_it_is() {
    for strict in [false, true] {
        let response = send(decoding::get_thing(), Answer::json(thing().to_string()), strict).await;
        let response = response.expect("a thing");
        assert!(response.drift().is_empty(), "{}", response.drift());
        assert_eq!(serde_json::to_value(&*response).expect("JSON"), thing());
    }
}

/// What a member becomes, the drift, and what is written.
#[tokio::test]
async fn a_member_that_is_something_else_costs_only_itself() {
    let none = None::<Value>;
    let null = Some(Value::Null);
    let cases: Vec<(&str, Option<Value>, Value, &str)> = vec![
        // Absent or null.
        ("id", none.clone(), json!(""), "missing: /id"),
        ("id", null.clone(), json!(""), "missing: /id"),
        ("owner", none.clone(), json!({ "name": "" }), "missing: /owner"),
        ("labels", null.clone(), json!([]), "missing: /labels"),
        ("note", none.clone(), json!(null), "missing: /note"),
        ("state", null.clone(), json!(""), "missing: /state"),
        ("size", none.clone(), Value::Null, ""),
        ("size", null.clone(), Value::Null, ""),
        ("comment", null.clone(), Value::Null, ""),
        // Of another type.
        (
            "id",
            Some(json!({})),
            json!(""),
            "mismatched: /id (expected a string, got an object)",
        ),
        (
            "count",
            Some(json!("7")),
            json!(0),
            "mismatched: /count (expected an integer of 64 bits, got a string)",
        ),
        (
            "count",
            Some(json!(0.5)),
            json!(0),
            "mismatched: /count (expected an integer of 64 bits, got a number)",
        ),
        (
            "size",
            Some(json!(5_000_000_000_i64)),
            Value::Null,
            "mismatched: /size (expected an integer of 32 bits, got a number)",
        ),
        (
            "ratio",
            Some(json!(true)),
            Value::Null,
            "mismatched: /ratio (expected a number, got a boolean)",
        ),
        (
            "draft",
            Some(json!(1)),
            Value::Null,
            "mismatched: /draft (expected a boolean, got a number)",
        ),
        (
            "at",
            Some(json!([1])),
            json!(""),
            "mismatched: /at (expected a date and time, got an array)",
        ),
        (
            "note",
            Some(json!([])),
            json!(null),
            "mismatched: /note (expected a string, got an array)",
        ),
        (
            "state",
            Some(json!([])),
            json!(""),
            "mismatched: /state (expected a string, got an array)",
        ),
        (
            "comment",
            Some(json!({})),
            Value::Null,
            "mismatched: /comment (expected a string, got an object)",
        ),
        (
            "labels",
            Some(json!("a")),
            json!([]),
            "mismatched: /labels (expected an array, got a string)",
        ),
        (
            "flags",
            Some(json!([])),
            json!({}),
            "mismatched: /flags (expected an object, got an array)",
        ),
        (
            "people",
            Some(json!({})),
            Value::Null,
            "mismatched: /people (expected an array, got an object)",
        ),
        // An array is no object by position.
        (
            "parent",
            Some(json!([])),
            Value::Null,
            "mismatched: /parent (expected an object, got an array)",
        ),
        (
            "owner",
            Some(json!([{ "name": "Ada" }])),
            json!({ "name": "" }),
            "mismatched: /owner (expected an object, got an array)",
        ),
        // What is inside.
        (
            "labels",
            Some(json!(["a", null, 7, {}])),
            json!(["a", "7"]),
            "mismatched: /labels/1 (expected a string, got null), /labels/3 (expected a string, got an object)",
        ),
        (
            "flags",
            Some(json!({ "a": null, "b": true, "c": 1 })),
            json!({ "b": true }),
            "mismatched: /flags/a (expected a boolean, got null), /flags/c (expected a boolean, got a number)",
        ),
        (
            "people",
            Some(json!([null, { "age": 1.0 }, 3])),
            json!([{ "name": "", "age": 1 }]),
            "missing: /people/1/name; mismatched: /people/0 (expected an object, got null), /people/2 (expected an object, got a number)",
        ),
        // Written in another way.
        ("id", Some(json!(17)), json!("17"), ""),
        ("count", Some(json!(12.0)), json!(12), ""),
        (
            "at",
            Some(json!(1_767_323_045_000_i64)),
            json!(1_767_323_045_000_i64),
            "",
        ),
        // A union is what it fits, and else kept as it came.
        ("shape", Some(json!({ "side": 1 })), json!({ "side": 1 }), ""),
        (
            "shape",
            Some(json!({ "side": "1" })),
            json!({ "side": "1" }),
            "unknown: /shape",
        ),
        (
            "shape",
            Some(json!({ "radius": 1, "center": 2 })),
            json!({ "radius": 1, "center": 2 }),
            "unknown: /shape",
        ),
        (
            "shape",
            Some(json!({ "radius": 1, "center": {} })),
            json!({ "radius": 1, "center": {} }),
            "unknown: /shape",
        ),
        (
            "shape",
            Some(json!({ "radius": 1, "width": 2 })),
            json!({ "radius": 1 }),
            "unknown: /shape/width",
        ),
        // New values and members.
        ("state", Some(json!("HIDDEN")), json!("HIDDEN"), "unknown: /state"),
        (
            "owner",
            Some(json!({ "name": "Ada", "nick": 1 })),
            json!({ "name": "Ada" }),
            "unknown: /owner/nick",
        ),
    ];
    for (member, sent, written, drift) in cases {
        let json = with(member, sent);
        let case = format!("{member}: {:?}", json.get(member));
        let response = send(decoding::get_thing(), Answer::json(json.to_string()), false).await;
        let response = response.unwrap_or_else(|error| panic!("{case}: {error}"));
        let value = serde_json::to_value(&*response).expect("JSON");
        assert_eq!(value.get(member).unwrap_or(&Value::Null), &written, "{case}");
        let others = with(member, None);
        let mut rest = value;
        rest.as_object_mut().expect("an object").remove(member);
        assert_eq!(rest, others, "{case}");
        assert_eq!(response.drift().to_string(), drift, "{case}");

        let strict = send(decoding::get_thing(), Answer::json(json.to_string()), true).await;
        match drift.starts_with("m") {
            true => {
                let error = strict.expect_err(&case).to_string();
                let expected = format!("GET /thing: 200 OK, but the body departs from the document: {drift}");
                assert_eq!(error, expected, "{case}");
            }
            false => assert_eq!(strict.expect(&case).drift().to_string(), drift, "{case}"),
        }
    }
}

#[tokio::test]
async fn members_have_their_types() {
    let json = with("shape", Some(json!({ "radius": 4, "center": { "name": "Mia" } })));
    let thing: Thing = send(decoding::get_thing(), Answer::json(json.to_string()), true)
        .await
        .expect("a thing")
        .into_body();
    assert_eq!(thing.state, ThingState::Open);
    assert_eq!(thing.owner, Person::new("Ada"));
    let Some(Shape::Circle(circle)) = &thing.shape else {
        panic!("{:?}", thing.shape);
    };
    assert_eq!((circle.radius, circle.center.as_ref()), (4, Some(&Person::new("Mia"))));
    assert!(thing.flags["new"]);
}

#[tokio::test]
async fn read_only_members_come_and_are_not_sent() {
    let account = Account::new("me", "secret").token("t").nickname("n");
    let sent = json!({ "name": "me", "password": "secret", "token": "t", "nickname": "n" });
    assert_eq!(serde_json::to_value(&account).expect("JSON"), sent);

    // What the server sent goes back as it came, and what only requests have is not missing.
    let came = json!({
        "name": "me", "version": 3, "origin": null, "url": "/u", "author": { "name": "Ada" }, "digest": "d", "nickname": null,
    });
    let response = send(
        decoding::put_thing(account.clone()),
        Answer::json(came.to_string()),
        true,
    )
    .await;
    let response = response.expect("an account");
    assert!(response.drift().is_empty(), "{}", response.drift());
    assert_eq!((response.version, response.password.as_str()), (Some(3), ""));
    let mut back = came;
    back["password"] = json!("");
    assert_eq!(serde_json::to_value(&*response).expect("JSON"), back);

    let response = send(
        decoding::put_thing(account),
        Answer::json(r#"{"name":"me","version":null}"#),
        false,
    )
    .await;
    let response = response.expect("an account");
    assert_eq!(response.drift().to_string(), "missing: /version, /digest");
}

#[tokio::test]
async fn an_output_by_status_tells_its_drift() {
    let many = Answer::json(json!([thing(), with("id", None)]).to_string());
    let response = send(decoding::get_things(), many, false).await.expect("things");
    assert!(matches!(&*response, GetThingsOutput::Ok(things) if things.len() == 2));
    assert_eq!(response.drift().missing, ["/1/id"]);
    let one = Answer::new(202, "application/json", with("id", Some(json!([]))).to_string());
    let response = send(decoding::get_things(), one.clone(), false).await.expect("a thing");
    assert_eq!(
        response.drift().to_string(),
        "mismatched: /id (expected a string, got an array)"
    );
    let error = send(decoding::get_things(), one, true).await.expect_err("drift");
    assert!(error.is_decode() && error.status().is_some_and(|status| status == 202));
}

#[tokio::test]
async fn no_body_is_null_where_the_document_wants_nothing_of_it() {
    let response = send(decoding::start_job(), Answer::new(201, "application/json", ""), true).await;
    assert_eq!(*response.expect("a job"), Value::Null);
    let error = send(decoding::get_thing(), Answer::json(""), false)
        .await
        .expect_err("empty");
    let expected = "GET /thing: 200 OK, but the body is empty: expected an object";
    assert_eq!(error.to_string(), expected);
    assert!(error.response().is_some());
}

#[tokio::test]
async fn a_get_without_documented_content_is_a_download() {
    let response = send(decoding::get_log(), Answer::new(200, "text/plain", "line 1"), true).await;
    let log = response.expect("a log").into_body().bytes().await.expect("the log");
    assert_eq!(log, "line 1");
}

#[tokio::test]
async fn a_default_response_is_an_error_and_304_is_no_success() {
    let response = send(decoding::ping(), Answer::json(r#"{"message":"pong"}"#), false).await;
    let body = response.expect("an answer").into_body().bytes().await.expect("a body");
    assert_eq!(body, r#"{"message":"pong"}"#);
    let error = send(
        decoding::ping(),
        Answer::new(418, "application/json", r#"{"message":"no"}"#),
        false,
    )
    .await;
    let error = error.expect_err("an error");
    let documented = error.documented::<decoding::request::Ping>().expect("it is documented");
    assert!(
        matches!(documented, decoding::request::PingError::Default(problem) if problem.message.as_deref() == Some("no"))
    );

    let error = send(decoding::check(), Answer::error(304), false)
        .await
        .expect_err("nothing new");
    assert!(matches!(
        error.documented::<decoding::request::Check>(),
        Some(decoding::request::CheckError::NotModified)
    ));
}

#[tokio::test]
async fn a_file_where_json_is_documented_is_an_error_that_says_so() {
    let file = Answer::new(200, "text/x-rust", "fn main() {}");
    let error = send(decoding::get_thing(), file, false).await.expect_err("a file");
    let expected = "GET /thing: 200 OK, but the body is `text/x-rust`, not JSON \
                    (`Client::download` returns a file as it is): fn main() {}";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.response().expect("a response").body(), "fn main() {}");
    let file = Answer::json(r#"{"dependencies":{"serde":"1"}}"#);
    let error = send(decoding::get_thing(), file, false).await.expect_err("a file");
    assert!(error.to_string().contains("`Client::download`"), "{error}");
}

/// A text that counts what is read of it.
struct Counted<'t> {
    text: &'t [u8],
    read: usize,
}

impl std::io::Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.text.read(into)?;
        self.read += count;
        Ok(count)
    }
}

/// A member that does not fit is passed over on the way: nothing is read a second time, however many there are.
#[test]
fn what_does_not_fit_is_read_once() {
    let item = with("count", Some(json!({ "total": [1, 2, 3] })));
    let text = json!(vec![item; 1000]).to_string();
    let mut counted = Counted {
        text: text.as_bytes(),
        read: 0,
    };
    let things: Vec<Thing> = serde_json::from_reader(&mut counted).expect("things");
    assert_eq!((things.len(), counted.read), (1000, text.len()));
}

/// Whatever goes wrong in each of a thousand items, it is noted once and in passing.
#[tokio::test]
async fn what_is_wrong_in_many_items_is_told_once() {
    let items: Vec<Value> = (0..1000)
        .map(|_| with("count", Some(json!({ "total": [1, 2, 3] }))))
        .collect();
    let response = send(decoding::get_things(), Answer::json(json!(items).to_string()), false).await;
    let response = response.expect("things");
    assert_eq!(response.drift().mismatched.len(), 1000);
    let expected = "mismatched: /*/count (expected an integer of 64 bits, got an object), 1000 times";
    assert_eq!(response.drift().to_string(), expected);
}

/// Each value inside fits one variant as badly as the other, so that both have to be tried.
#[test]
fn nested_unions_are_read_in_one_pass() {
    let mut tree = json!({});
    for _ in 0..60 {
        tree = json!({ "child": tree, "load": { "weight": "1" } });
    }
    let read: decoding::model::Tree = serde_json::from_value(tree.clone()).expect("a tree");
    assert_eq!(read, decoding::model::Tree::Unknown(tree));

    let mut tree = json!({});
    for _ in 0..60 {
        tree = json!({ "child": tree, "load": { "weight": 1, "unit": "t" } });
    }
    let read: decoding::model::Tree = serde_json::from_value(tree).expect("a tree");
    let mut depth = 0;
    let mut next = Some(read);
    while let Some(tree) = next.take() {
        let decoding::model::Tree::Branch(branch) = tree else {
            panic!("the first that fits");
        };
        depth += 1;
        next = branch.child;
    }
    assert_eq!(depth, 61);
}

#[tokio::test]
async fn a_string_may_come_as_plain_text() {
    for (media_type, body) in [
        ("text/plain; charset=utf-8", "line 1\nline 2"),
        ("application/json", r#""line 1\nline 2""#),
        ("text/json", r#""line 1\nline 2""#),
    ] {
        let word = send(responses::get_word(), Answer::new(200, media_type, body), true).await;
        assert_eq!(*word.expect("a string"), "line 1\nline 2", "{media_type}");
    }
    let page = send(
        responses::get_word(),
        Answer::new(200, "text/html", "<p>Log in</p>"),
        false,
    )
    .await;
    assert_eq!(
        page.expect_err("a page").to_string(),
        "GET /word: 200 OK, but the body is `text/html`, not JSON: <p>Log in</p>"
    );
}

/// What a component says about null is meant for the properties that refer to it.
#[tokio::test]
async fn a_response_may_be_null_only_if_it_says_so_itself() {
    let owner = send(
        responses::get_owner(),
        Answer::json(r#"{"name":"Ann","successor":null}"#),
        true,
    )
    .await
    .expect("an owner");
    assert_eq!((owner.name.as_deref(), &owner.successor), (Some("Ann"), &None));
    let nobody = send(responses::get_deputy(), Answer::json("null"), true).await;
    assert!(nobody.expect("null").is_none());
}
