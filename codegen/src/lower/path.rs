//! Paths with a query, which OpenAPI does not know: in practice, it is a part of the request that is always the same.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The path template and the query of a path. A fragment is never sent (RFC 9110, section 7.1), and a query with variables has
    /// to be described by parameters.
    pub(super) fn path_and_query<'p>(&mut self, path: &'p str, at: &Pointer) -> (&'p str, Option<&'p str>) {
        let (rest, fragment) = split(path, '#');
        let (path, query) = split(rest, '?');
        if let Some(fragment) = fragment {
            let message = format!("`#{fragment}` is a fragment, which is not sent");
            let diagnostic = Diagnostic::new(Code::Opaque, at, message).of_key();
            let help = "describe what tells the operation apart as a parameter in an overlay";
            self.diagnostics.push(diagnostic.help(help));
        }
        match query.filter(|query| query.contains('{')) {
            None => (path, query),
            Some(query) => {
                let message = format!("the query `{query}` has variables, so it is not sent");
                let diagnostic = Diagnostic::new(Code::Opaque, at, message).of_key();
                let help = "describe them as parameters with `in: query` in an overlay";
                self.diagnostics.push(diagnostic.help(help));
                (path, None)
            }
        }
    }
}

/// Splits a template at the first separator that is not in the name of a variable.
fn split(template: &str, separator: char) -> (&str, Option<&str>) {
    let mut is_variable = false;
    let found = template.char_indices().find(|(_, c)| {
        match c {
            '{' => is_variable = true,
            '}' => is_variable = false,
            _ => {}
        }
        !is_variable && *c == separator
    });
    let parts = found.and_then(|(index, _)| template.split_at_checked(index));
    match parts {
        Some((before, after)) => (before, after.get(1..)),
        None => (template, None),
    }
}
