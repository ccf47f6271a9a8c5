//! Why a wait did not end in success, in words for the person who reads them.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::line::line;
use crate::{Error, LongTask, Response};

/// How far a wait had come when it ended.
#[derive(Debug)]
#[non_exhaustive]
pub struct Waited<T> {
    /// The last status, where there was one.
    pub last: Option<Response<T>>,
    /// How long the wait took.
    pub elapsed: Duration,
    /// How many requests were made.
    pub polls: u32,
    /// Why the requests after the last status failed, where they did.
    pub error: Option<Error>,
}

/// Why a wait did not end in success. Each variant keeps the last status.
#[non_exhaustive]
pub enum WaitError<T> {
    /// The task came to its end without success.
    Failed(Box<Waited<T>>),
    /// The task had not come to its end when the time was up.
    TimedOut(Box<Waited<T>>),
    /// A request failed in a way that does not pass, or too many failed in a row.
    Request(Error, Box<Waited<T>>),
}

impl<T> WaitError<T> {
    /// Nothing could be asked at all.
    #[cfg(feature = "blocking")]
    pub(crate) fn before(error: Error) -> Self {
        let waited = Waited {
            last: None,
            elapsed: Duration::ZERO,
            polls: 0,
            error: None,
        };
        WaitError::Request(error, Box::new(waited))
    }

    /// How far the wait had come.
    pub fn waited(&self) -> &Waited<T> {
        match self {
            WaitError::Failed(waited) | WaitError::TimedOut(waited) | WaitError::Request(_, waited) => waited,
        }
    }

    /// The last status, where there was one.
    pub fn last(&self) -> Option<&Response<T>> {
        self.waited().last.as_ref()
    }
}

impl<T: LongTask> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waited = self.waited();
        let polls = waited.polls;
        match self {
            WaitError::Failed(_) => f.write_str("the task failed")?,
            WaitError::TimedOut(_) => write!(f, "the task was not done after {:.1?}", waited.elapsed)?,
            WaitError::Request(..) if polls <= 1 => return f.write_str("the task could not be followed"),
            WaitError::Request(..) => f.write_str("the task could not be followed further")?,
        }
        let plural = if polls == 1 { "" } else { "s" };
        write!(f, " ({polls} request{plural}")?;
        if let Some(last) = &waited.last {
            write!(f, ", last at {} %", last.percentage_complete())?;
        }
        f.write_str(")")?;
        if let Some(says) = waited.last.as_ref().and_then(says) {
            write!(f, ": {says}")?;
        }
        Ok(())
    }
}

/// The message and its cause: what `fn main() -> Result<(), Box<dyn Error>>` shows.
impl<T: LongTask> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError")
            .field("message", &format_args!("{self}"))
            .field("source", &std::error::Error::source(self))
            .finish_non_exhaustive()
    }
}

impl<T: LongTask> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let error = match self {
            WaitError::Request(error, _) => Some(error),
            WaitError::Failed(waited) | WaitError::TimedOut(waited) => waited.error.as_ref(),
        };
        error.map(|error| error as &(dyn std::error::Error + 'static))
    }
}

/// What the task says about itself, on one line: its errors, else its messages.
///
/// They are read from the body as it came: documents disagree on their type, and servers on their members.
fn says<T>(status: &Response<T>) -> Option<String> {
    let body: Value = serde_json::from_slice(status.raw().body()).ok()?;
    let texts = |list: &str| -> Option<String> {
        let entries = body[list].as_array()?.iter().filter(|entry| !is_warning(entry));
        let texts: Vec<String> = entries.filter_map(text).collect();
        line(&texts.join("; "))
    };
    texts("errors").or_else(|| texts("messages"))
}

/// Warnings stand among the errors, and on tasks that succeed.
fn is_warning(message: &Value) -> bool {
    message["type"] == "WARN" || message["key"].as_str().is_some_and(|key| key.starts_with("WARN_"))
}

/// A message's translation, else its key with its arguments.
fn text(message: &Value) -> Option<String> {
    if let Some(translation) = message["translation"].as_str() {
        return Some(translation.to_owned());
    }
    let key = message["key"].as_str()?;
    let arguments = message["args"].as_array().map_or(&[][..], Vec::as_slice);
    let arguments: Vec<String> = arguments.iter().map(Value::to_string).collect();
    Some(match arguments.as_slice() {
        [] => key.to_owned(),
        arguments => format!("{key} ({})", arguments.join(", ")),
    })
}
