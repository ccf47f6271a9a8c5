//! `generate`: prints or writes the module for a document.

use std::fs;
use std::path::{Path, PathBuf};

use confluence_codegen::{Severity, generate as module};

use crate::arguments::Generate;
use crate::failure::Failure;
use crate::{FINE, document, file, screen};

pub fn generate(arguments: &Generate) -> Result<u8, Failure> {
    if let Some(output) = &arguments.output {
        check_output(output, arguments)?;
    }
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

/// Checks that the output is none of the files that the module is generated from, however its path is written.
fn check_output(output: &Path, arguments: &Generate) -> Result<(), Failure> {
    let real = |path: &Path| fs::canonicalize(path).ok().filter(|path| path.is_file());
    let Some(written) = real(output) else {
        return Ok(());
    };
    let is_written = |path: &PathBuf| real(path).is_some_and(|path| path == written);
    let additions = &arguments.additions;
    let what = if is_written(&arguments.spec) {
        "the document"
    } else if additions.overlays.iter().any(is_written) {
        "an overlay"
    } else if additions.supplements.iter().any(is_written) {
        "a supplement"
    } else {
        return Ok(());
    };
    let output = output.display();
    Err(Failure::Work(format!(
        "`{output}` is {what}, which the module would replace: name another file with --output"
    )))
}
