//! What scripts get: a line of JSON for each event, as `events.txt` describes.

use std::time::Duration;

use serde_json::{Value, json};

/// Stays as long as what scripts rely on does.
const VERSION: u32 = 1;

/// An event. All kinds have all members, so that a script finds each of them where it looks.
#[derive(Default)]
pub struct Event<'e> {
    pub event: &'static str,
    pub id: &'e str,
    pub outcome: Option<&'static str>,
    pub percentage: Option<u8>,
    pub message: Option<&'e str>,
    pub warnings: &'e [String],
    pub elapsed: Duration,
    pub remaining: Option<Duration>,
    pub retry_in: Option<Duration>,
}

impl Event<'_> {
    pub fn json(&self) -> Value {
        json!({
            "version": VERSION,
            "event": self.event,
            "id": self.id,
            "outcome": self.outcome,
            "percentage": self.percentage,
            "message": self.message,
            "warnings": self.warnings,
            "elapsed": self.elapsed.as_secs_f64(),
            "remaining": self.remaining.map(|rest| rest.as_secs_f64()),
            "retry_in": self.retry_in.map(|pause| pause.as_secs_f64()),
        })
    }
}
