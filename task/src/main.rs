//! Follows long-running tasks of Confluence Cloud from a terminal or a pipeline.
#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod outcome;
mod screen;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use confluence_rest::{Auth, Backoff, Client, TaskId, longtask};
use tokio_util::sync::CancellationToken;

use outcome::Outcome;
use screen::Screen;

/// Nothing could be asked.
const COULD_NOT_ASK: u8 = 3;

/// Follows long-running tasks of Confluence Cloud
#[derive(Parser)]
#[command(name = "confluence-task", version, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Environment:
  CONFLUENCE_URL    The site (https://acme.atlassian.net), or the gateway for scoped tokens
                    (https://api.atlassian.com/ex/confluence/{cloudId})
  CONFLUENCE_EMAIL  The account that an API token belongs to; none for an access token
  CONFLUENCE_TOKEN  The API token, or the access token

Exit status, the highest where tasks differ:
  0    All tasks succeeded (watch), or none has failed (status)
  1    A task failed
  2    A task took too long, or stood still
  3    A task could not be asked for
  130  Interrupted";

#[derive(Subcommand)]
enum Command {
    /// Follow tasks to their ends
    Watch {
        #[command(flatten)]
        tasks: Tasks,
        /// How long to follow each task, such as 90s or 2h
        #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = humantime::parse_duration)]
        timeout: Duration,
        /// Give up on a task that has not moved for this long
        #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
        stall: Option<Duration>,
        /// Ask at this pace, instead of ever more rarely
        #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
        every: Option<Duration>,
    },
    /// Ask once how tasks stand
    Status {
        #[command(flatten)]
        tasks: Tasks,
    },
}

#[derive(Args)]
struct Tasks {
    /// The tasks, by their ids or by the links to their status
    #[arg(required = true, value_name = "ID")]
    ids: Vec<TaskId>,
    /// Write a line of JSON for each thing that happens
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT_ASK } else { 0 });
        }
    };
    match run(arguments.command) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("confluence-task: {}", outcome::with_causes(&*error));
            ExitCode::from(COULD_NOT_ASK)
        }
    }
}

fn run(command: Command) -> Result<u8, Box<dyn Error>> {
    let client = client()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(async {
        match command {
            Command::Status { tasks } => status(&client, &tasks).await,
            Command::Watch {
                tasks,
                timeout,
                stall,
                every,
            } => watch(&client, &tasks, timeout, stall, every).await,
        }
    }))
}

/// A client for the site that the environment names.
fn client() -> Result<Client, Box<dyn Error>> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let missing = |name: &str| format!("the environment variable {name} is not set; see `confluence-task --help`");
    let url = variable("CONFLUENCE_URL").ok_or_else(|| missing("CONFLUENCE_URL"))?;
    let token = variable("CONFLUENCE_TOKEN").ok_or_else(|| missing("CONFLUENCE_TOKEN"))?;
    let auth = match variable("CONFLUENCE_EMAIL") {
        Some(email) => Auth::basic(email, token),
        None => Auth::bearer(token),
    };
    Ok(Client::builder(url).auth(auth).build()?)
}

async fn status(client: &Client, tasks: &Tasks) -> u8 {
    let screen = Screen::new(&tasks.ids, tasks.json, false);
    let mut worst = 0;
    for (place, id) in tasks.ids.iter().enumerate() {
        let outcome = match client.send(longtask::get_task(id.clone())).await {
            Ok(status) => Outcome::of_status(&status),
            Err(error) => Outcome::could_not_ask(&error),
        };
        worst = worst.max(outcome.exit_status);
        screen.end(place, &outcome);
    }
    worst
}

async fn watch(
    client: &Client,
    tasks: &Tasks,
    timeout: Duration,
    stall: Option<Duration>,
    every: Option<Duration>,
) -> u8 {
    let interrupted = CancellationToken::new();
    let token = interrupted.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            token.cancel();
        }
    });
    let screen = Arc::new(Screen::new(&tasks.ids, tasks.json, true));
    let operations = tasks.ids.iter().cloned().map(longtask::get_task);
    let mut waits = client.wait_all(operations).each(|place, wait| {
        let screen = screen.clone();
        let mut wait = wait
            .timeout(timeout)
            .cancel_on(interrupted.clone().cancelled_owned())
            .on_progress(move |progress| screen.progress(place, progress));
        if let Some(stall) = stall {
            wait = wait.stall(stall);
        }
        match every {
            Some(pace) => wait.backoff(Backoff::between(pace, pace)),
            None => wait,
        }
    });
    let mut worst = 0;
    while let Some((place, result)) = waits.next().await {
        let outcome = Outcome::of(&result);
        worst = worst.max(outcome.exit_status);
        screen.end(place, &outcome);
    }
    worst
}
