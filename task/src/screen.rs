//! Where it is shown: bars on a terminal, plain lines elsewhere, or JSON for scripts.
#![expect(
    clippy::indexing_slicing,
    reason = "a place is that of a task, and each task has an id, a line and a bar"
)]

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::{Error, Progress, TaskId};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::event::Event;
use crate::outcome::Outcome;
use crate::text::{self, escaped};

/// Shows how tasks go.
pub struct Screen {
    /// The address of the site, for errors.
    site: String,
    started: Instant,
    ids: Vec<String>,
    form: Form,
    last: Mutex<Vec<Last>>,
}

enum Form {
    Bars(MultiProgress, Vec<ProgressBar>),
    Lines,
    Json,
}

/// What was shown of a task last.
#[derive(Clone, Default)]
struct Last {
    percentage: Option<u8>,
    /// The line, which is not repeated.
    line: String,
}

impl Screen {
    /// Chooses the form: bars only while tasks are followed on a terminal.
    pub fn new(site: String, ids: &[TaskId], is_json: bool, follows: bool) -> Self {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let is_terminal = || stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|name| name != "dumb");
        let form = match (is_json, follows && is_terminal()) {
            (true, _) => Form::Json,
            (false, true) => bars(&ids),
            (false, false) => Form::Lines,
        };
        Self {
            site,
            started: Instant::now(),
            last: Mutex::new(vec![Last::default(); ids.len()]),
            ids,
            form,
        }
    }

    pub fn site(&self) -> &str {
        &self.site
    }

    /// How long the command has been running.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Shows a status of the task at a place.
    pub fn progress(&self, place: usize, progress: &Progress<'_, Status>) {
        let message = progress.message();
        let percentage = progress.percentage();
        self.last()[place].percentage = Some(percentage);
        let says = message.as_deref().unwrap_or_default();
        match &self.form {
            Form::Bars(_, bars) => {
                let rest = progress.remaining().filter(|rest| !rest.is_zero());
                let rest = rest.map(|rest| format!(" ({} s to go)", rest.as_secs().max(1)));
                bars[place].set_message(escaped(&format!("{says}{}", rest.unwrap_or_default())));
                bars[place].set_position(u64::from(percentage));
            }
            Form::Lines => self.line(place, format!("{percentage:>3} %  {says}").trim_end()),
            Form::Json => self.event(Event {
                event: "status",
                percentage: Some(percentage),
                message: message.as_deref(),
                remaining: progress.remaining(),
                ..self.of(place)
            }),
        }
    }

    /// Shows that a request for the task at a place failed, and when it is retried.
    pub fn retry(&self, place: usize, error: &Error, pause: Duration) {
        let percentage = self.last()[place].percentage;
        let problem = text::of_error(error, &self.site);
        let text = format!("{problem}; retrying in {pause:.1?}");
        match &self.form {
            Form::Bars(_, bars) => bars[place].set_message(escaped(&text)),
            Form::Lines => self.say(place, &text),
            Form::Json => self.event(Event {
                event: "retry",
                percentage,
                message: Some(&problem),
                retry_in: Some(pause),
                ..self.of(place)
            }),
        }
    }

    /// Shows how the task at a place ended.
    pub fn end(&self, place: usize, outcome: &Outcome) {
        let say_all = || {
            for line in outcome.lines() {
                self.say(place, &line);
            }
        };
        match &self.form {
            Form::Bars(screen, bars) => {
                bars[place].finish_and_clear();
                screen.suspend(say_all);
            }
            Form::Lines => say_all(),
            Form::Json => self.event(Event {
                event: "end",
                outcome: Some(outcome.word),
                percentage: outcome.percentage,
                message: Some(&outcome.text),
                warnings: &outcome.warnings,
                ..self.of(place)
            }),
        }
    }

    /// Takes the bars off the terminal.
    pub fn clear(&self) {
        if let Form::Bars(screen, _) = &self.form {
            let _ = screen.clear();
        }
    }

    /// A line of progress, unless it is the same as the one before.
    fn line(&self, place: usize, text: &str) {
        let last = &mut self.last()[place].line;
        if last != text {
            text.clone_into(last);
            self.say(place, text);
        }
    }

    /// A line about the task at a place.
    fn say(&self, place: usize, text: &str) {
        say(&escaped(&format!("{}  {text}", self.ids[place])));
    }

    /// What every event of the task at a place has.
    fn of(&self, place: usize) -> Event<'_> {
        Event {
            id: &self.ids[place],
            elapsed: self.elapsed(),
            ..Event::default()
        }
    }

    fn event(&self, event: Event<'_>) {
        say(&text::json(&event.json()));
    }

    fn last(&self) -> MutexGuard<'_, Vec<Last>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A bar for each task.
fn bars(ids: &[String]) -> Form {
    let screen = MultiProgress::new();
    // A narrow terminal cuts lines off, so what counts comes first.
    let style = ProgressStyle::with_template("{prefix}  {pos:>3} %  [{bar:30}]  {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ");
    let bars = ids.iter().map(|id| {
        let bar = screen.add(ProgressBar::new(100).with_style(style.clone()));
        bar.set_prefix(escaped(id));
        bar
    });
    let bars = bars.collect();
    Form::Bars(screen, bars)
}

/// Nobody may be reading any more, which is no reason to stop: the exit status is still to come.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}").and_then(|()| stdout().flush());
}
