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
///
/// A schema is declared once. If it is declared again in another way, if a declaration contradicts itself, or if it does not match the
/// schema, [`build`](crate::Config::build) and [`generate`](crate::generate) return an error.
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
    /// Marks a component schema that is recognized by its shape as the status of a long-running task: it requires
    /// `finished`, `successful` and `percentageComplete`.
    ///
    /// This does not change the generated code; if a newer document loses the shape, there is a warning,
    /// [`Code::LostShape`](crate::Code::LostShape). In an overlay, `x-rust-long-task: true` does the same. It takes no
    /// [`percentage`](Self::percentage): that is a part of the shape.
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
    /// success and failure.
    ///
    /// With any other value, the task is running. There is at least one value for success, and none means both.
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
                succeeded: distinct(succeeded),
                failed: distinct(failed),
            },
            percentage: None,
        }
    }

    /// Sets the integer property for the percentage, from 0 to 100.
    ///
    /// Without one, a task is at 0 until it has finished.
    pub fn percentage(mut self, property: impl Into<String>) -> Self {
        self.percentage = Some(property.into());
        self
    }

    /// Says how the declaration contradicts itself, or an earlier one.
    pub(crate) fn contradiction(&self, earlier: &[Self]) -> Option<String> {
        if earlier.iter().any(|task| task.schema == self.schema && task != self) {
            return Some("also declares it in another way: remove one of the declarations".to_owned());
        }
        match &self.end {
            End::Shape if self.percentage.is_some() => Some(
                "`percentage` has no effect on `by_shape`: remove it, or name all properties with `flags`".to_owned(),
            ),
            End::Status {
                property, succeeded, ..
            } if succeeded.is_empty() => Some(format!(
                "no value of `{property}` means success, so the task could never succeed: add one"
            )),
            End::Status { succeeded, failed, .. } => {
                let both = succeeded.iter().find(|value| failed.contains(value))?;
                Some(format!("`{both}` means both success and failure: remove one of them"))
            }
            End::Shape | End::Flags { .. } => None,
        }
    }
}

/// The distinct ones of several values, in their order.
fn distinct(values: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    let mut distinct = Vec::new();
    for value in values.into_iter().map(Into::into) {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}
