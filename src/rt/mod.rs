//! What generated code is made of. Not meant to be used by hand, and not covered by the promises of semantic versioning.
#![doc(hidden)]

mod collection;
mod enumeration;
mod errors;
mod given;
mod json;
mod json_text;
mod operation;
mod read;
mod record;
mod scalar;
mod serde;
mod union;
mod write;

pub use std::collections::BTreeMap;

pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use bytes::Bytes;
pub use http::{Method, StatusCode};
pub use serde_json::Value;

pub use self::collection::List;
pub use self::enumeration::{Enumeration, open_enum};
pub use self::errors::{errors, has_status};
pub use self::given::{given, keep, kept, present, setters};
pub use self::json::{AnyJson, Found, Json, Outcome, Source};
pub(crate) use self::json_text::to_json;
pub use self::operation::{decode, operation};
pub(crate) use self::read::{OneValue, Reader};
pub use self::record::{Members, Record, record};
pub use self::serde::{deserialize, serialize};
pub use self::union::{Choice, union};
pub(crate) use self::write::Root;
pub use self::write::Writer;
pub use crate::Error;
pub use crate::date_time::DateTime;
pub use crate::download::Download;
pub use crate::drift::{Drift, Model};
pub use crate::info::{
    DataSecurityPolicy, Document, HeaderInfo, OperationInfo, OperationParts, ResponseInfo, ScopeGroup, Scopes,
    SecurityRequirement, SecurityScheme,
};
pub use crate::long_task::{LongTask, StartedTask};
pub use crate::multipart::Multipart;
pub use crate::operation::{DocumentedError, Operation};
pub use crate::pages::{NextPage, Page};
pub use crate::redirect::Redirect;
pub use crate::request::{Files, QueryStyle, Request, RequestBuilder};
pub use crate::response::RawResponse;
pub use crate::upload::Upload;

/// The text of a member that may be left out, and may be null.
pub fn text<T: Text>(member: &Option<T>) -> Option<&str> {
    member.as_ref().and_then(Text::text)
}

/// What [`text`] reads.
pub trait Text {
    /// The text, if there is one.
    fn text(&self) -> Option<&str>;
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }
}
