//! Following a long-running task to its end.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::client::Client;
use crate::client::retry::Retry;
use crate::operation::Operation;
use crate::response::Response;
use crate::response::error::Error;
use crate::task::error::{WaitError, Waited};
use crate::task::long_task::LongTask;
use crate::task::poll_state::PollState;
use crate::task::progress::Progress;
use crate::task::saved::SavedWait;
use crate::time::backoff::Backoff;
use crate::time::clock::later;

/// How long a request that is under way at the deadline may go on.
const GRACE: Duration = Duration::from_secs(5);

impl Client {
    /// Follows a long-running task to its end.
    ///
    /// Await the result for the final status, or take the statuses one by one with [`Wait::next`].
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
    /// A task is done when it says so, or at 100 % where it says nothing of that. One that stays at 100 % and still says that
    /// it goes on is done when it has said so five times.
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

/// A task that is being followed. Made by [`Client::wait`]; a future of the final status, and a [`Stream`] of all of them.
///
/// The pause comes before the next request, so each status is handed over as soon as it is known. Dropping it ends the wait; the
/// task itself goes on.
#[must_use = "nothing is asked until it is awaited or `next` is called"]
pub struct Wait<'a, O: Operation> {
    client: Client,
    operation: O,
    timeout: Duration,
    first_delay: Duration,
    backoff: Backoff,
    tolerance: u32,
    stall: Option<Duration>,
    on_progress: Option<OnProgress<'a, O::Output>>,
    on_retry: Option<OnRetry<'a>>,
    cancel: Option<Pin<Box<dyn Future<Output = ()> + Send + 'a>>>,
    /// How many requests may be under way, where there are several waits.
    permits: Option<Arc<Semaphore>>,
    /// The pause and the request after it.
    asking: Option<Asking<'a, O::Output>>,
    state: State,
    polling: PollState,
    last: Option<Response<O::Output>>,
    /// Why the request after the last status failed.
    error: Option<Error>,
    /// Why there is nothing to ask.
    problem: Option<Error>,
}

type OnProgress<'a, T> = Box<dyn FnMut(&Progress<'_, T>) + Send + 'a>;
type OnRetry<'a> = Box<dyn FnMut(&Error, Duration) -> ControlFlow<()> + Send + 'a>;
type Asking<'a, T> = Pin<Box<dyn Future<Output = Asked<T>> + Send + 'a>>;

type Ended<T> = Result<Response<T>, WaitError<T>>;

/// What came of a pause and the request after it: an answer, and whether it was the one at the deadline. `None` if the time was up
/// before the request had its turn.
type Asked<T> = Option<(Result<Response<T>, Error>, bool)>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// There is more to ask.
    Asking,
    /// The request at the deadline has been made.
    Late,
    /// The task has come to its end.
    Finished,
    /// An error has been handed over.
    GaveUp,
}

/// Why a wait ends early.
enum End {
    Failed,
    TimedOut,
    Stalled,
    Cancelled,
    NotFound(Error),
    Request(Error),
}

