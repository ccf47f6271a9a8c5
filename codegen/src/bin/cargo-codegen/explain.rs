//! `explain`: prints the documentation of a diagnostic.

use confluence_codegen::{Code, UnknownCode};

use crate::arguments::Explain;
use crate::failure::Failure;
use crate::{FINE, screen};

/// A section for each code, under a heading with the code. The list shows the first paragraph of each.
const TEXT: &str = include_str!("../../../docs/diagnostics.md");

pub fn explain(arguments: &Explain) -> Result<u8, Failure> {
    let text = match &arguments.code {
        Some(word) => {
            let code: Code = word
                .parse()
                .map_err(|unknown: UnknownCode| Failure::Work(unknown.to_string()))?;
            format!("{}\n", section(code))
        }
        None => list(),
    };
    screen::show(&text)?;
    Ok(FINE)
}

/// All codes, a line for each.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.word().len()).max().unwrap_or_default();
    let lines = Code::ALL.iter().map(|code| {
        let first = section(*code).split("\n\n").nth(1).unwrap_or_default();
        let (word, severity, first) = (code.word(), code.severity().word(), first.replace('\n', " "));
        format!("{word:width$}  {severity:7}  {first}\n")
    });
    lines.collect()
}

/// The section about a code, with its heading.
fn section(code: Code) -> &'static str {
    let heading = format!("## {code}\n");
    let start = TEXT.find(&heading).unwrap_or(TEXT.len());
    let (_, text) = TEXT.split_at(start);
    let end = text.find("\n## ").map_or(text.len(), |end| end + 1);
    text.split_at(end).0.trim_end()
}
