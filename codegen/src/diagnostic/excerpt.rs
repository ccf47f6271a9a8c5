//! Diagnostics as text, with excerpts of the source.

use std::fmt;

use super::found::{Diagnostic, Diagnostics, Related};
use crate::source::{Location, Place};
use crate::text::one_line;

/// The maximum number of related places that are shown.
const MOST_RELATED: usize = 3;

/// Lines behind a gutter as wide as the widest number of a line.
struct Excerpt {
    text: String,
    width: usize,
}

impl Diagnostics {
    /// One diagnostic as text of several lines.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let own = self.location_of(diagnostic);
        let related = diagnostic.related.iter().take(MOST_RELATED);
        let related: Vec<_> = related
            .map(|one| (one, self.location_of_related(diagnostic, one)))
            .collect();
        let shown = own
            .into_iter()
            .chain(related.iter().filter_map(|(_, location)| *location));
        let width = shown.map(|location| location.line.to_string().len()).max();
        let (severity, message) = (diagnostic.severity.word(), one_line(&diagnostic.message));
        let mut excerpt = Excerpt {
            text: format!("{severity}[{}]: {message}\n", diagnostic.code),
            width: width.unwrap_or_default().max(2),
        };
        excerpt.place("-->", &self.place(own, &diagnostic.place()));
        excerpt.line(own, "^", "");
        for (related, location) in &related {
            excerpt.place(":::", &self.place(*location, &related.place()));
            excerpt.line(*location, "-", &related.label);
        }
        match diagnostic.related.len().saturating_sub(MOST_RELATED) {
            0 => {}
            1 => excerpt.place(":::", "and another place"),
            more => excerpt.place(":::", &format!("and {more} more places")),
        }
        if let Some(help) = &diagnostic.help {
            excerpt.help(help);
        }
        excerpt.text
    }

    /// The location of a diagnostic, if known.
    pub(super) fn location_of<'a>(&'a self, diagnostic: &'a Diagnostic) -> Option<&'a Location> {
        let own = diagnostic.location.as_deref();
        own.or_else(|| self.location(&diagnostic.place(), diagnostic.severity))
    }

    /// The location of a related place, if known.
    pub(super) fn location_of_related<'a>(
        &'a self,
        diagnostic: &Diagnostic,
        related: &'a Related,
    ) -> Option<&'a Location> {
        let own = related.location.as_deref();
        own.or_else(|| self.location(&related.place(), diagnostic.severity))
    }

    fn place(&self, location: Option<&Location>, Place { text, pointer, .. }: &Place) -> String {
        match (location, pointer.steps()) {
            (Some(location), []) => location.to_string(),
            (Some(location), _) => format!("{location}  {pointer}"),
            (None, _) => {
                let source = self.sources.texts.get(text.unwrap_or_default());
                format!("{}  {pointer}", source.map_or("", |source| &source.name))
            }
        }
    }
}

impl Excerpt {
    fn place(&mut self, arrow: &str, place: &str) {
        let gutter = " ".repeat(self.width);
        self.text.push_str(&format!("{gutter}{arrow} {}\n", one_line(place)));
    }

    /// The line of a place, with marks under it.
    fn line(&mut self, location: Option<&Location>, mark: &str, label: &str) {
        let (gutter, width) = (" ".repeat(self.width), self.width);
        let marked = location.and_then(|location| Some((location.line, location.marked(mark)?)));
        let label = one_line(label);
        match marked {
            Some((line, (shown, marks))) => {
                let marks = format!("{marks} {label}");
                let marks = marks.trim_end();
                let lines = format!("{gutter} |\n{line:>width$} | {shown}\n{gutter} | {marks}\n");
                self.text.push_str(&lines);
            }
            None if label.is_empty() => {}
            None => self.text.push_str(&format!("{gutter} | {label}\n")),
        }
    }

    fn help(&mut self, help: &str) {
        let gutter = " ".repeat(self.width);
        self.text.push_str(&format!("{gutter} = {}\n", one_line(help)));
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.render(diagnostic))?;
        }
        Ok(())
    }
}
