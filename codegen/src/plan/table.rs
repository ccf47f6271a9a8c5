//! Tables that operations share, so that each is in the module once.

use std::collections::BTreeMap;

use super::info::ResponseInfo;
use super::operation::Operation;
use crate::lower::{Requirement, ScopeGroup};

/// A table of an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table<T> {
    Own(Vec<T>),
    /// The one of this number in [`Tables`].
    Shared(usize),
}

/// The tables that several operations have.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub security: Vec<Vec<Vec<Requirement>>>,
    pub scopes: Vec<Vec<ScopeGroup>>,
    /// Names with descriptions.
    pub headers: Vec<Vec<(String, String)>>,
    pub responses: Vec<Vec<ResponseInfo>>,
}

impl Tables {
    /// Takes out what is the same in several operations.
    pub(super) fn of(operations: &mut [Operation]) -> Self {
        let mut headers = Vec::new();
        for operation in &mut *operations {
            if let Table::Own(responses) = &mut operation.info.responses {
                headers.extend(responses.iter_mut().map(|response| &mut response.headers));
            }
            let errors = operation.error.variants.iter_mut();
            headers.extend(errors.map(|variant| &mut variant.headers));
        }
        let headers = shared(headers);
        let (mut security, mut scopes, mut responses) = (Vec::new(), Vec::new(), Vec::new());
        for Operation { info, .. } in operations {
            security.push(&mut info.security);
            scopes.push(&mut info.scopes);
            responses.push(&mut info.responses);
        }
        Self {
            security: shared(security),
            scopes: shared(scopes),
            headers,
            responses: shared(responses),
        }
    }
}

fn shared<T: Ord + Clone>(mut tables: Vec<&mut Table<T>>) -> Vec<Vec<T>> {
    let mut counts: BTreeMap<Vec<T>, usize> = BTreeMap::new();
    for table in &tables {
        if let Table::Own(rows) = table {
            *counts.entry(rows.clone()).or_default() += 1;
        }
    }
    let mut numbers: BTreeMap<Vec<T>, usize> = BTreeMap::new();
    let mut shared = Vec::new();
    for table in &mut tables {
        let Table::Own(rows) = &**table else { continue };
        if rows.is_empty() || counts.get(rows).is_none_or(|count| *count < 2) {
            continue;
        }
        let number = *numbers.entry(rows.clone()).or_insert_with(|| {
            shared.push(rows.clone());
            shared.len() - 1
        });
        **table = Table::Shared(number);
    }
    shared
}
