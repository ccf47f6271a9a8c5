//! The files of documents, and those that modules are written to.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::load::foreign::decode;
use crate::load::yaml;
use crate::{Error, Source};

/// A document on disk, with its overlays.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub path: PathBuf,
    pub overlays: Vec<PathBuf>,
}

/// The documents of a folder in the order of their names, each with its overlays in the order of theirs.
///
/// An overlay goes with the document that it extends (Overlay 1.1, section 4.4.1) or, if it does not say, is named after.
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
        let extended = extended(&Source::read(&overlay)?);
        let stem = overlaid(&overlay).unwrap_or_default();
        let goes_with = |spec: &&mut Spec| match &extended {
            Some(name) => spec.path.file_name().is_some_and(|file| file == name.as_str()),
            None => spec.path.file_stem().is_some_and(|file| file == stem),
        };
        let Some(spec) = specs.iter_mut().find(goes_with) else {
            let name = extended.unwrap_or_else(|| format!("{stem}.yaml"));
            let overlay = overlay.display();
            return Err(Error::setup(format!(
                "the overlay `{overlay}` has no document `{name}` beside it"
            )));
        };
        spec.overlays.push(overlay);
    }
    Ok(specs)
}

/// The name of the file beside it that an overlay extends, if it names one. Whether the overlay is right otherwise is seen when it
/// is applied.
fn extended(overlay: &Source) -> Option<String> {
    let value = yaml::parse(&overlay.text).ok()?.value;
    let name = value["extends"].as_str()?;
    let name = name.strip_prefix("./").unwrap_or(name);
    (!name.contains(['/', '\\', ':'])).then(|| name.to_owned())
}

/// The document that an overlay is named after, if the file is an overlay.
fn overlaid(path: &Path) -> Option<&str> {
    path.file_stem()?.to_str()?.strip_suffix(".overlay")
}

pub(super) fn module_name(path: &Path) -> String {
    use heck::ToSnakeCase;
    path.file_stem()
        .map(|stem| stem.to_string_lossy().to_snake_case())
        .unwrap_or_default()
}

impl Source {
    /// Reads a file, which is known by its path from here on.
    ///
    /// # Errors
    /// The file cannot be read, or is not text in UTF-8; what it is instead is said where that shows.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let failed = |error| Error::file("read", path, error);
        let text = decode(fs::read(path).map_err(failed)?);
        let text = text.map_err(|what| failed(io::Error::new(io::ErrorKind::InvalidData, what)))?;
        Ok(Self::new(path.display().to_string(), text))
    }
}

/// The overlays that [`Config::spec_dir`](crate::Config::spec_dir) applies to a document, in this order.
///
/// # Errors
/// The folder or an overlay in it cannot be read, or an overlay has no document.
pub fn overlays_beside(spec: impl AsRef<Path>) -> Result<Vec<PathBuf>, Error> {
    let spec = spec.as_ref();
    let folder = match spec.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let specs = read_dir(folder)?;
    let own = specs.into_iter().find(|one| one.path.file_name() == spec.file_name());
    Ok(own.map(|one| one.overlays).unwrap_or_default())
}

/// Reads a file that the build script depends on.
pub(super) fn read(path: &Path) -> Result<Source, Error> {
    println!("cargo::rerun-if-changed={}", path.display());
    Source::read(path)
}

/// Writes a file, unless it is the same already: Cargo would build again what depends on it.
pub(super) fn write(path: &Path, code: &str) -> Result<(), Error> {
    if is_same(path, code.as_bytes()).unwrap_or(false) {
        return Ok(());
    }
    fs::write(path, code).map_err(|error| Error::file("write", path, error))
}

/// Whether a file has this content. It is not read as a whole.
fn is_same(path: &Path, mut content: &[u8]) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() || !content.starts_with(read) {
            return Ok(read.is_empty() && content.is_empty());
        }
        let length = read.len();
        content = &content[length..];
        file.consume(length);
    }
}
