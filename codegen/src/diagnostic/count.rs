//! Allowed counts of diagnostics.

use super::code::Code;
use super::found::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Checks that the number of diagnostics of each code is the allowed one. If not, that is an error, and all diagnostics of the code
/// are reported.
pub(crate) fn check_counts(found: &mut [Diagnostics]) {
    for code in Code::ALL {
        let mut counted: Vec<_> = found.iter_mut().filter(|one| one.expected(*code).is_some()).collect();
        let expected: usize = counted.iter().filter_map(|one| one.expected(*code)).sum();
        let count: usize = counted.iter().map(|one| one.count_allowed(*code)).sum();
        if count == expected {
            continue;
        }
        if let Some(first) = counted.first_mut() {
            let message = format!(
                "`{code}` was found {}, but is allowed {}",
                times(count),
                times(expected)
            );
            let help = match count > expected {
                true => format!("all are shown: fix the new ones, or allow {count}"),
                false => format!("allow {count}, so that a new one is reported"),
            };
            first.push(Diagnostic::new(Code::AllowedCount, &Pointer::root(), message).help(help));
        }
        counted.into_iter().for_each(|one| one.deny_allowed(*code));
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "1 time".to_owned(),
        count => format!("{count} times"),
    }
}
