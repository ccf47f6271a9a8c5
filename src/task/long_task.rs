//! Long-running tasks: statuses, and responses that start one.

use std::fmt;

use percent_encoding::percent_decode_str;

use crate::response::Response;
use crate::response::decode::Model;
use crate::response::error::{Error, Kind};

/// The status of a long-running task.
///
/// The generator implements it for models that require `finished`, `successful` and `percentageComplete`, and for those
/// that the build script names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the status of a long-running task",
    label = "this response is not the status of a task",
    note = "a status has `finished`, `successful` and `percentageComplete`; name other ones with `Config::long_task` in build.rs, \
            or implement `LongTask`",
    note = "an operation that starts a task returns a `StartedTask`: wait for `longtask::get_task(started.task_id()?)`"
)]
pub trait LongTask: Model {
    /// The member of the body that says whether the task has finished, if there is one.
    ///
    /// Some servers omit it or do not set it; then 100 % counts as finished.
    const FINISHED: Option<&'static str> = None;

    /// Returns whether the task has ended, successfully or not.
    fn is_finished(&self) -> bool;

    /// Returns whether the task succeeded.
    ///
    /// Only meaningful once it has finished.
    fn is_successful(&self) -> bool;

    /// How much is done, from 0 to 100.
    fn percentage_complete(&self) -> i64;

    /// Returns the documented meaning of a key in a status or a message, such as `ERROR_COPY_PAGE`.
    fn describe(_key: &str) -> Option<&'static str> {
        None
    }
}

/// Whether a task says that it has finished, as far as that can be told from one status.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Finish {
    Yes,
    No,
    /// It is at 100 %, and says that it has not finished.
    Unsaid,
}

impl Finish {
    pub(crate) fn of<T: LongTask>(status: &Response<T>) -> Self {
        if status.is_finished() {
            return Self::Yes;
        }
        match T::FINISHED {
            Some(name) if status.percentage_complete() >= 100 => {
                let body = serde_json::from_slice(status.raw().body()).unwrap_or(serde_json::Value::Null);
                match body.get(name) {
                    None | Some(serde_json::Value::Null) => Self::Yes,
                    Some(_) => Self::Unsaid,
                }
            }
            _ => Self::No,
        }
    }
}

/// A response that says which task was started.
///
/// The generator implements it for models with a required `id` and a `status` among their `links`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which long-running task was started",
    note = "a response does if it has a required `id` and a `status` among its `links`; `TaskId::parse` takes an id or a link \
            from anywhere"
)]
pub trait StartedTask {
    /// Returns the ID of the task.
    fn id(&self) -> &str;

    /// Returns the status link.
    ///
    /// It may be wrong, so only the ID in it is used.
    fn status_link(&self) -> Option<&str>;

    /// Returns the ID of the task, or that in the status link if there is none.
    ///
    /// # Errors
    /// There is neither.
    fn task_id(&self) -> Result<TaskId, Error> {
        match (self.id(), self.status_link()) {
            ("", None | Some("")) => {
                let problem =
                    "the response has neither the ID of a task nor a link to its status; see `Response::drift`";
                Err(Kind::Request(problem.to_owned()).into())
            }
            ("", Some(link)) => TaskId::parse(link),
            (id, _) => Ok(TaskId(id.to_owned())),
        }
    }
}

/// The ID of a long-running task, which requests for its status take.
///
/// ```
/// use confluence_rest::{TaskId, longtask};
///
/// // The link that servers hand out lacks `/wiki`, and leads to a 404.
/// let id = TaskId::parse("https://acme.atlassian.net/rest/api/longtask/1180606")?;
/// assert_eq!(id, TaskId::parse("1180606")?);
/// let request = longtask::get_task(id);
/// # Ok::<(), confluence_rest::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TaskId(String);

impl TaskId {
    /// Parses an ID, or a status link: absolute or relative, with or without `/wiki`.
    ///
    /// # Errors
    /// The text is empty, or a link to something other than a task.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let mut segments = path.split('/').filter(|segment| !segment.is_empty()).rev();
        let id = match (segments.next(), segments.next()) {
            (Some(id), None) => Some(id),
            (Some(id), Some("longtask" | "task")) => Some(id),
            _ => None,
        };
        let decoded = id.and_then(|id| percent_decode_str(id).decode_utf8().ok());
        match decoded {
            Some(id) => Ok(Self(id.into_owned())),
            None => {
                let problem =
                    format!("`{text}` is neither the ID of a task nor a link to its status (`.../longtask/1180606`)");
                Err(Kind::Request(problem).into())
            }
        }
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.0
    }
}

impl From<&TaskId> for String {
    fn from(id: &TaskId) -> Self {
        id.0.clone()
    }
}

impl std::str::FromStr for TaskId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}
