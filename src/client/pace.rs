//! Pacing: the request rate of a client after a rate limit.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use crate::time::clock::later;

/// The span of time in which accepted requests are counted together.
const TICK: Duration = Duration::from_millis(250);
/// How many of these spans are remembered: a minute.
const TICKS: usize = 240;
/// The initial rate, in requests a second, if little was sent before the rate limit.
const LEAST: f64 = 2.0;
/// No pace is faster than this, in requests a second: it is none.
const FASTEST: f64 = 1_000_000.0;
/// No pace is slower than this, in requests a second.
const SLOWEST: f64 = 0.1;
/// A refusal this soon after a pause says that the rate was wrong, not that it grew too high.
const SOON: Duration = Duration::from_secs(2);
/// A refusal after the rate has been much the same for this long says nothing of the rate.
const STEADY: Duration = Duration::from_secs(4);
/// How many seconds the rate takes to come back to what the server has shown to take.
const RECOVERY: f64 = 20.0;
/// How long requests queue for a limit that is nearly reached.
const QUEUE: Duration = Duration::from_secs(10);
/// How long a server has to accept everything before its refusals are forgotten.
const FORGET: Duration = Duration::from_secs(5 * 60);

/// The pace of all requests of a client. There is none before the first refusal.
///
/// The first rate is what the server accepted before. It grows until the server refuses again, and then stays a little below that
/// for a while: additive increase, multiplicative decrease.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// How many requests were accepted in each span of time.
    accepted: VecDeque<(Instant, u32)>,
    rate: Option<Rate>,
    quota: Option<Quota>,
    /// When the next request may be sent.
    next: Option<Instant>,
    /// Earlier slots that were taken, but not used.
    free: BTreeSet<Instant>,
}

/// Requests a second, as a function of time.
#[derive(Clone, Copy, Debug)]
struct Rate {
    since: Instant,
    /// When the last pause ended.
    resumed: Instant,
    start: f64,
    /// The rate that it comes back to and stays at for a while, where the server has shown what it takes.
    plateau: Option<f64>,
}

impl Rate {
    fn new(since: Instant, start: f64, plateau: Option<f64>) -> Self {
        Self {
            since,
            resumed: since,
            start,
            plateau,
        }
    }

    /// Whether it has been much the same for some time.
    fn is_steady(&self, now: Instant) -> bool {
        now.checked_sub(STEADY)
            .is_some_and(|before| before >= self.since && self.at(before) >= 0.9 * self.at(now))
    }

    /// The rate that continues after a pause as if there had been none.
    fn paused(self, from: Instant, until: Instant) -> Self {
        let since = later(self.since, until.saturating_duration_since(from));
        Self {
            since,
            resumed: until,
            ..self
        }
    }

    fn at(&self, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        let grown = |from: f64, seconds: f64| from * 1.05_f64.powf(seconds) + seconds;
        let rate = match self.plateau {
            None => grown(self.start, seconds),
            Some(plateau) if seconds < RECOVERY => self.start + (plateau - self.start) * seconds / RECOVERY,
            Some(plateau) => grown(plateau, seconds - RECOVERY),
        };
        // A request may be in flight for days, in which the rate would become infinite.
        rate.min(FASTEST)
    }
}

/// What the server says is left of a limit: requests until a moment.
#[derive(Clone, Copy, Debug)]
struct Quota {
    until: Instant,
    spacing: Duration,
}

impl Pace {
    /// Takes the next moment at which a request may be sent.
    pub(crate) fn slot(&mut self, now: Instant) -> Instant {
        let spacing = self.spacing(now);
        self.free.retain(|free| *free >= now && !spacing.is_zero());
        let next = self.next.map_or(now, |next| next.max(now));
        let slot = self.free.first().copied().unwrap_or(next);
        // What is only said to be nearly reached makes no queue.
        if self.rate.is_none() && slot.saturating_duration_since(now) > QUEUE {
            return now;
        }
        if self.free.pop_first().is_none() {
            self.next = (!spacing.is_zero()).then(|| later(slot, spacing));
        }
        slot
    }

    /// Takes a slot back that is not used.
    pub(crate) fn give_back(&mut self, slot: Instant) {
        self.free.insert(slot);
    }

    fn spacing(&mut self, now: Instant) -> Duration {
        self.rate
            .take_if(|rate| now.saturating_duration_since(rate.since) > FORGET);
        self.quota.take_if(|quota| now >= quota.until);
        let by_rate = self.rate.map(|rate| Duration::from_secs_f64(1.0 / rate.at(now)));
        let by_quota = self.quota.map(|quota| quota.spacing);
        by_rate.max(by_quota).unwrap_or_default()
    }

    /// Counts a request that the server accepted.
    pub(crate) fn accepted(&mut self, now: Instant) {
        match self.accepted.back_mut() {
            Some((start, count)) if now.saturating_duration_since(*start) < TICK => *count += 1,
            _ => self.accepted.push_back((now, 1)),
        }
        if self.accepted.len() > TICKS {
            self.accepted.pop_front();
        }
    }

    /// Spreads what the server says is left over the time until there is more.
    pub(crate) fn left(&mut self, now: Instant, requests: u64, rest: Duration) {
        // More than this is the server's to refuse: the limit may be another one than that of the next request.
        const MOST: Duration = Duration::from_secs(5);
        let spacing = rest.div_f64(requests as f64 + 1.0).min(MOST);
        let until = later(now, rest);
        self.quota = Some(Quota { until, spacing });
    }

    /// Takes in that the server accepts requests again, earlier than it said.
    pub(crate) fn resume(&mut self, now: Instant) {
        self.next = None;
        self.free.clear();
        self.rate = self.rate.map(|rate| Rate::new(now, rate.start, rate.plateau));
    }

    /// Takes in that a pause is longer than the server said before.
    pub(crate) fn extended(&mut self, before: Instant, until: Instant) {
        self.rate = self.rate.map(|rate| rate.paused(before, until));
        self.next = Some(until);
        self.free.clear();
    }

    /// Takes in that the server refuses requests until a moment.
    pub(crate) fn refused(&mut self, now: Instant, until: Instant) {
        let accepted = self.accepted_per_second(now, until);
        let rate = match self.rate {
            None => Rate::new(until, 0.95 * accepted.max(LEAST), None),
            Some(rate) => {
                let tried = rate.at(now);
                let is_soon = now.saturating_duration_since(rate.resumed) < SOON;
                if is_soon && rate.plateau.is_none() {
                    // The first rate was a guess.
                    Rate::new(until, accepted.min(tried / 2.0).max(SLOWEST), None)
                } else if !is_soon && rate.is_steady(now) {
                    // A server that took this rate for a while has another reason.
                    rate.paused(now, until)
                } else {
                    // A server that counts by the second refuses only after the rate has grown on for a while.
                    Rate::new(until, (0.88 * tried).max(SLOWEST), Some(0.93 * tried))
                }
            }
        };
        self.rate = Some(rate);
        self.next = Some(until);
        self.free.clear();
        self.accepted.clear();
    }

    /// The best rate that the server accepted over any time up to now, the pause that it asks for included.
    fn accepted_per_second(&self, now: Instant, until: Instant) -> f64 {
        let mut best = 0.0;
        let mut count = 0;
        for (start, more) in self.accepted.iter().rev() {
            count += more;
            let span = now.max(until).saturating_duration_since(*start).as_secs_f64();
            best = f64::max(best, f64::from(count) / span.max(TICK.as_secs_f64()));
        }
        best
    }
}
