//! A typed client for Confluence Cloud, generated at build time from Atlassian's OpenAPI documents.
//!
//! The module [`longtask`] has the status of the tasks that Confluence runs in the background, such as copying a page tree, archiving
//! pages or deleting a space, and [`Client::wait`] polls a task until it ends. `confluence-codegen` generates modules for other tags,
//! which use the same client.
//!
//! # Wait for a task
//!
//! ```no_run
//! use confluence_rest::{Auth, Client, longtask};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::builder("https://acme.atlassian.net")
//!         .auth(Auth::basic("me@acme.example", "api-token"))
//!         .build()?;
//!
//!     let done = client
//!         .wait(longtask::get_task("1180606"))
//!         .on_progress(|task| println!("{} %", task.percentage_complete))
//!         .await?;
//!     println!("done after {} ms: {:?}", done.elapsed_time, done.additional_details);
//!     Ok(())
//! }
//! ```
//!
//! # Start a task
//!
//! The operations that start tasks belong to other tags, whose modules [`include_spec!`] includes. Their responses have the ID, or the
//! status link, of the task; see [`StartedTask`] and [`TaskId`].
//!
//! ```no_run
//! # use confluence_rest::{Client, Operation, StartedTask, longtask};
//! # async fn example<O>(client: Client, copy_page_tree: O) -> Result<(), Box<dyn std::error::Error>>
//! # where O: Operation, O::Output: StartedTask {
//! let started = client.send(copy_page_tree).await?;
//! let done = client.wait(longtask::get_task(started.task_id()?)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | for | see |
//! |---|---|
//! | Configuration | [`Client::builder`] for a site, [`Client::gateway`] for tokens with scopes and OAuth 2.0, [`ClientBuilder`] |
//! | Authentication | [`Auth`], [`TokenProvider`], [`cloud`] to find the ID of a site, [`oauth::App`] for OAuth 2.0 (3LO) |
//! | Requests | [`Client::send`], [`Operation`], [`OperationInfo`], [`Response`], [`Client::with_timeout`], [`Client::with_headers`] |
//! | Tasks | [`Client::wait`], [`Client::wait_all`], [`Wait`], [`WaitAll`], [`WaitError`], [`StartedTask`], [`TaskId`], [`Report`], [`Progress`], [`SavedWait`] |
//! | Pagination | [`Client::pages`], [`Pages`], [`Items`] |
//! | Files | [`Upload`], [`Multipart`], [`Download`], [`Client::download`], [`Client::follow`] |
//! | Errors | [`Error`], [`ApiError`], [`DocumentedError`] |
//! | Departures from the document | [`Response::drift`], [`Drift`], [`ClientBuilder::strict`] |
//! | Retries and rate limits | [`Retry`], [`Backoff`], [`ClientBuilder::hold`], [`ClientBuilder::pacing`], [`RateLimit`] |
//! | Timeouts and the body size limit | [`ClientBuilder::timeout`], [`ClientBuilder::total_timeout`], [`ClientBuilder::max_body`] |
//! | Proxies, certificates, the pool | [`ClientBuilder::proxy`], [`ClientBuilder::root_certificates`], [`ClientBuilder::http_client`] |
//! | Logging, tracing and metrics | [`Middleware`], the feature `tracing` |
//! | Code that is not async | [`blocking::Client`] |
//! | Tests of your own code | [`testing::Site`], [`Clock`] |
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `rustls` (default) | TLS through rustls, with aws-lc-rs and the operating system's certificate verifier |
//! | `rustls-no-provider` | the same with a crypto provider that your program installs before it builds a client |
//! | `native-tls` | TLS through the operating system's library |
//! | `blocking` | `blocking::Client`, for code that is not async |
//! | `oauth` | `oauth`: OAuth 2.0 for apps that act for a user (3LO) |
//! | `connect` | `Auth::connect_jwt`: a signed token for each request of a Connect app |
//! | `tracing` | spans for attempts, and events for deprecated operations |
//! | `testing` | `testing`: a simulated site for tests of your own code |
//! | `http2`, `socks`, `gzip`, `brotli`, `deflate`, `zstd` | HTTP/2, SOCKS proxies, response compression |
//!
//! The three for TLS are reqwest's, and one of them is required. With several, rustls is used, and aws-lc-rs unless a provider is
//! installed.
//!
#![cfg_attr(not(feature = "oauth"), doc = "[`oauth::App`]: #features")]
#![cfg_attr(not(feature = "blocking"), doc = "[`blocking::Client`]: #features")]
#![cfg_attr(not(feature = "testing"), doc = "[`testing::Site`]: #features")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::integer_division,
    clippy::modulo_arithmetic,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
compile_error!(
    "enable one of the features `rustls` (the default), `rustls-no-provider` and `native-tls`: Confluence Cloud is only \
     reached over TLS"
);

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod connection;
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
/// The argument is the module's name: the document's file name in snake case, without its extension. If the compiler says
/// that `OUT_DIR` is not defined, the package has no `build.rs`; if it cannot read a file in `OUT_DIR`, its `build.rs` does
/// not generate a module of that name.
///
/// ```text
/// // src/lib.rs, where build.rs generates from `spec/space.yaml`
/// confluence_rest::include_spec!("space"); // pub mod space { ... }
/// ```
///
/// The compiler warns about unused functions of a module that is not public. In a private module of yours, allow that:
///
/// ```text
/// #[allow(dead_code, reason = "not every operation is used")]
/// mod api {
///     confluence_rest::include_spec!("space");
/// }
/// ```
#[macro_export]
macro_rules! include_spec {
    ($module:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $module, ".rs"));
    };
}

include_spec!("cloud");
include_spec!("longtask");
