//! `suggest`: an overlay to start with.

use confluence_codegen::suggest as overlay;

use crate::arguments::Suggest;
use crate::failure::Failure;
use crate::{FINE, document, file, screen};

pub fn suggest(arguments: &Suggest) -> Result<u8, Failure> {
    let input = document::read(&arguments.spec, &arguments.additions)?;
    let text = overlay(&input)?;
    match &arguments.output {
        Some(path) if path.is_file() => {
            let problem =
                "already exists and may have been written by hand: pass it with --overlay, and add what is missing";
            return Err(Failure::Work(format!("`{}` {problem}", path.display())));
        }
        Some(path) => file::write(path, text.as_bytes())?,
        None => screen::show(&text)?,
    }
    Ok(FINE)
}