impl<'a, O> Wait<'a, O>
where
    O: Operation + Clone,
    O::Output: LongTask,
{
    /// Sets how long to follow the task. The default is one hour.
    ///
    /// One last request is made when the time is up, unless other waits of a [`WaitAll`](crate::WaitAll) take their turn. A request
    /// that is under way then has five more seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long to wait before the first request. The default is not at all.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the pauses between requests. A longer `Retry-After` of the server wins. Where it goes beyond the deadline, the wait
    /// ends there; there is a last request if the server refused more than a minute ago.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how many requests in a row may fail in a way that may pass: lost connections, answers that break off, and 5xx.
    /// The default is 10. That the server asks for fewer requests (429, or 503 with `Retry-After`) is not counted.
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.tolerance = failures;
        self
    }

    /// Gives up on a task whose percentage and message have not changed for this long. The default is not to.
    pub fn stall(mut self, after: Duration) -> Self {
        self.stall = Some(after);
        self
    }

    /// Ends the wait when a future ends, such as `token.cancelled_owned()` of tokio-util's `CancellationToken`, or
    /// `tokio::signal::ctrl_c()` with its result dropped. The task itself goes on.
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

    /// Calls a function when a request has failed and is going to be retried, with the error and the pause until then. With
    /// [`ControlFlow::Break`] it ends the wait with that error. The default is to retry as far as
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

    /// Goes on where another wait for the same task was [saved](Self::save), perhaps in another process: the timeout counts
    /// from the beginning, pauses and counts are kept.
    ///
    /// That the wait was for another task is an error of the first request.
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

    /// How far the wait is, to be kept and [resumed](Self::resume) later. The settings are not part of it.
    ///
    /// # Errors
    /// The operation cannot be made from its values.
    pub fn save(&self) -> Result<SavedWait, Error> {
        Ok(self.polling.save(self.operation.encode()?.path(), self.client.clock()))
    }

    /// How far the task has come, as of the last status.
    pub fn progress(&self) -> Option<Progress<'_, O::Output>> {
        let now = self.client.clock().now();
        self.last.as_ref().map(|last| self.polling.progress(last, now))
    }

    /// Shares how many requests may be under way at once with other waits.
    pub(crate) fn permits(mut self, permits: Arc<Semaphore>) -> Self {
        self.permits = Some(permits);
        self
    }

    /// The next status: the first at once, each further one after a pause.
    ///
    /// `None` once the task has finished or an error was handed over. A task that finished without success is a status
    /// like any other here; awaiting the `Wait` makes it an error.
    ///
    /// The future can be dropped, in `select!` for example, and `next` called again: pauses and requests go on where they were.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, WaitError<O::Output>>>
    where
        O: Send + Sync + 'a,
        O::Output: Clone + Send + Sync + 'a,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Makes requests until there is a new status in `self.last`.
    fn poll_step(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), WaitError<O::Output>>>>
    where
        O: Send + Sync + 'a,
        O::Output: Send + Sync + 'a,
    {
        loop {
            match self.state {
                State::Asking => {}
                State::Late => return Poll::Ready(Some(Err(self.end(End::TimedOut)))),
                State::Finished | State::GaveUp => return Poll::Ready(None),
            }
            if let Some(problem) = self.problem.take() {
                return Poll::Ready(Some(Err(self.end(End::Request(problem)))));
            }
            let cancel = self.cancel.as_mut();
            if cancel.is_some_and(|cancel| cancel.as_mut().poll(context).is_ready()) {
                return Poll::Ready(Some(Err(self.end(End::Cancelled))));
            }
            let asked = match &mut self.asking {
                Some(asking) => ready!(asking.as_mut().poll(context)),
                None => {
                    self.asking = Some(self.ask());
                    continue;
                }
            };
            self.asking = None;
            if let Some(result) = self.take(asked).or_else(|| self.retry()) {
                return Poll::Ready(Some(result));
            }
        }
    }

    /// The next pause and request. What a request needs is only there while it is under way.
    fn ask(&mut self) -> Asking<'a, O::Output>
    where
        O: Send + Sync + 'a,
        O::Output: Send + Sync + 'a,
    {
        let clock = self.client.clock();
        let (due, deadline) = self.polling.next(clock.now(), self.first_delay, self.timeout);
        let (client, operation, permits) = (self.client.clone(), self.operation.clone(), self.permits.clone());
        Box::pin(async move {
            if let Some(due) = due {
                let pause = due.min(deadline).saturating_duration_since(client.clock().now());
                if !pause.is_zero() {
                    client.clock().sleep(pause).await;
                }
            }
            let left = || deadline.saturating_duration_since(client.clock().now());
            // Nobody waits for a turn beyond the deadline.
            let _permit = match permits {
                Some(permits) => match timeout(left(), permits.acquire_owned()).await {
                    Ok(permit) => permit.ok(),
                    Err(_) => return None,
                },
                None => None,
            };
            let left = left();
            let client = client.with(|settings| {
                settings.hold = settings.hold.min(left);
                settings.total_timeout = Some(settings.total_timeout().min(left.max(GRACE)));
            });
            let result = Box::pin(client.send(operation)).await;
            Some((result, client.clock().now() >= deadline))
        })
    }

    /// Takes an answer in: a status to hand over, an error, or nothing, as there is to be another request.
    fn take(&mut self, asked: Asked<O::Output>) -> Option<Result<(), WaitError<O::Output>>> {
        let Some((result, is_last)) = asked else {
            return Some(Err(self.end(End::TimedOut)));
        };
        let now = self.client.clock().now();
        if !result.as_ref().is_err_and(Error::is_held) {
            self.polling.polls = self.polling.polls.saturating_add(1);
        }
        let longest = self.client.settings.max_retry_after;
        let retry_after = result.as_ref().err().and_then(Error::retry_after);
        let retry_after = retry_after.map(|asked| asked.min(longest));
        let pause = self.backoff.pause(self.polling.polls);
        self.polling.due = Some(later(now, retry_after.unwrap_or_default().max(pause)));
        if is_last {
            self.state = State::Late;
        }
        let error = match result {
            Ok(status) => {
                self.error = None;
                let (is_done, still) = self.polling.note(&status, now);
                let status = self.last.insert(status);
                if let Some(call) = &mut self.on_progress {
                    call(&self.polling.progress(status, now));
                }
                if is_done {
                    self.state = State::Finished;
                } else if self.stall.is_some_and(|most| still >= most) {
                    return Some(Err(self.end(End::Stalled)));
                }
                return Some(Ok(()));
            }
            Err(error) => error,
        };
        if error.is_rate_limited() || (error.is_retryable() && retry_after.is_some()) {
            self.error = Some(error);
            return None;
        }
        if error.is_not_found() {
            return Some(Err(self.end(End::NotFound(error))));
        }
        if !error.may_pass() || self.polling.failures >= self.tolerance {
            return Some(Err(self.end(End::Request(error))));
        }
        self.polling.failures = self.polling.failures.saturating_add(1);
        self.error = Some(error);
        None
    }

    /// Tells that the request is going to be retried, and returns the error if it is not to be.
    fn retry(&mut self) -> Option<Result<(), WaitError<O::Output>>> {
        let (error, call) = (self.error.as_ref()?, self.on_retry.as_mut()?);
        if self.state != State::Asking {
            return None;
        }
        let now = self.client.clock().now();
        let (due, deadline) = self.polling.next(now, self.first_delay, self.timeout);
        let pause = due.unwrap_or(now).min(deadline).saturating_duration_since(now);
        if call(error, pause).is_continue() {
            return None;
        }
        let error = self.error.take()?;
        Some(Err(self.end(End::Request(error))))
    }

    fn end(&mut self, end: End) -> WaitError<O::Output> {
        self.state = State::GaveUp;
        self.asking = None;
        self.cancel = None;
        let waited = Box::new(Waited {
            last: self.last.take(),
            elapsed: self.polling.elapsed(self.client.clock().now()),
            polls: self.polling.polls,
            was_found: self.polling.was_found,
            error: self.error.take(),
        });
        match end {
            End::Failed => WaitError::Failed(waited),
            End::TimedOut => WaitError::TimedOut(waited),
            End::Stalled => WaitError::Stalled(waited),
            End::Cancelled => WaitError::Cancelled(waited),
            End::NotFound(error) => WaitError::NotFound(error, waited),
            End::Request(error) => WaitError::Request(error, waited),
        }
    }

    /// Makes requests until the task has come to its end.
    pub(crate) fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<Ended<O::Output>>
    where
        O: Send + Sync + 'a,
        O::Output: Send + Sync + 'a,
    {
        while let Some(step) = ready!(self.poll_step(context)) {
            if let Err(error) = step {
                return Poll::Ready(Err(error));
            }
        }
        Poll::Ready(match (self.state, self.last.take()) {
            (State::Finished, Some(last)) if last.is_successful() => Ok(last),
            (State::Finished, last) => {
                self.last = last;
                Err(self.end(End::Failed))
            }
            // `next` has handed the error over already; how the task ends is not known.
            _ => Err(self.end(End::TimedOut)),
        })
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
