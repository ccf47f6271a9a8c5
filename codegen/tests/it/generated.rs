//! Documents that are made up, over all keywords that the generator knows: each gives a module that can be read, and some of them are
//! compiled and documented in one crate, with warnings denied and doctests run.

use std::fmt::Write;

use confluence_codegen::{Input, Source, generate};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use crate::program::Program;
use crate::sweep::{NAMES, judge};

/// The names of components; the last one is that of none.
const COMPONENTS: [&str; 6] = ["Page", "page-version", "Result", "{ \"a\": `b` }", "Über", "Nowhere"];

/// Names as documents have them, and others.
fn name() -> impl Strategy<Value = String> {
    const PLAIN: [&str; 9] = [
        "id", "type", "pageId", "page_id", "Page ID", "next", "status", "results", "_links",
    ];
    prop_oneof![3 => select(&PLAIN[..]), 1 => select(NAMES)].prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    const ODD: [&str; 9] = [
        "A page.",
        "- `one` - the first\n- `two` - the second",
        "<p>See <a href=\"https://example.com\">here</a></p>",
        "```\nfn main() { panic!() }\n",
        "    let x = [y];",
        "[`Nowhere`] https://example.com \u{202e} *",
        "| a |\n|--|\n| ``` |",
        "~~~rust\n#![no_main]",
        "*/ \"# \\ {}",
    ];
    prop_oneof![3 => select(&ODD[..]).prop_map(str::to_owned), 1 => "[ -~\\n`<*_#]{0,40}", 1 => "\\PC{0,12}"]
}

/// An object with these members, as far as they are there.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect())
}

fn reference() -> impl Strategy<Value = Value> {
    select(&COMPONENTS[..]).prop_map(|name| {
        let name = name.replace('~', "~0").replace('/', "~1");
        json!({ "$ref": format!("#/components/schemas/{name}") })
    })
}

/// A keyword that may be there, with one of these values.
fn one_of(values: Value) -> impl Strategy<Value = Option<Value>> {
    let Value::Array(values) = values else { panic!("a list") };
    of(select(values))
}

fn leaf() -> impl Strategy<Value = Value> {
    let string = (
        one_of(json!(["date-time", "date", "binary", "uuid", "odd \"format\""])),
        of(vec(name(), 0..5).prop_map(|names| json!(names))),
        one_of(json!(["^a$", "("])),
    );
    let number = (
        select(vec!["integer", "number"]),
        one_of(json!(["int32", "int64", "float", "double"])),
        one_of(json!([0, -1, 1.5, -9_223_372_036_854_775_808_i64, 1e300])),
        one_of(json!([[1, 2], [1.5], [null, 7]])),
    );
    prop_oneof![
        3 => string.prop_map(|(format, names, pattern)| {
            object([("type", Some(json!("string"))), ("format", format), ("enum", names), ("pattern", pattern)])
        }),
        2 => number.prop_map(|(ty, format, minimum, values)| {
            object([("type", Some(json!(ty))), ("format", format), ("minimum", minimum), ("enum", values)])
        }),
        1 => Just(json!({ "type": "boolean" })),
        2 => reference(),
        1 => Just(json!({})),
        1 => Just(json!({ "type": "object" })),
        1 => name().prop_map(|name| json!({ "enum": [name, 1, null] })),
    ]
}

/// The words that any schema may have.
fn with_words(schema: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let flags = vec(select(vec!["nullable", "readOnly", "writeOnly", "deprecated"]), 0..2);
    (schema, flags, of(text()), of(name())).prop_map(|(mut schema, flags, description, title)| {
        if let Value::Object(members) = &mut schema {
            members.extend(flags.into_iter().map(|flag| (flag.to_owned(), json!(true))));
            members.extend(description.map(|text| ("description".to_owned(), json!(text))));
            members.extend(title.map(|text| ("title".to_owned(), json!(text))));
        }
        schema
    })
}

fn schema() -> impl Strategy<Value = Value> {
    with_words(leaf()).prop_recursive(4, 24, 4, |inner| {
        let properties = vec((name(), inner.clone()), 0..4);
        let kinds = vec(inner.clone(), 1..4);
        let others = of(prop_oneof![any::<bool>().prop_map(Value::Bool), inner.clone()]);
        let record = (properties, vec(name(), 0..2), others).prop_map(|(properties, required, others)| {
            let properties: Map<String, Value> = properties.into_iter().collect();
            object([
                ("type", Some(json!("object"))),
                ("properties", Some(properties.into())),
                ("required", Some(json!(required))),
                ("additionalProperties", others),
            ])
        });
        let union = (select(vec!["oneOf", "anyOf", "allOf"]), kinds, of(name())).prop_map(|(keyword, kinds, tag)| {
            let tag = tag.map(|name| json!({ "propertyName": name, "mapping": { "a": "#/components/schemas/Page" } }));
            object([(keyword, Some(json!(kinds))), ("discriminator", tag)])
        });
        with_words(prop_oneof![
            2 => record,
            2 => union,
            1 => inner.clone().prop_map(|items| json!({ "type": "array", "items": items })),
            1 => inner.prop_map(|not| json!({ "not": not, "type": ["string", "null"] })),
        ])
    })
}

