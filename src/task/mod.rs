//! Long-running tasks: what a status says, and following one task or many to the end.

pub(crate) mod error;
pub(crate) mod long_task;
mod poll;
mod poll_state;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod saved;
pub(crate) mod wait;
pub(crate) mod wait_all;
