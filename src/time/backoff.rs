//! Exponential backoff.

use std::time::Duration;

/// The shortest pause, so that no setting makes a client send requests without a pause.
const SHORTEST: Duration = Duration::from_millis(50);

/// Exponential backoff: pauses that grow by a factor up to a maximum, with jitter.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backoff {
    /// The first pause.
    pub first: Duration,
    /// How much longer each pause is than the one before it.
    pub factor: f64,
    /// The longest pause.
    pub ceiling: Duration,
    /// The part of each pause that is random (jitter), from 0 (none) to 1 (all of it).
    pub jitter: f64,
}

impl Default for Backoff {
    /// From half a second to ten seconds, with a factor of 1.5 and a jitter of a fifth.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            factor: 1.5,
            ceiling: Duration::from_secs(10),
            jitter: 0.2,
        }
    }
}

impl Backoff {
    /// Returns the default with other bounds.
    pub fn between(first: Duration, ceiling: Duration) -> Self {
        Self {
            first,
            ceiling,
            ..Self::default()
        }
    }

    /// Sets the jitter: the random part of each pause, from 0 to 1.
    pub fn jitter(mut self, jitter: f64) -> Self {
        self.jitter = jitter;
        self
    }

    /// Sets the factor by which pauses grow.
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// Returns the pause after `attempt` requests (counted from 1). It is at least 50 ms.
    pub(crate) fn pause(&self, attempt: u32) -> Duration {
        let ceiling = self.ceiling.as_secs_f64();
        // By then any factor worth the name has reached the ceiling.
        let exponent = i32::try_from(attempt.saturating_sub(1).min(1000)).unwrap_or(1000);
        let grown = self.first.as_secs_f64() * self.factor.max(1.0).powi(exponent);
        let chance = self.jitter.clamp(0.0, 1.0) * fastrand::f64();
        let seconds = grown.min(ceiling) * (1.0 - chance);
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(self.ceiling)
            .max(SHORTEST)
    }
}
