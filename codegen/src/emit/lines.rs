//! Text, line by line, indented.

use proc_macro2::Literal;

/// Lines of code.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    /// No lines, with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            depth: 0,
        }
    }

    /// Adds a line. An empty one is not indented.
    pub(crate) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n("    ", self.depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// Adds lines of documentation.
    pub(crate) fn docs(&mut self, docs: &[String]) {
        for line in docs {
            self.line(&format!("///{}", padded(line)));
        }
    }

    /// Adds lines between an opening and a closing line, which are joined if there are none.
    pub(crate) fn nest(&mut self, first: &str, last: &str, between: impl FnOnce(&mut Self)) {
        self.line(first);
        let length = self.text.len();
        self.indented(between);
        if self.text.len() == length {
            self.text.truncate(length - 1);
            self.text.push_str(last);
            self.text.push('\n');
        } else {
            self.line(last);
        }
    }

    /// Adds lines that are indented by one more step.
    pub(crate) fn indented(&mut self, lines: impl FnOnce(&mut Self)) {
        self.depth += 1;
        lines(self);
        self.depth -= 1;
    }

    /// Adds a list: one item on the line, several below each other.
    pub(crate) fn list(&mut self, first: &str, items: &[String], last: &str) {
        match items {
            [] => self.line(&format!("{first}{last}")),
            [one] => self.line(&format!("{first}{one}{last}")),
            several => self.nest(first, last, |lines| {
                several.iter().for_each(|item| lines.line(&format!("{item},")));
            }),
        }
    }

    /// Whether the next line is the first of all, or of what was opened last.
    pub(crate) fn starts(&self) -> bool {
        self.text.is_empty() || self.text.ends_with("{\n")
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// A line of documentation, without the slashes.
pub(crate) fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Texts as a slice.
pub(super) fn slice(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
    format!("&[{}]", texts.join(", "))
}
