// What it shows is compiled in `tests/`.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
compile_error!(
    "enable one of the features `rustls` (the default) and `native-tls`: Confluence Cloud is only reached over TLS"
);

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod connect;
pub mod info;
mod model;
mod operation;
mod pages;
mod request;
mod response;
pub mod rt;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod time;

pub use http::{HeaderMap, Method, StatusCode};
/// Re-exported, as its types are part of this crate's.
///
/// With the feature `rustls`, start a client of your own with [`http_client_builder`], which does without a provider of cryptography
/// for the whole process.
pub use reqwest;
pub use serde_json::Value;

pub use auth::Auth;
#[cfg(feature = "oauth")]
pub use auth::oauth;
pub use auth::token::{TokenProvider, TokenResult};
pub use client::Client;
pub use client::builder::ClientBuilder;
pub use client::middleware::{Middleware, Next};
pub use client::retry::Retry;
pub use connect::connector::http_client_builder;
pub use info::OperationInfo;
pub use model::date_time::DateTime;
pub use model::drift::{Drift, Mismatch};
pub use operation::{DocumentedError, Operation};
pub use pages::{Items, NextPage, Page, Pages};
pub use request::Request;
pub use request::body::RequestBody;
pub use request::multipart::Multipart;
pub use request::upload::Upload;
pub use response::Response;
pub use response::api_error::ApiError;
pub use response::decode::Model;
pub use response::download::Download;
pub use response::error::Error;
pub use response::rate_limit::RateLimit;
pub use response::raw::RawResponse;
pub use response::redirect::Redirect;
pub use response::report::{Report, TaskMessage};
pub use task::error::{WaitError, Waited};
pub use task::long_task::{LongTask, StartedTask, TaskId};
pub use task::progress::Progress;
pub use task::saved::SavedWait;
pub use task::wait::Wait;
pub use task::wait_all::WaitAll;
pub use time::backoff::Backoff;
pub use time::clock::{Clock, SystemClock};

/// Includes the module that `confluence-codegen` generated for a document.
///
/// The argument is the module's name: the document's file name in snake case, without its extension.
///
/// ```text
/// // src/lib.rs, where build.rs generates from `spec/space.yaml`
/// confluence_rest::include_spec!("space"); // pub mod space { ... }
/// ```
#[macro_export]
macro_rules! include_spec {
    ($module:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $module, ".rs"));
    };
}

include_spec!("cloud");
include_spec!("longtask");
