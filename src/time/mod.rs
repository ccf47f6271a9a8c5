//! Time: where it comes from, and how pauses grow.

pub(crate) mod backoff;
pub(crate) mod clock;
