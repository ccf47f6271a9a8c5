//! What generated code is made of. Not meant to be used by hand, and not covered by the promises of semantic versioning.
#![doc(hidden)]

mod errors;
mod given;
mod operation;

pub use std::collections::BTreeMap;

pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use bytes::Bytes;
pub use http::{Method, StatusCode};
pub use serde_json::Value;

pub use self::errors::{errors, has_status};
pub use self::given::{given, keep, kept, present, setters};
pub use self::operation::{decode, operation};
pub use crate::info::{
    DataSecurityPolicy, Document, HeaderInfo, OperationInfo, OperationParts, ResponseInfo, ScopeGroup, Scopes,
    SecurityRequirement, SecurityScheme,
};
pub use crate::model::date_time::DateTime;
pub use crate::model::drift::Drift;
pub use crate::model::enumeration::open_enum;
pub use crate::model::json::{AnyJson, Enumeration, Json, List, Members, Source, Writer};
pub use crate::model::outcome::{Found, Outcome};
pub use crate::model::record::record;
pub use crate::model::serde::{deserialize, serialize};
pub use crate::model::union::{Choice, union};
pub use crate::operation::{DocumentedError, Operation};
pub use crate::pages::{NextPage, Page};
pub use crate::request::Request;
pub use crate::request::builder::RequestBuilder;
pub use crate::request::multipart::Multipart;
pub use crate::request::style::QueryStyle;
pub use crate::request::upload::{Files, Upload};
pub use crate::response::decode::Model;
pub use crate::response::download::Download;
pub use crate::response::error::Error;
pub use crate::response::raw::RawResponse;
pub use crate::response::redirect::Redirect;
pub use crate::task::long_task::{LongTask, StartedTask};

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
