//! Waiting for a long-running task.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tokio::sync::Semaphore;

use crate::client::Client;
use crate::client::retry::Retry;
use crate::operation::Operation;
use crate::response::Response;
use crate::response::error::Error;
use crate::task::error::WaitError;
use crate::task::long_task::LongTask;
use crate::task::poll_state::PollState;
use crate::task::progress::Progress;
use crate::task::saved::SavedWait;
use crate::time::backoff::Backoff;

impl Client {
    /// Polls a long-running task until it ends.
    ///
    /// Await the result for the final status, or get each status with [`Wait::next`].
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use confluence_rest::longtask;
    ///
    /// let done = client
    ///     .wait(longtask::get_task("1180606"))
    ///     .timeout(Duration::from_secs(600))
    ///     .on_progress(|task| println!("{}%", task.percentage_complete))
    ///     .await?;
    /// println!("{} took {} ms", done.id, done.elapsed_time);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A task has ended when it says so, or at 100 % if it does not say. If a task reports 100 % but also says
    /// that it is not finished, it counts as finished after five such statuses in a row.
    pub fn wait<'a, O>(&self, operation: O) -> Wait<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        Wait {
            // A wait has its own patience.
            client: self.with_retry(Retry::never()),
            operation,
            timeout: Duration::from_secs(60 * 60),
            first_delay: Duration::ZERO,
            backoff: Backoff::default(),
            tolerance: 10,
            stall: None,
            on_progress: None,
            on_retry: None,
            cancel: None,
            permits: None,
            asking: None,
            state: State::Asking,
            polling: PollState::default(),
            last: None,
            error: None,
            problem: None,
        }
    }
}

/// A wait for a long-running task.
///
/// Created by [`Client::wait`]. Awaiting it returns the final status; it is also a
/// [`Stream`](https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html) of all statuses.
///
/// The pause precedes the next request, so each status is returned as soon as it is received. Dropping the wait does
/// not cancel the task.
#[must_use = "a wait does nothing until it is awaited or `next` is called"]
pub struct Wait<'a, O: Operation> {
    pub(super) client: Client,
    pub(super) operation: O,
    pub(super) timeout: Duration,
    pub(super) first_delay: Duration,
    pub(super) backoff: Backoff,
    pub(super) tolerance: u32,
    pub(super) stall: Option<Duration>,
    pub(super) on_progress: Option<OnProgress<'a, O::Output>>,
    pub(super) on_retry: Option<OnRetry<'a>>,
    pub(super) cancel: Option<Pin<Box<dyn Future<Output = ()> + Send + 'a>>>,
    /// How many requests may be in flight, where there are several waits.
    pub(super) permits: Option<Arc<Semaphore>>,
    /// The pause and the request after it.
    pub(super) asking: Option<Asking<'a, O::Output>>,
    pub(super) state: State,
    pub(super) polling: PollState,
    pub(super) last: Option<Response<O::Output>>,
    /// Why the request after the last status failed.
    pub(super) error: Option<Error>,
    /// Why there is nothing to ask.
    pub(super) problem: Option<Error>,
}

pub(super) type OnProgress<'a, T> = Box<dyn FnMut(&Progress<'_, T>) + Send + 'a>;
pub(super) type OnRetry<'a> = Box<dyn FnMut(&Error, Duration) -> ControlFlow<()> + Send + 'a>;
pub(super) type Asking<'a, T> = Pin<Box<dyn Future<Output = Asked<T>> + Send + 'a>>;

pub(super) type Ended<T> = Result<Response<T>, WaitError<T>>;

/// What came of a pause and the request after it: a response, and whether it was the one at the deadline. `None` if the
/// time was up before the request had its turn.
pub(super) type Asked<T> = Option<(Result<Response<T>, Error>, bool)>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    /// There is more to ask.
    Asking,
    /// The request at the deadline has been made.
    Late,
    /// The task has ended.
    Finished,
    /// An error has been returned.
    GaveUp,
}

