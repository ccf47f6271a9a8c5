//! `refresh`: replaces the document with a newer one, if `cargo check` passes with it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::{Arc, Mutex, PoisonError};

use confluence_codegen::{Source, overlays_beside};

use crate::arguments::Refresh;
use crate::failure::Failure;
use crate::screen::{self, plain};
use crate::{DOES_NOT_HOLD, FINE, diff, file};

/// The exit status of a process that is interrupted, by the convention of shells.
const INTERRUPTED: i32 = 130;

pub fn refresh(arguments: &Refresh) -> Result<u8, Failure> {
    let (spec, new) = (arguments.spec.as_path(), arguments.new.as_path());
    let name = plain(&spec.display().to_string());
    if !spec.exists() {
        return Err(Failure::Work(format!(
            "there is no `{name}`; name the document to replace with --spec"
        )));
    }
    let old_bytes = fs::read(spec).map_err(|error| Failure::file("read", spec, &error))?;
    let mut additions = arguments.additions.clone();
    if additions.overlays.is_empty() {
        additions.overlays = overlays_beside(spec)?;
    }
    let added = additions.read()?;
    // Nothing is replaced before the newer document has been read with its overlays.
    let newer = Source::read(new).map_err(Failure::from);
    let newer = newer.and_then(|newer| Ok((newer.text.clone(), diff::newer(&added, spec, new, newer, spec)?)));
    let (newer, after) = newer.inspect_err(|_| {
        screen::complain(&format!(
            "`{name}` is not replaced, as the newer document cannot be used."
        ))
    })?;
    let before = Source::read(spec).map_err(Failure::from);
    let before = before.and_then(|before| Ok((diff::current(&added, spec, before.clone(), spec)?, before)));
    let before = match before {
        Ok((old, before)) => {
            screen::show(&diff::text(&diff::changes(&old, &after)))?;
            Some(before)
        }
        Err(Failure::Documents(_)) => {
            screen::complain("The current document has errors, so changes are not shown.");
            None
        }
        Err(failure) => return Err(failure),
    };
    let replaced = Replaced::new(spec, newer.as_bytes(), old_bytes)?;
    let checked = check(spec, &arguments.cargo);
    if matches!(checked, Ok(true)) {
        replaced.keep();
        screen::show(&format!("\n`{name}` was replaced, and `cargo check` passes.\n"))?;
        return Ok(FINE);
    }
    replaced.put_back()?;
    checked?;
    let new = plain(&new.display().to_string());
    // What was shown ignores actions that match nothing.
    let is_overlay_adapted = before.is_some_and(|before| diff::newer(&added, spec, spec, before, spec).is_err());
    let advice = match is_overlay_adapted {
        true => format!(
            "The overlay only matches the newer document, so builds fail until that is in place: copy `{new}` there and adapt the code to \
             it, or restore the overlay, too."
        ),
        false => format!(
            "If `cargo check` passes with the old document, fix the newer one with an overlay, or copy `{new}` there and adapt the code \
             to it."
        ),
    };
    screen::complain(&format!(
        "`cargo check` failed with the newer document: `{name}` was restored.\n{advice}"
    ));
    Ok(DOES_NOT_HOLD)
}

/// A replacement that is either kept or undone. An interruption (Ctrl-C, or a signal that asks the process to end) restores the
/// old document.
struct Replaced {
    spec: PathBuf,
    /// The old document, until the replacement is kept or undone.
    old: Arc<Mutex<Option<Vec<u8>>>>,
}

impl Replaced {
    fn new(spec: &Path, new: &[u8], old: Vec<u8>) -> Result<Self, Failure> {
        let replaced = Self {
            spec: spec.to_owned(),
            old: Arc::new(Mutex::new(Some(old))),
        };
        let (spec, old) = (replaced.spec.clone(), replaced.old.clone());
        let handled = ctrlc::set_handler(move || {
            let mut old = old.lock().unwrap_or_else(PoisonError::into_inner);
            match old.take().map(|old| file::write(&spec, &old)) {
                Some(Ok(())) => screen::complain("Interrupted: the old document was restored."),
                Some(Err(failure)) => screen::complain(&failure.to_string()),
                None => {}
            }
            process::exit(INTERRUPTED);
        });
        handled.map_err(|error| Failure::Work(format!("cannot handle interrupts: {error}")))?;
        file::write(&replaced.spec, new)?;
        Ok(replaced)
    }

    fn decide(&self) -> Option<Vec<u8>> {
        self.old.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(self) {
        self.decide();
    }

    fn put_back(self) -> Result<(), Failure> {
        match self.decide() {
            Some(old) => file::write(&self.spec, &old),
            None => Ok(()),
        }
    }
}

/// Returns whether `cargo check` passes in the folder of the document. Its output goes to standard error.
fn check(spec: &Path, arguments: &[OsString]) -> Result<bool, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let folder = match spec.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut command = Command::new(&cargo);
    command.arg("check").args(arguments).current_dir(folder);
    // The build script does not report the change, which has been shown, and may be undone.
    command.env("CARGO_CODEGEN_REFRESH", "1");
    match command.status() {
        Ok(status) => Ok(status.success()),
        Err(error) => Err(Failure::file("run", Path::new(&cargo), &error)),
    }
}
