//! Every place of a document, with something else there than its author wrote: a module comes of it, or an error that says where.
//!
//! `CONFLUENCE_SWEEP=1` tries every change at every place, `CONFLUENCE_SWEEP=7` each seventh; without it, as many are tried as go into
//! half a minute.

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use confluence_codegen::{Input, Severity, Source, generate};
use serde_json::{Map, Value, json};

use crate::{documentation, documents};

/// Names that are not meant well, or that Rust, YAML or HTTP take for something else.
pub const NAMES: &[&str] = &[
    "",
    " ",
    "self",
    "Self",
    "fn",
    "_",
    "0",
    "x-",
    "..",
    "a b",
    "a/b~c",
    "{id}",
    "é",
    "\u{1100}\u{1161}",
    "ª",
    "\u{202e}gnp",
    "a\nb",
    "\r",
    "\"#]",
    "*/ fn main() {}",
    "```\nstd::process::exit(7);\n```",
    "Option",
    "String",
    "new",
    "clone",
    "$ref",
];

/// What may stand where something else stood.
fn others() -> [Value; 7] {
    [
        Value::Null,
        json!(""),
        json!([]),
        json!({}),
        json!(-7.5),
        json!(true),
        json!([{ "$ref": "#/components/schemas/Nowhere" }]),
    ]
}

/// The documents of the golden cases, and the bundled one.
pub fn specs() -> Vec<(String, Value)> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = documents::below(&package.join("tests/golden"));
    let golden = golden.into_iter().filter(|path| path.ends_with("spec.yaml"));
    let paths = golden.chain([package.join("../spec/longtask.yaml")]);
    let read = paths.map(|path| {
        let text = fs::read_to_string(&path).expect("a document");
        (path.display().to_string(), serde_yaml::from_str(&text).expect("YAML"))
    });
    read.collect()
}

/// The places of a document, as JSON Pointers.
pub fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                places(
                    value,
                    &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// A document with a change at a place: something else there, nothing, or the same under another name.
fn changed(spec: &Value, place: &str, change: usize) -> Option<Value> {
    let mut spec = spec.clone();
    if let Some(other) = others().get(change) {
        let value = spec.pointer_mut(place)?;
        if value == other {
            return None;
        }
        value.clone_from(other);
        return Some(spec);
    }
    let (parent, name) = place.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    match spec.pointer_mut(parent)? {
        Value::Object(members) => {
            let new = change
                .checked_sub(others().len() + 1)
                .and_then(|index| NAMES.get(index));
            let changed: Map<String, Value> = std::mem::take(members)
                .into_iter()
                .filter_map(|(key, value)| match (key == name, new) {
                    (false, _) => Some((key, value)),
                    (true, Some(new)) => Some(((*new).to_owned(), value)),
                    (true, None) => None,
                })
                .collect();
            *members = changed;
        }
        Value::Array(items) if change == others().len() => {
            items.remove(name.parse().ok()?);
        }
        _ => return None,
    }
    Some(spec)
}

/// What is wrong with what comes of a document, if anything is.
pub fn judge(spec: &Value) -> Option<String> {
    let input = Input::new("swept", Source::new("spec.json", spec.to_string()));
    let judged = catch_unwind(AssertUnwindSafe(|| match generate(&input) {
        Ok(generated) => {
            let unread = syn::parse_file(&generated.code).err();
            documentation::check(&generated.code);
            unread.map(|error| format!("no Rust: {error}"))
        }
        Err(error) => {
            let Some(diagnostics) = error.diagnostics() else {
                return Some(format!("no error of the document: {error}"));
            };
            let mut errors = diagnostics.iter().filter(|one| one.code.severity() == Severity::Error);
            let lost = errors.find(|one| !diagnostics.render(one).contains("--> spec.json:"));
            lost.map(|lost| format!("it is not said where: {}", diagnostics.render(lost)))
        }
    }));
    judged.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        Some(format!("a panic: {}", said.unwrap_or_default()))
    })
}

#[test]
fn every_place_with_something_else_there() {
    let changes = others().len() + 1 + NAMES.len();
    let mut tries = Vec::new();
    let specs = specs();
    for (number, (_, spec)) in specs.iter().enumerate() {
        let mut found = Vec::new();
        places(spec, "", &mut found);
        for place in found {
            tries.extend((0..changes).map(|change| (number, place.clone(), change)));
        }
    }
    // A prime number, so that each place and each change has its turn.
    let step = env::var("CONFLUENCE_SWEEP").ok().and_then(|step| step.parse().ok());
    let step = step.unwrap_or(STEP);
    let tries: Vec<_> = tries.into_iter().step_by(step).collect();
    let (next, made) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((number, place, change)) = tries.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some((name, spec)) = specs.get(*number) else { return };
                    let Some(spec) = changed(spec, place, *change) else {
                        continue;
                    };
                    made.fetch_add(1, Ordering::Relaxed);
                    if let Some(problem) = judge(&spec) {
                        let told = format!("{name} {place} with change {change}: {problem}");
                        wrong.lock().expect("the problems").push(told);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("the problems");
    println!("{} changed documents were tried", made.into_inner());
    assert!(wrong.is_empty(), "{} go wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Of how many changes one is tried, to be done in half a minute.
const STEP: usize = 47;
