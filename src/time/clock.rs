//! Clocks.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A clock for pauses and timeouts.
///
/// The default is the system's; tests can use one that does not sleep.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the current instant.
    fn now(&self) -> Instant;

    /// Returns the current system time, which tokens and saved waits use.
    ///
    /// The default is that of the system.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits for a duration.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The system clock, with Tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        // Tokio's, which stalls where Tokio's time is paused.
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