fn parameter() -> impl Strategy<Value = Value> {
    let style = select(vec!["form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);
    let place = select(vec!["query", "header", "path", "cookie"]);
    (name(), place, of(style), any::<(bool, bool)>(), schema(), of(text())).prop_map(
        |(name, place, style, (required, is_content), schema, text)| {
            let style = style.filter(|style| match place {
                "query" => *style != "simple",
                "cookie" => *style == "form",
                _ => *style == "simple",
            });
            let (content, schema) = if is_content {
                (Some(json!({ "application/json": { "schema": schema } })), None)
            } else {
                (None, Some(schema))
            };
            object([
                ("name", Some(json!(if place == "path" { "id" } else { &name }))),
                ("in", Some(json!(place))),
                ("required", Some(json!(required || place == "path"))),
                ("style", style.map(|style| json!(style))),
                ("description", text.map(|text| json!(text))),
                ("schema", schema),
                ("content", content),
            ])
        },
    )
}

fn content() -> impl Strategy<Value = Value> {
    let media = select(vec![
        "application/json",
        "application/problem+json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "text/plain",
        "*/*",
    ]);
    let contents = vec((media, schema()), 0..3);
    contents.prop_map(|contents| {
        let contents = contents.into_iter();
        let contents = contents.map(|(media, schema)| (media.to_owned(), json!({ "schema": schema })));
        Value::Object(contents.collect())
    })
}

fn operation() -> impl Strategy<Value = Value> {
    let status = select(vec!["200", "201", "204", "2XX", "302", "400", "404", "5XX", "default"]);
    let responses = vec((status, text(), content()), 1..4);
    let id = of(name());
    let words = (of(text()), of(text()), vec(name(), 0..2));
    (id, words, vec(parameter(), 0..4), of(content()), responses).prop_map(
        |(id, (summary, description, tags), parameters, body, responses)| {
            let responses: Map<String, Value> = responses
                .into_iter()
                .map(|(status, text, content)| (status.to_owned(), json!({ "description": text, "content": content })))
                .collect();
            object([
                ("operationId", id.map(|id| json!(id))),
                ("summary", summary.map(|text| json!(text))),
                ("description", description.map(|text| json!(text))),
                ("tags", Some(json!(tags))),
                ("parameters", Some(json!(parameters))),
                ("requestBody", body.map(|content| json!({ "content": content }))),
                ("responses", Some(responses.into())),
            ])
        },
    )
}

fn document() -> impl Strategy<Value = Value> {
    let version = select(vec!["3.0.3", "3.1.0", "3.2.0"]);
    let components = COMPONENTS.map(|_| schema());
    let operations = vec((select(vec!["get", "put", "post", "delete"]), operation()), 0..4);
    (version, text(), components, operations).prop_map(|(version, title, schemas, operations)| {
        let paths = operations
            .into_iter()
            .enumerate()
            .map(|(number, (method, operation))| (format!("/pages/{{id}}/{number}"), json!({ method: operation })));
        let schemas = COMPONENTS.iter().zip(schemas).take(COMPONENTS.len() - 1);
        let schemas = schemas.map(|(name, schema)| ((*name).to_owned(), schema));
        json!({
            "openapi": version,
            "info": { "title": title, "version": "1", "description": title },
            "paths": paths.collect::<Map<_, _>>(),
            "components": { "schemas": schemas.collect::<Map<_, _>>() },
        })
    })
}

/// How many cases are tried, unless the environment says so.
fn cases(default: u32) -> Config {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    Config {
        cases: cases.unwrap_or(default),
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn any_document_gives_a_module_or_says_where_it_is_wrong() {
    proptest!(cases(400), |(spec in document())| {
        let problem = judge(&spec);
        prop_assert!(problem.is_none(), "{}", problem.unwrap_or_default());
    });
}

#[test]
fn a_plain_sentence_is_documented_like_any_other_text() {
    let docs = |description: &str| -> String {
        let info = json!({ "title": "T", "version": "1", "description": description });
        let spec = json!({ "openapi": "3.0.3", "info": info, "paths": {} });
        let input = Input::new("generated", Source::new("spec.json", spec.to_string()));
        let code = generate(&input).expect("a module").code;
        let lines = code.lines().filter_map(|line| line.trim_start().strip_prefix("//!"));
        // What is said about a document without operations is the same for all.
        let docs = lines.take_while(|line| !line.contains("has no operations"));
        docs.collect::<Vec<&str>>().join("\n").trim_end().to_owned()
    };
    proptest!(cases(256), |(sentence in "[A-Za-z0-9 ,.;:'\"()/?%-]{0,110}")| {
        let whole = docs(&format!("{sentence}\n\n`code`"));
        let alone = docs(&sentence);
        prop_assert!(whole.starts_with(&alone), "{whole:#?} does not begin with {alone:#?}");
    });
}

#[test]
fn a_sample_is_compiled_and_documented() {
    let mut runner = TestRunner::deterministic();
    let program = Program::new("generated");
    let mut lib =
        String::from("//! A crate for documents that are made up.\n#![deny(warnings, missing_docs, rustdoc::all)]\n\n");
    let mut count = 0;
    while count < SAMPLE {
        let spec = document().new_tree(&mut runner).expect("a document").current();
        let module = format!("m{count}");
        let input = Input::new(&module, Source::new("spec.json", spec.to_string())).parent("generated");
        // Not every document that is made up is right.
        let Ok(generated) = generate(&input) else { continue };
        program.file(&format!("{module}.rs"), &generated.code);
        writeln!(lib, "include!(\"{module}.rs\");").expect("text");
        count += 1;
    }
    program.file("lib.rs", &lib);
    program.cargo(&["doc", "--no-deps"]);
    program.cargo(&["test", "--quiet", "--doc"]);
}

/// How many documents are compiled.
const SAMPLE: usize = 24;
