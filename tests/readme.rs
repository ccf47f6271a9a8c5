//! Compiles what the README of the workspace shows, which takes packages that `confluence-rest` does not depend on.
#![doc = include_str!("../README.md")]
