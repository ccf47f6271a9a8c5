//! The headers that an operation always needs.

use crate::lower::{self, RequestContent};

/// The header that protects against cross-site request forgery. It has one value that works, so nobody is asked for it.
pub(super) fn is_xsrf_token(name: &str) -> bool {
    name.eq_ignore_ascii_case(XSRF_TOKEN)
}

const XSRF_TOKEN: &str = "X-Atlassian-Token";

pub(super) fn headers(operation: &lower::Operation) -> Vec<(&'static str, &'static str)> {
    let declared = operation
        .parameters
        .iter()
        .any(|parameter| is_xsrf_token(&parameter.name));
    let told = operation.description.contains("`X-Atlassian-Token: no-check`");
    // Atlassian asks for it wherever a browser could be made to send the body, which is how files are sent.
    let has_parts = operation
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.content, RequestContent::Multipart(_)));
    let needed = declared || told || operation.is_atlassian && has_parts;
    needed.then_some((XSRF_TOKEN, "no-check")).into_iter().collect()
}
