//! All tests of the package in one binary, a file an idea.

mod site;

mod api;
mod auth;
mod blocking;
mod client;
mod compression;
mod connect;
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
mod links;
mod messages;
mod middleware;
mod oauth;
mod pages;
mod payloads;
mod properties;
mod refresh;
mod report;
mod retry;
mod settings;
mod streams;
mod tasks;
mod testing;
mod throttle;
mod tracing;
mod uploads;
mod wait;
mod wire;
