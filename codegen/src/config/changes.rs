//! What documents were at the build before, so that a build can say how to see what has changed in them.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::write;
use crate::command_line::quoted;
use crate::source::Sources;
use crate::{Error, Source};

/// Keeps the document of a module in a folder of the build. Where it is another one than that of the build before, returns a line
/// that says how to see what has changed.
///
/// # Errors
/// A file cannot be written.
pub(super) fn keep(folder: &Path, module: &str, sources: &Sources) -> Result<Option<String>, Error> {
    let Some(document) = sources.texts.first() else {
        return Ok(None);
    };
    fs::create_dir_all(folder).map_err(|error| Error::file("create the folder", folder, error))?;
    let last = folder.join(file_name(module, document));
    let before = folder.join(format!("before.{}", file_name(module, document)));
    let known = fs::read_to_string(&last).ok();
    write([(&*last, &*document.text)].into_iter())?;
    let Some(known) = known.filter(|known| *known != document.text) else {
        return Ok(None);
    };
    write([(&*before, &*known)].into_iter())?;
    let (name, before) = (&document.name, seen_from_here(&before));
    let mut diff = sources.command("diff", &[&before.display().to_string(), name]);
    if sources.has_files() {
        // What stands in the folder of the build has no files beside it.
        diff.push_str(&format!(" --at {}", quoted(name)));
    }
    Ok(Some(format!("{name} has changed; `{diff}` shows what that changes")))
}

/// The name of the document's copy: that of the module, and what the document's ends with.
fn file_name(module: &str, document: &Source) -> String {
    let extension = Path::new(&document.name).extension();
    let extension = extension.and_then(|extension| extension.to_str()).unwrap_or("yaml");
    format!("{module}.{extension}")
}

/// A path as the package's folder, in which build scripts run, sees it.
fn seen_from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned())
}
