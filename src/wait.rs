//! Following a long-running task to its end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use crate::backoff::Backoff;
use crate::clock::later;
use crate::wait_error::{WaitError, Waited};
use crate::{Client, Error, Model, Operation, Response, Retry};

/// The status of a long-running task.
///
/// The generator implements it for every model that requires `finished`, `successful` and `percentageComplete`.
pub trait LongTask: Model {
    /// Whether the task has come to its end, well or not.
    fn is_finished(&self) -> bool;
    /// Whether the task did what it was to do. Only meaningful once it has finished.
    fn is_successful(&self) -> bool;
    /// How much is done, from 0 to 100.
    fn percentage_complete(&self) -> i64;
}

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
            backoff: Backoff::default(),
            tolerance: 10,
            on_progress: None,
            state: State::Asking,
            started: None,
            due: None,
            polls: 0,
            failures: 0,
            last: None,
            error: None,
        }
    }
}

/// A task that is being followed. Made by [`Client::wait`].
///
/// The pause comes before the next request, so each status is handed over as soon as it is known.
#[must_use = "nothing is asked until it is awaited or `next` is called"]
pub struct Wait<'a, O: Operation> {
    client: Client,
    operation: O,
    timeout: Duration,
    backoff: Backoff,
    tolerance: u32,
    on_progress: Option<OnProgress<'a, O::Output>>,
    state: State,
    started: Option<Instant>,
    /// When the next request is due. It outlives a future that is dropped during the pause.
    due: Option<Instant>,
    polls: u32,
    /// Failed requests in a row.
    failures: u32,
    last: Option<Response<O::Output>>,
    /// Why the request after the last status failed.
    error: Option<Error>,
}

type OnProgress<'a, T> = Box<dyn FnMut(&Response<T>) + Send + 'a>;

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

impl<'a, O> Wait<'a, O>
where
    O: Operation + Clone,
    O::Output: LongTask,
{
    /// Sets how long to follow the task. The default is one hour.
    ///
    /// One last request is made when the time is up. A request that is under way then is not cut off;
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout) bounds it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the pauses between requests. A longer `Retry-After` of the server wins, but for the last request.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how many requests in a row may fail in a way that may pass: lost connections and 502 to 504. The default is
    /// 10. That the server asks for fewer requests (429, or 503 with `Retry-After`) is not counted.
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.tolerance = failures;
        self
    }

    /// Calls a function with each status, the final one included.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut seen = Vec::new();
    /// client
    ///     .wait(confluence_rest::longtask::get_task("1180606"))
    ///     .on_progress(|task| seen.push(task.percentage_complete as u64))
    ///     .await?;
    /// println!("{seen:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(mut self, call: impl FnMut(&Response<O::Output>) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(call));
        self
    }

    /// The next status: the first at once, each further one after a pause.
    ///
    /// `None` once the task has finished or an error was handed over. A task that finished without success is a status
    /// like any other here; awaiting the `Wait` makes it an error.
    ///
    /// The future can be dropped, in `select!` for example, and `next` called again: a pause goes on where it was, and a
    /// request that was under way is made again.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, WaitError<O::Output>>>
    where
        O::Output: Clone,
    {
        match self.step().await? {
            Ok(()) => self.last.clone().map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    /// Makes requests until there is a new status in `self.last`.
    async fn step(&mut self) -> Option<Result<(), WaitError<O::Output>>> {
        let client = self.client.clone();
        let clock = client.clock();
        let deadline = later(*self.started.get_or_insert_with(|| clock.now()), self.timeout);
        loop {
            match self.state {
                State::Asking => {}
                State::Late => return Some(Err(self.end(End::TimedOut))),
                State::Finished | State::GaveUp => return None,
            }
            if let Some(due) = self.due {
                let pause = due.min(deadline).saturating_duration_since(clock.now());
                clock.sleep(pause).await;
            }
            let is_last = self.due.is_some() && clock.now() >= deadline;
            let result = client.send(self.operation.clone()).await;
            self.polls = self.polls.saturating_add(1);
            let asked = result.as_ref().err().and_then(Error::retry_after);
            let pause = asked.unwrap_or_default().max(self.backoff.pause(self.polls));
            self.due = Some(later(clock.now(), pause));
            if is_last {
                self.state = State::Late;
            }
            match result {
                Ok(status) => {
                    self.failures = 0;
                    self.error = None;
                    if let Some(call) = &mut self.on_progress {
                        call(&status);
                    }
                    if is_done(&status) {
                        self.state = State::Finished;
                    }
                    self.last = Some(status);
                    return Some(Ok(()));
                }
                Err(error) if error.is_rate_limited() || (error.is_retryable() && asked.is_some()) => {
                    self.error = Some(error);
                }
                Err(error) if error.is_retryable() && self.failures < self.tolerance => {
                    self.failures += 1;
                    self.error = Some(error);
                }
                Err(error) => return Some(Err(self.end(End::Request(error)))),
            }
        }
    }

    fn end(&mut self, end: End) -> WaitError<O::Output> {
        self.state = State::GaveUp;
        let elapsed = self.started.map_or(Duration::ZERO, |started| {
            self.client.clock().now().saturating_duration_since(started)
        });
        let waited = Box::new(Waited {
            last: self.last.take(),
            elapsed,
            polls: self.polls,
            error: self.error.take(),
        });
        match end {
            End::Failed => WaitError::Failed(waited),
            End::TimedOut => WaitError::TimedOut(waited),
            End::Request(error) => WaitError::Request(error, waited),
        }
    }
}

/// Why a wait ends early.
enum End {
    Failed,
    TimedOut,
    Request(Error),
}

/// A task is done when it says so. Older sites leave `finished` out; 100 % has to do there.
fn is_done<T: LongTask>(status: &Response<T>) -> bool {
    status.is_finished()
        || (status.percentage_complete() >= 100 && status.drift().missing.iter().any(|place| place == "/finished"))
}

impl<'a, O> IntoFuture for Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    type Output = Result<Response<O::Output>, WaitError<O::Output>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            while let Some(step) = self.step().await {
                step?;
            }
            match (self.state, self.last.take()) {
                (State::Finished, Some(last)) if last.is_successful() => Ok(last),
                (State::Finished, last) => {
                    self.last = last;
                    Err(self.end(End::Failed))
                }
                // `next` has handed the error over already; how the task ends is not known.
                _ => Err(self.end(End::TimedOut)),
            }
        })
    }
}

impl<O: Operation + fmt::Debug> fmt::Debug for Wait<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("timeout", &self.timeout)
            .field("backoff", &self.backoff)
            .field("polls", &self.polls)
            .finish_non_exhaustive()
    }
}
