//! `x-rust-long-task` and `x-rust-page`: marks of expected shapes, so that a lost shape is reported.

use serde_json::Value;

use super::Lowering;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The mark of a schema, or of a response of an operation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Named {
    /// The status of a long-running task.
    pub long_task: bool,
    /// A page of a list.
    pub page: bool,
}

impl Named {
    /// The extension that names a long-running task.
    pub(crate) const LONG_TASK: &str = "x-rust-long-task";
    /// The extension that names a page.
    pub(crate) const PAGE: &str = "x-rust-page";
}

impl Lowering<'_> {
    /// Reads the marks of an operation or schema. `get` looks up an extension.
    pub(super) fn named<'v>(&mut self, get: impl Fn(&str) -> Option<&'v Value>, at: &Pointer) -> Named {
        let mut read = |name: &str| match get(name) {
            None => false,
            Some(Value::Bool(is_named)) => *is_named,
            Some(_) => {
                let message = format!("`{name}` is neither `true` nor `false`");
                self.warn(Code::Extension, &at.join(name), message, "ignored");
                false
            }
        };
        Named {
            long_task: read(Named::LONG_TASK),
            page: read(Named::PAGE),
        }
    }
}
