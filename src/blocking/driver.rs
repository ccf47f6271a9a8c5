//! The runtime of the blocking client.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop::poll_proceed;

use crate::response::error::{Error, Kind};

/// What futures are run on: a thread of its own keeps the connections going.
#[derive(Clone, Debug)]
pub(super) struct Driver(Arc<Owned>);

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

impl Driver {
    pub(super) fn start() -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("confluence-rest")
            .enable_all()
            .build()
            .map_err(|error| Kind::Configuration(format!("no thread for the blocking client: {error}")))?;
        Ok(Self(Arc::new(Owned(Some(runtime)))))
    }

    /// Runs a future to its end, unless that would block async code.
    pub(super) fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, Error> {
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
pub(super) struct Steps(pub(super) Option<Driver>);

impl Steps {
    pub(super) fn next<T>(
        &mut self,
        next: impl Future<Output = Option<T>>,
        refused: impl FnOnce(Error) -> T,
    ) -> Option<T> {
        match self.0.as_ref()?.run(next) {
            Ok(next) => next,
            Err(error) => {
                self.0 = None;
                Some(refused(error))
            }
        }
    }
}
