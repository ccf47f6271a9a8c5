//! `diff`: shows what a newer document changes in the Rust API, and the Semantic Versioning step.

mod access;
mod argument;
mod change;
mod model;
mod module;
mod operation;
mod rename;
mod report;
mod response;
mod union;

use std::path::Path;

use confluence_codegen::Source;
use confluence_codegen::outline::{Outline, outline};

use crate::arguments::{Diff, DiffFormat};
use crate::document::Added;
use crate::failure::Failure;
use crate::{FINE, screen};

pub use change::{Change, Level};
pub use report::text;

pub fn diff(arguments: &Diff) -> Result<u8, Failure> {
    let Diff { old, new, at, .. } = arguments;
    let added = arguments.additions.read()?;
    let at = |spec| at.as_deref().unwrap_or(spec);
    let new = newer(&added, old, new, Source::read(new)?, at(new))?;
    let old = current(&added, old, Source::read(old)?, at(old))?;
    let changes = changes(&old, &new);
    screen::show(&match arguments.format {
        DiffFormat::Text => report::text(&changes),
        DiffFormat::Markdown => report::markdown(&changes),
        DiffFormat::Json => report::json(&changes),
    })?;
    Ok(FINE)
}

/// The outline of a newer document as the module of another file, so that file names make no difference. References to other files are
/// resolved relative to `at`.
pub fn newer(added: &Added<'_>, module: &Path, spec: &Path, text: Source, at: &Path) -> Result<Outline, Failure> {
    let input = added.input(module, spec, text)?.path(at);
    Ok(outline(&input)?.outline)
}

/// The outline of the document that a newer one replaces. An overlay that was adapted to the newer one need not match it.
pub fn current(added: &Added<'_>, spec: &Path, text: Source, at: &Path) -> Result<Outline, Failure> {
    let input = added.input(spec, spec, text)?.path(at);
    Ok(outline(&input.level("overlay-no-match", confluence_codegen::Level::Allow))?.outline)
}

/// Returns all changes: of the module, its operations and its types, each in the order of the new document.
pub fn changes(old: &Outline, new: &Outline) -> Vec<Change> {
    let (old, renamed) = rename::renamed(old, new);
    let old = &old;
    let mut changes = module::changes(old, new);
    changes.extend(operation::changes(old, new));
    changes.extend(renamed);
    changes.extend(model::changes(old, new));
    changes
}
