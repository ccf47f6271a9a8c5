//! A change of the Rust API, and its effect on users.

use confluence_codegen::Pointer;

/// The effect of a change on existing code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only documentation, or data about the document, changes.
    Documentation,
    /// Code that compiled still compiles and works.
    Compatible,
    /// Code that compiled may no longer compile, or needs a token with more scopes.
    Breaking,
}

/// A change of the Rust API.
#[derive(Clone, Debug)]
pub struct Change {
    pub level: Level,
    /// The kind of change: `field-gone`.
    pub code: &'static str,
    /// What changes: a function, or a path below the module.
    pub subject: String,
    /// A description of the change, as a sentence without a full stop.
    pub message: String,
    /// The place of the cause: in the new document, or in the old one if it was removed.
    pub pointer: Pointer,
}

/// The changes of one function, type or module.
pub struct Changes<'a> {
    subject: String,
    pointer: &'a Pointer,
    list: Vec<Change>,
}

impl<'a> Changes<'a> {
    pub fn of(subject: impl Into<String>, pointer: &'a Pointer) -> Self {
        Self {
            subject: subject.into(),
            pointer,
            list: Vec::new(),
        }
    }

    pub fn breaking(&mut self, code: &'static str, message: impl Into<String>) {
        self.push(Level::Breaking, code, message.into());
    }

    pub fn compatible(&mut self, code: &'static str, message: impl Into<String>) {
        self.push(Level::Compatible, code, message.into());
    }

    pub fn documentation(&mut self, code: &'static str, message: impl Into<String>) {
        self.push(Level::Documentation, code, message.into());
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn finish(self) -> Vec<Change> {
        self.list
    }

    fn push(&mut self, level: Level, code: &'static str, message: String) {
        self.list.push(Change {
            level,
            code,
            subject: self.subject.clone(),
            message,
            pointer: self.pointer.clone(),
        });
    }
}

/// The elements that two lists have in common by name, and those that only one of them has.
pub struct Matched<'a, T> {
    pub both: Vec<(&'a T, &'a T)>,
    pub gone: Vec<&'a T>,
    pub came: Vec<&'a T>,
}

/// Matches two lists by name.
pub fn matched<'a, T>(old: &'a [T], new: &'a [T], name: impl Fn(&T) -> &str) -> Matched<'a, T> {
    let known: std::collections::BTreeMap<&str, &T> = old.iter().map(|one| (name(one), one)).collect();
    let mut found = std::collections::BTreeSet::new();
    let (mut both, mut came) = (Vec::new(), Vec::new());
    for one in new {
        match known.get(name(one)) {
            Some(before) => {
                found.insert(name(one));
                both.push((*before, one));
            }
            None => came.push(one),
        }
    }
    let gone = old.iter().filter(|one| !found.contains(name(one))).collect();
    Matched { both, gone, came }
}
