//! What generated code is made of. Not meant to be used by hand, and not covered by the promises of semantic versioning.
#![doc(hidden)]

pub use std::collections::BTreeMap;

pub use bytes::Bytes;
pub use http::{Method, StatusCode};
pub use serde::{self, Deserialize, Deserializer, Serialize, Serializer};
pub use serde_json::Value;

pub use crate::Error;
pub use crate::date_time::DateTime;
pub use crate::download::Download;
pub use crate::info::{
    DataSecurityPolicy, Document, HeaderInfo, OperationInfo, ResponseInfo, ScopeGroup, Scopes, SecurityRequirement,
    SecurityScheme,
};
pub use crate::long_task::{LongTask, StartedTask};
pub use crate::model::{Member, Model, Others, Shape};
pub use crate::multipart::Multipart;
pub use crate::open_enum::open_enum;
pub use crate::operation::{DocumentedError, Operation};
pub use crate::pages::Page;
pub use crate::redirect::Redirect;
pub use crate::request::{QueryStyle, Request, RequestBuilder};
pub use crate::response::RawResponse;
pub use crate::union::{complete, exact, named, union};
pub use crate::upload::Upload;

/// Whether a member is left out.
pub fn is_none<T>(member: &Option<T>) -> bool {
    member.is_none()
}

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

/// Decodes a required member; null stands for the default, as absence does.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Decodes a member that may be absent and that null is a value of.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Decodes a member that may be absent or null, and tells the two apart.
pub fn or_null<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
