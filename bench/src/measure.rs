//! CPU seconds, user and system. Unlike the time on a clock, they hardly depend on what else the machine does.

use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde::{Deserialize, Serialize};

/// The CPU seconds that something of this process takes.
pub fn own(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = seconds(UsageWho::RUSAGE_SELF)?;
    work()?;
    Ok(seconds(UsageWho::RUSAGE_SELF)? - before)
}

/// The CPU seconds that a command and all that it starts take, or nothing if it fails. What it says then is shown.
pub fn command(command: &mut Command) -> Result<Option<f64>> {
    let before = seconds(UsageWho::RUSAGE_CHILDREN)?;
    if !succeeds(command)? {
        return Ok(None);
    }
    Ok(Some(seconds(UsageWho::RUSAGE_CHILDREN)? - before))
}

/// What a process takes.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Spent {
    /// CPU seconds.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
    /// The bytes of memory at its peak.
    pub peak: f64,
}

/// What a command takes, or nothing if it fails.
///
/// The system counts the memory of whoever starts a process as its own, and keeps one peak for all that were started. So it is started
/// from a small process of its own, this program with [`APART`].
pub fn apart(command: &[OsString]) -> Result<Option<Spent>> {
    let mut small = Command::new(std::env::current_exe()?);
    let output = small
        .arg(APART)
        .args(command)
        .output()
        .context("this program cannot be started")?;
    if !output.status.success() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&output.stdout)?))
}

/// The first argument of this program where it only runs the command behind it.
pub const APART: &str = "--apart";

/// Runs a command and prints what it takes.
pub fn run_apart(command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().context("there is no command")?;
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let wall = start.elapsed().as_secs_f64();
    ensure!(status.success(), "the command has failed");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let spent = Spent {
        cpu: seconds(UsageWho::RUSAGE_CHILDREN)?,
        wall,
        // In kilobytes on Linux.
        peak: usage.max_rss() as f64 * 1024.0,
    };
    println!("{}", serde_json::to_string(&spent)?);
    Ok(())
}

/// Runs a command. What it says is shown if it fails, and only then.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        // The first lines that are about an error name the cause; thousands of errors may follow.
        let warnings = said.lines().take_while(|line| !line.contains("error"));
        let skipped = warnings.count() % said.lines().count().max(1);
        said.lines()
            .skip(skipped)
            .take(20)
            .for_each(|line| eprintln!("    {line}"));
    }
    Ok(output.status.success())
}

/// The middle one of some numbers.
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

fn seconds(who: UsageWho) -> Result<f64> {
    let usage = getrusage(who).context("the system does not tell how much CPU time was used")?;
    Ok((usage.user_time().num_microseconds() + usage.system_time().num_microseconds()) as f64 / 1e6)
}
