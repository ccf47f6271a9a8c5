//! What a document cannot do without, and an overlay has removed.

use serde_json::Value;

use super::{node, wrong};
use crate::diagnostic::Diagnostic;
use crate::load::version::Version;
use crate::source::{Change, Origin};

/// The members of a document that it must have; `paths` only in OpenAPI 3.0.
const NEEDED: [&str; 5] = ["/openapi", "/info", "/info/title", "/info/version", "/paths"];

/// Reports the removals that no later action has made up for, each with the number of the overlay.
pub(in crate::load) fn lost(document: &Value, changes: &[Change]) -> Vec<(usize, Diagnostic)> {
    let version = document["openapi"].as_str();
    let is_3_0 = version.is_none_or(|version| Version::of(version) == Some(Version::V3_0));
    let removals = changes.iter().filter_map(|change| match change {
        Change::Dropped(Origin { place, text, source }) => Some((place, *text, source)),
        _ => None,
    });
    let lost = removals.filter_map(|(place, text, source)| {
        let what = match place.steps() {
            [] if document.get("openapi").is_none() => "the whole document".to_owned(),
            [.., name] if node(document, place).is_none() => {
                let path = place.path();
                (NEEDED.contains(&&*path) && (is_3_0 || path != "/paths"))
                    .then(|| format!("`{name}`, which a document must have"))?
            }
            _ => return None,
        };
        let told = wrong(&source.join("target"), format!("the action removes {what}"));
        Some((
            text,
            told.help("use `update` to change it, or add it again in a later action"),
        ))
    });
    lost.collect()
}
