//! The pause that a server asks for, which counts for all that a client sends.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::time::clock::Clock;

/// Holds back all requests of a client while the server wants none.
#[derive(Debug, Default)]
pub(crate) struct Cooldown(Mutex<Option<Instant>>);

impl Cooldown {
    /// Lets nothing through before a moment. A later moment that was set before stays.
    pub(crate) fn hold(&self, until: Instant) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *held = (*held).max(Some(until));
    }

    /// Waits until requests may go out, or says how long that would take if it is longer than `most`.
    pub(crate) async fn pass(&self, clock: &dyn Clock, most: Duration) -> Result<(), Duration> {
        let arrived = clock.now();
        loop {
            let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = clock.now();
            let Some(rest) = until.and_then(|until| until.checked_duration_since(now)) else {
                return Ok(());
            };
            if rest.is_zero() {
                return Ok(());
            }
            if now.saturating_duration_since(arrived).saturating_add(rest) > most {
                return Err(rest);
            }
            clock.sleep(rest).await;
        }
    }
}
