//! The Cargo workspace of everything that is generated, with a target folder that all packages share.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::measure;

/// What a generator made of some documents.
#[derive(Debug)]
pub struct Project {
    pub packages: Vec<Package>,
    /// How much source was generated.
    pub bytes: u64,
}

/// A package: a library that is generated, and a program that uses it.
#[derive(Debug)]
pub struct Package {
    pub name: String,
    pub folder: PathBuf,
}

/// What is compiled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Build {
    /// `cargo check` of the library.
    Check,
    /// `cargo build` of the library and the program.
    Debug,
}

/// The workspace.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Makes an empty workspace; what was compiled for an earlier one is kept. Dependencies come in the versions of `lock` where it
    /// names them.
    pub fn new(folder: PathBuf, lock: &Path) -> Result<Self> {
        let packages = folder.join("packages");
        if packages.exists() {
            fs::remove_dir_all(&packages).with_context(|| format!("{} cannot be removed", packages.display()))?;
        }
        write(
            &folder.join("Cargo.toml"),
            "[workspace]\nmembers = [\"packages/*\"]\nresolver = \"3\"\n",
        )?;
        let own = folder.join("Cargo.lock");
        if !own.exists() {
            fs::copy(lock, &own).with_context(|| format!("{} cannot be copied", lock.display()))?;
        }
        Ok(Self { folder })
    }

    /// A package whose sources are still to be written.
    pub fn package(&self, name: &str) -> Package {
        Package {
            name: name.to_owned(),
            folder: self.folder.join("packages").join(name),
        }
    }

    /// Takes a package out again.
    pub fn remove(&self, package: &Package) -> Result<()> {
        if package.folder.exists() {
            fs::remove_dir_all(&package.folder)?;
        }
        Ok(())
    }

    /// The CPU seconds of compiling a project's packages, and nothing that they depend on if that was compiled before.
    /// Nothing if they do not compile.
    pub fn compile(&self, project: &Project, build: Build) -> Result<Option<f64>> {
        let mut cargo = Command::new("cargo");
        match build {
            Build::Check => cargo.args(["check", "--lib"]),
            Build::Debug => cargo.arg("build"),
        };
        cargo.arg("--quiet").current_dir(&self.folder);
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target"));
        for package in &project.packages {
            cargo.args(["--package", &package.name]);
            // Cargo compiles what is newer than the last result.
            File::options()
                .write(true)
                .open(package.folder.join("src/lib.rs"))
                .and_then(|file| file.set_modified(SystemTime::now()))
                .with_context(|| format!("{} has no library", package.name))?;
        }
        measure::command(&mut cargo)
    }
}

impl Package {
    /// The name of the library in Rust.
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Writes the manifest.
    pub fn manifest(&self, dependencies: &str) -> Result<()> {
        let text = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}",
            self.name
        );
        write(&self.folder.join("Cargo.toml"), &text)
    }

    /// Writes a source file.
    pub fn source(&self, path: &str, text: &str) -> Result<()> {
        write(&self.folder.join("src").join(path), text)
    }
}

/// The Rust files below a folder, in the order of their paths.
pub fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
