//! Lines that are indented otherwise than those they belong to: libyaml notices some of them far below.

use super::line::{self, Line, has_key, indentation, item, spaces};
use super::members::is_list;
use super::syntax::SyntaxError;

/// The lines of a text up to the one with a number, if that has content.
fn lines(text: &str, number: usize) -> Option<Vec<Line<'_>>> {
    let lines = line::lines(text, number);
    let is_last = lines.last().is_some_and(|(at, _)| at + 1 == number);
    is_last.then_some(lines)
}

/// Finds a line of a text in a block that is indented less than it has to be.
pub(super) fn of_text(text: &str, number: usize) -> Option<SyntaxError> {
    let lines = lines(text, number)?;
    let [.., above, noticed] = lines.as_slice() else {
        return None;
    };
    let is_below = spaces(noticed.1) <= indentation(above.1);
    if opens_text(above.1) && is_below && !has_key(noticed.1) && !is_item(noticed.1) {
        return Some(SyntaxError {
            message: format!("the text of `{}` is not indented", name(above.1)),
            place: Some(start(noticed)),
            help: Some("indent it further than the key".to_owned()),
            related: Some(("the key", start(above))),
        });
    }
    let here = Place::of(&lines)?;
    let first = here.inner.first()?;
    let is_text = spaces(first.1) > spaces(noticed.1) && opens_text(here.outer.1);
    is_text.then(|| SyntaxError {
        message: format!(
            "this line is indented by {}, the text above by {}",
            counted(noticed),
            spaces(first.1)
        ),
        place: Some(start(noticed)),
        help: Some(format!(
            "indent it as the text, or as `{}` if it is not a part of that",
            name(here.outer.1)
        )),
        related: Some(("the text starts here", start(first))),
    })
}

/// Finds a line with a wrong indentation, at or above the place where a mistake is noticed.
pub(super) fn found(text: &str, message: &str, (number, column): (usize, usize)) -> Option<SyntaxError> {
    let lines = lines(text, number)?;
    let [before @ .., above, noticed] = lines.as_slice() else {
        return None;
    };
    let end = indentation(noticed.1) + name(noticed.1).chars().count();
    let is_at_value = message.starts_with("mapping values are not allowed") && column == end + 1;
    let is_at_start = message.starts_with("did not find expected key") && column == spaces(noticed.1) + 1;
    if is_at_value {
        below_value(before, above, noticed)
    } else if is_at_start && (has_key(noticed.1) || is_item(noticed.1)) {
        below_value(before, above, noticed).or_else(|| Place::of(&lines)?.mistake())
    } else {
        None
    }
}

/// A line that is indented further than the one above, although that has a value.
fn below_value(before: &[Line<'_>], above: &Line<'_>, noticed: &Line<'_>) -> Option<SyntaxError> {
    let (key, value) = item(above.1).split_once(": ")?;
    if opens_text(above.1) || spaces(noticed.1) <= spaces(above.1) {
        return None;
    }
    if is_item(noticed.1) {
        return is_item(above.1).then(|| SyntaxError {
            message: format!(
                "this item is indented by {}, the one above by {}",
                counted(noticed),
                spaces(above.1)
            ),
            place: Some(start(noticed)),
            help: Some("indent both alike".to_owned()),
            related: Some(("the item above", start(above))),
        });
    }
    if spaces(noticed.1) <= indentation(above.1) {
        return None;
    }
    let owner = before.iter().rfind(|(_, line)| spaces(line) < spaces(above.1));
    let help = if owner.is_some_and(|(_, line)| line.trim_end().ends_with(':') && is_list(name(line))) {
        format!("indent both alike, or write `- ` before `{key}`")
    } else if value.trim().contains(' ') {
        "indent both alike; if it is a part of the text above, put all of that in quotes".to_owned()
    } else if noticed.1.trim_end().ends_with(':') {
        "indent both alike; or a key between them is missing, such as `properties:`".to_owned()
    } else {
        "indent both alike".to_owned()
    };
    Some(SyntaxError {
        message: format!("`{}` is indented below `{key}`, which has a value", name(noticed.1)),
        place: Some(start(noticed)),
        help: Some(help),
        related: Some(("this has a value", start(above))),
    })
}

/// Where a mistake is noticed, among the lines above.
struct Place<'l, 't> {
    noticed: &'l Line<'t>,
    /// The nearest line above that is indented less.
    outer: &'l Line<'t>,
    before: &'l [Line<'t>],
    /// The lines between, which are not indented less.
    inner: &'l [Line<'t>],
}

