//! How a task ended, or stands.

use std::error::Error;
use std::time::Duration;

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::{LongTask, Response, WaitError};
use serde_json::{Value, json};

use crate::COULD_NOT_ASK;

/// How a task ended, or stands.
pub struct Outcome {
    pub exit_status: u8,
    /// One word for scripts.
    word: &'static str,
    /// One line for people.
    pub text: String,
    warnings: Vec<String>,
    percentage: Option<i64>,
    elapsed: Option<Duration>,
}

impl Outcome {
    /// How a wait ended.
    pub fn of(result: &Result<Response<Status>, WaitError<Status>>) -> Self {
        let error = match result {
            Ok(status) => return Self::of_status(status),
            Err(error) => error,
        };
        let (exit_status, word) = match error {
            WaitError::Failed(_) => (1, "failed"),
            WaitError::TimedOut(_) => (2, "timed-out"),
            WaitError::Stalled(_) => (2, "stalled"),
            WaitError::NotFound(..) => (COULD_NOT_ASK, "not-found"),
            WaitError::Cancelled(_) => (130, "interrupted"),
            _ => (COULD_NOT_ASK, "error"),
        };
        Self {
            exit_status,
            word,
            text: with_causes(error),
            warnings: error.last().map(warnings).unwrap_or_default(),
            percentage: error.last().map(|last| last.percentage_complete()),
            elapsed: Some(error.waited().elapsed),
        }
    }

    /// How a task stands.
    pub fn of_status(status: &Response<Status>) -> Self {
        let says = status.report().current().map(ToString::to_string);
        let with = |lead: &str| match &says {
            Some(says) => format!("{lead}: {says}"),
            None => lead.to_owned(),
        };
        let (exit_status, word, text) = match (status.is_finished(), status.is_successful()) {
            (false, _) if status.percentage_complete() < 100 => {
                (0, "running", with(&format!("{} %", status.percentage_complete())))
            }
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
            percentage: Some(status.percentage_complete()),
            elapsed: None,
        }
    }

    /// There is no status.
    pub fn could_not_ask(error: &confluence_rest::Error) -> Self {
        Self {
            exit_status: COULD_NOT_ASK,
            word: if error.is_not_found() { "not-found" } else { "error" },
            text: with_causes(error),
            warnings: Vec::new(),
            percentage: None,
            elapsed: None,
        }
    }

    /// The line for people, and one for each warning.
    pub fn lines(&self, id: &str) -> String {
        let mut lines = format!("{id}  {}", self.text);
        for warning in &self.warnings {
            lines.push_str(&format!("\n{id}  warning: {warning}"));
        }
        lines
    }

    /// The line for scripts.
    pub fn json(&self, id: &str) -> Value {
        json!({
            "event": "end",
            "id": id,
            "outcome": self.word,
            "percentage": self.percentage,
            "message": self.text,
            "warnings": self.warnings,
            "elapsed": self.elapsed.map(|elapsed| elapsed.as_secs_f64()),
        })
    }
}

fn warnings(status: &Response<Status>) -> Vec<String> {
    status.report().warnings.iter().map(ToString::to_string).collect()
}

/// An error and what is below it, on one line.
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
