//! JSONPath (RFC 9535): the targets of an action of an overlay.

use serde_json::Value;

use crate::pointer::Pointer;

/// Returns the places that a JSONPath selects, each once; items of a list in their order.
///
/// Most paths only name members; they are read here, so that a build whose overlays have no others can do without a JSONPath
/// library (feature `jsonpath`).
pub(super) fn select(document: &Value, path: &str) -> Result<Vec<Pointer>, String> {
    match plain(path) {
        Some(selectors) => Ok(walk(document, &selectors)),
        None => query(document, path),
    }
}

/// How a path is written that cannot be read.
pub(super) fn help(path: &str) -> &'static str {
    let filter = path
        .split_once('?')
        .map(|(_, filter)| filter.replace("==", "").replace(['!', '<', '>'], "~"));
    if filter.is_some_and(|filter| filter.contains('=') && !filter.contains("~=")) {
        return "a filter compares with `==`: `$.paths.*.*.parameters[?@.name == 'id']`";
    }
    match path.starts_with('$') {
        true => "write names with characters other than letters, digits and `_` in quotes: `$.paths['/a'].get`",
        false => "a path begins with `$`, which is the document: `$.paths['/a'].get`",
    }
}

/// A selector of a path without filters, slices or descendants (RFC 9535, section 2.3).
#[derive(Debug)]
enum Selector<'a> {
    Name(&'a str),
    Wildcard,
    Index(usize),
}

/// Reads a path that consists of names, wildcards and indices. `None` if it consists of more, or is not a path.
fn plain(path: &str) -> Option<Vec<Selector<'_>>> {
    let mut rest = path.strip_prefix('$')?;
    let mut selectors = Vec::new();
    while !rest.is_empty() {
        let selector;
        (selector, rest) = match rest.strip_prefix('.') {
            Some(shorthand) => shorthand_selector(shorthand)?,
            None => bracketed(rest.strip_prefix('[')?)?,
        };
        selectors.push(selector);
    }
    Some(selectors)
}

/// What follows a dot: `name` or `*`.
fn shorthand_selector(text: &str) -> Option<(Selector<'_>, &str)> {
    if let Some(rest) = text.strip_prefix('*') {
        return Some((Selector::Wildcard, rest));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii();
    let (name, rest) = text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()));
    let starts_well = name.starts_with(|c: char| !c.is_ascii_digit());
    starts_well.then_some((Selector::Name(name), rest))
}

/// What follows a bracket: `'name']`, `"name"]`, `*]` or `0]`.
fn bracketed(text: &str) -> Option<(Selector<'_>, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    if let Some(quote) = quote {
        let (name, rest) = text.strip_prefix(quote)?.split_once(quote)?;
        // Escapes and control characters are left to whoever knows all of their rules.
        let is_literal = !name.contains(|c: char| c == '\\' || c.is_ascii_control());
        return is_literal.then_some((Selector::Name(name), rest.strip_prefix(']')?));
    }
    let (inner, rest) = text.split_once(']')?;
    if inner == "*" {
        return Some((Selector::Wildcard, rest));
    }
    let is_index = inner == "0" || !inner.starts_with('0') && inner.bytes().all(|byte| byte.is_ascii_digit());
    let index = inner.parse().ok().filter(|_| is_index)?;
    Some((Selector::Index(index), rest))
}

fn walk(document: &Value, selectors: &[Selector<'_>]) -> Vec<Pointer> {
    let mut nodes = vec![(Pointer::root(), document)];
    for selector in selectors {
        let selected = nodes.into_iter().flat_map(|(at, node)| children(&at, node, selector));
        nodes = selected.collect();
    }
    nodes.into_iter().map(|(at, _)| at).collect()
}

fn children<'a>(at: &Pointer, node: &'a Value, selector: &Selector<'_>) -> Vec<(Pointer, &'a Value)> {
    match (node, selector) {
        (Value::Object(members), Selector::Name(name)) => members
            .get(*name)
            .map(|value| (at.join(name), value))
            .into_iter()
            .collect(),
        (Value::Object(members), Selector::Wildcard) => {
            members.iter().map(|(name, value)| (at.join(name), value)).collect()
        }
        (Value::Array(items), Selector::Wildcard) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (at.join(index), value))
            .collect(),
        (Value::Array(items), Selector::Index(index)) => items
            .get(*index)
            .map(|value| (at.join(index), value))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(feature = "jsonpath")]
fn query(document: &Value, path: &str) -> Result<Vec<Pointer>, String> {
    let parsed = serde_json_path::JsonPath::parse(path).map_err(|error| {
        let calls_regex = ["match(", "search("].iter().any(|call| path.contains(call));
        let hint = match calls_regex && cfg!(not(feature = "regex")) {
            true => " (`match` and `search` need the feature `regex` of confluence-codegen)",
            false => "",
        };
        format!("`{path}` is not a valid JSONPath (RFC 9535): {error}{hint}")
    })?;
    let found = parsed.query_located(document).dedup();
    let pointers = found
        .locations()
        .filter_map(|location| Pointer::parse(&location.to_json_pointer()));
    Ok(pointers.collect())
}

#[cfg(not(feature = "jsonpath"))]
fn query(_: &Value, path: &str) -> Result<Vec<Pointer>, String> {
    Err(format!(
        "`{path}` is more than names, `*` and indices: filters, slices, `..` and escapes need the feature `jsonpath` of confluence-codegen"
    ))
}

#[cfg(all(test, feature = "jsonpath"))]
mod tests {
    use serde_json::json;

    use super::{plain, query, select};

    #[test]
    fn plain_paths_are_read_as_the_library_reads_them() {
        let document = json!({
            "a": { "b-c": [1, { "d": 2 }], "é": [[3]], "e f": { "": 4 }, "_1": {}, "0": 5 },
            "*": [], "'": 6, "\"": 7,
        });
        let paths = [
            "$",
            "$.a",
            "$.*",
            "$.a.*",
            "$[*]",
            "$.a[*][*]",
            "$['a']",
            "$[\"a\"]['b-c'][0]",
            "$.a['b-c'][1].d",
            "$.a.é[0][0]",
            "$.a['e f']['']",
            "$.a._1",
            "$.a['0']",
            "$['*']",
            "$[\"'\"]",
            "$['\"']",
            "$.a['b-c'][2]",
            "$.nowhere",
            "$.a[0]",
        ];
        for path in paths {
            assert!(plain(path).is_some(), "{path}");
            let [read, other] = [select, query].map(|select| {
                let mut places = select(&document, path).unwrap_or_default();
                places.sort();
                places
            });
            assert_eq!(read, other, "{path}");
        }
        let others = [
            "",
            "a",
            "$.",
            "$a",
            "$.1",
            "$.b-c",
            "$[",
            "$[]",
            "$['a",
            "$['a'",
            "$[a]",
            "$[01]",
            "$[-1]",
            "$[+1]",
            "$[1:2]",
            "$[0, 1]",
            "$..a",
            "$[?@.a]",
            "$['\\u0061']",
            "$['a\n']",
            "$ .a",
            "$.a ",
            "$[ 0 ]",
            "$[99999999999999999999]",
        ];
        for path in others {
            assert!(plain(path).is_none(), "{path}");
        }
    }
}