impl<'l, 't> Place<'l, 't> {
    fn of(lines: &'l [Line<'t>]) -> Option<Self> {
        let (noticed, above) = lines.split_last()?;
        let outer = above.iter().rposition(|(_, line)| spaces(line) < spaces(noticed.1))?;
        let (before, rest) = above.split_at_checked(outer)?;
        let (outer, inner) = rest.split_first()?;
        Some(Self {
            noticed,
            outer,
            before,
            inner,
        })
    }

    /// What is indented less than what it belongs to: the line itself, or the key above.
    fn mistake(&self) -> Option<SyntaxError> {
        let first = self.inner.first()?;
        let (indented, deeper) = (spaces(self.noticed.1), spaces(first.1));
        if !self.outer.1.trim_end().ends_with(':') || deeper <= indented {
            return None;
        }
        let beside = self.before.iter().rfind(|(_, line)| spaces(line) <= indented);
        let is_beside = beside.is_some_and(|(_, line)| spaces(line) == indented);
        let owner = self.before.last().filter(|(_, line)| line.trim_end().ends_with(':'));
        let is_first = owner.is_some_and(|(_, owner)| spaces(self.outer.1) < spaces(owner) + 2);
        match (is_beside || is_first) && deeper > indented + 1 {
            true => Some(self.outdented()),
            false => Some(self.unlike(first)),
        }
    }

    /// The key above is indented less than what is beside it.
    fn outdented(&self) -> SyntaxError {
        let indented = spaces(self.noticed.1);
        let owner = self.before.iter().rfind(|(_, line)| spaces(line) < indented);
        let help = match owner.filter(|(_, line)| line.trim_end().ends_with(':')) {
            Some((_, owner)) => format!("indent them alike if they belong to `{}`", name(owner)),
            None => "indent them alike".to_owned(),
        };
        SyntaxError {
            message: format!(
                "`{}` is indented by {}, what is beside it by {indented}",
                name(self.outer.1),
                counted(self.outer)
            ),
            place: Some(start(self.outer)),
            help: Some(help),
            related: Some(("this is indented further", start(self.noticed))),
        }
    }

    /// The line is indented less than the first one that belongs to the same key.
    fn unlike(&self, first: &Line<'_>) -> SyntaxError {
        let noticed = self.noticed;
        let what = match is_item(noticed.1) {
            true => "this item".to_owned(),
            false => format!("`{}`", name(noticed.1)),
        };
        SyntaxError {
            message: format!(
                "{what} is indented by {}, what is above it by {}",
                counted(noticed),
                spaces(first.1)
            ),
            place: Some(start(noticed)),
            help: Some(format!("indent what belongs to `{}` alike", name(self.outer.1))),
            related: Some(("this is indented further", start(first))),
        }
    }
}

fn counted(line: &Line<'_>) -> String {
    match spaces(line.1) {
        1 => "1 space".to_owned(),
        more => format!("{more} spaces"),
    }
}

/// The first key of a line, as it is written.
fn name(line: &str) -> &str {
    let item = item(line);
    let end = item.find(": ").unwrap_or(item.trim_end_matches(':').len());
    item.split_at(end).0
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Whether a line ends with the mark of a text in a block (YAML 1.2, section 8.1).
fn opens_text(line: &str) -> bool {
    let mark = item(line).rsplit_once(": ").map_or("", |(_, value)| value.trim());
    mark.starts_with(['|', '>']) && mark.chars().skip(1).all(|c| c.is_ascii_digit() || "+-".contains(c))
}

/// The line and column where the content of a line starts.
fn start((at, line): &Line<'_>) -> (usize, usize) {
    (at + 1, spaces(line) + 1)
}
