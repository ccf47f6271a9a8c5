//! The state of a wait between requests.

use std::time::{Duration, Instant};

use crate::response::Response;
use crate::task::long_task::Finish;
use crate::task::long_task::LongTask;
use crate::task::progress::Progress;
use crate::time::clock::later;

/// How many consecutive statuses at 100 % end a task that reports that it is still running.
const SETTLED: u32 = 5;

/// The state of a wait between requests.
#[derive(Debug, Default)]
pub(super) struct PollState {
    /// When it began, or went on.
    pub started: Option<Instant>,
    /// How long it had gone on before, in another process.
    pub before: Duration,
    /// When the next request is due.
    pub due: Option<Instant>,
    pub polls: u32,
    /// Failed requests in a row.
    pub failures: u32,
    /// Consecutive statuses at 100 % of a task that reports that it is still running.
    pub settled: u32,
    /// Whether there was a status at all.
    pub was_found: bool,
    /// The last status that was unlike the one before it.
    pub change: Option<Change>,
    /// The percentage that the pace is reckoned from, and when it was so.
    pub pace: Option<(i64, Instant)>,
}

/// What a status was like, and since when.
#[derive(Debug)]
pub(super) struct Change {
    pub percentage: i64,
    pub message: Option<String>,
    pub since: Instant,
    /// How long it had been so before, in another process.
    pub before: Duration,
}

impl PollState {
    pub fn elapsed(&self, now: Instant) -> Duration {
        let here = self.started.map(|started| now.saturating_duration_since(started));
        self.before.saturating_add(here.unwrap_or_default())
    }

    /// When the next request is due, if not at once, and when the last one is.
    pub fn next(&mut self, now: Instant, first_delay: Duration, timeout: Duration) -> (Option<Instant>, Instant) {
        let started = *self.started.get_or_insert(now);
        let deadline = later(started, timeout.saturating_sub(self.before));
        let is_first = self.polls == 0 && self.due.is_none();
        if is_first && !first_delay.is_zero() {
            self.due = Some(later(started, first_delay));
        }
        (self.due, deadline)
    }

    /// Takes a status in: whether the task is done, and for how long it has been as it is.
    pub fn note<T: LongTask>(&mut self, status: &Response<T>, now: Instant) -> (bool, Duration) {
        self.failures = 0;
        self.was_found = true;
        let percentage = status.percentage_complete();
        if self.pace.is_none_or(|(start, _)| percentage < start) {
            self.pace = Some((percentage, now));
        }
        let is_done = match Finish::of(status) {
            Finish::Yes => true,
            Finish::No => {
                self.settled = 0;
                false
            }
            Finish::Unsaid => {
                self.settled = self.settled.saturating_add(1);
                self.settled >= SETTLED
            }
        };
        let message = status.read_report().current().map(ToString::to_string);
        let change = match self.change.take() {
            Some(change) if change.percentage == percentage && change.message == message => change,
            _ => Change {
                percentage,
                message,
                since: now,
                before: Duration::ZERO,
            },
        };
        let still = now.saturating_duration_since(change.since);
        let still = still.saturating_add(change.before);
        self.change = Some(change);
        (is_done, still)
    }

    pub fn progress<'s, T: LongTask>(&self, status: &'s Response<T>, now: Instant) -> Progress<'s, T> {
        let pace = self
            .pace
            .map(|(start, since)| (start, now.saturating_duration_since(since)));
        Progress::new(status, self.elapsed(now), pace)
    }
}
