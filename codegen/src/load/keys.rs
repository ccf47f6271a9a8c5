//! Keys that have a form: paths, statuses and media types.

use serde_json::Value;

use super::part::Part;
use super::{members, misplaced};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Step;

/// Media types that are often meant by something else.
const COMMON: [&str; 8] = [
    "application/json",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data",
    "text/csv",
    "text/html",
    "text/plain",
];

/// Reports and removes members of `paths` that are no paths, as typed parsing skips them.
pub(super) fn paths(paths: Option<&mut Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Some(Value::Object(paths)) = paths else { return };
    paths.retain(|path, value| {
        let is_kept = path.starts_with('/') || path.starts_with("x-");
        if !is_kept {
            notes.push(misplaced::path(path, value, &at.pointer().join("paths").join(path)));
        }
        is_kept
    });
}

/// Reports and removes members of `responses` that are no statuses: three digits, a class such as `4XX`, or `default`.
pub(super) fn statuses(responses: Option<&mut Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let Some(Value::Object(responses)) = responses else {
        return;
    };
    // Below a status without a value, the response is probably not indented, which is reported for the status.
    let is_without_value = responses.values().any(Value::is_null);
    responses.retain(|status, value| {
        if is_status(status) || status.starts_with("x-") {
            return true;
        }
        if !(is_without_value && members::known(Part::Response).any(|known| known == status)) {
            let place = || at.pointer().join("responses").join(status);
            let told = misplaced::member(status, value, Part::Response, place).unwrap_or_else(|| {
                Diagnostic::new(Code::UnknownKey, &place(), format!("`{status}` is not a status"))
                    .help("the response is ignored; write three digits, a class such as `4XX`, or `default`")
            });
            notes.push(told.of_key());
        }
        false
    });
}

fn is_status(text: &str) -> bool {
    let digits = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx"));
    let digits = digits.unwrap_or(text);
    let length = if digits.len() == text.len() { 3 } else { 1 };
    text == "default"
        || digits.len() == length && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reports members of `content` that are no media types.
pub(super) fn media_types(content: Option<&Value>, at: &Step<'_>, notes: &mut Vec<Diagnostic>) {
    let content = content.and_then(Value::as_object).into_iter().flatten();
    for (name, _) in content.filter(|(name, _)| !name.contains('/') && !name.starts_with("x-")) {
        let is_subtype = |known: &&str| known.ends_with(&format!("/{name}"));
        let meant = COMMON.into_iter().find(is_subtype).or_else(|| nearest(name, COMMON));
        let place = at.pointer().join("content").join(name);
        let (code, help) = match meant {
            Some(meant) => (
                Code::UnknownKey,
                format!("its content is ignored; did you mean `{meant}`?"),
            ),
            None => (Code::Ignored, "its content is ignored".to_owned()),
        };
        let told = Diagnostic::new(code, &place, format!("`{name}` is not a media type"));
        notes.push(told.of_key().help(help));
    }
}
