//! Errors of waits.

use std::fmt;
use std::time::Duration;

use crate::response::Response;
use crate::response::error::Error;
use crate::task::long_task::LongTask;
use crate::text::single_line;

/// The state of a wait when it ended.
#[derive(Debug)]
pub struct Waited<T> {
    pub(super) last: Option<Response<T>>,
    pub(super) elapsed: Duration,
    pub(super) polls: u32,
    pub(super) was_found: bool,
    pub(super) error: Option<Error>,
}

impl<T> Waited<T> {
    /// Returns the last status, if there was one.
    pub fn last(&self) -> Option<&Response<T>> {
        self.last.as_ref()
    }

    /// Returns how long the wait took in all, including the time before it was [resumed](crate::Wait::resume).
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the number of requests that were made.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// Returns whether the task was ever found, including before the wait was [resumed](crate::Wait::resume).
    pub fn was_found(&self) -> bool {
        self.was_found
    }

    /// Returns the last failure that the wait tolerated after the last status, if there was one.
    ///
    /// The error that ended the wait is in [`WaitError::Request`] or [`WaitError::NotFound`].
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }
}

/// The reason why a wait did not end in success.
///
/// Each variant keeps the last status.
///
/// `Display` is one line with the problem, the number of requests, and what the task says about itself or, if a request
/// failed, the message of its [`Error`].
///
/// ```no_run
/// # async fn example(client: confluence_rest::Client) {
/// use confluence_rest::{WaitError, longtask};
///
/// match client.wait(longtask::get_task("1180606")).await {
///     Ok(done) => println!("done after {} ms", done.elapsed_time),
///     Err(error @ WaitError::Failed(_)) => {
///         println!("{error}");
///         // Copies and deletions of page trees list errors, such as one for each page.
///         for error in error.last().map(|task| task.report().errors).unwrap_or_default() {
///             println!("- {error}");
///         }
///     }
///     Err(WaitError::TimedOut(waited)) => println!("still running after {:?}", waited.elapsed()),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[non_exhaustive]
pub enum WaitError<T> {
    /// The task ended without success.
    Failed(Box<Waited<T>>),
    /// The wait timed out before the task ended.
    TimedOut(Box<Waited<T>>),
    /// The task stalled for longer than [`Wait::stall`](crate::Wait::stall) allows.
    Stalled(Box<Waited<T>>),
    /// There is no such task, or the caller may not see it (404). [`Waited::was_found`] tells whether it was there before.
    NotFound(Error, Box<Waited<T>>),
    /// The wait was cancelled by [`Wait::cancel_on`](crate::Wait::cancel_on).
    Cancelled(Box<Waited<T>>),
    /// A request failed permanently, or too many failed in a row.
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
            was_found: false,
            error: None,
        };
        WaitError::Request(error, Box::new(waited))
    }

    /// Returns the state of the wait when it ended.
    pub fn waited(&self) -> &Waited<T> {
        match self {
            WaitError::Failed(waited)
            | WaitError::TimedOut(waited)
            | WaitError::Stalled(waited)
            | WaitError::NotFound(_, waited)
            | WaitError::Cancelled(waited)
            | WaitError::Request(_, waited) => waited,
        }
    }

    /// Returns the last status, if there was one.
    pub fn last(&self) -> Option<&Response<T>> {
        self.waited().last()
    }
}

impl<T: LongTask> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waited = self.waited();
        let (polls, elapsed) = (waited.polls, waited.elapsed);
        match self {
            WaitError::Failed(_) => f.write_str("the task failed")?,
            WaitError::TimedOut(_) => write!(f, "the wait timed out after {elapsed:.1?}")?,
            WaitError::Stalled(_) => write!(f, "the task stalled, so the wait ended after {elapsed:.1?}")?,
            WaitError::NotFound(..) if !waited.was_found => {
                return f.write_str("there is no such task, or these credentials may not see it");
            }
            WaitError::NotFound(..) => f.write_str(
                "the task no longer exists: it was removed after its end, or these credentials may no longer see it",
            )?,
            WaitError::Cancelled(_) => write!(f, "the wait was cancelled after {elapsed:.1?}; the task continues")?,
            WaitError::Request(error, _) if polls <= 1 => return write!(f, "polling the task failed: {error}"),
            WaitError::Request(..) => f.write_str("polling the task failed")?,
        }
        let plural = if polls == 1 { "" } else { "s" };
        write!(f, " ({polls} request{plural}")?;
        if let Some(last) = &waited.last {
            write!(f, ", last at {} %", last.percentage_complete())?;
        }
        f.write_str(")")?;
        if let WaitError::Request(error, _) = self {
            return write!(f, ": {error}");
        }
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
            // The message has that of the error itself.
            WaitError::Request(error, _) => return error.source(),
            WaitError::NotFound(error, _) => Some(error),
            _ => self.waited().error.as_ref(),
        };
        error.map(|error| error as &(dyn std::error::Error + 'static))
    }
}

/// What the task says about itself, on one line: its errors, else what it was doing.
fn says<T: LongTask>(status: &Response<T>) -> Option<String> {
    let report = status.read_report();
    if report.errors.is_empty() {
        return report.current().map(ToString::to_string);
    }
    // No more of them than can be shown.
    let errors: Vec<String> = report.errors.iter().take(100).map(ToString::to_string).collect();
    single_line(&errors.join("; "))
}
