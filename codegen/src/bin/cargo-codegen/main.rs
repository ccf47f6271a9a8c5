//! The command line of the generator.
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

mod arguments;
mod check;
mod completions;
mod diff;
mod document;
mod explain;
mod failure;
mod file;
mod generate;
mod inspect;
mod refresh;
mod screen;
mod suggest;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Success.
const FINE: u8 = 0;
/// A document has errors, or a check failed.
const DOES_NOT_HOLD: u8 = 1;
/// The command could not do its work: the command line is invalid, or a file cannot be read or written.
const COULD_NOT_WORK: u8 = 2;

fn main() -> ExitCode {
    let result = match Arguments::try_parse_from(command_line()) {
        Ok(arguments) => run(arguments.command),
        Err(error) if error.use_stderr() => {
            screen::complain(&error.render().to_string());
            Ok(COULD_NOT_WORK)
        }
        Err(help) => screen::show(&help.render().to_string()).map(|()| FINE),
    };
    let status = result.unwrap_or_else(|failure| {
        screen::complain(&failure.to_string());
        failure.status()
    });
    ExitCode::from(status)
}

/// The command line without the name of the subcommand, which Cargo repeats: `cargo codegen check` runs `cargo-codegen codegen check`.
fn command_line() -> impl Iterator<Item = OsString> {
    let arguments = std::env::args_os().enumerate();
    arguments
        .filter(|(index, argument)| *index != 1 || argument != "codegen")
        .map(|(_, argument)| argument)
}

/// Returns the exit status.
fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Generate(arguments) => generate::generate(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Refresh(arguments) => refresh::refresh(&arguments),
        Command::Suggest(arguments) => suggest::suggest(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
    }
}
