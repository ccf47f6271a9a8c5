//! `inspect`: lists the operations and types of a module, with their places in the document.

mod json;
mod text;

use confluence_codegen::Code;
use confluence_codegen::outline::outline;

use crate::arguments::{Format, Inspect};
use crate::failure::Failure;
use crate::{FINE, document, screen};

pub fn inspect(arguments: &Inspect) -> Result<u8, Failure> {
    let input = document::read(&arguments.spec, &arguments.additions)?;
    let outlined = outline(&input)?;
    let (outline, diagnostics) = (outlined.outline, outlined.diagnostics);
    // An empty table needs a reason; `check` shows the other diagnostics.
    for warning in diagnostics.iter().filter(|one| one.code == Code::Selection) {
        screen::complain(&diagnostics.render(warning));
    }
    screen::show(&match arguments.format {
        Format::Text => text::text(&outline),
        Format::Json => json::json(&outline),
    })?;
    Ok(FINE)
}
