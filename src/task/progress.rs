//! The progress of a task.

use std::ops::Deref;
use std::time::Duration;

use crate::response::Response;
use crate::task::long_task::LongTask;

/// The progress of a task as of one status.
///
/// It dereferences to the status.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'s, T> {
    status: &'s Response<T>,
    elapsed: Duration,
    remaining: Option<Duration>,
}

impl<'s, T: LongTask> Progress<'s, T> {
    pub(crate) fn new(status: &'s Response<T>, elapsed: Duration, pace: Option<(i64, Duration)>) -> Self {
        let percentage = status.percentage_complete();
        // What is left takes as long as what was done, in proportion.
        let remaining = pace.and_then(|(start, took)| {
            let (done, left) = (percentage.checked_sub(start)?, 100_i64.checked_sub(percentage)?);
            let ratio = (done > 0 && left >= 0).then(|| left as f64 / done as f64)?;
            Duration::try_from_secs_f64(took.as_secs_f64() * ratio).ok()
        });
        Self {
            status,
            elapsed,
            remaining,
        }
    }

    /// Returns the percentage, clamped to between 0 and 100.
    pub fn percentage(&self) -> u8 {
        let percentage = self.status.percentage_complete().clamp(0, 100);
        u8::try_from(percentage).unwrap_or(100)
    }

    /// Returns how long the wait has taken, including the time before it was resumed.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the estimated remaining time, at the average pace since the first status.
    ///
    /// `None` until there is progress.
    pub fn remaining(&self) -> Option<Duration> {
        self.remaining
    }

    /// Returns what the task is doing, if it reports that.
    pub fn message(&self) -> Option<String> {
        self.status.read_report().current().map(ToString::to_string)
    }
}

impl<T> Deref for Progress<'_, T> {
    type Target = Response<T>;

    fn deref(&self) -> &Response<T> {
        self.status
    }
}
