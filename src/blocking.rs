//! The client for code that is not async.
//!
//! The same requests go through it, with the same results; no runtime is needed. It is not for use inside of async code,
//! where it returns an error instead of blocking a thread that others wait for. Inside of Tokio's `spawn_blocking` and
//! `block_in_place`, it works.
//!
//! ```no_run
//! use confluence_rest::{Auth, Client, blocking, longtask};
//!
//! # fn example(email: &str, api_token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://acme.atlassian.net").auth(Auth::basic(email, api_token)).build()?;
//! let client = blocking::Client::new(client)?;
//!
//! let task = client.send(longtask::get_task("1180606"))?;
//! println!("{} %", task.percentage_complete);
//! let done = client.wait(longtask::get_task("1180606")).run()?;
//! println!("took {} ms", done.elapsed_time);
//! # Ok(())
//! # }
//! ```

use std::future::IntoFuture;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::HeaderMap;
use tokio::io::AsyncReadExt;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::client::retry::Retry;
use crate::operation::Operation;
use crate::pages::Page;
use crate::request::Request;
use crate::response::Response;
use crate::response::download::Download;
use crate::response::error::{Error, Kind};
use crate::response::raw::RawResponse;
use crate::response::redirect::Redirect;
use crate::task::error::WaitError;
use crate::task::long_task::LongTask;
use crate::task::progress::Progress;
use crate::task::saved::SavedWait;
use crate::time::backoff::Backoff;

/// A [`Client`](crate::Client) that blocks. Cheap to clone: clones share connections, limits and a thread.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Driver,
}

/// What futures are run on: a thread of its own keeps the connections going.
#[derive(Clone, Debug)]
struct Driver(Arc<Owned>);

#[derive(Debug)]
struct Owned(Option<Runtime>);

impl Drop for Owned {
    /// Does not wait: the last clone may be dropped inside of async code.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Takes a future to its end on a thread of its own, such as those of [`oauth`](crate::oauth).
///
/// # Errors
/// The system has no thread to give, or it is called inside of async code.
pub fn run<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    Driver::start()?.run(future)
}

impl Driver {
    fn start() -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("confluence-rest")
            .enable_all()
            .build()
            .map_err(|error| Kind::Configuration(format!("no thread for the blocking client: {error}")))?;
        Ok(Self(Arc::new(Owned(Some(runtime)))))
    }

    /// Runs a future to its end, unless that would block async code.
    fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, Error> {
        match &self.0.0 {
            Some(runtime) if !is_async() => Ok(runtime.block_on(future)),
            _ => {
                let problem = "the blocking client is used inside of async code; use `confluence_rest::Client` there";
                Err(Kind::Configuration(problem.to_owned()).into())
            }
        }
    }
}

/// Whether this thread runs async code, which others wait for.
///
/// Tokio gives a future a budget of steps, after which it has to let others go on, and code that may block none. So a budget that
/// can be used up tells the one from the other. It is given back.
fn is_async() -> bool {
    if Handle::try_current().is_err() {
        return false;
    }
    // Tokio's budget is 128 at present.
    const MORE_THAN_A_BUDGET: usize = 1024;
    let mut context = Context::from_waker(Waker::noop());
    let mut steps = Vec::new();
    let is_used_up = loop {
        match poll_proceed(&mut context) {
            Poll::Pending => break true,
            Poll::Ready(step) => steps.push(step),
        }
        if steps.len() > MORE_THAN_A_BUDGET {
            break false;
        }
    };
    // Each step gives back what there was before it, so the first one comes last.
    while steps.pop().is_some() {}
    is_used_up
}

/// What an iterator is run on. Once it was refused, there is nothing more.
#[derive(Debug)]
struct Steps(Option<Driver>);

impl Steps {
    fn next<T>(&mut self, next: impl Future<Output = Option<T>>, refused: impl FnOnce(Error) -> T) -> Option<T> {
        match self.0.as_ref()?.run(next) {
            Ok(next) => next,
            Err(error) => {
                self.0 = None;
                Some(refused(error))
            }
        }
    }
}

impl Client {
    /// Wraps a client.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let driver = Driver::start()?;
        Ok(Self { client, driver })
    }

    /// Sends one request and reads the answer.
    ///
    /// # Errors
    /// As [`crate::Client::send`]; and it is called inside of async code.
    pub fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        self.driver.run(self.client.send(operation))?
    }

    /// Sends a request and returns the body of the answer as it arrives. See [`crate::Client::download`].
    ///
    /// # Errors
    /// As [`crate::Client::download`]; and it is called inside of async code.
    pub fn download<O: Operation>(&self, operation: O) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.download(operation))?
    }

    /// Goes where a redirect leads. See [`crate::Client::follow`].
    ///
    /// # Errors
    /// As [`crate::Client::follow`]; and it is called inside of async code.
    pub fn follow(&self, redirect: &Redirect) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.follow(redirect))?
    }

    /// Sends a request as it is and hands over whatever came back.
    ///
    /// # Errors
    /// As [`crate::Client::exchange`]; and it is called inside of async code.
    pub fn exchange(&self, request: &Request) -> Result<RawResponse, Error> {
        self.driver.run(self.client.exchange(request))?
    }

    /// The same client with another policy for failures that may pass.
    pub fn with_retry(&self, retry: Retry) -> Self {
        self.with(self.client.with_retry(retry))
    }

    /// The same client with another limit for each attempt. See [`crate::Client::with_timeout`].
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_timeout(timeout))
    }

    /// The same client with another limit for all attempts together. See [`crate::Client::with_total_timeout`].
    pub fn with_total_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_total_timeout(timeout))
    }

    /// The same client with headers that are sent with each request. See [`crate::Client::with_headers`].
    pub fn with_headers(&self, headers: HeaderMap) -> Self {
        self.with(self.client.with_headers(headers))
    }

    fn with(&self, client: crate::Client) -> Self {
        let driver = self.driver.clone();
        Self { client, driver }
    }

    /// Follows a long-running task to its end. See [`crate::Client::wait`].
    pub fn wait<'a, O>(&self, operation: O) -> Wait<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        Wait {
            wait: self.client.wait(operation),
            driver: self.driver.clone(),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Follows many tasks at once. See [`crate::Client::wait_all`].
    pub fn wait_all<'a, O>(&self, operations: impl IntoIterator<Item = O>) -> WaitAll<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        WaitAll {
            waits: self.client.wait_all(operations),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Fetches a list page by page. See [`crate::Client::pages`].
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Operation + 'static,
        O::Output: Page,
    {
        Pages {
            pages: self.client.pages(operation),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Reads a body that is still arriving.
    pub fn reader(&self, download: Download) -> Reader {
        Reader {
            download,
            driver: self.driver.clone(),
        }
    }

    /// Writes a body that is still arriving to a file. See [`Download::save`].
    ///
    /// # Errors
    /// As [`Download::save`]; and it is called inside of async code.
    pub fn save(&self, download: Download, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.driver.run(download.save(path))?
    }
}

/// A task that is being followed. Made by [`Client::wait`]; an iterator of its statuses.
#[must_use = "nothing is asked until `run` or `next` is called"]
#[derive(Debug)]
pub struct Wait<'a, O: Operation> {
    wait: crate::Wait<'a, O>,
    driver: Driver,
    steps: Steps,
}

