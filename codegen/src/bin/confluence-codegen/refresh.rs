//! `refresh`: a newer document in the place of today's, if everything holds with it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::arguments::Refresh;
use crate::failure::Failure;
use crate::screen::{self, plain};
use crate::{DOES_NOT_HOLD, FINE, diff, file};

pub fn refresh(arguments: &Refresh) -> Result<u8, Failure> {
    let (spec, new) = (arguments.spec.as_path(), arguments.new.as_path());
    let read = |path: &Path| fs::read(path).map_err(|error| Failure::file("read", path, &error));
    let (old_bytes, new_bytes) = (read(spec)?, read(new)?);
    let mut additions = arguments.additions.clone();
    if additions.overlays.is_empty() {
        additions.overlays = overlays_beside(spec);
    }
    // Nothing is replaced before the newer document is known to be one that goes with its overlays.
    let after = diff::read(spec, new, &additions)?;
    match diff::read(spec, spec, &additions) {
        Ok(before) => screen::show(&diff::text(&diff::changes(&before, &after)))?,
        Err(Failure::Documents(_)) => screen::complain("The document of today has errors, so nothing is compared."),
        Err(failure) => return Err(failure),
    }
    let name = plain(&spec.display().to_string());
    file::write(spec, &new_bytes)?;
    let checked = check(spec, &arguments.cargo);
    if matches!(checked, Ok(true)) {
        screen::show(&format!("\n`{name}` is replaced, and `cargo check` passes with it.\n"))?;
        return Ok(FINE);
    }
    file::write(spec, &old_bytes)?;
    checked?;
    screen::complain(&format!(
        "`cargo check` fails with the newer document: `{name}` is the old one again."
    ));
    Ok(DOES_NOT_HOLD)
}

/// The overlays that `Config::spec_dir` takes with a document.
fn overlays_beside(spec: &Path) -> Vec<PathBuf> {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy();
    let names = ["json", "yaml", "yml"].map(|extension| format!("{stem}.overlay.{extension}"));
    let paths = names.into_iter().map(|name| spec.with_file_name(name));
    paths.filter(|path| path.exists()).collect()
}

/// Whether `cargo check` passes where the document is. Its output goes to standard error.
fn check(spec: &Path, arguments: &[OsString]) -> Result<bool, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let folder = match spec.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut command = Command::new(&cargo);
    command.arg("check").args(arguments).current_dir(folder);
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(Failure::file("run", Path::new(&cargo), &error)),
    }
}