impl<'a, O> Wait<'a, O>
where
    O: Operation + Clone,
    O::Output: LongTask,
{
    /// Sets the timeout of the wait.
    ///
    /// The default is one hour. One last request is sent at the deadline, unless
    /// [`WaitAll::concurrency`](crate::WaitAll::concurrency) is used up by other waits. A request that is in flight at
    /// the deadline has five more seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the pause before the first request.
    ///
    /// The default is none.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the pauses between requests.
    ///
    /// The default starts at half a second and grows by a factor of 1.5 up to ten seconds. A longer `Retry-After` of
    /// the server takes precedence. If the server asks for a pause beyond the deadline, the wait ends at the deadline.
    /// It sends one last request then, but only if the rate limit was reported more than a minute earlier.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how many requests in a row may fail transiently: lost connections, timeouts, incomplete responses, 5xx, and
    /// temporary failures of a token provider.
    ///
    /// The default is 10. Rate limits (429, or 503 with `Retry-After`) are not counted. The client's [`Retry`] policy
    /// does not apply to the requests of a wait; this limit does.
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.tolerance = failures;
        self
    }

    /// Ends the wait with [`WaitError::Stalled`] when percentage and message have not changed for this long.
    ///
    /// The default is never.
    pub fn stall(mut self, after: Duration) -> Self {
        self.stall = Some(after);
        self
    }

    /// Ends the wait when a future completes, such as `async { drop(tokio::signal::ctrl_c().await) }`, or
    /// `token.cancelled_owned()` of tokio-util's `CancellationToken`.
    ///
    /// The task itself continues on the server.
    pub fn cancel_on(mut self, cancelled: impl Future<Output = ()> + Send + 'a) -> Self {
        self.cancel = Some(Box::pin(cancelled));
        self
    }

    /// Calls a function with each status, the final one included.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// client
    ///     .wait(confluence_rest::longtask::get_task("1180606"))
    ///     .on_progress(|task| {
    ///         println!("{} %, {:?} to go: {:?}", task.percentage_complete, task.remaining(), task.message());
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, call: impl FnMut(&Progress<'_, O::Output>) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(call));
        self
    }

    /// Calls a function before a failed request is retried, with the error and the pause until the retry.
    ///
    /// [`ControlFlow::Break`] ends the wait with that error. By default, requests are retried as
    /// [`tolerance`](Self::tolerance) and [`timeout`](Self::timeout) allow.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::ops::ControlFlow;
    ///
    /// client
    ///     .wait(confluence_rest::longtask::get_task("1180606"))
    ///     .on_retry(|error, pause| {
    ///         eprintln!("{error}; retrying in {pause:.1?}");
    ///         if error.is_connect() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_retry(mut self, call: impl FnMut(&Error, Duration) -> ControlFlow<()> + Send + 'a) -> Self {
        self.on_retry = Some(Box::new(call));
        self
    }

    /// Resumes a [saved](Self::save) wait for the same task, perhaps in another process: the timeout includes the time
    /// before, and pauses and counters continue.
    ///
    /// If the saved wait is for another task, the wait ends with an error before anything is sent.
    pub fn resume(mut self, saved: &SavedWait) -> Self {
        let path = self.operation.encode().map(|request| request.path().to_owned());
        match path {
            Ok(path) => match saved.polling(&path, self.client.clock()) {
                Ok(polling) => self.polling = polling,
                Err(error) => self.problem = Some(error),
            },
            Err(error) => self.problem = Some(error),
        }
        self
    }

    /// Returns the state of the wait, to be stored and [resumed](Self::resume) later.
    ///
    /// It does not include the settings.
    ///
    /// # Errors
    /// The request cannot be encoded from its values.
    pub fn save(&self) -> Result<SavedWait, Error> {
        Ok(self.polling.save(self.operation.encode()?.path(), self.client.clock()))
    }

    /// Returns the progress of the task as of the last status.
    pub fn progress(&self) -> Option<Progress<'_, O::Output>> {
        let now = self.client.clock().now();
        self.last.as_ref().map(|last| self.polling.progress(last, now))
    }

    /// Shares how many requests may be in flight at once with other waits.
    pub(crate) fn permits(mut self, permits: Arc<Semaphore>) -> Self {
        self.permits = Some(permits);
        self
    }

    /// Returns the next status: the first one after [`first_delay`](Self::first_delay), which is zero by default, each
    /// further one after a pause.
    ///
    /// Returns `None` once the task has ended or an error was returned. A task that ended without success is a status
    /// like any other here; awaiting the `Wait` makes it an error.
    ///
    /// This method is cancel safe: the future can be dropped, in `select!` for example, and `next` called again; pauses
    /// and requests continue.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, WaitError<O::Output>>>
    where
        O: Send + Sync + 'a,
        O::Output: Clone + Send + Sync + 'a,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

// Nothing in it is pinned in place.
impl<O: Operation> Unpin for Wait<'_, O> {}

impl<'a, O> Stream for Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Clone + Send + Sync + 'a,
{
    type Item = Result<Response<O::Output>, WaitError<O::Output>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(match ready!(self.poll_step(context)) {
            None => None,
            Some(Ok(())) => self.last.clone().map(Ok),
            Some(Err(error)) => Some(Err(error)),
        })
    }
}

impl<'a, O> IntoFuture for Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    type Output = Result<Response<O::Output>, WaitError<O::Output>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(poll_fn(move |context| self.poll_end(context)))
    }
}

impl<O: Operation + fmt::Debug> fmt::Debug for Wait<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("timeout", &self.timeout)
            .field("backoff", &self.backoff)
            .field("polls", &self.polling.polls)
            .finish_non_exhaustive()
    }
}
