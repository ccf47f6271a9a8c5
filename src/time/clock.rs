//! Time, as something that can be handed in.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A source of time. The default is the machine's own; tests hand in one that does not sleep.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;

    /// The present moment by the calendar, which tokens and things on disk go by. The default is the machine's.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Returns when a span of time has passed.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The machine's own time, through Tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        // Tokio's, which stands still where Tokio's time is paused.
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A moment after another one. What lies further off than a hundred years stays there.
pub(crate) fn later(from: Instant, duration: Duration) -> Instant {
    from + duration.min(Duration::from_secs(100 * 365 * 24 * 60 * 60))
}

/// The moment after a span of time, for Tokio's timer.
pub(crate) fn deadline(after: Duration) -> tokio::time::Instant {
    tokio::time::Instant::from_std(later(SystemClock.now(), after))
}
