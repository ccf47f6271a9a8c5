//! Waits that block.

use std::future::IntoFuture;
use std::ops::ControlFlow;
use std::time::Duration;

use crate::blocking::driver::{Driver, Steps};
use crate::operation::Operation;
use crate::response::Response;
use crate::response::error::Error;
use crate::task::error::WaitError;
use crate::task::long_task::LongTask;
use crate::task::progress::Progress;
use crate::task::saved::SavedWait;
use crate::time::backoff::Backoff;

/// A wait for a long-running task; an iterator of its statuses.
///
/// Created by [`Client::wait`](crate::blocking::Client::wait).
#[must_use = "a wait does nothing until `run` or `next` is called"]
#[derive(Debug)]
pub struct Wait<'a, O: Operation> {
    pub(super) wait: crate::Wait<'a, O>,
    pub(super) driver: Driver,
    pub(super) steps: Steps,
}

impl<'a, O> Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    /// Sets the timeout of the wait.
    ///
    /// See [`Wait::timeout`](crate::Wait::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.wait = self.wait.timeout(timeout);
        self
    }

    /// Sets the pauses between requests.
    ///
    /// See [`Wait::backoff`](crate::Wait::backoff).
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.wait = self.wait.backoff(backoff);
        self
    }

    /// Sets how many requests in a row may fail.
    ///
    /// See [`Wait::tolerance`](crate::Wait::tolerance).
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.wait = self.wait.tolerance(failures);
        self
    }

    /// Calls a function before a failed request is retried.
    ///
    /// See [`Wait::on_retry`](crate::Wait::on_retry).
    pub fn on_retry(mut self, call: impl FnMut(&Error, Duration) -> ControlFlow<()> + Send + 'a) -> Self {
        self.wait = self.wait.on_retry(call);
        self
    }

    /// Sets how long to wait before the first request.
    ///
    /// See [`Wait::first_delay`](crate::Wait::first_delay).
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.wait = self.wait.first_delay(delay);
        self
    }

    /// Ends the wait when the task stalls.
    ///
    /// See [`Wait::stall`](crate::Wait::stall).
    pub fn stall(mut self, after: Duration) -> Self {
        self.wait = self.wait.stall(after);
        self
    }

    /// Ends the wait when a future completes, such as that of a `CancellationToken` that another thread cancels.
    ///
    /// See [`Wait::cancel_on`](crate::Wait::cancel_on).
    pub fn cancel_on(mut self, cancelled: impl Future<Output = ()> + Send + 'a) -> Self {
        self.wait = self.wait.cancel_on(cancelled);
        self
    }

    /// Resumes a saved wait.
    ///
    /// See [`Wait::resume`](crate::Wait::resume).
    pub fn resume(mut self, saved: &SavedWait) -> Self {
        self.wait = self.wait.resume(saved);
        self
    }

    /// Returns the state of the wait, to be resumed later.
    ///
    /// See [`Wait::save`](crate::Wait::save).
    ///
    /// # Errors
    /// As [`Wait::save`](crate::Wait::save).
    pub fn save(&self) -> Result<SavedWait, Error> {
        self.wait.save()
    }

    /// Returns the progress of the task as of the last status.
    pub fn progress(&self) -> Option<Progress<'_, O::Output>> {
        self.wait.progress()
    }

    /// Calls a function with each status, the final one included.
    pub fn on_progress(mut self, call: impl FnMut(&Progress<'_, O::Output>) + Send + 'a) -> Self {
        self.wait = self.wait.on_progress(call);
        self
    }

    /// Polls until the task ends and returns the final status.
    ///
    /// # Errors
    /// The task failed, timed out or could not be queried; or it is called inside of async code.
    pub fn run(self) -> Result<Response<O::Output>, WaitError<O::Output>> {
        self.driver.run(self.wait.into_future()).map_err(WaitError::before)?
    }
}

impl<'a, O> Iterator for Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Clone + Send + Sync + 'a,
{
    type Item = Result<Response<O::Output>, WaitError<O::Output>>;

    fn next(&mut self) -> Option<Self::Item> {
        let refused = |error| Err(WaitError::before(error));
        self.steps.next(self.wait.next(), refused)
    }
}

/// Waits for many long-running tasks; an iterator of the result of each, with its index.
///
/// Created by [`Client::wait_all`](crate::blocking::Client::wait_all).
#[must_use = "waits do nothing until `next` is called"]
#[derive(Debug)]
pub struct WaitAll<'a, O: Operation> {
    pub(super) waits: crate::WaitAll<'a, O>,
    pub(super) steps: Steps,
}

impl<'a, O> WaitAll<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    /// Configures each wait.
    ///
    /// See [`WaitAll::each`](crate::WaitAll::each).
    pub fn each(mut self, set: impl FnMut(usize, crate::Wait<'a, O>) -> crate::Wait<'a, O>) -> Self {
        self.waits = self.waits.each(set);
        self
    }

    /// Sets how many requests are in flight at once.
    ///
    /// See [`WaitAll::concurrency`](crate::WaitAll::concurrency).
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.waits = self.waits.concurrency(requests);
        self
    }
}

impl<'a, O> Iterator for WaitAll<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    type Item = (usize, Result<Response<O::Output>, WaitError<O::Output>>);

    /// Inside of async code, where nothing can be asked, there is one error for all of them.
    fn next(&mut self) -> Option<Self::Item> {
        let refused = |error| (0, Err(WaitError::before(error)));
        self.steps.next(self.waits.next(), refused)
    }
}
