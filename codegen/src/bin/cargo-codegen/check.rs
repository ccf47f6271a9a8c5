//! `check`: prints the diagnostics of documents.
#![expect(clippy::indexing_slicing, reason = "members are added to an object")]

use std::path::Path;

use confluence_codegen::{Code, Diagnostic, Diagnostics, Located, Location, Pointer, Severity, Source, check as look};
use serde_json::{Value, json};

use crate::arguments::{Check, Format};
use crate::failure::Failure;
use crate::screen::{self, Style, styled};
use crate::{DOES_NOT_HOLD, FINE};

pub fn check(arguments: &Check) -> Result<u8, Failure> {
    if let (true, Some(overlay)) = (arguments.specs.len() > 1, arguments.additions.overlays.first()) {
        let problem = "is an overlay of one document, but several are given: check them one by one";
        return Err(Failure::Work(format!("`{}` {problem}", overlay.display())));
    }
    let added = arguments.additions.read()?;
    let mut found = Vec::new();
    for spec in &arguments.specs {
        let input = added.input(spec, spec, Source::read(spec)?)?;
        let diagnostics = match look(&input) {
            Ok(diagnostics) => diagnostics,
            Err(error) => match error.documents() {
                [diagnostics, ..] => diagnostics.clone(),
                [] => return Err(error.into()),
            },
        };
        found.push((spec.as_path(), diagnostics));
    }
    let text = match arguments.format {
        Format::Text => text(&found),
        Format::Json => as_json(&found),
    };
    screen::show(&text)?;
    let mut all = found.iter().flat_map(|(_, diagnostics)| diagnostics.iter());
    let has_errors = all.any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if has_errors { DOES_NOT_HOLD } else { FINE })
}

fn text(found: &[(&Path, Diagnostics)]) -> String {
    let colors = screen::has_colors();
    let mut text = String::new();
    for (spec, diagnostics) in found {
        for diagnostic in diagnostics.iter() {
            let rendered = diagnostics.render(diagnostic);
            let style = match diagnostic.severity {
                Severity::Error => Style::Red,
                Severity::Warning => Style::Yellow,
                Severity::Note => Style::Cyan,
            };
            match rendered.split_once(": ") {
                Some((head, rest)) => text.push_str(&format!("{}: {rest}\n", styled(head, style, colors))),
                None => text.push_str(&rendered),
            }
        }
        let count = |severity, one: &str, several: &str| {
            let of_it = |diagnostic: &&Diagnostic| diagnostic.severity == severity;
            match diagnostics.iter().filter(of_it).count() {
                1 => format!("1 {one}"),
                number => format!("{number} {several}"),
            }
        };
        let errors = count(Severity::Error, "error", "errors");
        let warnings = count(Severity::Warning, "warning", "warnings");
        let notes = count(Severity::Note, "note", "notes");
        let name = screen::plain(&spec.display().to_string());
        text.push_str(&format!("{name}: {errors}, {warnings}, {notes}\n"));
    }
    let mut codes: Vec<Code> = Vec::new();
    for diagnostic in found.iter().flat_map(|(_, diagnostics)| diagnostics.iter()) {
        if !codes.contains(&diagnostic.code) {
            codes.push(diagnostic.code);
        }
    }
    if let [code, others @ ..] = codes.as_slice() {
        let others: String = others.iter().map(|code| format!(", {code}")).collect();
        text.push_str(&format!("`cargo codegen explain CODE` describes {code}{others}\n"));
    }
    text
}

fn as_json(found: &[(&Path, Diagnostics)]) -> String {
    let mut all = Vec::new();
    for (spec, diagnostics) in found {
        all.extend(diagnostics.located().map(|located| object(spec, &located)));
    }
    format!("{:#}\n", json!({ "version": 1, "diagnostics": all }))
}

fn object(spec: &Path, located: &Located<'_>) -> Value {
    let diagnostic = located.diagnostic;
    let mut object = json!({
        "document": spec.display().to_string(),
        "code": diagnostic.code.word(),
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
        "help": diagnostic.help,
    });
    place(&mut object, &diagnostic.pointer, located.location.as_ref());
    let related = located.related.iter().map(|(related, location)| {
        let mut object = json!({ "label": related.label });
        place(&mut object, &related.pointer, location.as_ref());
        object
    });
    object["related"] = related.collect();
    object
}

/// Adds the location of a place.
fn place(object: &mut Value, pointer: &Pointer, location: Option<&Location>) {
    let end = location.and_then(|location| location.end);
    object["pointer"] = json!(pointer.to_string());
    object["file"] = json!(location.map(|location| &location.file));
    object["line"] = json!(location.map(|location| location.line));
    object["column"] = json!(location.map(|location| location.column));
    object["end"] = json!(end.map(|(line, column)| json!({ "line": line, "column": column })));
}
