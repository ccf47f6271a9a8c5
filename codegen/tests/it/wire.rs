//! What generated functions send is what the documents say, in the eyes of a validator that nobody here wrote.
//!
//! For documents of several tags a program is made that calls every function with all of its parameters and a full body,
//! sends the requests over loopback and prints what arrives; `wire/validate.py` checks that with openapi-core.
//! `CONFLUENCE_CORPUS` names the documents and `OPENAPI_PYTHON` a Python that has what `python/requirements.txt` lists;
//! without them, the test says that it skips.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use confluence_codegen::{Input, Source, generate};

use crate::program::schema::{Document, number, text};
use crate::program::{Module, Program};
use serde_json::json;

/// Documents of many tags, with and without base path, of Confluence and of Jira.
const DOCUMENTS: [&str; 12] = [
    "confluence/atlassian-confluence-audit-api-openapi.yml",
    "confluence/atlassian-confluence-content-api-openapi.yml",
    "confluence/atlassian-confluence-group-api-openapi.yml",
    "confluence/atlassian-confluence-inline-tasks-api-openapi.yml",
    "confluence/atlassian-confluence-longtask-api-openapi.yml",
    "confluence/atlassian-confluence-search-api-openapi.yml",
    "confluence/atlassian-confluence-space-api-openapi.yml",
    "confluence/atlassian-confluence-template-api-openapi.yml",
    "confluence/atlassian-confluence-user-api-openapi.yml",
    "jira/atlassian-rest-api-3-dashboard--openapi-original.yml",
    "jira/atlassian-rest-api-3-field--openapi-original.yml",
    "jira/atlassian-rest-api-3-project--openapi-original.yml",
];

const SEND: &str = r##"
mod loopback;

async fn send(document: &str, operation: impl confluence_rest::Operation) {
    let request = operation.encode().expect("a request");
    let (url, arrival) = loopback::once(loopback::Answer { status: 204, content_type: "", body: Vec::new() });
    let client = confluence_rest::Client::builder(url).build().expect("a client");
    client.exchange(&request).await.expect("an answer");
    let (head, body) = arrival.join().expect("a request");
    let mut lines = head.lines();
    let first = lines.next().expect("a line");
    let target = first.split(' ').nth(1).expect("a target");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = lines.filter_map(|line| line.split_once(": "));
    let json = serde_json::json!({
        "document": document,
        "operation": request.operation().id,
        "method": request.method().as_str(),
        "path": path,
        "query": query,
        "headers": headers.collect::<std::collections::BTreeMap<_, _>>(),
        "body": body,
    });
    println!("{json}");
}
"##;

#[test]
fn requests_are_what_the_documents_say() {
    let (Some(corpus), Some(python)) = (
        std::env::var_os("CONFLUENCE_CORPUS"),
        std::env::var_os("OPENAPI_PYTHON"),
    ) else {
        println!("skipped: CONFLUENCE_CORPUS and OPENAPI_PYTHON do not name documents and a Python with openapi-core");
        return;
    };
    let program = Program::new("wire");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (number, document) in DOCUMENTS.iter().enumerate() {
        let path = Path::new(&corpus).join(document);
        let name = format!("document{number}");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
        let parsed = Document::parse(&text);
        let generated = generate(&Input::new(&name, Source::new(*document, text))).expect("a module");
        program.file(&format!("{name}.rs"), &generated.code);
        writeln!(modules, "include!(\"{name}.rs\");").expect("text");
        for call in Module::parse(&name, &generated.code, parsed).calls() {
            writeln!(calls, "    send({path:?}, {}{}).await;", call.function, call.setters).expect("text");
        }
    }
    program.file(
        "main.rs",
        &format!(
            "#![allow(dead_code, deprecated)]\n{modules}\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n{calls}}}\n{SEND}"
        ),
    );
    let output = program.run();
    let mut validator = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/wire/validate.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    // The validator prints little, so both sides of the pipe have room.
    let mut requests = validator.stdin.take().expect("a pipe");
    requests.write_all(&output.stdout).expect("requests");
    drop(requests);
    let verdict = validator.wait_with_output().expect("a verdict");
    println!("{}", String::from_utf8_lossy(&verdict.stdout));
    assert!(verdict.status.success(), "{}", String::from_utf8_lossy(&verdict.stdout));
}

