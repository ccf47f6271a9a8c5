//! CPU seconds, user and system. Unlike the time on a clock, they hardly depend on what else the machine does.

use std::process::Command;

use anyhow::{Context, Result};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

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
