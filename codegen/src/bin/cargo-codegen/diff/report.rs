//! Changes as text, as Markdown and as JSON.

use serde_json::{Value, json};

use super::{Change, Level};
use crate::screen::{self, Style, plain, styled};

/// The levels with their headings, the most important first.
const LEVELS: [(Level, &str, Style); 3] = [
    (Level::Breaking, "Breaking", Style::Red),
    (Level::Compatible, "Compatible", Style::Yellow),
    (Level::Documentation, "Documentation only", Style::Cyan),
];

pub fn text(changes: &[Change]) -> String {
    let colors = screen::has_colors();
    sections(changes, |heading, style| styled(heading, style, colors), "  ")
}

/// For a changelog or a pull request.
pub fn markdown(changes: &[Change]) -> String {
    sections(changes, |heading, _| format!("### {heading}\n"), "- ")
}

fn sections(changes: &[Change], heading: impl Fn(&str, Style) -> String, bullet: &str) -> String {
    let mut text = String::new();
    for (level, name, style) in LEVELS {
        let of_level: Vec<&Change> = changes.iter().filter(|change| change.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        text.push_str(&heading(name, style));
        text.push('\n');
        for change in of_level {
            text.push_str(&format!("{bullet}{}\n", plain(&change.message)));
        }
        text.push('\n');
    }
    text.push_str(match highest(changes) {
        None => "No changes: no new version is needed.\n",
        Some(Level::Documentation) => "Semantic Versioning: a patch version is enough (1.2.3 to 1.2.4).\n",
        Some(Level::Compatible) => {
            "Semantic Versioning: a minor version is enough (1.2.3 to 1.3.0; below 1.0, 0.2.3 to 0.2.4).\n"
        }
        Some(Level::Breaking) => {
            "Semantic Versioning: a major version is required (1.2.3 to 2.0.0; below 1.0, 0.2.3 to 0.3.0).\n"
        }
    });
    text
}

fn highest(changes: &[Change]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}

pub fn json(changes: &[Change]) -> String {
    let step = match highest(changes) {
        None => "none",
        Some(Level::Documentation) => "patch",
        Some(Level::Compatible) => "minor",
        Some(Level::Breaking) => "major",
    };
    let list: Vec<Value> = changes.iter().map(change).collect();
    format!("{:#}\n", json!({ "version": 1, "step": step, "changes": list }))
}

fn change(change: &Change) -> Value {
    let level = match change.level {
        Level::Breaking => "breaking",
        Level::Compatible => "compatible",
        Level::Documentation => "documentation",
    };
    json!({
        "level": level,
        "code": change.code,
        "subject": change.subject,
        "message": change.message,
        "pointer": change.pointer.to_string(),
    })
}
