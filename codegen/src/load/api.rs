//! Which API a document describes a part of.

use std::collections::BTreeSet;

use serde_json::Value;

/// Whether two documents describe parts of one API: they name the same server, and the paths of both start with one and the same
/// step, such as `wiki`. A document without servers and paths only has components, and matches any other.
pub(super) fn are_of_one_api(one: &Value, other: &Value) -> bool {
    let (one, other) = (Api::of(one), Api::of(other));
    if one.is_none() || other.is_none() {
        return true;
    }
    let have_paths = !one.starts.is_empty() && !other.starts.is_empty();
    one.host == other.host && (!have_paths || !one.starts.is_disjoint(&other.starts))
}

/// The location of an API.
struct Api {
    /// The host of the first server, unchanged.
    host: String,
    /// The first steps of its paths, those of the server included.
    starts: BTreeSet<String>,
}

impl Api {
    fn of(document: &Value) -> Self {
        let url = document.pointer("/servers/0/url").and_then(Value::as_str);
        let url = url.unwrap_or_default();
        let (host, base) = match url.split_once("//") {
            Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
            None => ("", url),
        };
        let paths = document["paths"].as_object();
        let paths = paths
            .into_iter()
            .flat_map(|paths| paths.keys())
            .filter(|path| path.starts_with('/'));
        let starts = paths.filter_map(|path| {
            let mut steps = base.split('/').chain(path.split('/'));
            steps.find(|step| !step.is_empty()).map(str::to_owned)
        });
        Self {
            host: host.to_lowercase(),
            starts: starts.collect(),
        }
    }

    fn is_none(&self) -> bool {
        self.host.is_empty() && self.starts.is_empty()
    }
}
