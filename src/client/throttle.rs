//! Rate limits: the pauses that a server asks for, and the rate that it accepts.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::client::pace::Pace;
use crate::model::date_time::DateTime;
use crate::response::raw::RawResponse;
use crate::time::clock::{Clock, later};

/// How long after the moment that the server named requests are sent at most, as clocks differ.
const MARGIN: Duration = Duration::from_millis(500);
/// How long after a refusal a request may find out whether the server still refuses.
const LOOK: Duration = Duration::from_secs(60);

/// Why a request may be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Admission {
    /// The server is likely to take it.
    Granted,
    /// It finds out whether the server still refuses.
    Look,
}

/// What all requests of a client wait for before they are sent.
#[derive(Debug)]
pub(crate) struct Throttle {
    state: Mutex<State>,
    /// Whether requests slow down.
    is_paced: bool,
    /// The longest pause that a server can cause.
    longest: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// Until when the server wants no requests.
    until: Option<Instant>,
    /// How long after that moment requests are sent, as clocks differ.
    margin: Duration,
    /// How often the slots have begun anew. Whoever waits for a slot from before takes another one.
    restarts: u64,
    /// When a request last found out that the server refuses.
    refused: Option<Instant>,
    pace: Pace,
}

/// The slot of a request that waits. Another request takes it where this one is not sent.
struct Turn<'a> {
    throttle: &'a Throttle,
    /// The slot, and the [`State::restarts`] before it.
    slot: Option<(Instant, u64)>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Some((at, restarts)) = self.slot else {
            return;
        };
        let mut state = self.throttle.lock();
        if restarts == state.restarts {
            state.pace.give_back(at);
        }
    }
}

impl Throttle {
    pub(crate) fn new(is_paced: bool, longest: Duration) -> Self {
        Self {
            state: Mutex::default(),
            is_paced,
            longest,
        }
    }

    /// Waits until a request may be sent, or returns how long that would take where it is longer than `most`. Also returns
    /// how long it has waited: none at all without a limit.
    ///
    /// Where it is longer, one request a minute is sent all the same, to find out whether the server still refuses.
    /// `may_look` says whether this one may.
    pub(crate) async fn admit(
        &self,
        clock: &dyn Clock,
        most: Duration,
        may_look: bool,
    ) -> Result<(Admission, Duration), Duration> {
        let arrived = clock.now();
        let mut now = arrived;
        let mut turn = Turn {
            throttle: self,
            slot: None,
        };
        loop {
            let waited = now.saturating_duration_since(arrived);
            let rest = {
                let mut state = self.lock();
                let at = match turn.slot {
                    Some((at, restarts)) if restarts == state.restarts => at,
                    _ => state.pace.slot(now),
                };
                turn.slot = Some((at, state.restarts));
                let until = state.until.filter(|until| now < *until);
                let resume = until.map_or(at, |until| at.max(later(until, state.margin)));
                let rest = resume.saturating_duration_since(now);
                // What need not wait any longer is sent, whatever the clock says it has waited.
                if rest.is_zero() {
                    turn.slot = None;
                    return Ok((Admission::Granted, waited));
                }
                // What the server asks for can be kept exactly, as far as `most` goes.
                let asked = until.map_or(rest, |until| until.saturating_duration_since(now));
                if waited.saturating_add(asked.min(rest)) > most {
                    let look = state.look(now, may_look).ok_or(asked)?;
                    return Ok((look, waited));
                }
                rest
            };
            clock.sleep(rest).await;
            now = clock.now();
        }
    }

    /// Takes in that the server refused a request, and asks for a pause.
    pub(crate) fn refused(&self, now: Instant, pause: Duration, admission: Admission) {
        let pause = pause.min(self.longest);
        let until = later(now, pause);
        let mut state = self.lock();
        state.refused = Some(now);
        let lasts = |until: &Instant| admission == Admission::Granted && now < *until;
        if let Some(before) = state.until.filter(lasts) {
            // Others that were in flight are refused, too.
            if before < until {
                state.until = Some(until);
                state.restarts += 1;
                if self.is_paced {
                    let margin = state.margin;
                    state.pace.extended(later(before, margin), later(until, margin));
                }
            }
            return;
        }
        state.until = Some(until);
        state.margin = MARGIN.min(pause / 4).mul_f64(fastrand::f64());
        state.restarts += 1;
        if self.is_paced {
            let resume = later(until, state.margin);
            state.pace.refused(now, resume);
        }
    }

    /// Takes in that the server accepted a request, and what it says of its limits.
    pub(crate) fn accepted(&self, clock: &dyn Clock, response: &RawResponse, admission: Admission) {
        let now = clock.now();
        let mut state = self.lock();
        // What was in flight when another request was refused says nothing of the time after.
        if admission == Admission::Look {
            state.until = None;
            state.restarts += 1;
            state.pace.resume(now);
        }
        if self.is_paced {
            state.pace.accepted(now);
            if let Some((requests, rest)) = left(response, clock.system_time()) {
                state.pace.left(now, requests, rest);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn look(&mut self, now: Instant, may_look: bool) -> Option<Admission> {
        self.refused
            .filter(|refused| may_look && now.saturating_duration_since(*refused) > LOOK)?;
        self.refused = Some(now);
        Some(Admission::Look)
    }
}

/// How many requests are left of a limit that is nearly reached, and for how long.
fn left(response: &RawResponse, now: SystemTime) -> Option<(u64, Duration)> {
    let limit = response.rate_limit();
    let remaining = limit.remaining?;
    let is_near = limit.near_limit || limit.limit.is_some_and(|limit| remaining.saturating_mul(5) < limit);
    if !is_near {
        return None;
    }
    let reset = DateTime::from(limit.reset?).to_system_time()?;
    // The server's own date, so that a clock that is wrong here does no harm.
    let date = response
        .header("date")
        .and_then(|date| httpdate::parse_http_date(date).ok());
    let rest = reset.duration_since(date.unwrap_or(now)).ok()?;
    Some((remaining, rest))
}
