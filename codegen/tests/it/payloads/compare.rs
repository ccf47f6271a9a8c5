//! A part of the program that `payloads.rs` makes: sends the request, and compares what came with what is written of it.

use std::path::Path;

use confluence_rest::{Client, Drift, Error, Model, Operation, Response};
use serde_json::{Value, json};

use crate::loopback::{self, Answer};

/// What an output is written as, if it is written at all. `(&Output(&output)).written()` finds the trait that fits.
pub struct Output<'o, T>(pub &'o T);

pub trait Written {
    fn written(&self) -> Option<Value>;
}

impl<T: serde::Serialize> Written for Output<'_, T> {
    fn written(&self) -> Option<Value> {
        serde_json::to_value(self.0).ok()
    }
}

pub trait Unwritten {
    fn written(&self) -> Option<Value>;
}

impl<T> Unwritten for &Output<'_, T> {
    fn written(&self) -> Option<Value> {
        None
    }
}

/// Sends a request that is answered with a payload.
pub async fn send<O: Operation>(folder: &str, file: &str, status: u16, operation: O) -> Result<Response<O::Output>, Error> {
    let body = std::fs::read(Path::new(folder).join(file)).expect("a payload");
    let content_type = "application/json";
    let (url, _) = loopback::once(Answer { status, content_type, body });
    Client::builder(url).build()?.send(operation).await
}

/// Prints what came of a payload.
pub fn report<T: Model>(file: &str, status: u16, result: &Result<Response<T>, Error>, written: Option<Value>) {
    let line = match result {
        Ok(response) => {
            let drift = response.drift();
            let given = serde_json::from_slice(response.raw().body()).unwrap_or(Value::Null);
            // A text is no JSON, even where it looks like it.
            let is_text = matches!(written, Some(Value::String(_))) && !given.is_string();
            let altered = match &written {
                Some(written) if !is_text => altered(&given, written, &drift),
                _ => Vec::new(),
            };
            json!({ "file": file, "drift": drift.to_string(), "altered": altered, "compared": written.is_some() && !is_text })
        }
        Err(error) if error.status().is_some_and(|found| found.as_u16() == status) && status >= 400 => {
            json!({ "file": file, "drift": "", "altered": [], "compared": false })
        }
        Err(error) => json!({ "file": file, "error": error.to_string() }),
    };
    println!("{line}");
}

/// The places at which something documented is lost or is another value than came.
fn altered(given: &Value, written: &Value, drift: &Drift) -> Vec<String> {
    let mut places = Vec::new();
    compare(given, written, String::new(), drift, &mut places);
    places
}

fn compare(given: &Value, written: &Value, place: String, drift: &Drift, places: &mut Vec<String>) {
    let is_told = drift.unknown.contains(&place) || drift.mismatched.iter().any(|one| one.place == place);
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            for (name, value) in given {
                let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                match written.get(name) {
                    Some(written) => compare(value, written, place, drift, places),
                    None => compare(value, &Value::Null, place, drift, places),
                }
            }
            let added = written.keys().filter(|name| !given.contains_key(*name));
            let added = added.map(|name| format!("{place}/{name}"));
            places.extend(added.filter(|place| !drift.missing.contains(place)));
        }
        (Value::Array(given), Value::Array(written)) => {
            // Items of another type are left out.
            let kept = given.iter().enumerate().filter(|(index, _)| {
                let place = format!("{place}/{index}");
                !drift.mismatched.iter().any(|one| one.place == place)
            });
            let kept: Vec<_> = kept.collect();
            if kept.len() != written.len() {
                places.push(place);
                return;
            }
            for ((index, given), written) in kept.into_iter().zip(written) {
                compare(given, written, format!("{place}/{index}"), drift, places);
            }
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => {}
        (Value::Number(number), Value::String(text)) if number.to_string() == *text => {}
        (Value::Null, _) if written.is_null() || drift.missing.contains(&place) => {}
        (given, written) if given == written || is_told => {}
        _ => places.push(place),
    }
}
