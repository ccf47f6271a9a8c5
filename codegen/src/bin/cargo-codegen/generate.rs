//! `generate`: prints or writes the module for a document.

use confluence_codegen::{Severity, generate as module};

use crate::arguments::Generate;
use crate::failure::Failure;
use crate::{FINE, document, file, screen};

pub fn generate(arguments: &Generate) -> Result<u8, Failure> {
    let input = document::read(&arguments.spec, &arguments.additions)?.runtime(&arguments.runtime);
    let generated = module(&input)?;
    let diagnostics = &generated.diagnostics;
    for warning in diagnostics.iter().filter(|one| one.severity == Severity::Warning) {
        screen::complain(&diagnostics.render(warning));
    }
    match &arguments.output {
        Some(path) => file::write(path, generated.code.as_bytes())?,
        None => screen::show(&generated.code)?,
    }
    Ok(FINE)
}
