//! All tests of the package in one binary, a file an idea.

mod documentation;
mod documents;
mod program;

mod broken;
mod build_script;
#[cfg(feature = "cli")]
mod command;
mod config;
mod corpus;
mod errors;
mod explained;
mod files;
mod generated;
mod golden;
mod guides;
mod hidden;
mod hostile;
mod indentation;
mod levels;
mod lost_shape;
mod misplaced;
mod names;
mod overlay_of_slips;
mod overlay_slips;
mod overlays;
mod payloads;
mod printed;
mod references;
mod rewritten;
mod roundtrip;
mod selection;
mod servers;
mod shape;
mod slips;
mod spaces;
mod sweep;
mod syntax;
mod taken;
mod unknown;
mod unquoted;
mod versions;
mod wire;
