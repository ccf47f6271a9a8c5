//! Errors of the command.

use std::fmt;
use std::io;
use std::path::Path;

use crate::{COULD_NOT_WORK, DOES_NOT_HOLD};

/// An error that ends the command.
#[derive(Debug)]
pub enum Failure {
    /// A document has errors.
    Documents(confluence_codegen::Error),
    /// The command could not do its work.
    Work(String),
}

impl Failure {
    /// An operation on a file or folder failed: "read", "write".
    pub fn file(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::Work(format!("cannot {action} `{}`: {error}", path.display()))
    }

    /// The exit status of the process.
    pub fn status(&self) -> u8 {
        match self {
            Self::Documents(error) if !error.documents().is_empty() => DOES_NOT_HOLD,
            Self::Documents(_) | Self::Work(_) => COULD_NOT_WORK,
        }
    }
}

impl From<confluence_codegen::Error> for Failure {
    fn from(error: confluence_codegen::Error) -> Self {
        Self::Documents(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents(error) => error.fmt(f),
            Self::Work(problem) => f.write_str(problem),
        }
    }
}
