//! Converts documents to the form that typed parsing reads: OpenAPI 3.0, without examples.

use serde_json::{Value, json};

use super::part::Part;
use super::rewritten::Rewritten;
use super::version::Version;
use super::{
    contradiction, encoding, enumeration, foreign, openapi_3_0, openapi_3_1, openapi_3_2, reference, unknown,
    without_items,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Step;

/// Rewrites the syntax of other versions. `None` if the document cannot be read.
pub(super) fn bring(document: &mut Value, diagnostics: &mut Diagnostics) -> Option<()> {
    // An overlay may have changed it.
    if let Some(other) = foreign::value(document) {
        diagnostics.push(other);
        return None;
    }
    let version = Version::of(document["openapi"].as_str()?)?;
    let mut notes = Vec::new();
    let mut rewritten = Rewritten::default();
    let mut is_too_deep = false;
    Part::Document.change(document, &Step::Root, &mut |value, part, at| {
        if at.depth() > DEEPEST {
            *value = Value::Null;
            notes.push(too_deep(at));
            is_too_deep = true;
            return;
        }
        reference::check(value, part, at, &mut notes);
        enumeration::check(value, part, at, &mut notes);
        contradiction::check(value, part, at, &mut notes);
        without_items::check(value, part, version, at, &mut notes);
        unknown::check(value, part, version, at, &mut notes);
        drop_unused(value, part, at, &mut notes);
        encoding::complete(value, part);
        if version == Version::V3_2 {
            openapi_3_2::rewrite(value, part, at, &mut notes);
        }
        let rewrites = if version == Version::V3_0 {
            openapi_3_0::rewrite(value, part, at, &mut notes)
        } else {
            openapi_3_1::rewrite(value, part, at, &mut notes)
        };
        rewritten.add(at, rewrites);
    });
    diagnostics.sources.rewritten = rewritten;
    notes.into_iter().for_each(|note| diagnostics.push(note));
    (!is_too_deep).then_some(())
}

/// The maximum depth of a part of a document: the stack of a thread is limited, and no real document nests deeper.
const DEEPEST: usize = 96;

fn too_deep(at: &Step<'_>) -> Diagnostic {
    let message = format!("this is nested more than {DEEPEST} levels deep; each type in a list of types counts as two");
    let diagnostic = Diagnostic::new(Code::OpenApi, &at.pointer(), message);
    diagnostic.help("move the inner part to a component, and refer to it with `$ref`")
}

/// Removes what no code is generated for. Published examples are often malformed, and openapiv3 takes twice as long for each level
/// of nesting around a mistake, so only what is checked part by part is kept.
fn drop_unused(value: &mut Value, part: Part, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Value::Object(members) = value else { return };
    let unused: &[&str] = match part {
        Part::Encoding => &["headers"],
        Part::Components => &["callbacks", "examples", "links"],
        Part::Operation => &["callbacks"],
        Part::Response => &["links"],
        Part::MediaType | Part::Parameter | Part::Header => &["example", "examples"],
        _ => &[],
    };
    for name in unused {
        let dropped = members.shift_remove(*name);
        let message = match part {
            Part::Operation => "callbacks are requests of the server; no code is generated for them",
            Part::Encoding => "headers of parts are not sent",
            _ => continue,
        };
        if dropped.is_some_and(|dropped| dropped != json!({})) {
            notes.push(Diagnostic::new(Code::Ignored, &at.pointer().join(name), message));
        }
    }
}
