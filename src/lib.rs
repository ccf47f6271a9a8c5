#![doc = include_str!("../README.md")]
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

mod api_error;
mod auth;
mod backoff;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod client_builder;
mod clock;
mod date_time;
mod download;
mod drift;
mod error;
pub mod info;
mod limits;
mod line;
mod long_task;
mod middleware;
mod multipart;
#[cfg(feature = "oauth")]
pub mod oauth;
mod operation;
mod pages;
mod place;
mod progress;
mod redirect;
mod report;
mod request;
mod request_body;
mod response;
mod retry;
pub mod rt;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "rustls")]
mod tls;
mod token;
#[cfg(feature = "tracing")]
mod trace;
mod upload;
mod wait;
mod wait_all;
mod wait_error;

pub use api_error::ApiError;
pub use auth::Auth;
pub use backoff::Backoff;
pub use client::Client;
pub use client_builder::ClientBuilder;
pub use clock::{Clock, SystemClock};
pub use date_time::DateTime;
pub use download::Download;
pub use drift::{Drift, Mismatch, Model};
pub use error::Error;
pub use http::{HeaderMap, StatusCode};
pub use info::OperationInfo;
pub use limits::RateLimit;
pub use long_task::{LongTask, StartedTask, TaskId};
pub use middleware::{Middleware, Next};
pub use multipart::Multipart;
pub use operation::{DocumentedError, Operation};
pub use pages::{Items, NextPage, Page, Pages};
pub use progress::Progress;
pub use redirect::Redirect;
pub use report::{Report, TaskMessage};
pub use request::Request;
pub use request_body::RequestBody;
pub use reqwest;
pub use response::{RawResponse, Response};
pub use retry::Retry;
pub use serde_json::Value;
pub use token::{TokenProvider, TokenResult};
pub use upload::Upload;
pub use wait::{SavedWait, Wait};
pub use wait_all::WaitAll;
pub use wait_error::{WaitError, Waited};

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
