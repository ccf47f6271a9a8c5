//! How a task ended, or stands.

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::{LongTask, Response, WaitError};

use crate::text;

/// A task could not be asked for.
pub const COULD_NOT_ASK: u8 = 3;
/// Ctrl-C, as shells tell it.
pub const INTERRUPTED: u8 = 130;

/// How a task ended, or stands.
pub struct Outcome {
    pub exit_status: u8,
    /// One word for scripts.
    pub word: &'static str,
    /// What to tell people.
    pub text: String,
    pub warnings: Vec<String>,
    pub percentage: Option<u8>,
}

impl Outcome {
    /// Why a wait did not end in success.
    pub fn of_error(error: &WaitError<Status>, site: &str) -> Self {
        let (exit_status, word) = match error {
            WaitError::Failed(_) => (1, "failed"),
            WaitError::TimedOut(_) => (2, "timed-out"),
            WaitError::Stalled(_) => (2, "stalled"),
            WaitError::NotFound(..) => (COULD_NOT_ASK, "not-found"),
            WaitError::Cancelled(_) => (INTERRUPTED, "interrupted"),
            _ => (COULD_NOT_ASK, "error"),
        };
        Self {
            exit_status,
            word,
            text: match error {
                WaitError::Request(request, waited) => {
                    let requests = match waited.polls() {
                        0 | 1 => String::new(),
                        polls => format!(" ({polls} requests)"),
                    };
                    format!("polling the task failed{requests}: {}", text::of_error(request, site))
                }
                error => text::of_error(error, site),
            },
            warnings: error.last().map(warnings).unwrap_or_default(),
            percentage: error.last().map(|last| percentage(last)),
        }
    }

    /// How a task stands.
    pub fn of_status(status: &Response<Status>) -> Self {
        let percentage = percentage(status);
        let says = status.report().current().map(ToString::to_string);
        let with = |lead: &str| match &says {
            Some(says) => format!("{lead}: {says}"),
            None => lead.to_owned(),
        };
        let (exit_status, word, text) = match (status.has_ended(), status.is_successful()) {
            (false, _) if percentage < 100 => (0, "running", with(&format!("{percentage} %"))),
            (_, true) => (0, "succeeded", with("done")),
            (false, false) => (0, "running", with("100 %")),
            (true, false) => {
                let errors = status.report().errors;
                let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
                let text = match errors.as_slice() {
                    [] => with("failed"),
                    errors => format!("failed: {}", errors.join("; ")),
                };
                (1, "failed", text)
            }
        };
        Self {
            exit_status,
            word,
            text,
            warnings: warnings(status),
            percentage: Some(percentage),
        }
    }

    /// The line for people, and one for each warning.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let warnings = self.warnings.iter().map(|warning| format!("warning: {warning}"));
        std::iter::once(self.text.clone()).chain(warnings)
    }
}

/// From 0 to 100, even if the server reports something else.
fn percentage(status: &Status) -> u8 {
    u8::try_from(status.percentage_complete().clamp(0, 100)).unwrap_or(100)
}

fn warnings(status: &Response<Status>) -> Vec<String> {
    status.report().warnings.iter().map(ToString::to_string).collect()
}