/// What the program writes down satisfies the simple things that schemas ask for.
#[test]
fn values_are_what_schemas_ask_for() {
    let text = |schema| text(Some(&schema), "a-b", 7);
    assert_eq!(text(json!({})), "a-b");
    assert_eq!(text(json!({ "enum": ["page", "blogpost"] })), "page");
    assert_eq!(
        text(json!({ "format": "uuid" })),
        "00000000-0000-4000-8000-000000000007"
    );
    assert_eq!(text(json!({ "format": "date", "minLength": 20 })), "2026-01-07");
    assert_eq!(text(json!({ "minLength": 5 })), "a-baa");
    assert_eq!(text(json!({ "maxLength": 2 })), "a-");
    assert_eq!(text(json!({ "pattern": "^[0-9a-f]{4}$" })), "0000");
    assert_eq!(text(json!({ "pattern": "^[A-Z]+$" })), "A");
    assert_eq!(text(json!({ "pattern": "^(?!x)[a-z]+$" })), "a-b");
    let number = |schema| number(Some(&schema), 7.0);
    assert_eq!(number(json!({ "minimum": 1, "maximum": 9 })), 7.0);
    assert_eq!(number(json!({ "minimum": 10 })), 10.0);
    assert_eq!(number(json!({ "maximum": 7, "exclusiveMaximum": true })), 6.0);
    assert_eq!(number(json!({ "exclusiveMinimum": 7 })), 8.0);
}

/// Models, enums and unions are known where macros complete them, and arguments get what their schemas say.
#[test]
fn calls_are_written_from_declarations() {
    let document = json!({
        "servers": [{ "url": "https://example.com/2.0" }],
        "paths": { "/pages/{pageId}": {
            "parameters": [{ "name": "pageId", "schema": { "$ref": "#/components/schemas/Id" } }],
            "put": { "requestBody": { "content": { "application/json": { "schema": {
                "properties": { "sent-at": { "format": "date", "type": "string" } },
            } } } } },
        } },
        "components": { "schemas": { "Id": { "type": "integer", "minimum": 100 } } },
    });
    let code = r#"
        pub mod pages {
            /// `PUT /2.0/pages/{pageId}`
            pub fn put_page(page_id: i64, body: model::Page) -> request::PutPage {}

            pub mod model {
                #[derive(Clone, Debug, Default, PartialEq)]
                pub struct Page {
                    pub sent_at: String,
                }
                rt::record!(Page { required sent_at: "sent-at", optional kind: "kind", ..others });
                rt::setters!(Page (into sent_at: String) {
                    optional set kind: Kind,
                    optional set value: rt::Value,
                    optional boxed content: Content,
                    ;
                    optional set note(note_): Note,
                });
                rt::open_enum! {
                    /// Which kind.
                    pub enum Kind { First = "FIRST", Second = "x": "its meaning" }
                }
                rt::union! {
                    #[discriminator = "kind"]
                    pub enum Content { Number(Box<i64>) = "number" | "n", Text(String) }
                }
                pub struct Note {}
                rt::record!(Note {});
                pub struct Value {}
            }

            pub mod request {
                rt::operation! {
                    /// A request.
                    pub struct PutPage(page_id: i64 => path("pageId"), body: model::Page => json("application/json")) {
                        /// The labels.
                        #[deprecated]
                        each_into labels: String => query_as("labels", rt::QueryStyle::Comma),
                    }

                    const INFO = ("putPage", PUT, "/2.0/pages/{pageId}") {}
                    encode {}
                    decode nothing

                    pub enum PutPageError { Unauthorized = "401" }
                }
            }
        }
    "#;
    let calls = Module::parse("pages", code, Document::parse(&document.to_string())).calls();
    let [call] = calls.as_slice() else { panic!("one call") };
    assert_eq!(
        (call.method.as_str(), call.path.as_str()),
        ("PUT", "/2.0/pages/{pageId}")
    );
    assert_eq!(
        call.function,
        "pages::put_page(100, pages::model::Page::new(\"2026-01-07\".to_owned()).kind(pages::model::Kind::First)\
         .value(serde_json::json!({})).content(pages::model::Content::Number(Box::new(7)))\
         .note(pages::model::Note::default()))"
    );
    assert_eq!(
        call.setters,
        ".labels([\"a b&c=ü7\".to_owned(), \"a b&c=ü8\".to_owned()])"
    );
}
