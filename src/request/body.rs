//! What a request carries.

use std::fmt;

use bytes::Bytes;

use crate::request::multipart::Multipart;
use crate::request::upload::Upload;

/// The body of a [`Request`](crate::Request).
///
/// `Debug` shows how long it is, not what is in it.
#[derive(Clone)]
#[non_exhaustive]
pub enum RequestBody {
    /// Put together already: JSON or a form.
    Whole(Bytes),
    /// Sent as it is.
    Upload(Upload),
    /// Several parts. The boundary is chosen when it is sent.
    Multipart(Multipart),
}

impl RequestBody {
    /// The bytes, where they are in memory and not in parts.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            RequestBody::Whole(bytes) => Some(bytes),
            RequestBody::Upload(upload) => upload.as_bytes(),
            RequestBody::Multipart(_) => None,
        }
    }

    /// Whether it can be sent more than once.
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
