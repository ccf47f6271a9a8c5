//! A change of the Rust API, and what it means to those who use it.

use confluence_codegen::Pointer;

/// What a change means to code that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only what is read by people, or data about the document.
    Documentation,
    /// Code that compiled goes on to compile and to work.
    Compatible,
    /// Code that compiled may no longer compile, or needs a token with more scopes.
    Breaking,
}

/// A change of the Rust API.
#[derive(Clone, Debug)]
pub struct Change {
    pub level: Level,
    /// What kind of change it is, as words: `field-gone`.
    pub code: &'static str,
    /// What it is about: a function, or a path below the module.
    pub subject: String,
    /// What is different, as a sentence without its full stop.
    pub message: String,
    /// Where the cause stands: in the new document, or in the old one if it is gone.
    pub pointer: Pointer,
}

/// The changes about one thing.
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

/// What two lists have in common by name, and what either has alone.
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
