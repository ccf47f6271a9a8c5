//! All tests of the package in one binary, a file an idea.

mod documents;
mod program;

mod broken;
#[cfg(feature = "cli")]
mod command;
mod config;
mod corpus;
mod errors;
mod explained;
mod files;
mod golden;
mod guides;
mod hostile;
mod levels;
mod lost_shape;
mod names;
mod overlays;
mod payloads;
mod printed;
mod references;
mod roundtrip;
mod selection;
mod shape;
mod syntax;
mod versions;
mod wire;
