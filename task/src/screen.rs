//! Where it is shown: bars on a terminal, plain lines elsewhere, or JSON for scripts.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::{Mutex, PoisonError};

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::{Progress, TaskId};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::outcome::Outcome;

/// Shows how tasks go.
pub struct Screen {
    ids: Vec<String>,
    form: Form,
}

enum Form {
    Bars(MultiProgress, Vec<ProgressBar>),
    /// With the last line of each task, which is not repeated.
    Lines(Mutex<Vec<String>>),
    Json,
}

impl Screen {
    /// Chooses the form: bars only while tasks are followed on a terminal.
    pub fn new(ids: &[TaskId], is_json: bool, follows: bool) -> Self {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let form = match (is_json, follows && stderr().is_terminal()) {
            (true, _) => Form::Json,
            (false, true) => bars(&ids),
            (false, false) => Form::Lines(Mutex::new(vec![String::new(); ids.len()])),
        };
        Self { ids, form }
    }

    /// Shows a status of the task at a place.
    pub fn progress(&self, place: usize, progress: &Progress<'_, Status>) {
        let message = progress.message().unwrap_or_default();
        let percentage = progress.percentage();
        let id = &self.ids[place];
        match &self.form {
            Form::Bars(_, bars) => {
                let rest = progress.remaining().filter(|rest| !rest.is_zero());
                let rest = rest.map(|rest| format!(" ({} s to go)", rest.as_secs().max(1)));
                bars[place].set_message(format!("{message}{}", rest.unwrap_or_default()));
                bars[place].set_position(u64::from(percentage));
            }
            Form::Lines(last) => {
                let line = format!("{id}  {percentage:>3} %  {message}");
                let last = &mut last.lock().unwrap_or_else(PoisonError::into_inner)[place];
                if *last != line {
                    say(line.trim_end());
                    *last = line;
                }
            }
            Form::Json => say_json(&json!({
                "event": "status",
                "id": id,
                "percentage": percentage,
                "message": message,
                "elapsed": progress.elapsed().as_secs_f64(),
                "remaining": progress.remaining().map(|rest| rest.as_secs_f64()),
            })),
        }
    }

    /// Shows how the task at a place ended.
    pub fn end(&self, place: usize, outcome: &Outcome) {
        let id = &self.ids[place];
        match &self.form {
            Form::Bars(screen, bars) => {
                bars[place].finish_and_clear();
                screen.suspend(|| say(&outcome.lines(id)));
            }
            Form::Lines(_) => say(&outcome.lines(id)),
            Form::Json => say_json(&outcome.json(id)),
        }
    }
}

/// A bar for each task.
fn bars(ids: &[String]) -> Form {
    let screen = MultiProgress::new();
    let style = ProgressStyle::with_template("{prefix}  [{bar:30}] {pos:>3} %  {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ");
    let bars = ids.iter().map(|id| {
        let bar = screen.add(ProgressBar::new(100).with_style(style.clone()));
        bar.set_prefix(id.clone());
        bar
    });
    let bars = bars.collect();
    Form::Bars(screen, bars)
}

fn say_json(value: &Value) {
    say(&value.to_string());
}

/// Nobody may be reading any more, which is no reason to stop: the exit status is still to come.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}").and_then(|()| stdout().flush());
}
