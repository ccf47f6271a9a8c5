//! A part of the program that `roundtrip.rs` makes: decodes instances, encodes them again, and compares.

use std::io::BufRead;

use serde_json::{Value, json};

/// Says what a type makes of an instance, unless it is the same.
pub fn check<T: serde::de::DeserializeOwned + serde::Serialize>(instance: &Value, nulls: bool) -> Option<Value> {
    // As text, as bodies come.
    let decoded: T = match serde_json::from_str(&instance.to_string()) {
        Ok(decoded) => decoded,
        Err(error) => return Some(json!({ "error": error.to_string() })),
    };
    match serde_json::to_value(&decoded) {
        Ok(encoded) => (!same(instance, &encoded, nulls)).then_some(encoded),
        Err(error) => Some(json!({ "error": error.to_string() })),
    }
}

/// Whether what came out is what went in. With `nulls`, a member that is null may be left out.
pub fn same(given: &Value, got: &Value, nulls: bool) -> bool {
    match (given, got) {
        (Value::Object(given), Value::Object(got)) => {
            let kept = |(name, value): (&String, &Value)| match got.get(name) {
                Some(got) => same(value, got, nulls),
                None => nulls && value.is_null(),
            };
            given.iter().all(kept) && got.keys().all(|name| given.contains_key(name))
        }
        (Value::Array(given), Value::Array(got)) => {
            given.len() == got.len() && given.iter().zip(got).all(|(given, got)| same(given, got, nulls))
        }
        // Whether a whole number is written with a fraction means nothing in JSON.
        (Value::Number(given), Value::Number(got)) if given.is_f64() != got.is_f64() => given.as_f64() == got.as_f64(),
        (given, got) => given == got,
    }
}

/// Hands each line of the standard input to `find`, which knows the types, and prints what went wrong.
pub fn run(find: fn(&str, &str, &Value, bool) -> Option<Value>) {
    let (mut all, mut wrong) = (0, 0);
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let text = |name: &str| line[name].as_str().expect("text");
        let (document, schema) = (text("document"), text("schema"));
        all += 1;
        if let Some(got) = find(document, schema, &line["instance"], line["nulls"] == true) {
            wrong += 1;
            println!("{document} `{schema}`\n  given {}\n  got   {got}", line["instance"]);
        }
    }
    println!("{} of {all} instances come out as they went in", all - wrong);
    std::process::exit(i32::from(wrong > 0 || all == 0));
}
