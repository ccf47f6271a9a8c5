//! Reads a document from disk, with its overlays and supplements.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use confluence_codegen::{Input, Level, Source, overlays_beside};

use crate::failure::Failure;
use crate::screen::{self, plain};

/// Overlays, supplements and other options that apply to a document.
#[derive(Args, Clone)]
pub struct Additions {
    /// An OpenAPI Overlay to apply; may be given several times, in the order in which they apply
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// A document that provides missing components; may be given several times
    #[arg(long = "supplement", value_name = "FILE")]
    pub supplements: Vec<PathBuf>,
    /// Generate only the operations with this tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Separate the words of operationIds that a publisher's tool has run together: `get_task` for `atlassianGettask`
    #[arg(long, value_name = "BOOL", action = ArgAction::Set, default_value_t = true)]
    pub split_names: bool,
    #[command(flatten)]
    pub levels: Levels,
}

/// The level of each kind of diagnostic. If a code is given more than once, the strictest level applies.
#[derive(Args, Clone, Default)]
pub struct Levels {
    /// Do not report this diagnostic; with a count, it is an error if it occurs more or less often
    #[arg(long = "allow", value_name = "CODE[=COUNT]", value_parser = Allowed::read)]
    pub allowed: Vec<Allowed>,
    /// Report this diagnostic as a warning
    #[arg(long = "warn", value_name = "CODE")]
    pub warned: Vec<String>,
    /// Report this diagnostic as an error
    #[arg(long = "deny", value_name = "CODE")]
    pub denied: Vec<String>,
}

/// A code that is allowed, always or a number of times.
#[derive(Clone)]
pub struct Allowed {
    code: String,
    count: Option<usize>,
}

impl Allowed {
    fn read(text: &str) -> Result<Self, String> {
        let (code, count) = match text.split_once('=') {
            Some((code, count)) => (code, Some(count)),
            None => (text, None),
        };
        let count = count.map(|count| count.parse().map_err(|_| format!("`{count}` is not a number")));
        Ok(Self {
            code: code.to_owned(),
            count: count.transpose()?,
        })
    }
}

impl Levels {
    fn set(&self, mut input: Input) -> Input {
        for Allowed { code, count } in &self.allowed {
            input = match count {
                Some(count) => input.allow(code, *count),
                None => input.level(code, Level::Allow),
            };
        }
        for code in &self.warned {
            input = input.level(code, Level::Warn);
        }
        for code in &self.denied {
            input = input.level(code, Level::Deny);
        }
        input
    }
}

/// The options of a command line, with the files that they name. Each of these is read once, also for several documents: a pipe
/// cannot be read again.
pub struct Added<'a> {
    additions: &'a Additions,
    overlays: Vec<Source>,
    supplements: Vec<Source>,
}

impl Additions {
    /// Reads the files.
    pub fn read(&self) -> Result<Added<'_>, Failure> {
        let read = |paths: &[PathBuf]| paths.iter().map(Source::read).collect::<Result<_, _>>();
        Ok(Added {
            additions: self,
            overlays: read(&self.overlays)?,
            supplements: read(&self.supplements)?,
        })
    }
}

impl Added<'_> {
    /// The input for the text of a document. Its module is named after another file.
    pub fn input(&self, module: &Path, spec: &Path, text: Source) -> Result<Input, Failure> {
        let module = module.file_stem().unwrap_or_default().to_string_lossy();
        let mut input = Input::new(module, text).path(spec).tags(&self.additions.tags);
        input = input.split_names(self.additions.split_names);
        if self.overlays.is_empty() {
            for overlay in overlays_beside(spec)? {
                let overlay = plain(&overlay.display().to_string());
                screen::complain(&format!("`{overlay}` is not applied; pass it with --overlay"));
            }
        }
        for overlay in &self.overlays {
            input = input.overlay(overlay.clone());
        }
        for supplement in &self.supplements {
            input = input.supplement(supplement.clone());
        }
        Ok(self.additions.levels.set(input))
    }
}

/// Reads a document and its additions. Its module is named after the file.
pub fn read(spec: &Path, additions: &Additions) -> Result<Input, Failure> {
    let text = Source::read(spec)?;
    additions.read()?.input(spec, spec, text)
}
