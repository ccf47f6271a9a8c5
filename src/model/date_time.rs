//! Dates and times, as servers write them.

use std::cmp::Ordering;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::model::json::{Json, Source, Writer};
use crate::model::outcome::{Found, Outcome};

/// A date and time, kept as the text that was received.
///
/// Atlassian's servers write `2022-10-06T07:32:47.000+0000`, where RFC 3339 requires a colon in the offset, sometimes
/// omit the offset, and in some places write milliseconds since 1970 as a number. So the text is kept, and parsed on
/// request.
///
/// Dates are ordered by time. Texts that are not a date and time come first; notations of one point in time that differ
/// are unequal, and ordered by their text.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use confluence_rest::DateTime;
///
/// let time = DateTime::from("1970-01-01T01:00:01.500+0100");
/// assert_eq!(time.to_system_time(), Some(UNIX_EPOCH + Duration::from_millis(1500)));
/// assert_eq!(time.as_str(), "1970-01-01T01:00:01.500+0100");
/// assert!(time < DateTime::from("1970-01-01T00:00:02Z"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: String,
    /// Whether the text is a number of milliseconds, and JSON has it as a number.
    is_number: bool,
}

impl DateTime {
    /// Returns the text as received: a date and time, or the digits of a number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the point in time, or `None` if the text is not a date and time.
    ///
    /// Without an offset, UTC is assumed.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let text = self.text.trim();
        if self.is_number {
            return after_epoch(i128::from(text.parse::<i64>().ok()?) * 1_000_000);
        }
        let (date, rest) = text.split_at_checked(10)?;
        let time = rest.strip_prefix(['T', 't', ' '])?;
        let [year, month, day] = numbers(date, '-')?;
        let offset_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, offset) = time.split_at(offset_at);
        let (clock, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, ""));
        let [hour, minute, second] = match clock.matches(':').count() {
            1 => {
                let [hour, minute] = numbers(clock, ':')?;
                [hour, minute, 0]
            }
            _ => numbers(clock, ':')?,
        };
        // A day may end at 24:00 (ISO 8601), and a minute with a leap second.
        let is_end = [hour, minute, second] == [24, 0, 0];
        let is_time = is_end || (hour < 24 && minute < 60 && second <= 60);
        if !is_time || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
            return None;
        }
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - self::offset(offset)?;
        let nanos: i128 = match fraction {
            "" => 0,
            digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                format!("{digits:0<9}").get(..9)?.parse().ok()?
            }
            _ => return None,
        };
        after_epoch(i128::from(seconds) * 1_000_000_000 + nanos)
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = self.to_system_time().cmp(&other.to_system_time());
        by_time.then_with(|| (&self.text, self.is_number).cmp(&(&other.text, other.is_number)))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The point in time that is so many nanoseconds after 1970, or before if they are negative.
#[expect(clippy::integer_division, reason = "the rest follows")]
fn after_epoch(nanos: i128) -> Option<SystemTime> {
    let distance = nanos.unsigned_abs();
    let seconds = u64::try_from(distance / 1_000_000_000).ok()?;
    let distance = Duration::new(seconds, (distance % 1_000_000_000) as u32);
    if nanos < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    }
}

/// Numbers between separators.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let parts: Option<Vec<i64>> = text
        .split(separator)
        .map(|part| {
            part.parse()
                .ok()
                .filter(|_| part.bytes().all(|digit| digit.is_ascii_digit()))
        })
        .collect();
    parts?.try_into().ok()
}

/// Seconds east of Greenwich: `Z`, `+01:00`, `+0100`, `+01` or nothing.
fn offset(text: &str) -> Option<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_at_checked(2)?;
    let [hours] = numbers(hours, ':')?;
    let [minutes] = match minutes.strip_prefix(':').unwrap_or(minutes) {
        "" => [0],
        minutes => numbers(minutes, ':').filter(|_| minutes.len() == 2)?,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// How many days a month has.
fn length(year: i64, month: i64) -> i64 {
    days(year, month + 1, 1) - days(year, month, 1)
}

/// Days from 1970-01-01 in the Gregorian calendar, counted in years that start in March so that leap days come last.
#[expect(clippy::integer_division, reason = "the algorithm counts whole years and days")]
fn days(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * (month + 9).rem_euclid(12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self { text, is_number: false }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Json for DateTime {
    const EXPECTED: &'static str = "a date and time";

    fn read(&mut self, source: &mut Source<'_>) -> Outcome {
        let outcome = source.reader.string(&mut self.text);
        self.is_number = outcome == Outcome::Converted;
        // What is no whole number of milliseconds is no point in time.
        if self.is_number && self.text.parse::<i64>().is_err() {
            return Outcome::Mismatched(Found::Number);
        }
        outcome
    }

    fn write(&self, name: &str, writer: &mut dyn Writer) {
        match self.text.parse() {
            Ok(number) if self.is_number => writer.integer(name, number),
            _ => writer.string(name, &self.text),
        }
    }
}

crate::__serde!(DateTime);
