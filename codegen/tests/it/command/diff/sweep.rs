//! Every text, number and flag of a document, with another one there: where the module is another one, `diff` says so.
//!
//! `CONFLUENCE_SWEEP=1` tries each change of each of them, `CONFLUENCE_SWEEP=7` each seventh; without it, as many as go into half a minute.

use std::env;
use std::sync::Mutex;
use std::thread;

use confluence_codegen::{Input, Source, generate};
use serde_json::{Value, json};

use crate::command::Folder;
use crate::sweep;

#[test]
fn whatever_changes_the_module_is_listed() {
    let step = env::var("CONFLUENCE_SWEEP").ok().and_then(|step| step.parse().ok());
    let specs = sweep::specs();
    let mut tries = Vec::new();
    for (name, spec) in &specs {
        let mut found = Vec::new();
        sweep::places(spec, "", &mut found);
        for place in found {
            tries.extend(CHANGES.iter().map(|change| (name, spec, place.clone(), change)));
        }
    }
    let tries: Vec<_> = tries.into_iter().step_by(step.unwrap_or(STEP)).collect();
    let (queue, unlisted) = (Mutex::new(tries.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((name, spec, place, change)) = { queue.lock().expect("the queue").next() } {
                    if is_unlisted(spec, place, change) {
                        let told = format!("{name} {place} with {change:?}");
                        unlisted.lock().expect("the list").push(told);
                    }
                }
            });
        }
    });
    println!("{} changes were tried", tries.len());
    let unlisted = unlisted.into_inner().expect("the list");
    assert!(
        unlisted.is_empty(),
        "{} changes are not listed:\n{}",
        unlisted.len(),
        unlisted.join("\n")
    );
}

/// Whether the module changes with what is at a place, and `diff` says that nothing does.
fn is_unlisted(spec: &Value, place: &str, change: &Option<&str>) -> bool {
    let Some(changed) = changed(spec, place, *change) else {
        return false;
    };
    let (Some(before), Some(after)) = (module(spec), module(&changed)) else {
        return false;
    };
    if before == after {
        return false;
    }
    let folder = Folder::new(&[("old.json", &spec.to_string()), ("new.json", &changed.to_string())]);
    let run = folder.run(&["diff", "old.json", "new.json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out.starts_with("No changes")
}

/// What is added to a text, a number or a flag; or else it is removed.
const CHANGES: [Option<&str>; 4] = [Some("s"), Some("."), Some(" "), None];

/// The document with a change of the text, number or flag at a place, if there is one.
fn changed(spec: &Value, place: &str, change: Option<&str>) -> Option<Value> {
    let mut spec = spec.clone();
    let Some(added) = change else {
        let (parent, name) = place.rsplit_once('/')?;
        let name = name.replace("~1", "/").replace("~0", "~");
        let members = spec.pointer_mut(parent)?.as_object_mut()?;
        let removed = members.remove(&name)?;
        return (!removed.is_object() && !removed.is_array()).then_some(spec);
    };
    let value = spec.pointer_mut(place)?;
    *value = match &*value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_f64()? + 1.0),
        Value::String(text) => json!(format!("{text}{added}")),
        _ => return None,
    };
    Some(spec)
}

/// The module of a document without its head, which names the file; nothing if the document has errors.
fn module(spec: &Value) -> Option<String> {
    let code = generate(&Input::new("swept", Source::new("spec.json", spec.to_string())))
        .ok()?
        .code;
    let (_, module) = code.split_once("\n\n")?;
    Some(module.to_owned())
}

/// Of how many changes one is tried, to be done in half a minute.
const STEP: usize = 23;
