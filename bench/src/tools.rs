//! The other generators: which versions, and how they are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::measure;

pub const PLOIDY: &str = "0.15.0";
pub const OPENAPI_TO_RUST: &str = "0.23.0";
pub const OPENAPI_GENERATOR: &str = "7.26.0";

/// The command of a package of crates.io. Nothing if it cannot be installed.
pub fn from_crates_io(folder: &Path, name: &str, version: &str) -> Result<Option<PathBuf>> {
    let root = folder.join(format!("{name}-{version}"));
    let command = root.join("bin").join(name);
    if !command.exists() {
        eprintln!("installing {name} {version}");
        let mut cargo = Command::new("cargo");
        cargo.args(["install", "--locked", name, "--version", &format!("={version}")]);
        cargo.arg("--root").arg(&root);
        cargo.arg("--target-dir").arg(folder.join("target"));
        if !measure::succeeds(&mut cargo)? {
            return Ok(None);
        }
    }
    Ok(Some(command))
}

/// The command of a package of PyPI, in a Python environment of its own. Nothing if it cannot be installed.
pub fn from_pypi(folder: &Path, name: &str, version: &str) -> Result<Option<PathBuf>> {
    let root = folder.join(format!("{name}-{version}"));
    let command = root.join("bin").join(name);
    if !command.exists() {
        eprintln!("installing {name} {version}");
        let package = format!("{name}=={version}");
        if !measure::succeeds(Command::new("python3").args(["-m", "venv"]).arg(&root))?
            || !measure::succeeds(Command::new(root.join("bin/pip")).args(["install", "--quiet", &package]))?
        {
            return Ok(None);
        }
    }
    Ok(Some(command))
}
