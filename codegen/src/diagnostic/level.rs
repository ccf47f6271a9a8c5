//! The level of each kind of diagnostic.

use super::code::{Code, Severity};

/// How diagnostics of a [`Code`] are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error, and nothing is generated.
    Deny,
}

/// The setting for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Level(Level),
    /// Allowed exactly this many times.
    Count(usize),
}

/// The settings for codes, as text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    /// Later settings take precedence.
    settings: Vec<(String, Setting)>,
}

impl Levels {
    pub(crate) fn set(&mut self, code: String, level: Level) {
        self.settings.push((code, Setting::Level(level)));
    }

    pub(crate) fn count(&mut self, code: String, count: usize) {
        self.settings.push((code, Setting::Count(count)));
    }

    /// Removes the counts, so that they are only added up once.
    pub(crate) fn without_counts(mut self) -> Self {
        for (_, setting) in &mut self.settings {
            if let Setting::Count(count) = setting {
                *count = 0;
            }
        }
        self
    }

    /// Parses the codes.
    ///
    /// # Errors
    /// A code is unknown, or cannot be set to the level.
    pub(crate) fn known(&self) -> Result<KnownLevels, String> {
        let mut known = Vec::new();
        for (word, setting) in &self.settings {
            let code: Code = word.parse().map_err(|unknown| format!("{unknown}"))?;
            if code.is_fatal() && *setting != Setting::Level(Level::Deny) {
                let problem = "cannot be allowed or made a warning, because it prevents generation";
                return Err(format!("`{word}` {problem}"));
            }
            known.push((code, *setting));
        }
        Ok(KnownLevels(known))
    }
}

/// The settings for known codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownLevels(Vec<(Code, Setting)>);

impl KnownLevels {
    fn setting(&self, code: Code) -> Option<Setting> {
        let found = self.0.iter().rev().find(|(known, _)| *known == code);
        found.map(|(_, setting)| *setting)
    }

    /// The severity of a code. `None` if it is allowed.
    pub(super) fn severity(&self, code: Code) -> Option<Severity> {
        match self.setting(code) {
            None => Some(code.severity()),
            Some(Setting::Level(Level::Deny)) => Some(Severity::Error),
            Some(Setting::Level(Level::Warn)) => Some(Severity::Warning),
            Some(Setting::Level(Level::Allow) | Setting::Count(_)) => None,
        }
    }

    /// The expected number of a code, if set.
    pub(super) fn expected(&self, code: Code) -> Option<usize> {
        match self.setting(code) {
            Some(Setting::Count(count)) => Some(count),
            _ => None,
        }
    }
}
