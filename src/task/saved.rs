//! Waits that are resumed in another process.

use std::time::{Duration, SystemTime};

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::response::error::{Error, Kind};
use crate::task::poll_state::{Change, PollState};
use crate::time::clock::{Clock, later};

/// The saved state of a wait.
///
/// It contains no secrets, and only the percentage and the message of the last status.
///
/// ```no_run
/// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use confluence_rest::{SavedWait, longtask};
///
/// let mut wait = client.wait(longtask::get_task("1180606"));
/// let first = wait.next().await;
/// std::fs::write("wait.json", serde_json::to_string(&wait.save()?)?)?;
///
/// // Later, perhaps in another process.
/// let saved: SavedWait = serde_json::from_str(&std::fs::read_to_string("wait.json")?)?;
/// let done = client.wait(longtask::get_task(saved.task_id()?)).resume(&saved).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SavedWait {
    path: String,
    saved_at: SystemTime,
    elapsed: Duration,
    /// How long the pause was to go on.
    pause: Option<Duration>,
    polls: u32,
    failures: u32,
    settled: u32,
    was_found: bool,
    percentage: Option<i64>,
    message: Option<String>,
    /// For how long they had been as they were.
    still: Duration,
}

impl SavedWait {
    /// The task that was waited for.
    ///
    /// # Errors
    /// The path of the request for its status does not end in `longtask/` or `task/` and an id.
    pub fn task_id(&self) -> Result<crate::TaskId, Error> {
        crate::TaskId::parse(&self.path)
    }

    /// Goes on from here, with the request at `path`.
    pub(super) fn polling(&self, path: &str, clock: &dyn Clock) -> Result<PollState, Error> {
        if self.path != path {
            let problem = format!(
                "the wait was saved for `{}` and cannot be resumed for `{path}`",
                self.path
            );
            return Err(Kind::Request(problem).into());
        }
        let now = clock.now();
        // A clock that was set back in between has not moved.
        let gap = clock.system_time().duration_since(self.saved_at).unwrap_or_default();
        Ok(PollState {
            started: Some(now),
            before: self.elapsed.saturating_add(gap),
            // Without a pause, there was no request yet.
            due: self.pause.map(|pause| later(now, pause.saturating_sub(gap))),
            polls: self.polls,
            failures: self.failures,
            settled: self.settled,
            was_found: self.was_found,
            change: self.percentage.map(|percentage| Change {
                percentage,
                message: self.message.clone(),
                since: now,
                before: self.still.saturating_add(gap),
            }),
            ..PollState::default()
        })
    }
}

impl PollState {
    pub(super) fn save(&self, path: &str, clock: &dyn Clock) -> SavedWait {
        let now = clock.now();
        let since = |change: &Change| {
            now.saturating_duration_since(change.since)
                .saturating_add(change.before)
        };
        SavedWait {
            path: path.to_owned(),
            saved_at: clock.system_time(),
            elapsed: self.elapsed(now),
            pause: self.due.map(|due| due.saturating_duration_since(now)),
            polls: self.polls,
            failures: self.failures,
            settled: self.settled,
            was_found: self.was_found,
            percentage: self.change.as_ref().map(|change| change.percentage),
            message: self.change.as_ref().and_then(|change| change.message.clone()),
            still: self.change.as_ref().map(since).unwrap_or_default(),
        }
    }
}

// Written out, as serde's derive would be a dependency of every user for this one struct.
impl Serialize for SavedWait {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut saved = serializer.serialize_struct("SavedWait", 11)?;
        saved.serialize_field("path", &self.path)?;
        saved.serialize_field("saved_at", &self.saved_at)?;
        saved.serialize_field("elapsed", &self.elapsed)?;
        saved.serialize_field("pause", &self.pause)?;
        saved.serialize_field("polls", &self.polls)?;
        saved.serialize_field("failures", &self.failures)?;
        saved.serialize_field("settled", &self.settled)?;
        saved.serialize_field("was_found", &self.was_found)?;
        saved.serialize_field("percentage", &self.percentage)?;
        saved.serialize_field("message", &self.message)?;
        saved.serialize_field("still", &self.still)?;
        saved.end()
    }
}

impl<'de> Deserialize<'de> for SavedWait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut saved = Map::deserialize(deserializer)?;
        Ok(Self {
            path: member(&mut saved, "path")?,
            saved_at: member(&mut saved, "saved_at")?,
            elapsed: member(&mut saved, "elapsed")?,
            pause: member(&mut saved, "pause")?,
            polls: member(&mut saved, "polls")?,
            failures: member(&mut saved, "failures")?,
            settled: member(&mut saved, "settled")?,
            was_found: member(&mut saved, "was_found")?,
            percentage: member(&mut saved, "percentage")?,
            message: member(&mut saved, "message")?,
            still: member(&mut saved, "still")?,
        })
    }
}

/// Takes a member of what was saved; one that is absent is null.
fn member<T: for<'de> Deserialize<'de>, E: serde::de::Error>(
    saved: &mut Map<String, Value>,
    name: &str,
) -> Result<T, E> {
    let value = saved.remove(name).unwrap_or_default();
    T::deserialize(value).map_err(|error| E::custom(format_args!("`{name}`: {error}")))
}
