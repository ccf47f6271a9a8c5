//! Waiting for many tasks at once.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use tokio::sync::Semaphore;

use crate::client::Client;
use crate::operation::Operation;
use crate::response::Response;
use crate::task::error::WaitError;
use crate::task::long_task::LongTask;
use crate::task::wait::Wait;

/// How many requests are in flight at once, unless it is set.
const CONCURRENCY: usize = 32;

impl Client {
    /// Polls many tasks at once, and returns the result of each as it ends.
    ///
    /// They share the client's connections and rate limits.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) {
    /// use std::time::Duration;
    /// use confluence_rest::longtask;
    ///
    /// let ids = ["1180606", "1180607", "1180608"];
    /// let mut tasks = client
    ///     .wait_all(ids.map(longtask::get_task))
    ///     .each(|_, wait| wait.timeout(Duration::from_secs(600)));
    /// while let Some((index, result)) = tasks.next().await {
    ///     match result {
    ///         Ok(done) => println!("{} took {} ms", ids[index], done.elapsed_time),
    ///         Err(error) => println!("{}: {error}", ids[index]),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn wait_all<'a, O>(&self, operations: impl IntoIterator<Item = O>) -> WaitAll<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        WaitAll {
            waits: operations.into_iter().map(|operation| self.wait(operation)).collect(),
            running: FuturesUnordered::new(),
            concurrency: CONCURRENCY,
        }
    }
}

/// Waits for many long-running tasks: a
/// [`Stream`](https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html) of the result of each, with its
/// index.
///
/// Created by [`Client::wait_all`].
#[must_use = "waits do nothing until `next` is called"]
pub struct WaitAll<'a, O: Operation> {
    /// Those that have not begun.
    waits: Vec<Wait<'a, O>>,
    running: FuturesUnordered<Running<'a, O::Output>>,
    concurrency: usize,
}

type Ended<T> = (usize, Result<Response<T>, WaitError<T>>);
type Running<'a, T> = Pin<Box<dyn Future<Output = Ended<T>> + Send + 'a>>;

impl<'a, O> WaitAll<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    /// Configures each wait, by its index: timeout, pauses, progress callbacks.
    ///
    /// It has no effect on waits that [`next`](Self::next) has started.
    pub fn each(mut self, mut set: impl FnMut(usize, Wait<'a, O>) -> Wait<'a, O>) -> Self {
        let waits = self.waits.into_iter().enumerate();
        self.waits = waits.map(|(place, wait)| set(place, wait)).collect();
        self
    }

    /// Sets how many requests are in flight at once, at least one.
    ///
    /// The default is 32. It limits requests, not tasks: all tasks are polled from the start.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// Returns the result of the next task that ends, with its index.
    ///
    /// `None` after the last one.
    pub async fn next(&mut self) -> Option<Ended<O::Output>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

// Nothing in it is pinned in place.
impl<O: Operation> Unpin for WaitAll<'_, O> {}

impl<'a, O> Stream for WaitAll<'a, O>
where
    O: Operation + Clone + Send + Sync + 'a,
    O::Output: LongTask + Send + Sync + 'a,
{
    type Item = Ended<O::Output>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if !this.waits.is_empty() {
            let permits = Arc::new(Semaphore::new(this.concurrency));
            for (place, wait) in std::mem::take(&mut this.waits).into_iter().enumerate() {
                let mut wait = wait.permits(permits.clone());
                this.running.push(Box::pin(poll_fn(move |context| {
                    wait.poll_end(context).map(|end| (place, end))
                })));
            }
        }
        Pin::new(&mut this.running).poll_next(context)
    }
}

impl<O: Operation> fmt::Debug for WaitAll<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitAll")
            .field("left", &(self.waits.len() + self.running.len()))
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}
