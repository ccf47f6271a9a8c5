//! Reads documents and writes modules.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;

use crate::load::foreign::decode;
use crate::load::yaml;
use crate::load::{Files, Read, Reader, Unfollowed};
use crate::{Error, Source};

/// A document on disk, with its overlays.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub path: PathBuf,
    pub overlays: Vec<PathBuf>,
}

/// The documents of a folder in the order of their names, each with its overlays in the order of theirs.
///
/// An overlay belongs to the document that it extends (Overlay 1.1, section 4.4.1) or, without `extends`, is named after.
pub(super) fn read_dir(dir: &Path) -> Result<Vec<Spec>, Error> {
    let (overlays, specs): (Vec<_>, Vec<_>) = paths(dir)?.into_iter().partition(|path| overlaid(path).is_some());
    let text = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
    let texts: Vec<_> = specs.iter().map(|path| (path, text(path))).collect();
    let documents = texts.iter().filter(|(path, text)| !is_part(path, text, &texts));
    let mut specs: Vec<Spec> = documents
        .map(|(path, _)| Spec {
            path: (*path).clone(),
            overlays: Vec::new(),
        })
        .collect();
    for overlay in overlays {
        let extended = extended(&Source::read(&overlay)?);
        let Some(spec) = (specs.iter_mut()).find(|spec| belongs(&overlay, extended.as_deref(), &spec.path)) else {
            let stem = overlaid(&overlay).unwrap_or_default();
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

/// The files of a folder that may be documents or overlays, in the order of their names.
fn paths(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error| Error::file("read the folder", dir, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("yaml" | "yml" | "json")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether an overlay belongs to a document, given the name that it extends.
fn belongs(overlay: &Path, extended: Option<&str>, spec: &Path) -> bool {
    match extended {
        Some(name) => spec.file_name().is_some_and(|file| file == name),
        None => spec.file_stem().and_then(|stem| stem.to_str()) == overlaid(overlay),
    }
}

/// Whether a file is a part of another document: another file refers to it, and it is no document itself.
fn is_part(path: &Path, text: &str, all: &[(&PathBuf, String)]) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let refers = |text: &str| text.lines().any(|line| line.contains("$ref") && line.contains(name));
    if !all.iter().any(|(other, text)| *other != path && refers(text)) {
        return false;
    }
    // A file with syntax errors is read as a document, which reports them.
    yaml::parse(text).is_ok_and(|file| {
        let has = |name: &&str| file.value.get(name).is_some();
        !["openapi", "swagger", "asyncapi"].iter().any(has)
    })
}

/// The name of the file beside it that an overlay extends, if it names one. Whether the overlay is valid is checked when it
/// is applied.
fn extended(overlay: &Source) -> Option<String> {
    let value = yaml::parse(&overlay.text).ok()?.value;
    let name = value.get("extends")?.as_str()?;
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

/// The error for two documents whose modules have the same name, or for one that is added twice.
pub(super) fn same_module(module: &str, one: &Path, other: &Path) -> Error {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_same = real(one) == real(other);
    let (one, other) = (one.display(), other.display());
    Error::setup(match is_same {
        true => {
            format!("the document `{one}` is added twice: `spec_dir` adds every document of a folder; remove a `spec`")
        }
        false => format!("the documents `{one}` and `{other}` are both called `{module}`: rename one of the files"),
    })
}

impl Source {
    /// Reads a file, which is known by its path from here on.
    ///
    /// # Errors
    /// The file cannot be read, or is not UTF-8; the message names the kind of file if it is recognized.
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
/// Overlays of other documents are of no interest, nor whether they can be read.
///
/// # Errors
/// The folder cannot be read.
pub fn overlays_beside(spec: impl AsRef<Path>) -> Result<Vec<PathBuf>, Error> {
    let spec = spec.as_ref();
    let mut overlays = paths(match folder(spec) {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    })?;
    overlays.retain(|path| {
        let extended = || Source::read(path).ok().and_then(|overlay| extended(&overlay));
        overlaid(path).is_some() && belongs(path, extended().as_deref(), spec)
    });
    Ok(overlays)
}

/// The folder of a document; empty where it is the one that the process is in.
pub(super) fn folder(spec: &Path) -> &Path {
    spec.parent().unwrap_or(Path::new(""))
}

impl Files {
    /// Reads files in the folder of a document and its subfolders, by relative path. `is_built` reports each to Cargo.
    pub(crate) fn beside(mut self, spec: &Path, is_built: bool) -> Self {
        let in_folder = folder(spec).to_owned();
        self.own = spec.file_name().map(|name| name.to_string_lossy().into_owned());
        self.reader = Some(Reader(Arc::new(move |path| read_below(&in_folder, path, is_built))));
        self
    }
}

fn read_below(folder: &Path, path: &str, is_built: bool) -> Read {
    let file = folder.join(path);
    if is_built {
        // A file that does not exist would count as changed in each build, so its folder is watched instead.
        let watched = file.ancestors().find(|path| path.exists());
        println!(
            "cargo::rerun-if-changed={}",
            watched.unwrap_or(Path::new(".")).display()
        );
    }
    let real = |path: &Path| match path.as_os_str().is_empty() {
        true => fs::canonicalize("."),
        false => fs::canonicalize(path),
    };
    match (real(folder), real(&file)) {
        (Ok(folder), Ok(file)) if !file.starts_with(&folder) => return Err(Unfollowed::outside()),
        (_, Err(error)) if error.kind() == io::ErrorKind::NotFound => {
            let what = format!("refers to a file that does not exist: `{}`", file.display());
            return Err(Unfollowed::new(what, "add the file, or fix the reference"));
        }
        _ => {}
    }
    let failed = |error: Error| {
        let what = format!("refers to a file that cannot be read: {error}");
        Unfollowed::new(what, "fix the file")
    };
    Source::read(&file).map_err(failed)
}

/// The files that the build script depends on, each of which is read once.
#[derive(Default)]
pub(super) struct Sources(BTreeMap<PathBuf, Arc<Source>>);

impl Sources {
    pub(super) fn read(&mut self, path: &Path) -> Result<Arc<Source>, Error> {
        if let Some(known) = self.0.get(path) {
            return Ok(known.clone());
        }
        println!("cargo::rerun-if-changed={}", path.display());
        let source = Arc::new(Source::read(path)?);
        self.0.insert(path.to_owned(), source.clone());
        Ok(source)
    }
}

/// Writes files atomically, and none if one of them cannot be written. A file with the same content is not written, as Cargo would
/// rebuild what depends on it.
pub(super) fn write<'f>(files: impl Iterator<Item = (&'f Path, &'f str)>) -> Result<(), Error> {
    let mut beside = Vec::new();
    let written = write_beside(files, &mut beside);
    let renamed = written.and_then(|()| {
        beside.iter().try_for_each(|(new, path)| {
            let renamed = fs::rename(new, path);
            renamed.map_err(|error| Error::file("write", *path, error))
        })
    });
    if renamed.is_err() {
        for (new, _) in &beside {
            // It may have been renamed already.
            let _ = fs::remove_file(new);
        }
    }
    renamed
}

/// Writes each changed file to a temporary file next to the one that it replaces.
fn write_beside<'f>(
    files: impl Iterator<Item = (&'f Path, &'f str)>,
    beside: &mut Vec<(PathBuf, &'f Path)>,
) -> Result<(), Error> {
    for (path, code) in files {
        match is_same(path, code.as_bytes()) {
            Ok(true) => continue,
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::file("replace", path, error)),
            _ => {}
        }
        let new = path.with_extension(format!("rs.{}", process::id()));
        beside.push((new.clone(), path));
        fs::write(&new, code).map_err(|error| Error::file("write", path, error))?;
    }
    Ok(())
}

/// Whether a file has this content. The file is not read as a whole.
fn is_same(path: &Path, mut content: &[u8]) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() || !content.starts_with(read) {
            return Ok(read.is_empty() && content.is_empty());
        }
        let length = read.len();
        content = content.get(length..).unwrap_or_default();
        file.consume(length);
    }
}
