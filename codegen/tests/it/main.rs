//! All tests of the package in one binary, a file an idea.

mod documents;
mod program;

#[cfg(feature = "cli")]
mod command;
mod config;
mod corpus;
mod errors;
mod golden;
mod hostile;
mod payloads;
mod roundtrip;
mod selection;
mod wire;
