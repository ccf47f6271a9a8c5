//! Sequences of responses.

use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

use crate::operation::Operation;
use crate::task::long_task::LongTask;
use crate::testing::answer::Answer;

/// A sequence of responses, such as those of a long-running task from start to end.
#[derive(Clone, Debug)]
pub struct Life {
    pub(super) answers: Vec<Answer>,
    /// What each status is made from.
    status: Value,
}

impl Life {
    /// Creates an empty sequence. The statuses that are added to it are based on `status`.
    ///
    /// # Errors
    /// The status cannot be written as JSON.
    pub fn of<O: Operation>(status: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: LongTask + Serialize,
    {
        Ok(Self {
            answers: Vec::new(),
            status: serde_json::to_value(status)?,
        })
    }

    /// Adds a status of a running task for each of these percentages. Repeat a percentage for a task that stalls.
    pub fn running(self, percentages: impl IntoIterator<Item = i64>) -> Self {
        percentages
            .into_iter()
            .fold(self, |life, percentage| life.status(percentage, false, false))
    }

    /// Adds the status of a task that has succeeded.
    pub fn succeeded(self) -> Self {
        self.status(100, true, true)
    }

    /// Adds the status of a task that has failed.
    pub fn failed(self) -> Self {
        self.status(100, true, false)
    }

    /// Adds a 429 response with `Retry-After`.
    pub fn limited(self, seconds: u32) -> Self {
        self.then(Answer::limited(seconds))
    }

    /// Adds a lost connection.
    pub fn dropped(self) -> Self {
        self.then(Answer::dropped())
    }

    /// Adds a response.
    pub fn then(mut self, answer: Answer) -> Self {
        self.answers.push(answer);
        self
    }

    fn status(self, percentage: i64, finished: bool, successful: bool) -> Self {
        let mut status = self.status.as_object().cloned().unwrap_or_default();
        status.insert("percentageComplete".to_owned(), percentage.into());
        status.insert("finished".to_owned(), finished.into());
        status.insert("successful".to_owned(), successful.into());
        self.then(Answer::json(StatusCode::OK, Value::from(status).to_string()))
    }
}

impl From<Vec<Answer>> for Life {
    fn from(answers: Vec<Answer>) -> Self {
        Self {
            answers,
            status: Value::Null,
        }
    }
}

impl From<Answer> for Life {
    fn from(answer: Answer) -> Self {
        vec![answer].into()
    }
}

impl<const N: usize> From<[Answer; N]> for Life {
    fn from(answers: [Answer; N]) -> Self {
        Vec::from(answers).into()
    }
}
