//! Changes of operations, each with code that uses what is changed.

use super::kind::Effect::{Breaks, BreaksWhenItRuns, Holds};
use super::kind::{Kind, TASK, answers, document, fails, get, kind, object, takes, thing};

const MAKE: &str = "pub fn make() -> api::request::GetThing { api::get_thing() }";
const WAIT: &str = "pub fn wait(client: &confluence_rest::Client) { let _ = client.wait(api::get_thing()); }";
const PAGES: &str = "pub fn pages(client: &confluence_rest::Client) { let _ = client.pages(api::get_thing()); }";
const ERROR: &str = "pub fn is_missing(error: &api::request::GetThingError) -> bool { matches!(error, api::request::GetThingError::NotFound) }";

pub fn operations() -> Vec<Kind> {
    let q = |name: &str, more: &str| format!("{{ name: {name}, in: query, {more} }}");
    let (text, number) = ("schema: { type: string }", "schema: { type: integer }");
    let (needed_text, needed_number) = (
        &*format!("required: true, {text}"),
        &*format!("required: true, {number}"),
    );
    let both = |one: String, other: String| takes(&format!("{one}, {other}"));
    let of_path = |name: &str| {
        takes(&format!("{{ name: {name}, in: path, {needed_text} }}"))
            .replace("/things", &format!("/things/{{{name}}}"))
    };
    let page = |members: &str| {
        thing(&object(&format!(
            "results: {{ type: array, items: {{ type: string }} }}, next: {{ type: string }}{members}"
        )))
    };
    vec![
        // Operations.
        kind(
            "operation_added",
            get(""),
            document(
                "  /things: { get: { operationId: getThing, responses: { '204': { description: Done. } } } }\n  /others: { get: { operationId: getOthers, responses: { '204': { description: Done. } } } }\n",
                "    {}\n",
            ),
            MAKE,
            Holds,
        ),
        kind("operation_gone", get(""), document("  {}\n", "    {}\n"), MAKE, Breaks),
        kind(
            "operation_renamed",
            get(""),
            get("x-rust-name: fetch_thing,"),
            MAKE,
            Breaks,
        ),
        kind(
            "request_line",
            get(""),
            get("").replace("/things", "/stuff"),
            MAKE,
            Holds,
        ),
        kind("deprecated", get(""), get("deprecated: true,"), MAKE, Holds),
        kind("summary", get(""), get("summary: Words.,"), MAKE, Holds),
        kind("tags", get(""), get("tags: [a],"), MAKE, Holds),
        kind(
            "security",
            get("security: [{ basic: [] }],"),
            get("security: [{ basic: [] }, { key: [] }],"),
            MAKE,
            Holds,
        ),
        kind(
            "scope_required",
            get("security: [{ basic: [] }],"),
            get("security: [{ basic: [] }, { oauth: [read] }],"),
            MAKE,
            BreaksWhenItRuns("a client that knows its scopes refuses the request"),
        ),
        kind(
            "scope_gone",
            get("x-atlassian-connect-scope: READ,"),
            get(""),
            MAKE,
            Holds,
        ),
        kind(
            "scope_added",
            get(""),
            get("x-atlassian-connect-scope: READ,"),
            MAKE,
            BreaksWhenItRuns("a client that knows its scopes refuses the request"),
        ),
        // What they take.
        kind("argument_added", get(""), takes(&q("a", needed_text)), MAKE, Breaks),
        kind(
            "argument_gone",
            takes(&q("a", needed_text)),
            get(""),
            "pub fn make() { let _ = api::get_thing(\"a\"); }",
            Breaks,
        ),
        kind(
            "argument_type",
            takes(&q("a", needed_text)),
            takes(&q("a", needed_number)),
            "pub fn make() { let _ = api::get_thing(\"a\"); }",
            Breaks,
        ),
        kind(
            "argument_required",
            takes(&q("a", text)),
            takes(&q("a", needed_text)),
            "pub fn make() { let _ = api::get_thing().a(\"a\"); }",
            Breaks,
        ),
        kind(
            "argument_optional",
            takes(&q("a", needed_text)),
            takes(&q("a", text)),
            "pub fn make() { let _ = api::get_thing(\"a\"); }",
            Breaks,
        ),
        kind(
            "argument_order",
            both(q("a", needed_text), q("b", needed_number)),
            both(q("b", needed_number), q("a", needed_text)),
            "pub fn make() { let _ = api::get_thing(\"a\", 1); }",
            Breaks,
        ),
        kind(
            "argument_order_of_one_type",
            both(q("a", needed_text), q("b", needed_text)),
            both(q("b", needed_text), q("a", needed_text)),
            "pub fn make() { let _ = api::get_thing(\"a\", \"b\"); }",
            BreaksWhenItRuns("each text goes where the other one went"),
        ),
        kind(
            "argument_of_the_path_renamed",
            of_path("id"),
            of_path("thingId"),
            "pub fn make() { let _ = api::get_thing(\"a\"); }",
            Holds,
        ),
        kind(
            "argument_renamed",
            takes(&q("a", needed_text)),
            takes(&q("b", needed_text)),
            "pub fn make() { let _ = api::get_thing(\"a\"); }",
            BreaksWhenItRuns("the text is sent as another parameter"),
        ),
        kind(
            "argument_place",
            takes(&q("a", text)),
            takes(&q("a", text)).replace("in: query", "in: header"),
            "pub fn make() { let _ = api::get_thing().a(\"a\"); }",
            Holds,
        ),
        kind("setter_added", get(""), takes(&q("a", text)), MAKE, Holds),
        kind(
            "setter_gone",
            takes(&q("a", text)),
            get(""),
            "pub fn make() { let _ = api::get_thing().a(\"a\"); }",
            Breaks,
        ),
        kind(
            "setter_type",
            takes(&q("a", text)),
            takes(&q("a", number)),
            "pub fn make() { let _ = api::get_thing().a(\"a\"); }",
            Breaks,
        ),
        // What they answer.
        kind(
            "output",
            answers("{ type: string }"),
            answers("{ type: array, items: { type: string } }"),
            "pub async fn send(client: &confluence_rest::Client) -> Result<String, confluence_rest::Error> { Ok(client.send(api::get_thing()).await?.into_body()) }",
            Breaks,
        ),
        kind("error_added", get(""), fails("description: None."), MAKE, Holds),
        kind("error_gone", fails("description: None."), get(""), ERROR, Breaks),
        kind(
            "error_body",
            fails("description: None."),
            fails("description: None., content: { application/json: { schema: { type: string } } }"),
            ERROR,
            Breaks,
        ),
        kind(
            "wait_gone",
            thing(TASK),
            thing(
                &TASK
                    .replace("finished: { type: boolean }, ", "")
                    .replace("[finished, ", "["),
            ),
            WAIT,
            Breaks,
        ),
        kind(
            "wait_added",
            thing(&TASK.replace("[finished, ", "[")),
            thing(TASK),
            "pub fn read(thing: api::model::Thing) -> Option<bool> { thing.finished }",
            Breaks,
        ),
        kind(
            "pages_added",
            thing(&object("results: { type: array, items: { type: string } }")),
            page(""),
            "pub fn read(thing: api::model::Thing) -> Option<Vec<String>> { thing.results }",
            Holds,
        ),
        kind(
            "pages_gone",
            page(""),
            thing(&object("next: { type: string }, values: { type: string }")),
            PAGES,
            Breaks,
        ),
        kind(
            "pages_item",
            page(""),
            page("").replace("items: { type: string }", "items: { type: integer }"),
            "pub fn read(thing: api::model::Thing) -> Option<Vec<String>> { thing.results }",
            Breaks,
        ),
        kind(
            "next_changed",
            page(""),
            page(", nextPageToken: { type: string }"),
            PAGES,
            Holds,
        ),
        kind(
            "next_gone",
            page(""),
            page("").replace("next:", "isLast:"),
            PAGES,
            Breaks,
        ),
    ]
}
