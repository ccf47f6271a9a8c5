//! Following a long-running task to its end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::backoff::Backoff;
use crate::{Client, Error, Model, Operation, Response};

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
    pub fn wait<O>(&self, operation: O) -> Wait<O>
    where
        O: Operation + Clone,
        O::Output: LongTask,
    {
        Wait {
            client: self.clone(),
            operation,
            timeout: Duration::from_secs(60 * 60),
            backoff: Backoff::default(),
            tolerance: 5,
            on_progress: None,
            state: State::Asking,
            started: None,
            polls: 0,
            failures: 0,
            last: None,
        }
    }
}

/// A task that is being followed. Made by [`Client::wait`].
///
/// The pause comes before the next request, so each status is handed over as soon as it is known.
#[must_use = "nothing is asked until it is awaited or `next` is called"]
pub struct Wait<O: Operation> {
    client: Client,
    operation: O,
    timeout: Duration,
    backoff: Backoff,
    tolerance: u32,
    on_progress: Option<OnProgress<O::Output>>,
    state: State,
    started: Option<Instant>,
    polls: u32,
    /// Failed requests in a row.
    failures: u32,
    last: Option<Response<O::Output>>,
}

type OnProgress<T> = Box<dyn FnMut(&Response<T>) + Send>;

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// There is more to ask, after a pause unless it is the first time.
    Asking,
    /// The deadline has come; the last request has been made.
    Late,
    /// The end has been handed over.
    Over,
}

impl<O> Wait<O>
where
    O: Operation + Clone,
    O::Output: LongTask,
{
    /// Sets how long to follow the task. One last request is made when the time is up. The default is one hour.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the pauses between requests. A longer `Retry-After` of the server wins.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets how many requests in a row may fail in a way that may pass: lost connections, 429, 502 to 504. The default
    /// is 5.
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.tolerance = failures;
        self
    }

    /// Calls a function with each status, the final one included.
    pub fn on_progress(mut self, call: impl FnMut(&Response<O::Output>) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(call));
        self
    }

    /// The next status: the first at once, each further one after a pause.
    ///
    /// `None` once the task has finished or an error was handed over. A task that finished without success is a status
    /// like any other here; awaiting the `Wait` makes it an error. The future can be dropped and `next` called again.
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
        let started = *self.started.get_or_insert_with(|| client.clock().now());
        let mut asked: Option<Duration> = None;
        loop {
            match self.state {
                State::Over => return None,
                State::Late => return Some(Err(self.end(End::TimedOut))),
                State::Asking => {}
            }
            if self.polls > 0 {
                let elapsed = client.clock().now().saturating_duration_since(started);
                let left = self.timeout.saturating_sub(elapsed);
                let pause = asked.take().unwrap_or_default().max(self.backoff.pause(self.polls));
                client.clock().sleep(pause.min(left)).await;
                if pause >= left {
                    self.state = State::Late;
                }
            }
            self.polls = self.polls.saturating_add(1);
            match client.send(self.operation.clone()).await {
                Ok(status) => {
                    self.failures = 0;
                    if let Some(call) = &mut self.on_progress {
                        call(&status);
                    }
                    if is_done(&status) {
                        self.state = State::Over;
                    }
                    self.last = Some(status);
                    return Some(Ok(()));
                }
                Err(error) if error.is_retryable() && self.failures < self.tolerance => {
                    self.failures += 1;
                    asked = error.retry_after();
                }
                Err(error) => return Some(Err(self.end(End::Request(error)))),
            }
        }
    }

    fn end(&mut self, end: End) -> WaitError<O::Output> {
        self.state = State::Over;
        let elapsed = self.started.map_or(Duration::ZERO, |started| {
            self.client.clock().now().saturating_duration_since(started)
        });
        let waited = Box::new(Waited {
            last: self.last.take(),
            elapsed,
            polls: self.polls,
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

impl<O> IntoFuture for Wait<O>
where
    O: Operation + Clone + Send + Sync + 'static,
    O::Output: LongTask + Send + Sync,
{
    type Output = Result<Response<O::Output>, WaitError<O::Output>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            while let Some(step) = self.step().await {
                step?;
            }
            match self.last.take() {
                Some(last) if last.is_successful() => Ok(last),
                last => {
                    self.last = last;
                    Err(self.end(End::Failed))
                }
            }
        })
    }
}

impl<O: Operation + fmt::Debug> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("timeout", &self.timeout)
            .field("backoff", &self.backoff)
            .field("polls", &self.polls)
            .finish_non_exhaustive()
    }
}

/// How far a wait had come when it ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Waited<T> {
    /// The last status, where there was one.
    pub last: Option<Response<T>>,
    /// How long the wait took.
    pub elapsed: Duration,
    /// How many requests were made.
    pub polls: u32,
}

/// Why a wait did not end in success. Each variant keeps the last status.
#[derive(Debug)]
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
            WaitError::Request(..) if polls == 1 => return f.write_str("the task could not be followed"),
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

impl<T: LongTask + fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WaitError::Request(error, _) => Some(error),
            _ => None,
        }
    }
}

/// What the task says about itself: its errors, else its messages.
///
/// They are read from the body as it came: documents disagree on their type, and servers on their members.
fn says<T>(status: &Response<T>) -> Option<String> {
    let body: Value = serde_json::from_slice(status.raw().body()).ok()?;
    let texts = |list: &str| -> Option<String> {
        let texts: Vec<String> = body[list].as_array()?.iter().filter_map(text).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    };
    texts("errors").or_else(|| texts("messages"))
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
