//! What a build wants done about each kind of diagnostic.

use super::code::{Code, Severity};

/// What is done where a diagnostic of a [`Code`] is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing: it is not told.
    Allow,
    /// It is told as a warning.
    Warn,
    /// It is told as an error, and nothing is generated.
    Deny,
}

/// What is set for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Level(Level),
    /// It is allowed as often as this, no more and no less.
    Count(usize),
}

/// What is set for all codes, by their words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    /// What is set later goes before.
    settings: Vec<(String, Setting)>,
}

impl Levels {
    pub(crate) fn set(&mut self, code: String, level: Level) {
        self.settings.push((code, Setting::Level(level)));
    }

    pub(crate) fn count(&mut self, code: String, count: usize) {
        self.settings.push((code, Setting::Count(count)));
    }

    /// Leaves the counts to another document, so that each counts once.
    pub(crate) fn without_counts(mut self) -> Self {
        for (_, setting) in &mut self.settings {
            if let Setting::Count(count) = setting {
                *count = 0;
            }
        }
        self
    }

    /// Looks up the codes.
    ///
    /// # Errors
    /// There is no such code, or it cannot be set to the level.
    pub(crate) fn known(&self) -> Result<KnownLevels, String> {
        let mut known = Vec::new();
        for (word, setting) in &self.settings {
            let code: Code = word.parse().map_err(|unknown| format!("{unknown}"))?;
            if code.is_fatal() && *setting != Setting::Level(Level::Deny) {
                let problem = "cannot be allowed or made a warning, because nothing can be generated where it is found";
                return Err(format!("`{word}` {problem}"));
            }
            known.push((code, *setting));
        }
        Ok(KnownLevels(known))
    }
}

/// What is set for codes that there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownLevels(Vec<(Code, Setting)>);

impl KnownLevels {
    fn setting(&self, code: Code) -> Option<Setting> {
        let found = self.0.iter().rev().find(|(known, _)| *known == code);
        found.map(|(_, setting)| *setting)
    }

    /// How much a code matters. `None` if it is allowed.
    pub(super) fn severity(&self, code: Code) -> Option<Severity> {
        match self.setting(code) {
            None => Some(code.severity()),
            Some(Setting::Level(Level::Deny)) => Some(Severity::Error),
            Some(Setting::Level(Level::Warn)) => Some(Severity::Warning),
            Some(Setting::Level(Level::Allow) | Setting::Count(_)) => None,
        }
    }

    /// How often a code is to be found, where that is set.
    pub(super) fn expected(&self, code: Code) -> Option<usize> {
        match self.setting(code) {
            Some(Setting::Count(count)) => Some(count),
            _ => None,
        }
    }
}