impl<'a, O> Wait<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    /// Sets how long to follow the task. See [`crate::Wait::timeout`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.wait = self.wait.timeout(timeout);
        self
    }

    /// Sets the pauses between requests. See [`crate::Wait::backoff`].
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.wait = self.wait.backoff(backoff);
        self
    }

    /// Sets how many requests in a row may fail. See [`crate::Wait::tolerance`].
    pub fn tolerance(mut self, failures: u32) -> Self {
        self.wait = self.wait.tolerance(failures);
        self
    }

    /// Calls a function before a failed request is retried. See [`crate::Wait::on_retry`].
    pub fn on_retry(mut self, call: impl FnMut(&Error, Duration) -> ControlFlow<()> + Send + 'a) -> Self {
        self.wait = self.wait.on_retry(call);
        self
    }

    /// Sets how long to wait before the first request. See [`crate::Wait::first_delay`].
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.wait = self.wait.first_delay(delay);
        self
    }

    /// Gives up on a task that stands still. See [`crate::Wait::stall`].
    pub fn stall(mut self, after: Duration) -> Self {
        self.wait = self.wait.stall(after);
        self
    }

    /// Ends the wait when a future ends, such as that of a token that another thread cancels. See [`crate::Wait::cancel_on`].
    pub fn cancel_on(mut self, cancelled: impl Future<Output = ()> + Send + 'a) -> Self {
        self.wait = self.wait.cancel_on(cancelled);
        self
    }

    /// Goes on where another wait was saved. See [`crate::Wait::resume`].
    pub fn resume(mut self, saved: &SavedWait) -> Self {
        self.wait = self.wait.resume(saved);
        self
    }

    /// How far the wait is. See [`crate::Wait::save`].
    ///
    /// # Errors
    /// As [`crate::Wait::save`].
    pub fn save(&self) -> Result<SavedWait, Error> {
        self.wait.save()
    }

    /// How far the task has come, as of the last status.
    pub fn progress(&self) -> Option<Progress<'_, O::Output>> {
        self.wait.progress()
    }

    /// Calls a function with each status, the final one included.
    pub fn on_progress(mut self, call: impl FnMut(&Progress<'_, O::Output>) + Send + 'a) -> Self {
        self.wait = self.wait.on_progress(call);
        self
    }

    /// Follows the task to its end and returns the final status.
    ///
    /// # Errors
    /// The task failed, took too long or could not be asked for; or it is called inside of async code.
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

/// Tasks that are being followed. Made by [`Client::wait_all`]; an iterator of how each of them ended, with its place.
#[must_use = "nothing is asked until `next` is called"]
#[derive(Debug)]
pub struct WaitAll<'a, O: Operation> {
    waits: crate::WaitAll<'a, O>,
    steps: Steps,
}

impl<'a, O> WaitAll<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    /// Sets each wait up. See [`crate::WaitAll::each`].
    pub fn each(mut self, set: impl FnMut(usize, crate::Wait<'a, O>) -> crate::Wait<'a, O>) -> Self {
        self.waits = self.waits.each(set);
        self
    }

    /// Sets how many requests are under way at once. See [`crate::WaitAll::concurrency`].
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

/// The pages of a list, as an iterator. Made by [`Client::pages`].
#[must_use = "nothing is fetched until it is asked for"]
#[derive(Debug)]
pub struct Pages<O: Operation> {
    pages: crate::Pages<O>,
    steps: Steps,
}

impl<O> Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    /// The items of all pages, one by one. After an error, there are no more.
    pub fn items(self) -> impl Iterator<Item = Result<<O::Output as Page>::Item, Error>> {
        let mut steps = self.steps;
        let mut items = self.pages.items();
        std::iter::from_fn(move || steps.next(items.next(), Err))
    }
}

impl<O> Iterator for Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    type Item = Result<Response<O::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.steps.next(self.pages.next(), Err)
    }
}

/// A body that is still arriving, as a reader. Made by [`Client::reader`].
#[derive(Debug)]
pub struct Reader {
    download: Download,
    driver: Driver,
}

impl io::Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.driver.run(self.download.read(buffer)).map_err(io::Error::other)?
    }
}
