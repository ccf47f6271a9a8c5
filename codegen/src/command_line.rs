//! The command lines of `cargo codegen` that messages suggest.

use crate::source::Sources;

impl Sources {
    /// The command line of a subcommand with the document's overlays, the supplements that are used, the selected tags, and how
    /// names are made.
    pub(crate) fn command(&self, subcommand: &str, documents: &[&str]) -> String {
        let mut line = format!("cargo codegen {subcommand}");
        let mut add = |text: &str| {
            line.push(' ');
            line.push_str(&quoted(text));
        };
        documents.iter().for_each(|document| add(document));
        let options = 1..=self.overlays + self.supplements;
        for (number, source) in self.numbered().filter(|(number, _)| options.contains(number)) {
            add(if number <= self.overlays {
                "--overlay"
            } else {
                "--supplement"
            });
            add(&source.name);
        }
        for tag in &self.tags {
            add("--tag");
            add(tag);
        }
        if !self.split_names {
            add("--split-names");
            add("false");
        }
        line
    }
}

/// A word, quoted for shells if needed.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:\\+=,@".contains(c);
    match word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("\"{word}\""),
    }
}
