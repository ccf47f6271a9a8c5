//! Counts that have to be true.

use super::code::Code;
use super::found::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Looks whether each code is found as often in documents as it is allowed. Where it is not, that is an error, and all of its
/// diagnostics are told.
pub(crate) fn check_counts(found: &mut [Diagnostics]) {
    for code in Code::ALL {
        let mut counted: Vec<_> = found.iter_mut().filter(|one| one.expected(*code).is_some()).collect();
        let expected: usize = counted.iter().filter_map(|one| one.expected(*code)).sum();
        let count: usize = counted.iter().map(|one| one.count_allowed(*code)).sum();
        if count == expected {
            continue;
        }
        if let Some(first) = counted.first_mut() {
            let message = format!("`{code}` is found {}, and allowed {}", times(count), times(expected));
            let help = match count > expected {
                true => format!("all are shown; see which are new, and mend them or allow {count}"),
                false => format!("allow {count}, so that a new one is told"),
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
