//! Which models are pages of a list, and where the next page is.

use super::Type;
use super::model::{Field, Next, Page};

/// A struct with an array `results` or `values`, and members that lead to the next page, is a page of a list.
///
/// # Errors
/// Says what is missing.
pub(super) fn page(fields: &[Field]) -> Result<Page, &'static str> {
    let find = |name: &str| fields.iter().find(|field| field.name == name);
    let list = find("results").or_else(|| find("values"));
    let Some((field, Type::List(item))) = list.map(|field| (field, &field.ty)) else {
        return Err("it has no list `results` or `values`");
    };
    let next = next(|name| find(name).is_some());
    if next.is_empty() {
        return Err("no member of it leads to the next page");
    }
    Ok(Page {
        items: field.ident.clone(),
        item: (**item).clone(),
        // Decided with the presence of all fields.
        optional: false,
        next,
    })
}

/// Where the next page is, by the members of the struct; the most reliable comes first.
fn next(has: impl Fn(&str) -> bool) -> Vec<Next> {
    let mut next = Vec::new();
    for (member, pointer) in [("_links", "/_links/next"), ("next", "/next"), ("nextPage", "/nextPage")] {
        if has(member) {
            next.push(Next::Link(pointer));
        }
    }
    if has("nextPageToken") {
        next.push(Next::Token("nextPageToken"));
    }
    for (start, limit) in [("start", "limit"), ("startAt", "maxResults")] {
        if has(start) && has(limit) {
            next.push(Next::Count { start, limit });
        }
    }
    next
}
