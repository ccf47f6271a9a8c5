//! `inspect`: lists the operations and types of a module, with their places in the document.

mod json;
mod text;

use confluence_codegen::outline::outline;

use crate::arguments::{Format, Inspect};
use crate::failure::Failure;
use crate::{FINE, document, screen};

pub fn inspect(arguments: &Inspect) -> Result<u8, Failure> {
    let input = document::read(&arguments.spec, &arguments.additions)?;
    let outline = outline(&input)?.outline;
    screen::show(&match arguments.format {
        Format::Text => text::text(&outline),
        Format::Json => json::json(&outline),
    })?;
    Ok(FINE)
}
