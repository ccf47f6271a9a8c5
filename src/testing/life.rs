//! Sequences of responses.

use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::Value;

use crate::operation::Operation;
use crate::response::raw::RawResponse;
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
    /// Creates an empty sequence.
    ///
    /// The statuses that are added to it are based on `status`, with other values of `finished`, `successful` and
    /// `percentageComplete`. For a task with other members, such as those that a build script sets with
    /// `Config::long_task`, use a list of [`Answer::ok`].
    ///
    /// # Errors
    /// The status cannot be written as JSON, or the members of the task have other names.
    pub fn of<O: Operation>(status: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: LongTask + Serialize,
    {
        let life = Self {
            answers: Vec::new(),
            status: serde_json::to_value(status)?,
        };
        let is = |status: String, finished: bool, successful: bool| {
            let status = RawResponse::new(O::INFO, StatusCode::OK, HeaderMap::new(), status);
            let status = O::decode(&status);
            status.is_ok_and(|status| status.is_finished() == finished && status.is_successful() == successful)
        };
        if is(life.status(0, false, false), false, false)
            && is(life.ended(true), true, true)
            && is(life.ended(false), true, false)
        {
            return Ok(life);
        }
        Err(serde_json::Error::custom(
            "the status of this task has no `finished` and `successful`: use a list of `Answer::ok` instead",
        ))
    }

    /// Adds a status of a running task for each of these percentages.
    ///
    /// Repeat a percentage for a task that stalls.
    pub fn running(self, percentages: impl IntoIterator<Item = i64>) -> Self {
        percentages.into_iter().fold(self, |life, percentage| {
            let status = life.status(percentage, false, false);
            life.then(Answer::json(StatusCode::OK, status))
        })
    }

    /// Adds the status of a task that has succeeded.
    pub fn succeeded(self) -> Self {
        let status = self.ended(true);
        self.then(Answer::json(StatusCode::OK, status))
    }

    /// Adds the status of a task that has failed.
    pub fn failed(self) -> Self {
        let status = self.ended(false);
        self.then(Answer::json(StatusCode::OK, status))
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

    fn ended(&self, successful: bool) -> String {
        self.status(100, true, successful)
    }

    fn status(&self, percentage: i64, finished: bool, successful: bool) -> String {
        let mut status = self.status.as_object().cloned().unwrap_or_default();
        status.insert("percentageComplete".to_owned(), percentage.into());
        status.insert("finished".to_owned(), finished.into());
        status.insert("successful".to_owned(), successful.into());
        Value::from(status).to_string()
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
