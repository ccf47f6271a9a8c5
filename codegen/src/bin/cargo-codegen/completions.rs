//! `completions`: prints a script for shell completions.

use clap::CommandFactory;
use clap_complete::generate;

use crate::arguments::{Arguments, Completions};
use crate::failure::Failure;
use crate::{FINE, screen};

pub fn completions(arguments: &Completions) -> Result<u8, Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Arguments::command(), "cargo-codegen", &mut script);
    screen::show(&String::from_utf8_lossy(&script))?;
    Ok(FINE)
}
