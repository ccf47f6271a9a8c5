//! All tests of the package in one binary, a file an idea.

mod site;

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod client;
#[cfg(feature = "gzip")]
mod compression;
mod connections;
mod credentials;
mod cut_off;
mod decoding;
mod downloads;
mod errors;
mod follow;
mod generated;
pub mod golden;
mod limits;
mod middleware;
#[cfg(feature = "oauth")]
mod oauth;
mod pages;
mod payloads;
mod refresh;
mod report;
mod settings;
mod streams;
mod tasks;
#[cfg(feature = "testing")]
mod testing;
#[cfg(feature = "tracing")]
mod tracing;
mod uploads;
mod wait;
mod wire;
