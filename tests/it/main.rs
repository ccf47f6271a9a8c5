//! All tests of the package in one binary, a file an idea.

mod site;

mod auth;
mod blocking;
mod client;
mod connections;
mod decoding;
mod errors;
mod generated;
pub mod golden;
mod limits;
mod messages;
mod middleware;
mod oauth;
mod pages;
mod payloads;
mod refresh;
mod streams;
mod tasks;
mod testing;
mod throttle;
mod tracing;
mod wait;
