//! Follows tasks, and shows what comes of it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::longtask::request::GetTask;
use confluence_rest::{Backoff, Client, Response, TaskId, Wait, WaitError, longtask};
use tokio_util::sync::CancellationToken;

use crate::outcome::{COULD_NOT_ASK, Outcome};
use crate::screen::Screen;

/// How often, and for how long, a site is tried that no connection to has come about.
const FIRST_ATTEMPTS: u32 = 5;
const FIRST_PATIENCE: Duration = Duration::from_secs(6);

/// How often, and for how long, `status` tries.
const STATUS_ATTEMPTS: u32 = 4;
const STATUS_PATIENCE: Duration = Duration::from_secs(60);

/// Follows tasks over one client.
pub struct Follower {
    pub client: Client,
    pub screen: Arc<Screen>,
    pub interrupted: CancellationToken,
    /// Whether a connection to the site has ever come about.
    pub reached: Arc<AtomicBool>,
}

/// How `watch` follows a task.
#[derive(Clone, Copy)]
pub struct Pace {
    pub timeout: Duration,
    pub stall: Option<Duration>,
    pub every: Option<Duration>,
}

impl Follower {
    /// Asks for each task once, and returns the exit status.
    pub async fn status(&self, ids: &[TaskId]) -> u8 {
        let mut worst = 0;
        for (place, id) in ids.iter().enumerate() {
            let wait = self.client.wait(longtask::get_task(id.clone()));
            let mut wait = self
                .with_retries(place, wait, STATUS_PATIENCE)
                .tolerance(STATUS_ATTEMPTS - 1)
                .timeout(STATUS_PATIENCE);
            if let Some(result) = wait.next().await {
                self.reached.fetch_or(result.is_ok(), Ordering::Relaxed);
                let mut outcome = self.outcome(&result);
                // There is no wait that could time out.
                if matches!(result, Err(WaitError::TimedOut(_))) {
                    (outcome.exit_status, outcome.word) = (COULD_NOT_ASK, "error");
                }
                worst = worst.max(self.end(place, &outcome));
            }
        }
        worst
    }

    /// Follows all tasks to their ends, and returns the exit status.
    pub async fn watch(&self, ids: &[TaskId], pace: Pace) -> u8 {
        let operations = ids.iter().cloned().map(longtask::get_task);
        let mut waits = self.client.wait_all(operations).each(|place, wait| {
            let (screen, reached) = (self.screen.clone(), self.reached.clone());
            let mut wait = self
                .with_retries(place, wait, Duration::MAX)
                .timeout(pace.timeout)
                .on_progress(move |progress| {
                    reached.store(true, Ordering::Relaxed);
                    screen.progress(place, progress);
                });
            if let Some(stall) = pace.stall {
                wait = wait.stall(stall);
            }
            match pace.every {
                Some(pause) => wait.backoff(Backoff::between(pause, pause).jitter(0.0)),
                None => wait,
            }
        });
        let mut worst = 0;
        while let Some((place, result)) = waits.next().await {
            worst = worst.max(self.end(place, &self.outcome(&result)));
        }
        worst
    }

    fn outcome(&self, result: &Result<Response<Status>, WaitError<Status>>) -> Outcome {
        match result {
            Ok(status) => Outcome::of_status(status),
            Err(error) => Outcome::of_error(error, self.screen.site()),
        }
    }

    /// Shows how a task ended or stands, and returns the exit status for it.
    fn end(&self, place: usize, outcome: &Outcome) -> u8 {
        self.screen.end(place, outcome);
        outcome.exit_status
    }

    /// Has retries shown, and ends the wait where there is no point in them: the site has never been reached, or it asks for a
    /// pause that is longer than the patience.
    fn with_retries<'a>(&self, place: usize, wait: Wait<'a, GetTask>, patience: Duration) -> Wait<'a, GetTask> {
        let (screen, reached) = (self.screen.clone(), self.reached.clone());
        let mut failed = 0;
        let wait = wait.cancel_on(self.interrupted.clone().cancelled_owned());
        wait.on_retry(move |error, pause| {
            failed += 1;
            reached.fetch_or(!error.is_connect(), Ordering::Relaxed);
            let is_late = failed >= FIRST_ATTEMPTS || screen.elapsed().saturating_add(pause) > FIRST_PATIENCE;
            let is_too_long = error.retry_after().is_some_and(|asked| asked > patience);
            if is_too_long || is_late && !reached.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            screen.retry(place, error, pause);
            ControlFlow::Continue(())
        })
    }
}
