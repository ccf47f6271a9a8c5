//! The configuration of long-running tasks that are not recognized by their schemas.

/// How to read the status of a long-running task from a schema.
///
/// Schemas that require `finished`, `successful` and `percentageComplete` are recognized. With this, `client.wait`
/// works for others, too:
///
/// ```no_run
/// use confluence_codegen::{Config, LongTask};
///
/// # fn main() -> Result<(), confluence_codegen::Error> {
/// let jira = LongTask::status("TaskProgressBeanObject", "status", ["COMPLETE"], ["FAILED", "CANCELLED", "DEAD"]);
/// Config::new().spec("spec/jira-task.yaml").long_task(jira.percentage("progress")).build()
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LongTask {
    pub(crate) schema: String,
    pub(crate) end: End,
    pub(crate) percentage: Option<String>,
}

/// Which properties of a status contain the result of the task.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    /// The properties of schemas that are recognized.
    Shape,
    Flags {
        finished: String,
        successful: String,
    },
    Status {
        property: String,
        succeeded: Vec<String>,
        failed: Vec<String>,
    },
}

impl LongTask {
    /// Marks a component schema that is recognized by its shape as the status of a long-running task: it requires `finished`,
    /// `successful` and `percentageComplete`. This does not change the generated code; if a newer document loses the shape, there is
    /// a warning, [`Code::LostShape`](crate::Code::LostShape). In an overlay, `x-rust-long-task: true` does the same.
    pub fn by_shape(schema: impl Into<String>) -> Self {
        Self {
            schema: schema.into(),
            end: End::Shape,
            percentage: None,
        }
    }

    /// Takes the name of a component schema, of its boolean property that is `true` when the task has finished, and of
    /// the one that is `true` if it succeeded.
    pub fn flags(schema: impl Into<String>, finished: impl Into<String>, successful: impl Into<String>) -> Self {
        Self {
            schema: schema.into(),
            end: End::Flags {
                finished: finished.into(),
                successful: successful.into(),
            },
            percentage: None,
        }
    }

    /// Takes the name of a component schema, of its string property for the state of the task, and the values that mean
    /// success and failure. With any other value, the task is running.
    pub fn status(
        schema: impl Into<String>,
        property: impl Into<String>,
        succeeded: impl IntoIterator<Item = impl Into<String>>,
        failed: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            schema: schema.into(),
            end: End::Status {
                property: property.into(),
                succeeded: succeeded.into_iter().map(Into::into).collect(),
                failed: failed.into_iter().map(Into::into).collect(),
            },
            percentage: None,
        }
    }

    /// Sets the integer property for the percentage, from 0 to 100. Without one, a task is at 0 until it has finished.
    pub fn percentage(mut self, property: impl Into<String>) -> Self {
        self.percentage = Some(property.into());
        self
    }
}
