//! Bodies that are still being received, and their limits.

use std::time::Duration;

use crate::response::resume::{Chunks, Resume};

/// How many bytes of an error response are collected at most. It is for people to read, or names a few fields.
pub(crate) const MOST_OF_ERROR: usize = 1 << 20;

/// A body that is still being received.
pub(crate) struct Incoming {
    /// How many bytes there are in all, if the server said so.
    pub(crate) length: Option<u64>,
    pub(crate) chunks: Chunks,
    /// How many bytes are collected at most.
    pub(crate) most: u64,
    /// How long to wait for a chunk.
    pub(crate) idle: Duration,
    /// How to go on after a break, where that is wanted and possible.
    pub(crate) resume: Option<Resume>,
}

impl Incoming {
    pub(crate) fn new(response: reqwest::Response, most: u64, idle: Duration) -> Self {
        Self {
            length: response.content_length(),
            chunks: Box::pin(response.bytes_stream()),
            most,
            idle,
            resume: None,
        }
    }
}
