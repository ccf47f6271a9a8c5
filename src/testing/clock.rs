//! Time that passes as soon as something waits for it.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::time::clock::{Clock, later};

/// An hour takes no longer than a moment. It keeps how much time has been skipped.
#[derive(Debug, Default)]
pub(super) struct Hurried(Mutex<Duration>);

impl Clock for Hurried {
    fn now(&self) -> Instant {
        later(Instant::now(), *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let due = later(self.now(), duration);
        Box::pin(async move {
            tokio::task::yield_now().await;
            // Pauses at the same time pass together.
            let mut skipped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *skipped = (*skipped).max(due.saturating_duration_since(Instant::now()));
        })
    }
}
