//! All tests of the package in one binary, a file an idea.

mod documents;
mod program;

mod config;
mod corpus;
mod errors;
mod golden;
mod hostile;
mod names;
mod payloads;
mod roundtrip;
mod selection;
mod wire;
