//! Polling.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::timeout;

use crate::client::check_runtime;
use crate::operation::Operation;
use crate::response::error::Error;
use crate::task::error::{WaitError, Waited};
use crate::task::long_task::LongTask;
use crate::task::wait::{Asked, Asking, Ended, State, Wait};
use crate::time::clock::later;

/// How long a request that is in flight at the deadline may go on.
const GRACE: Duration = Duration::from_secs(5);

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
    /// Makes requests until there is a new status in `self.last`.
    pub(super) fn poll_step(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(), WaitError<O::Output>>>>
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

    /// The next pause and request. What a request needs is only there while it is in flight.
    fn ask(&mut self) -> Asking<'a, O::Output>
    where
        O: Send + Sync + 'a,
        O::Output: Send + Sync + 'a,
    {
        let clock = self.client.clock();
        let (due, deadline) = self.polling.next(clock.now(), self.first_delay, self.timeout);
        let (client, operation, permits) = (self.client.clone(), self.operation.clone(), self.permits.clone());
        Box::pin(async move {
            if let Err(error) = check_runtime() {
                return Some((Err(error.of(O::INFO)), false));
            }
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
                settings.total_timeout = Some(settings.total_timeout().min(left.saturating_add(GRACE)));
            });
            let result = Box::pin(client.send(operation)).await;
            Some((result, client.clock().now() >= deadline))
        })
    }

    /// Takes a response in: a status to return, an error, or nothing, as there is to be another request.
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

    /// Makes requests until the task has ended.
    pub(super) fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<Ended<O::Output>>
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
