//! Copies of the documents of the previous build, so that a build can print the command that shows the changes.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::write;
use crate::command_line::quoted;
use crate::source::Sources;
use crate::{Error, Source};

/// The environment variable that `cargo codegen refresh` sets for its `cargo check`: the document may be replaced by the old one again.
pub(super) const TRIAL: &str = "CARGO_CODEGEN_REFRESH";

/// Keeps a copy of the document of a module in `OUT_DIR`. If it differs from that of the previous build, returns a line with the
/// command that shows the changes, except in a trial, whose changes have been shown.
///
/// # Errors
/// A file cannot be written.
pub(super) fn keep(folder: &Path, module: &str, sources: &Sources, is_trial: bool) -> Result<Option<String>, Error> {
    let Some(document) = sources.texts.first() else {
        return Ok(None);
    };
    fs::create_dir_all(folder).map_err(|error| Error::file("create the folder", folder, error))?;
    let last = folder.join(file_name(module, document));
    let trial = folder.join(format!("trial.{}", file_name(module, document)));
    if is_trial {
        write([(&*trial, &*document.text)].into_iter())?;
        return Ok(None);
    }
    let before = folder.join(format!("before.{}", file_name(module, document)));
    let tried = fs::read_to_string(&trial).ok();
    if tried.is_some() {
        fs::remove_file(&trial).map_err(|error| Error::file("remove", &trial, error))?;
    }
    let known = fs::read_to_string(&last).ok();
    // Without the old document, the trial was successful.
    let known = known
        .filter(|known| *known == document.text || tried.is_none())
        .or(tried);
    write([(&*last, &*document.text)].into_iter())?;
    let Some(known) = known.filter(|known| *known != document.text) else {
        return Ok(None);
    };
    write([(&*before, &*known)].into_iter())?;
    let (name, before) = (&document.name, seen_from_here(&before));
    let mut diff = sources.command("diff", &[&before.display().to_string(), name]);
    if sources.has_files() {
        // The copy in `OUT_DIR` has no other files beside it.
        diff.push_str(&format!(" --at {}", quoted(name)));
    }
    Ok(Some(format!("{name} has changed; `{diff}` shows the changes")))
}

/// The name of the copy: that of the module, with the extension of the document.
fn file_name(module: &str, document: &Source) -> String {
    let extension = Path::new(&document.name).extension();
    let extension = extension.and_then(|extension| extension.to_str()).unwrap_or("yaml");
    format!("{module}.{extension}")
}

/// A path relative to the folder of the package, in which build scripts run.
fn seen_from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned())
}
