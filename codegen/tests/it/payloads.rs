//! Bodies that servers really sent are decoded, lose nothing that is documented, and depart from the document as a list says.
//!
//! `CONFLUENCE_PAYLOADS` names the bodies, with a `MANIFEST.tsv` of file, product, method, path and status, and
//! `CONFLUENCE_CORPUS` the documents; without them, the test says that it skips. For the operations of the bodies a program
//! is made that sends each request to a server on loopback, which answers with the body. `payloads/drift.txt` has what came
//! of it: places alone, for what was sent is not ours. `UPDATE_EXPECT=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use confluence_codegen::{Candidate, Input, Source, generate};
use expect_test::expect_file;
use serde_json::Value;

use crate::documents;
use crate::program::schema::Document;
use crate::program::{Module, Program};

/// The bodies that are no success of their operation, each with the reason.
const REFUSED: &[(&str, &str)] = &[(
    "jira/rest-api-3-issue-issueidorkey-remotelink-get-200-5f6eb7.json",
    "the document describes one link, the server sends a list of them",
)];

/// A body that a server sent.
struct Payload {
    file: String,
    method: String,
    path: String,
    status: u16,
}

/// The bodies of a folder.
fn payloads(folder: &Path) -> Vec<Payload> {
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("a manifest");
    let payload = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let (file, _product, method, path) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        Some(Payload {
            file,
            method,
            path,
            status: cells.next()?.parse().ok()?,
        })
    };
    manifest.lines().skip(1).filter_map(payload).collect()
}

/// A path template without the names of its variables, and without what all paths of a product start with: some documents
/// and manifests leave that out.
fn nameless(path: &str) -> String {
    let bare = ["/2.0", "/wiki/api/v2"].iter().find_map(|base| path.strip_prefix(base));
    let mut parts = bare.unwrap_or(path).split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("{}");
        text.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    text
}

#[test]
fn what_servers_sent_is_decoded() {
    let (Some(folder), Some(corpus)) = (
        std::env::var_os("CONFLUENCE_PAYLOADS"),
        std::env::var_os("CONFLUENCE_CORPUS"),
    ) else {
        println!("skipped: CONFLUENCE_PAYLOADS and CONFLUENCE_CORPUS do not name bodies and documents");
        return;
    };
    let payloads = payloads(Path::new(&folder));
    let mut wanted: BTreeMap<(String, String), Vec<&Payload>> = BTreeMap::new();
    for payload in &payloads {
        let operation = (payload.method.clone(), nameless(&payload.path));
        wanted.entry(operation).or_default().push(payload);
    }
    let program = Program::new("payloads");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (number, path) in documents::below(Path::new(&corpus)).iter().enumerate() {
        let text = fs::read_to_string(path).expect("a document");
        let document = Document::parse(&text);
        let operations = document.operations().into_iter();
        let known: BTreeSet<(String, String)> = operations.map(|(method, path)| (method, nameless(&path))).collect();
        let known: BTreeSet<_> = known
            .into_iter()
            .filter(|operation| wanted.contains_key(operation))
            .collect();
        if known.is_empty() {
            continue;
        }
        let name = format!("document{number}");
        let taken = known.clone();
        let takes = move |one: &Candidate<'_>| taken.contains(&(one.method.to_owned(), nameless(one.path)));
        let input = Input::new(&name, Source::new(path.display().to_string(), text)).operations(takes);
        let generated = generate(&input).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        program.file(&format!("{name}.rs"), &generated.code);
        writeln!(modules, "include!(\"{name}.rs\");").expect("text");
        for call in Module::parse(&name, &generated.code, document).calls() {
            // The first document that has an operation answers for it.
            for payload in wanted.remove(&(call.method, nameless(&call.path))).unwrap_or_default() {
                let Payload { file, status, .. } = payload;
                writeln!(calls, "    check!({file:?}, {status}, {});", call.function).expect("text");
            }
        }
    }
    program.file("compare.rs", include_str!("payloads/compare.rs"));
    program.file(
        "main.rs",
        &format!(
            "#![allow(dead_code, deprecated)]
mod compare;
mod loopback;
{modules}
use compare::{{Output, Unwritten as _, Written as _}};

const FOLDER: &str = {folder:?};

macro_rules! check {{
    ($file:literal, $status:literal, $operation:expr) => {{
        let result = compare::send(FOLDER, $file, $status, $operation).await;
        let written = result.as_ref().ok().and_then(|response| (&Output(&**response)).written());
        compare::report($file, $status, &result, written);
    }};
}}

#[tokio::main(flavor = \"current_thread\")]
async fn main() {{
{calls}}}
"
        ),
    );
    let output = String::from_utf8(program.run().stdout).expect("text");
    let (mut list, mut wrong, mut compared) = (BTreeMap::new(), Vec::new(), 0);
    for line in output.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let file = line["file"].as_str().expect("a file");
        let is_refused = REFUSED.iter().any(|(known, _)| *known == file);
        if line.get("error").is_some() != is_refused {
            wrong.push(line.to_string());
        }
        if line["altered"].as_array().is_some_and(|places| !places.is_empty()) {
            wrong.push(line.to_string());
        }
        compared += usize::from(line["compared"] == true);
        let drift = line["drift"].as_str().unwrap_or("refused");
        list.insert(file.to_owned(), drift.to_owned());
    }
    println!(
        "{} of {} bodies belong to a document; {compared} are written as they came",
        list.len(),
        payloads.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let departs = list.iter().filter(|(_, drift)| !drift.is_empty());
    let text: String = departs
        .map(|(file, drift)| format!("{file}\n  {}\n", drift.replace("; ", "\n  ")))
        .collect();
    expect_file!["payloads/drift.txt"].assert_eq(&text);
}
