//! The files of documents, and those that modules are written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::load::foreign::decode;
use crate::{Error, Source};

/// A document on disk, with its overlays.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub path: PathBuf,
    pub overlays: Vec<PathBuf>,
}

/// The documents of a folder in the order of their names, each with its overlay.
pub(super) fn read_dir(dir: &Path) -> Result<Vec<Spec>, Error> {
    let entries = fs::read_dir(dir).map_err(|error| Error::file("read the folder", dir, error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|error| Error::file("read the folder", dir, error))?
            .path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("yaml" | "yml" | "json")) {
            paths.push(path);
        }
    }
    paths.sort();
    let (overlays, specs): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| overlaid(path).is_some());
    let mut specs: Vec<Spec> = specs
        .into_iter()
        .map(|path| Spec {
            path,
            overlays: Vec::new(),
        })
        .collect();
    for overlay in overlays {
        let stem = overlaid(&overlay);
        match specs
            .iter_mut()
            .find(|spec| spec.path.file_stem().and_then(|stem| stem.to_str()) == stem)
        {
            Some(spec) => spec.overlays.push(overlay),
            None => {
                let (overlay, stem) = (overlay.display(), stem.unwrap_or_default());
                return Err(Error::setup(format!(
                    "the overlay `{overlay}` has no document `{stem}.yaml` beside it"
                )));
            }
        }
    }
    Ok(specs)
}

/// The name of the document that an overlay goes with, if the file is an overlay.
fn overlaid(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()?.strip_suffix(".overlay")
}

pub(super) fn module_name(path: &Path) -> String {
    use heck::ToSnakeCase;
    path.file_stem()
        .map(|stem| stem.to_string_lossy().to_snake_case())
        .unwrap_or_default()
}

pub(super) fn read(path: &Path) -> Result<Source, Error> {
    println!("cargo::rerun-if-changed={}", path.display());
    let bytes = fs::read(path).map_err(|error| Error::file("read", path, error))?;
    let text =
        decode(bytes).map_err(|what| Error::file("read", path, io::Error::new(io::ErrorKind::InvalidData, what)))?;
    Ok(Source::new(path.display().to_string(), text))
}

/// Writes a file, unless it is the same already: Cargo would build again what depends on it.
pub(super) fn write(path: &Path, code: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|known| known == code) {
        return Ok(());
    }
    fs::write(path, code).map_err(|error| Error::file("write", path, error))
}
