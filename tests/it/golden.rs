//! The generator's expected modules are compiled with warnings denied, and used.
#![deny(warnings, missing_docs)]

use confluence_rest::info::{ScopeGroup, SecurityScheme};
use confluence_rest::{
    DocumentedError, HeaderMap, LongTask, Operation, RawResponse, Request, RequestBody, StatusCode, Upload,
};
use serde_json::{Value, json};

include!("../../codegen/tests/golden/alternatives/expected.rs");
include!("../../codegen/tests/golden/bodies/expected.rs");
include!("../../codegen/tests/golden/bundled_alone/expected.rs");
include!("../../codegen/tests/golden/dangling/expected.rs");
include!("../../codegen/tests/golden/decoding/expected.rs");
include!("../../codegen/tests/golden/enums/expected.rs");
include!("../../codegen/tests/golden/files/expected.rs");
include!("../../codegen/tests/golden/hostile/expected.rs");
include!("../../codegen/tests/golden/narrative/expected.rs");
include!("../../codegen/tests/golden/inline_schemas/expected.rs");
include!("../../codegen/tests/golden/key_list/expected.rs");
include!("../../codegen/tests/golden/long_task/expected.rs");
include!("../../codegen/tests/golden/markdown/expected.rs");
include!("../../codegen/tests/golden/minimal/expected.rs");
include!("../../codegen/tests/golden/combinations/expected.rs");
include!("../../codegen/tests/golden/openapi_31/expected.rs");
include!("../../codegen/tests/golden/operations/expected.rs");
include!("../../codegen/tests/golden/overlay/expected.rs");
include!("../../codegen/tests/golden/pages/expected.rs");
include!("../../codegen/tests/golden/parameters/expected.rs");
include!("../../codegen/tests/golden/recursion/expected.rs");
include!("../../codegen/tests/golden/responses/expected.rs");
include!("../../codegen/tests/golden/scopes/expected.rs");
include!("../../codegen/tests/golden/shared/expected.rs");
include!("../../codegen/tests/golden/std_names/expected.rs");
include!("../../codegen/tests/golden/structs/expected.rs");
include!("../../codegen/tests/golden/supplements/expected.rs");

fn response<O: Operation>(status: u16, body: &str) -> RawResponse {
    let status = StatusCode::from_u16(status).expect("a status");
    RawResponse::new(O::INFO, status, HeaderMap::new(), body.to_owned())
}

/// The body of a request, where it is whole.
fn body(request: &Request) -> &[u8] {
    request.body().and_then(RequestBody::as_bytes).expect("a body")
}

/// Decodes and encodes again.
fn round_trip<T: serde::de::DeserializeOwned + serde::Serialize>(json: &Value) -> Value {
    let value: T = serde_json::from_value(json.clone()).expect("the type");
    serde_json::to_value(value).expect("JSON")
}

