//! An error of the generator.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostics, Severity};

/// An error of the generator.
///
/// `Debug` prints the same text as `Display`, because that is what `fn main() -> Result<(), Error>` shows.
pub struct Error(Box<Kind>);

enum Kind {
    /// Returns the diagnostics of each document that has errors.
    Documents(Vec<Diagnostics>),
    File {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    Setup(String),
}

impl Error {
    pub(crate) fn in_documents(diagnostics: Vec<Diagnostics>) -> Self {
        Self(Box::new(Kind::Documents(diagnostics)))
    }

    pub(crate) fn file(action: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self(Box::new(Kind::File {
            action,
            path: path.into(),
            source,
        }))
    }

    pub(crate) fn setup(message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Setup(message.into())))
    }

    /// Returns the diagnostics of the document, or of the first of several, if there are any.
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        self.documents().first()
    }

    /// Returns the diagnostics of each document that has errors.
    pub fn documents(&self) -> &[Diagnostics] {
        match &*self.0 {
            Kind::Documents(documents) => documents,
            _ => &[],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Documents(documents) => {
                let what = match documents.as_slice() {
                    [one] if one.sources.overlays > 0 => "the document or an overlay has errors",
                    [_] => "the document has errors",
                    _ => "documents or their overlays have errors",
                };
                f.write_str(what)?;
                let errors = |diagnostics: &Diagnostics| -> Vec<String> {
                    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
                    errors.map(|error| diagnostics.render(error)).collect()
                };
                let warnings = |diagnostics: &Diagnostics| -> Vec<String> {
                    let lines = diagnostics.folded().into_iter();
                    lines.map(|line| format!("warning: {line}\n")).collect()
                };
                // What several documents share, such as a supplement, is reported once.
                let mut told = BTreeSet::new();
                let texts = documents.iter().flat_map(errors);
                for text in texts.chain(documents.iter().flat_map(warnings)) {
                    if !told.contains(&text) {
                        write!(f, "\n\n{}", text.trim_end_matches('\n'))?;
                        told.insert(text);
                    }
                }
                f.write_str("\n")
            }
            Kind::File { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
            Kind::Setup(message) => f.write_str(message),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::File { source, .. } => Some(source),
            _ => None,
        }
    }
}
