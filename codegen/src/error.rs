//! Why nothing was generated.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostics;

/// Why nothing was generated.
///
/// `Debug` prints the same text as `Display`, because that is what `fn main() -> Result<(), Error>` shows.
pub struct Error(Box<Kind>);

enum Kind {
    Document(Diagnostics),
    File {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    Setup(String),
}

impl Error {
    pub(crate) fn document(diagnostics: Diagnostics) -> Self {
        Self(Box::new(Kind::Document(diagnostics)))
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

    /// What was found out about the document, if that is where the mistake is.
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match &*self.0 {
            Kind::Document(diagnostics) => Some(diagnostics),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Document(diagnostics) => write!(f, "the document has errors\n\n{diagnostics}"),
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
