//! A document on disk, with what is read beside it.

use std::path::{Path, PathBuf};

use clap::Args;
use confluence_codegen::{Input, Source};

use crate::failure::Failure;

/// What is laid over a document, or taken in.
#[derive(Args, Clone, Default)]
pub struct Additions {
    /// An OpenAPI Overlay to apply; may be given several times, and applies in this order
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// A document that defines what this one refers to and lacks; may be given several times
    #[arg(long = "supplement", value_name = "FILE")]
    pub supplements: Vec<PathBuf>,
    /// Take only the operations with this tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
}

/// Reads a document and its additions. Its module is named after the file.
pub fn read(spec: &Path, additions: &Additions) -> Result<Input, Failure> {
    read_as(spec, spec, additions)
}

/// Reads a document whose module is named after another file.
pub fn read_as(module: &Path, spec: &Path, additions: &Additions) -> Result<Input, Failure> {
    let module = module.file_stem().unwrap_or_default().to_string_lossy();
    let mut input = Input::new(module, Source::read(spec)?).tags(&additions.tags);
    for overlay in &additions.overlays {
        input = input.overlay(Source::read(overlay)?);
    }
    for supplement in &additions.supplements {
        input = input.supplement(Source::read(supplement)?);
    }
    Ok(input)
}
