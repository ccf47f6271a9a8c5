//! `x-atlassian-oauth2-scopes` and what stands in for it, `x-atlassian-connect-scope` and `x-atlassian-data-security-policy`.

use serde_json::Value;

use super::{Lowering, Requirement};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// Scopes of one state, all of which are needed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScopeGroup {
    pub scheme: String,
    pub state: String,
    pub scopes: Vec<String>,
}

impl Lowering<'_> {
    /// The alternatives of scopes: those of the extension or, without it, those of the security requirements.
    pub(super) fn scopes(
        &mut self,
        operation: &openapiv3::Operation,
        security: &[Vec<Requirement>],
        at: &Pointer,
    ) -> Vec<ScopeGroup> {
        const NAME: &str = "x-atlassian-oauth2-scopes";
        let Some(value) = operation.extensions.get(NAME) else {
            // All requirements of an alternative have to be met.
            let groups = security.iter().filter_map(|together| {
                let mut required = together.iter().filter(|one| !one.scopes.is_empty()).peekable();
                Some(ScopeGroup {
                    scheme: required.peek()?.scheme.clone(),
                    state: "Current".to_owned(),
                    scopes: required.flat_map(|one| one.scopes.clone()).collect(),
                })
            });
            return groups.collect();
        };
        let at = at.join(NAME);
        let mut groups = Vec::new();
        for (index, group) in value.as_array().into_iter().flatten().enumerate() {
            let scopes: Option<Vec<String>> = group["scopes"]
                .as_array()
                .and_then(|scopes| scopes.iter().map(|scope| scope.as_str().map(str::to_owned)).collect());
            match (&group["scheme"], &group["state"], scopes) {
                // There are no scopes of this state.
                (Value::String(_), Value::String(_), Some(scopes)) if scopes.is_empty() => {}
                (Value::String(scheme), Value::String(state), Some(scopes)) => groups.push(ScopeGroup {
                    scheme: scheme.clone(),
                    state: state.clone(),
                    scopes,
                }),
                _ => {
                    let message =
                        "a group of `x-atlassian-oauth2-scopes` needs `scheme`, `state` and a list of `scopes`";
                    self.warn_of_members(group, &["scheme", "state", "scopes"], &at.join(index), message);
                }
            }
        }
        if !value.is_array() {
            let message = "`x-atlassian-oauth2-scopes` is not a list of groups";
            self.warn(Code::Extension, &at, message, "ignored");
        }
        groups
    }

    /// Whether the operation has one of Atlassian's extensions.
    pub(super) fn is_atlassian(operation: &openapiv3::Operation) -> bool {
        operation.extensions.keys().any(|name| name.starts_with("x-atlassian-"))
    }

    pub(super) fn connect_scope(&mut self, operation: &openapiv3::Operation, at: &Pointer) -> Option<String> {
        const NAME: &str = "x-atlassian-connect-scope";
        let value = operation.extensions.get(NAME)?;
        if value.as_str().is_none() {
            self.warn(
                Code::Extension,
                &at.join(NAME),
                "`x-atlassian-connect-scope` is not a string",
                "ignored",
            );
        }
        value.as_str().map(str::to_owned)
    }

    /// Whether the operation is exempt from app access rules.
    pub(super) fn app_access_rule_exempt(&mut self, operation: &openapiv3::Operation, at: &Pointer) -> Option<bool> {
        const NAME: &str = "x-atlassian-data-security-policy";
        let value = operation.extensions.get(NAME)?;
        let exempt = value
            .as_array()
            .into_iter()
            .flatten()
            .find_map(|policy| policy["app-access-rule-exempt"].as_bool());
        if exempt.is_none() {
            let message = "`x-atlassian-data-security-policy` has no `app-access-rule-exempt`";
            self.warn(Code::Extension, &at.join(NAME), message, "ignored");
        }
        exempt
    }
}
