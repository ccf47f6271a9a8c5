//! What the command line says.

use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use confluence_rest::TaskId;

const HELP: &str = include_str!("help.txt");
const LONG_HELP: &str = concat!(include_str!("help.txt"), "\n", include_str!("events.txt"));

/// Follows long-running tasks of Confluence Cloud
#[derive(Parser)]
#[command(name = "confluence-task", version, after_help = HELP, after_long_help = LONG_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Follow tasks until they end
    #[command(after_help = HELP, after_long_help = LONG_HELP)]
    Watch {
        #[command(flatten)]
        tasks: Tasks,
        /// How long to follow each task, such as 90s or 2h
        #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = humantime::parse_duration)]
        timeout: Duration,
        /// Give up on a task that has made no progress for this long
        #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
        stall: Option<Duration>,
        /// Poll at this interval, instead of with exponential backoff
        #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
        every: Option<Duration>,
    },
    /// Query the status of tasks once
    #[command(after_help = HELP, after_long_help = LONG_HELP)]
    Status {
        #[command(flatten)]
        tasks: Tasks,
    },
}

#[derive(Args)]
pub struct Tasks {
    /// The tasks, by their ids or by the links to their status
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<TaskId>,
    /// The timeout for connecting to the site
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = humantime::parse_duration)]
    pub connect_timeout: Duration,
    /// Write each event as a line of JSON; --help describes them
    #[arg(long)]
    pub json: bool,
}
