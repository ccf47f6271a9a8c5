//! Follows long-running tasks of Confluence Cloud from a terminal or a pipeline.
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
mod event;
mod follow;
mod interrupt;
mod outcome;
mod screen;
mod text;

use std::env::{self, VarError};
use std::error::Error;
use std::io::{Write, stderr, stdout};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use confluence_rest::{Auth, Client};

use arguments::{Arguments, Command};
use follow::{Follower, Pace};
use outcome::COULD_NOT_ASK;
use screen::Screen;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().to_string();
            if error.use_stderr() {
                complain(&text);
                return ExitCode::from(COULD_NOT_ASK);
            }
            // Nobody may be reading any more.
            let _ = write!(stdout(), "{text}");
            return ExitCode::SUCCESS;
        }
    };
    match run(arguments.command) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            complain(&format!("confluence-task: {}", text::with_causes(&*error)));
            ExitCode::from(COULD_NOT_ASK)
        }
    }
}

/// Says on standard error what is wrong.
fn complain(text: &str) {
    for line in text.lines() {
        let _ = writeln!(stderr(), "{}", text::escaped(line));
    }
}

fn run(command: Command) -> Result<u8, Box<dyn Error>> {
    let (tasks, pace) = match command {
        Command::Status { tasks } => (tasks, None),
        Command::Watch {
            tasks,
            timeout,
            stall,
            every,
        } => (tasks, Some(Pace { timeout, stall, every })),
    };
    let (client, site) = client(tasks.connect_timeout)?;
    let screen = Arc::new(Screen::new(site, &tasks.ids, tasks.json, pace.is_some()));
    let follower = Follower {
        client,
        interrupted: interrupt::listen(screen.clone())?,
        screen,
        reached: Arc::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        match pace {
            None => follower.status(&tasks.ids).await,
            Some(pace) => follower.watch(&tasks.ids, pace).await,
        }
    });
    // A name may still be looked up, which takes as long as it likes.
    runtime.shutdown_background();
    Ok(status)
}

/// A client for the site that the environment names, and its address.
fn client(connect_timeout: Duration) -> Result<(Client, String), Box<dyn Error>> {
    let url = needed("CONFLUENCE_URL")?;
    let token = needed("CONFLUENCE_TOKEN")?;
    let auth = match variable("CONFLUENCE_EMAIL")?.filter(|email| !email.is_empty()) {
        Some(email) => Auth::basic(email, token),
        None => Auth::bearer(token),
    };
    let client = Client::builder(&url).auth(auth).connect_timeout(connect_timeout);
    Ok((client.build()?, url.trim().to_owned()))
}

/// An environment variable, if it is set.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("the environment variable {name} is not UTF-8")),
    }
}

/// An environment variable that nothing can be asked without.
fn needed(name: &str) -> Result<String, String> {
    let problem = match variable(name)? {
        Some(value) if !value.is_empty() => return Ok(value),
        Some(_) => "is empty",
        None => "is not set",
    };
    Err(format!(
        "the environment variable {name} {problem}; see `confluence-task --help`"
    ))
}
