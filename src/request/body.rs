//! Request bodies.

use std::fmt;

use bytes::Bytes;

use crate::request::multipart::Multipart;
use crate::request::upload::Upload;

/// The body of a [`Request`](crate::Request).
///
/// `Debug` shows its length, not its content.
#[derive(Clone)]
#[non_exhaustive]
pub enum RequestBody {
    /// A complete body: JSON or a form.
    Whole(Bytes),
    /// Bytes, a file or a reader.
    Upload(Upload),
    /// A `multipart/form-data` body. The boundary is chosen when it is sent.
    Multipart(Multipart),
}

impl RequestBody {
    /// Returns the bytes, if they are in memory and not in parts.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            RequestBody::Whole(bytes) => Some(bytes),
            RequestBody::Upload(upload) => upload.as_bytes(),
            RequestBody::Multipart(_) => None,
        }
    }

    /// Returns whether it can be sent more than once.
    pub fn is_repeatable(&self) -> bool {
        match self {
            RequestBody::Whole(_) => true,
            RequestBody::Upload(upload) => upload.is_repeatable(),
            RequestBody::Multipart(multipart) => multipart.parts().all(|(_, part)| part.is_repeatable()),
        }
    }

    /// Whether it is read while it is sent.
    pub(crate) fn is_streamed(&self) -> bool {
        match self {
            RequestBody::Whole(_) => false,
            RequestBody::Upload(upload) => upload.is_streamed(),
            RequestBody::Multipart(multipart) => multipart.parts().any(|(_, part)| part.is_streamed()),
        }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RequestBody::Whole(bytes) => write!(f, "Whole({} bytes)", bytes.len()),
            RequestBody::Upload(upload) => upload.fmt(f),
            RequestBody::Multipart(multipart) => multipart.fmt(f),
        }
    }
}