#[test]
fn bodies_have_constructors_setters_and_null() {
    use bodies::model::{PageCreate, Parent, UpdatePageBody};
    let page = PageCreate::new("Home", Parent::new(7)).draft(true);
    let more = Parent::new(7).additional_properties([("kind".to_owned(), json!("page"))].into());
    assert_eq!(
        round_trip::<Parent>(&json!({ "id": 7, "kind": "page" })),
        serde_json::to_value(more).expect("JSON")
    );
    let json = json!({ "title": "Home", "parent": { "id": 7 }, "owner": null, "draft": true });
    let request = bodies::create_page(page.clone()).encode().expect("a request");
    assert_eq!(serde_json::from_slice::<Value>(body(&request)).expect("JSON"), json);
    assert_eq!(request.headers()["content-type"], "application/json");
    let mut with_null = page.owner("me");
    with_null.note = Some(None);
    let json = json!({ "title": "Home", "parent": { "id": 7 }, "owner": "me", "note": null, "draft": true });
    assert_eq!(serde_json::to_value(&with_null).expect("JSON"), json);
    assert_eq!(round_trip::<PageCreate>(&json), json);
    assert_eq!(
        bodies::model::Page::default().note,
        None::<String>,
        "what no request holds is a plain option"
    );

    let nothing = bodies::update_page().encode().expect("a request");
    assert!(nothing.body().is_none() && !nothing.headers().contains_key("content-type"));
    let update = bodies::update_page()
        .body(UpdatePageBody::new().title("New"))
        .encode()
        .expect("a request");
    assert_eq!(update.headers()["content-type"], "application/merge-patch+json");
    assert_eq!(body(&update), br#"{"title":"New"}"#);

    let file = bodies::put_file(&b"\x00\x01"[..]).encode().expect("a request");
    assert_eq!(file.headers()["content-type"], "application/octet-stream");
    assert_eq!(body(&file), &b"\x00\x01"[..]);
    assert_eq!(file.headers()["accept"], "image/png");
    let picture = bodies::put_file(Upload::new("").media_type("image/png"))
        .encode()
        .expect("a request");
    assert_eq!(picture.headers()["content-type"], "image/png");

    let file = bodies::exchange(&b"\x00"[..]).encode().expect("a request");
    assert_eq!(file.headers()["content-type"], "application/octet-stream");
    assert_eq!(file.headers()["accept"], "*/*");
    assert_eq!(body(&file), &b"\x00"[..]);

    let request = bodies::add_parts([&b"\x00"[..], b"\x01"])
        .parent(Parent::new(7))
        .encode()
        .expect("a request");
    let Some(RequestBody::Multipart(parts)) = request.body() else {
        panic!("parts")
    };
    assert_eq!(parts.parts().count(), 3, "each picture is a file of its own");

    let token = bodies::model::MakeTokenBody::new("a&b").scope(["read:x", "ü"]);
    let form = bodies::make_token(token).encode().expect("a request");
    assert_eq!(form.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(form.headers()["x-atlassian-token"], "no-check");
    assert_eq!(body(&form), b"grant=a%26b&scope=read%3Ax&scope=%C3%BC");
    let nothing = response::<bodies::request::MakeToken>(204, "");
    bodies::request::MakeToken::decode(&nothing).expect("a status of 204 has no body, whatever is documented");

    let labels = bodies::add_labels([bodies::model::AddLabelsBodyItem::new("a")])
        .encode()
        .expect("a request");
    assert_eq!(body(&labels), br#"[{"name":"a"}]"#);
}

#[test]
fn forms_are_written_in_the_styles_of_their_encodings() {
    use bodies::model::{ChargeBody, ChargeBodyAddress, ChargeBodyFlat, Parent};
    let charge = ChargeBody::new()
        .amount(5)
        .address(ChargeBodyAddress::new().city("Bern").lines(["1 & 2"]))
        .expand(["a", "b"])
        .metadata([("k".to_owned(), "v".to_owned())].into())
        .flat(ChargeBodyFlat::new().zip("3000"))
        .origin(Parent::new(7))
        .tags(["x", "y"]);
    let request = bodies::charge(charge).encode().expect("a request");
    let form = String::from_utf8_lossy(body(&request)).into_owned();
    let pairs: Vec<&str> = form.split('&').collect();
    assert_eq!(
        pairs,
        [
            "amount=5",
            "address%5Bcity%5D=Bern",
            "address%5Blines%5D%5B0%5D=1%20%26%202",
            "expand%5B0%5D=a",
            "expand%5B1%5D=b",
            "metadata%5Bk%5D=v",
            "zip=3000",
            "origin=%7B%22id%22%3A7%7D",
            "tags=x,y",
        ]
    );
    let search = bodies::model::SearchBody::new().key(["a", "b"]).word(["c", "d"]);
    let request = bodies::search().body(search).encode().expect("a request");
    assert_eq!(body(&request), b"key=a%20b&word=c&word=d");
}

#[test]
fn a_part_that_is_one_file_or_several_is_a_list_of_files() {
    let request = bodies::replace_covers()
        .covers([&b"\x00"[..], b"\x01"])
        .encode()
        .expect("a request");
    let Some(RequestBody::Multipart(parts)) = request.body() else {
        panic!("parts")
    };
    let names: Vec<&str> = parts.parts().map(|(name, _)| name).collect();
    assert_eq!(names, ["covers", "covers"]);
}

#[test]
fn the_bundled_document_works_without_its_overlay() {
    use bundled_alone::request::GetTask;
    let raw = response::<GetTask>(200, include_str!("payloads/b_documented_cloud.json"));
    let task = GetTask::decode(&raw).expect("a task");
    assert_eq!(task.messages[0]["translation"], "Copying");
    assert_eq!(task.links["self"], "/rest/api/longtask/42");
    assert_eq!(task.percentage_complete(), 70);
    assert_eq!(
        bundled_alone::get_task("1").encode().expect("a request").path(),
        "/wiki/rest/api/longtask/1"
    );
    assert_eq!(GetTask::INFO.scopes.current(), ["read:confluence-space.summary"]);
    assert!(bundled_alone::SECURITY_SCHEMES.is_empty());
}

#[test]
fn what_is_not_defined_is_any_json() {
    let json = json!({ "message": [1, { "a": null }], "again": "text", "outside": true });
    assert_eq!(round_trip::<dangling::model::Holder>(&json), json);
    assert_eq!(dangling::get_x("7").encode().expect("a request").path(), "/x/7");
}

#[test]
fn enums_are_open() {
    use enums::model::{Order, Space, SpaceStatus};
    for value in [
        "name",
        "-name",
        "+name",
        "created-date",
        "on hold",
        "pullrequest:approved",
        "",
        "16",
        "=",
        "unknown",
        "self",
        "new",
    ] {
        assert_eq!(round_trip::<Order>(&json!(value)), json!(value));
    }
    assert_eq!(Order::from("-name"), Order::MinusName);
    assert_eq!(Order::from("="), Order::Equals);
    assert_eq!(Order::from("new"), Order::Unknown("new".to_owned()));
    let space: Space = serde_json::from_value(json!({ "kinds": ["global", "odd"] })).expect("a space");
    assert_eq!(space.status, SpaceStatus::Unknown(String::new()));
    assert_eq!(space.kinds.expect("kinds")[1].as_str(), "odd");
}

#[test]
fn the_guide_has_a_module_for_each_document() {
    let anchors: Vec<&str> = narrative::GUIDE.iter().map(|document| document.anchor).collect();
    assert_eq!(anchors, ["about", "the-rest", "No anchor & more", "about", "guide"]);
    assert_eq!(narrative::guide::about2::DOCUMENT.body, "Twice.");
    assert_eq!(narrative::guide::guide2::DOCUMENT.title, "Guide");
    assert_eq!(narrative::guide::no_anchor_more::DOCUMENT.title, "No anchor & more");
}

#[test]
fn inline_schemas_leave_the_names_of_components_alone() {
    use inline_schemas::model::{GetContentResponse, GetContentResponseBody, GetContentResponseBody2};
    assert_eq!(GetContentResponseBody::default().taken, None);
    let content: GetContentResponse =
        serde_json::from_value(json!({ "body": { "storage": { "value": "x" } } })).expect("content");
    let body: GetContentResponseBody2 = content.body;
    assert_eq!(body.storage.value.as_deref(), Some("x"));
}

#[test]
fn a_key_list_is_a_typed_view_of_a_string() {
    use key_list::model::{Job, PhaseName, Report};
    let job: Job = serde_json::from_value(json!({ "phase": "RUNNING" })).expect("a job");
    assert_eq!(job.phase_name(), PhaseName::Running);
    let report: Report = serde_json::from_value(json!({ "phase": "NEW" })).expect("a report");
    assert_eq!(report.phase_name(), Some(PhaseName::Unknown("NEW".to_owned())));
    assert_eq!(Report::default().phase_name(), None);
}

#[test]
fn what_is_shaped_like_a_long_task_is_one() {
    let task: long_task::model::Task =
        serde_json::from_value(json!({ "finished": true, "successful": false, "percentageComplete": 3 }))
            .expect("a task");
    assert!(task.is_finished() && !task.is_successful());
    assert_eq!(task.percentage_complete(), 3);
    assert_eq!(long_task::get_task(7).encode().expect("a request").path(), "/tasks/7");
}

#[test]
fn operations_have_stable_names() {
    let ids: Vec<&str> = operations::OPERATIONS.iter().map(|info| info.id).collect();
    assert!(ids.starts_with(&["get_workspaces_workspace_members", "doIt", "doIt", "do-it"]));
    assert_eq!(operations::r#match().encode().expect("a request").path(), "/twice");
    assert_eq!(
        *operations::do_something_else().encode().expect("a request").method(),
        "POST"
    );
    assert!(operations::request::DoIt2::INFO.deprecated);
}

#[test]
fn an_overlay_adds_and_removes() {
    let ids: Vec<&str> = overlay::OPERATIONS.iter().map(|info| info.id).collect();
    assert_eq!(ids, ["mangledGetx"]);
    let info = overlay::request::GetX::INFO;
    assert_eq!((info.tags, info.summary), (&["one", "two"][..], "Gets it"));
    assert_eq!(round_trip::<overlay::model::X>(&json!({ "y": 1 })), json!({ "y": 1 }));
}

#[test]
fn parameters_go_where_the_document_says() {
    use parameters::model::GetArchiveFilter;
    let request = parameters::get_archive("A/B", "my repo", 7, "asc")
        .limit(5)
        .x_trace(["a", "b"])
        .expand(["body.view", "x,y"])
        .status(["current", "archived"])
        .ids([1, 2])
        .words(["a", "b c"])
        .session("a b")
        .theme(["x", "y;z"])
        .filter(GetArchiveFilter::new().from("1").to("2"))
        .encode()
        .expect("a request");
    assert_eq!(request.path(), "/base/path/spaces/A%2FB/my%20repo-issues-7.zip");
    // What is required comes first.
    let query = "order=asc&limit=5&expand=body.view,x%2Cy&status=current&status=archived&ids=1%7C2&words=a%20b%20c\
        &filter%5Bfrom%5D=1&filter%5Bto%5D=2";
    assert_eq!(request.query(), query);
    assert_eq!(request.headers()["x-trace"], "a,b");
    assert_eq!(request.headers()["cookie"], "session=a%20b; theme=x,y%3Bz");
    assert_eq!(
        request.headers()["x-atlassian-token"],
        "no-check",
        "nobody is asked for it"
    );
    let bare = parameters::get_archive("k", "r", 1, "desc")
        .encode()
        .expect("a request");
    assert_eq!(
        bare.query(),
        "order=desc",
        "what is not set is not sent, whatever the server's default"
    );
    assert_eq!(
        bare.headers().keys().map(|name| name.as_str()).collect::<Vec<_>>(),
        ["x-atlassian-token"]
    );
    let odd = parameters::get_archive("k", "r", 1, "desc")
        .x_trace(["a\nb"])
        .encode()
        .expect_err("a line break");
    let problem = "the header `X-Trace` cannot carry a line break or a control character";
    assert!(odd.to_string().ends_with(problem), "{odd}");
}

#[test]
fn whole_numbers_have_no_fraction() {
    let request = parameters::get_number(7.0)
        .page(2.0)
        .x_scale(1.5)
        .encode()
        .expect("a request");
    assert_eq!(
        (request.path(), request.query(), &request.headers()["x-scale"]),
        ("/base/path/numbers/7", "page=2", &"1.5".parse().expect("a value"))
    );
}

#[test]
fn recursion_is_boxed_where_it_has_to_be() {
    use recursion::model::Comment;
    let json = json!({ "parent": { "children": [] }, "children": [{ "children": [] }], "page": { "pinned": { "children": [] } } });
    assert_eq!(round_trip::<Comment>(&json), json);
    let _: &Option<recursion::model::Author> = &Comment::default().author;
    let _: &Vec<Comment> = &Comment::default().children;
    use recursion::model::{Loop, Pool, Self_};
    let read = |json: Value| serde_json::from_value::<Loop>(json).expect("a value");
    assert_eq!(read(json!(true)), Loop::Pool(Box::new(Pool::Boolean(true))));
    // A union inside fits whatever comes; it does not lead back to the one around it.
    for json in [json!(7), json!("x"), json!([7, [true]])] {
        assert_eq!(round_trip::<Loop>(&json), json);
    }
    assert_eq!(round_trip::<Self_>(&json!(7)), json!(7));
}

#[test]
fn successes_are_told_apart_by_status_and_media_type() {
    use responses::request::{GetLog, GetLogOutput, GetReport, Merge, MergeOutput};
    let merge = |status, body| Merge::decode(&response::<Merge>(status, body)).expect("an answer");
    assert_eq!(merge(204, ""), MergeOutput::NoContent);
    assert!(
        matches!(merge(202, r#"{"taskId":"7"}"#), MergeOutput::Accepted(task) if task.task_id.as_deref() == Some("7"))
    );
    assert!(matches!(merge(200, r#"{"url":"/x"}"#), MergeOutput::Ok(found) if found.url == "/x"));
    let log = |media: &str, body: &str| {
        let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, media.parse().expect("a header"))]);
        GetLog::decode(&RawResponse::new(
            GetLog::INFO,
            StatusCode::ACCEPTED,
            headers,
            body.to_owned(),
        ))
        .expect("a log")
    };
    assert_eq!(
        log("application/json", r#"["a"]"#),
        GetLogOutput::Json(vec!["a".to_owned()])
    );
    assert_eq!(log("text/plain", "a"), GetLogOutput::Text("a".to_owned()));
    let accept = |request: Request| request.headers()["accept"].to_str().expect("text").to_owned();
    assert_eq!(
        accept(responses::get_log().encode().expect("a request")),
        "application/json, text/plain"
    );
    assert_eq!(
        accept(responses::get_log().accept("text/plain").encode().expect("a request")),
        "text/plain"
    );
    assert_eq!(
        accept(responses::get_report().encode().expect("a request")),
        "application/zip, text/csv"
    );
    let headers = GetReport::INFO.response(200).expect("the report").headers;
    assert_eq!(headers[1].name, "X-Pages");
    assert_eq!(headers[1].description, "How many *pages* there are.");
}

#[test]
fn error_responses_are_told_apart_by_status() {
    use responses::request::{ListTasks, ListTasksError};
    let problem = r#"{"message":"no"}"#;
    let read = |status, body| ListTasksError::from_response(&response::<ListTasks>(status, body));
    assert!(
        matches!(read(404, problem), ListTasksError::NotFound(problem) if problem.message.as_deref() == Some("no"))
    );
    assert!(matches!(read(418, problem), ListTasksError::Status4xx(_)));
    assert!(matches!(read(409, r#"{"other":"x"}"#), ListTasksError::Conflict(_)));
    assert_eq!(read(404, "<html>"), ListTasksError::Other(StatusCode::NOT_FOUND));
    assert_eq!(read(555, ""), ListTasksError::Status555);
    assert_eq!(read(500, ""), ListTasksError::Default);
    assert_eq!(
        ListTasks::INFO.response(418).expect("4XX").description,
        "The caller's fault."
    );
    assert_eq!(
        ListTasks::INFO.response(503).expect("default").description,
        "Anything else."
    );
    use responses::request::ListTasksOutput;
    let read = |status, body| ListTasks::decode(&response::<ListTasks>(status, body)).expect("tasks");
    assert_eq!(read(200, r#"["a"]"#), ListTasksOutput::Ok(vec!["a".to_owned()]));
    assert_eq!(read(202, r#""soon""#), ListTasksOutput::Accepted("soon".to_owned()));
    assert_eq!(read(206, "[]"), ListTasksOutput::Other(StatusCode::PARTIAL_CONTENT));
    use responses::request::{GetCached, GetCachedError, GetDiff, GetFlag, MakeAnything, Ping};
    let diff = GetDiff::decode(&response::<GetDiff>(200, "+a")).expect("the difference");
    assert_eq!(format!("{diff:?}"), "Download { length: Some(2), .. }");
    Ping::decode(&response::<Ping>(204, "")).expect("nothing");
    responses::request::MakeWhole::decode(&response::<responses::request::MakeWhole>(200, "{}"))
        .expect("what `default` describes is no success");
    responses::request::CheckPart::decode(&response::<responses::request::CheckPart>(200, ""))
        .expect("a response to HEAD has no body, whatever is documented");
    // What any JSON stands for may be absent.
    let anything = MakeAnything::decode(&response::<MakeAnything>(201, ""));
    assert_eq!(anything.expect("nothing"), Value::Null);
    assert_eq!(GetFlag::INFO.response(304).expect("304").headers[0].name, "ETag");
    assert!(!GetCached::INFO.is_success(StatusCode::NOT_MODIFIED));
    assert_eq!(
        GetCachedError::from_response(&response::<GetCached>(304, "")),
        GetCachedError::NotModified
    );
    assert!(responses::request::Download::INFO.is_success(StatusCode::FOUND));
    // What `default` describes is no success, so nothing is known of this one.
    use responses::request::{GetAny, GetAnyError};
    let any = GetAny::decode(&response::<GetAny>(200, "true")).expect("whatever comes");
    assert_eq!(format!("{any:?}"), "Download { length: Some(4), .. }");
    assert_eq!(
        GetAnyError::from_response(&response::<GetAny>(500, "true")),
        GetAnyError::Default(true)
    );
    use responses::request::{Download, DownloadError};
    let place = HeaderMap::from_iter([(
        http::header::LOCATION,
        "https://media.example/x".parse().expect("a header"),
    )]);
    let moved = RawResponse::new(Download::INFO, StatusCode::FOUND, place, "");
    assert_eq!(
        Download::decode(&moved).expect("a place").location.as_deref(),
        Some("https://media.example/x")
    );
    assert_eq!(
        DownloadError::from_response(&response::<Download>(401, "")),
        DownloadError::Unauthorized
    );
}

#[test]
fn scopes_and_security_are_data() {
    let info = scopes::request::Good::INFO;
    assert_eq!(info.scopes.current(), ["read:a", "read:b"]);
    assert_eq!(info.scopes.groups[1], ScopeGroup::new("oauth", "Beta", &["read:c:d"]));
    assert_eq!(
        info.security.iter().map(|together| together.len()).collect::<Vec<_>>(),
        [1, 2, 0]
    );
    assert_eq!(
        (
            info.connect_scope,
            info.data_security_policy.map(|policy| policy.app_access_rule_exempt)
        ),
        (Some("WRITE"), Some(false))
    );
    let bad = scopes::request::Bad::INFO;
    assert!(bad.scopes.groups.is_empty() && bad.connect_scope.is_none() && bad.data_security_policy.is_none());
    assert_eq!(
        scopes::request::Silent::INFO.security[0][0].scheme,
        "basicAuth",
        "the document's own applies"
    );
    assert_eq!(scopes::SECURITY_SCHEMES.len(), 4);
    assert!(matches!(
        scopes::SECURITY_SCHEMES[1],
        SecurityScheme::ApiKey {
            location: "header",
            key: "X-Key",
            ..
        }
    ));
}

#[test]
fn schemas_may_be_called_like_the_standard_library() {
    let json = json!({ "ok": { "some": { "value": "x" } } });
    assert_eq!(round_trip::<std_names::model::Result>(&json), json);
    let request = std_names::clone().encode2("e").self_("s").r#async(true).body("b");
    let request = request.body2(std_names::model::Self_::new().new2("n").default("Ok"));
    let request = request.encode().expect("a request");
    assert_eq!(request.query(), "encode=e&self=s&async=true&body=b");
    assert_eq!(body(&request), br#"{"new":"n","default":"Ok"}"#);
}

#[test]
fn every_member_keeps_its_name() {
    let json = json!({
        "id": 1, "title": "t", "version": 2, "bytes": u64::MAX, "ratio": 0.5, "share": 0.25, "draft": true, "self": "s", "type": "y",
        "16x16": "u", "max-results": 3, "max_results": 4, "_links": { "a": "b" }, "The column of the gadget.": 5, "": "e",
        "parent": null, "owner": "o", "anything": [1], "freeForm": { "x": {} }, "tags": ["a"], "scores": [1.5, null],
        "labels": { "l": 6 }, "additionalProperties": "p", "else": true,
    });
    assert_eq!(round_trip::<structs::model::Page>(&json), json);
    let mut empty = json;
    // Any JSON value may be null.
    empty["anything"] = json!(null);
    assert_eq!(round_trip::<structs::model::Page>(&empty), empty);
    // Beyond the range of `f32`, a number would become infinite, and null when it is written.
    let huge: structs::model::Page = serde_json::from_value(json!({ "share": 1e300 })).expect("a page");
    assert_eq!(huge.share.unwrap_or_default(), 0.0);
    let bytes = |json: Value| {
        serde_json::from_value::<structs::model::Page>(json)
            .map(|page| page.bytes)
            .ok()
    };
    assert_eq!(bytes(json!({ "bytes": 12.0 })), Some(Some(12)));
    assert_eq!(bytes(json!({ "bytes": -1 })), Some(None));
    let sparse: structs::model::Page = serde_json::from_value(json!({ "tags": null })).expect("a page");
    assert_eq!(sparse, structs::model::Page::default());
    let user: structs::model::User =
        serde_json::from_value(json!({ "nickname": null, "page": 5, "nicknames": ["a", null] })).expect("a user");
    assert_eq!((user.nickname, user.page), (None, Some(5)));
    let nicknames: Option<Vec<String>> = user.nicknames;
    assert_eq!(
        nicknames,
        Some(vec!["a".to_owned()]),
        "a component that may be null is no null in a list"
    );
    let raw = response::<minimal::request::Ping>(200, r#"{"parent":null,"labels":null,"id":1}"#);
    let drift = confluence_rest::Response::new(raw.json::<structs::model::Page>().expect("a page"), raw).drift();
    assert_eq!(drift.missing, ["/title", "/version", "/self", "/tags", "/labels"]);
}

#[test]
fn parts_are_merged() {
    use combinations::model::{Circle, Draft, Kinds, Page, PageKind, Wrapper};
    let json = json!({ "id": "1", "kind": "page", "title": "Home", "due": "2022-10-06T07:32:47.000+0000", "extra": 5 });
    let draft: Draft = serde_json::from_value(json.clone()).expect("a draft");
    assert_eq!(
        draft.due.to_system_time(),
        Some(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_665_041_567))
    );
    assert_eq!(serde_json::to_value(&draft).expect("JSON"), json);
    let page = Page {
        ..serde_json::from_value(json).expect("a page")
    };
    assert_eq!(page.kind, PageKind::Page);
    let wrapper: Wrapper = serde_json::from_value(json!({ "page": { "id": "2" } })).expect("a wrapper");
    assert_eq!(wrapper.page.expect("a page").id, "2");
    assert_eq!(round_trip::<Circle>(&json!({ "a": "b" })), json!({ "a": "b" }));
    let kinds = json!({ "statuses": ["current"], "untyped": { "a": "x" }, "odd": "y", "none": {}, "flag": true, "listed": [1] });
    assert_eq!(round_trip::<Kinds>(&kinds), kinds);
}

#[test]
fn a_union_is_the_kind_that_fits() {
    use combinations::model::{Content, Either, Value as Union};
    for (json, kind) in [
        (json!("x"), Union::String("x".to_owned())),
        (json!(["x"]), Union::Array(vec!["x".to_owned()])),
        (json!(true), Union::Boolean(true)),
        (json!(7), Union::Unknown(json!(7))),
        (json!([1]), Union::Unknown(json!([1]))),
    ] {
        assert_eq!(serde_json::from_value::<Union>(json.clone()).expect("a value"), kind);
        assert_eq!(round_trip::<Union>(&json), json);
    }
    let content = |json: Value| serde_json::from_value::<Content>(json).expect("content");
    let page = json!({ "id": "1", "kind": "page", "title": "t" });
    assert!(matches!(content(page.clone()), Content::Page(page) if page.title == "t"));
    // The discriminator decides, even where something is missing.
    assert!(matches!(content(json!({ "kind": "remark" })), Content::Comment(_)));
    let comment = content(json!({ "kind": "remark", "body": "b", "about": page }));
    assert!(matches!(comment, Content::Comment(comment) if matches!(comment.about, Some(Content::Page(_)))));
    let either = |json: Value| serde_json::from_value::<Either>(json).expect("either");
    assert!(matches!(either(json!({ "number": 1 })), Either::Object(object) if object.number == 1));
    assert!(
        matches!(either(json!({ "name": "n", "more": 1 })), Either::ByName(_)),
        "nothing required is missing"
    );
    assert!(matches!(either(json!({ "more": 1 })), Either::Unknown(_)));
}

#[test]
fn the_nearest_servers_have_the_path() {
    let path = |request: Request| request.path().to_owned();
    let upload = parameters::upload().encode().expect("a request");
    assert_eq!(path(upload), "/v2/uploads", "of the path");
    let beside = parameters::upload_beside().encode().expect("a request");
    assert_eq!(path(beside), "/v3/uploads", "of the operation");
    let filtered = parameters::get_filtered().encode().expect("a request");
    assert_eq!(path(filtered), "/base/path/items", "of the document");
}

#[test]
fn the_query_of_a_path_is_sent() {
    let request = parameters::get_expanded(7).limit(5).encode().expect("a request");
    assert_eq!(
        (request.path(), request.query()),
        ("/base/path/items/7", "limit=5&expand=true")
    );
    let request = parameters::get_filtered().filter("a=b").encode().expect("a request");
    assert_eq!(request.query(), "filter=a%3Db");
}

#[test]
fn what_is_nested_in_a_query_is_written_as_servers_read_it() {
    use parameters::model::{GetNestedDeep, GetNestedDeepCreated, GetNestedPage};
    let page = GetNestedPage::new().number(0).sort(["a,asc", "b"]);
    let deep = GetNestedDeep::new()
        .created(GetNestedDeepCreated::new().gt(5))
        .tags(["x", "y"]);
    let request = parameters::get_nested()
        .page(page)
        .deep(deep)
        .expand(["a", "b"])
        .encode()
        .expect("a request");
    let pairs: Vec<&str> = request.query().split('&').collect();
    assert_eq!(
        pairs,
        [
            "number=0",
            "sort=a%2Casc",
            "sort=b",
            "deep%5Bcreated%5D%5Bgt%5D=5",
            "deep%5Btags%5D%5B0%5D=x",
            "deep%5Btags%5D%5B1%5D=y",
            "expand%5B0%5D=a",
            "expand%5B1%5D=b",
        ]
    );
}

#[test]
fn alternatives_keep_what_stands_beside_them() {
    use alternatives::model::{Animal, Event, Narrowed, Order, OrderByCard, Rate, Ship, Shipment, Side, Vehicle};
    let cat = json!({ "kind": "cat", "name": "Tom", "claws": 5 });
    let animal = serde_json::from_value::<Animal>(cat.clone()).expect("an animal");
    assert!(matches!(&animal, Animal::Cat(tom) if tom.claws == Some(5) && tom.name.as_deref() == Some("Tom")));
    assert_eq!(serde_json::to_value(animal).expect("JSON"), cat);
    let fish = json!({ "fins": 2, "kind": "fish" });
    assert!(matches!(serde_json::from_value(fish).expect("an animal"), Animal::Fish(fish) if fish.kind == "fish"));

    let order = Order::from(OrderByCard::new("1", "4000", "Sydney"));
    let request = alternatives::create_order(order).encode().expect("a request");
    assert_eq!(body(&request), br#"{"id":"1","card":"4000","address":"Sydney"}"#);
    let shipments = [Shipment::from(Ship::new("s")), "text".into(), String::new().into()];
    let request = alternatives::create_shipments(shipments).encode().expect("a request");
    assert_eq!(body(&request), br#"[{"ship":"s"},"text",""]"#);
    for rate in [json!({ "ship": "s", "fins": 1 }), json!({ "parcel": "p", "fins": 1 })] {
        assert_eq!(round_trip::<Rate>(&rate), rate);
    }
    for event in [
        json!({ "ship": "s", "fins": 1 }),
        json!({ "fins": 1, "count": 2 }),
        json!("text"),
    ] {
        assert_eq!(round_trip::<Event>(&event), event);
        assert!(!matches!(
            serde_json::from_value(event).expect("an event"),
            Event::Unknown(_)
        ));
    }
    let narrowed = json!({ "unit": "s", "data": { "a": "x", "b": "y" } });
    assert_eq!(round_trip::<Narrowed>(&narrowed), narrowed);
    // Both keep any member; the one that names most of them is chosen, and nothing of the other is lost.
    let right = json!({ "id": "1", "right": "r" });
    assert!(
        matches!(serde_json::from_value(right).expect("a side"), Side::Right(side) if side.right.as_deref() == Some("r"))
    );
    let both = json!({ "id": "1", "left": "l", "right": "r" });
    assert_eq!(round_trip::<Side>(&both), both);
    let car = json!({ "wheels": "Car", "doors": 4 });
    assert!(matches!(serde_json::from_value(car).expect("a vehicle"), Vehicle::Car(car) if car.doors == Some(4)));
}

#[test]
fn alternatives_of_one_type_are_one_type() {
    use alternatives::model::{
        Checked, Described, Named, NamedFirst, NamedNumber, NamedTimeOrName, NamedTimeOrNameString, NamedTwo, Status,
    };
    let json = json!({ "text": "t", "number": 7, "list": ["a"], "untyped": "u" });
    let checked: Checked = serde_json::from_value(json.clone()).expect("the type");
    assert_eq!((checked.text.as_deref(), checked.number), (Some("t"), Some(7)));
    assert_eq!(serde_json::to_value(checked).expect("JSON"), json);

    let json = json!({
        "first": "a", "last": "c", "blank": "text", "blankFirst": "", "two": "b", "component": "open", "time": "hello", "timeOrName": "now", "number": 5
    });
    let named: Named = serde_json::from_value(json.clone()).expect("the type");
    assert_eq!(named.first, Some(NamedFirst::A));
    assert_eq!(named.blank.as_deref(), Some("text"));
    assert_eq!(named.two, Some(NamedTwo::B));
    assert_eq!(named.component, Some(Status::Open));
    let now = NamedTimeOrName::String(Box::new(NamedTimeOrNameString::Now));
    assert_eq!(named.time_or_name, Some(now));
    assert_eq!(named.number, Some(NamedNumber::Integer(5)));
    assert_eq!(serde_json::to_string(&named).expect("JSON"), json.to_string());
    assert_eq!(round_trip::<Named>(&json!({ "number": 0.5 })), json!({ "number": 0.5 }));

    let described = Described {
        part: Some(Status::Open),
        typed: Some(Status::Closed),
        ..Default::default()
    };
    let json = json!({ "part": "open", "typed": "closed" });
    assert_eq!(serde_json::to_value(described).expect("JSON"), json);
}

#[test]
fn openapi_31_is_read() {
    use openapi_31::model::{X, XKind, XType};
    let json = json!({ "kind": "x", "name": null, "type": 5, "owner": { "name": "o" }, "count": 4, "tags": ["t"], "pair": ["p", 1], "anything": {} });
    let x: X = serde_json::from_value(json.clone()).expect("an X");
    assert_eq!(
        (&x.kind, &x.name, &x.r#type),
        (&XKind::X, &None, &Some(XType::Integer(5)))
    );
    assert_eq!(x.parent, None);
    assert_eq!(round_trip::<X>(&json), json);
    let request = openapi_31::get_x().id("1").encode().expect("a request");
    assert_eq!(request.query(), "id=1");
    assert_eq!(request.path(), "/v2/y/x", "the variables of the server have defaults");
    let files = openapi_31::add_x().picture(&b"\x00"[..]).raw(&b"\x01"[..]);
    assert!(files.encode().is_ok());
    let pictures = openapi_31::add_pictures(&b"\x00"[..], [&b"\x01"[..]])
        .untyped(&b"\x02"[..])
        .any("text");
    let request = pictures.encoded("AA==").encode().expect("a request");
    let Some(RequestBody::Multipart(parts)) = request.body() else {
        panic!("parts")
    };
    let names: Vec<&str> = parts.parts().map(|(name, _)| name).collect();
    assert_eq!(names, ["png", "many", "untyped", "any", "encoded"]);
    assert!(matches!(
        openapi_31::SECURITY_SCHEMES,
        [SecurityScheme::MutualTls { name: "mutual", .. }]
    ));
}

#[test]
fn supplements_fill_in() {
    assert_eq!(
        supplements::get_labels().limit(3).encode().expect("a request").query(),
        "limit=3"
    );
    let json = json!({ "results": [{ "name": "a", "owner": { "name": "o" } }] });
    assert_eq!(round_trip::<supplements::model::LabelArray>(&json), json);
    assert_eq!(supplements::SECURITY_SCHEMES.len(), 1);
}

#[test]
fn a_document_of_prose_has_its_prose() {
    assert!(markdown::DESCRIPTION.contains("<taskId>"));
    minimal::request::Ping::decode(&response::<minimal::request::Ping>(204, "")).expect("nothing");
}

#[test]
fn what_modules_have_in_common_is_one_type() {
    use shared::model::{Label, LabelKind};
    let label: shared_earlier::model::Label =
        Label::new("a", LabelKind::Global, shared::model::User::new()).note("new");
    let request = shared::add_label("7", label).encode().expect("a request");
    assert_eq!(
        body(&request),
        br#"{"name":"a","kind":"global","owner":{},"note":"new"}"#
    );
    let of_its_own = shared::model::Page::default().body;
    assert_eq!(of_its_own, None, "what differs stays apart");
}

/// What stands in another file is a part of the document.
#[test]
fn parts_in_other_files_are_used_like_others() {
    let body =
        json!({ "title": "Home", "labels": [{ "name": "draft" }], "color": "red", "space": { "key": 1 } }).to_string();
    let response = response::<files::request::GetPage>(200, &body);
    let page = files::request::GetPage::decode(&response).expect("a page");
    let label = page.labels.as_ref().and_then(|labels| labels.first());
    assert_eq!(label.map(|label| label.name.as_str()), Some("draft"));
    assert_eq!(page.color.as_deref(), Some("red"));
    let request = files::get_page(7).encode().expect("a request");
    assert_eq!(request.path(), "/pages/7");
}
