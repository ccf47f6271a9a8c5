//! Changes of the responses of an operation.

use confluence_codegen::outline::{DocumentedError, Operation};

use super::change::{Changes, matched};

/// Changes of the type of a successful response.
pub fn output(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    // The enum of a choice is named after the operation.
    let is_choice = |one: &Operation| !one.choices.is_empty();
    if before.output != after.output && !(is_choice(before) && is_choice(after)) {
        let message = format!(
            "`{}` returns `{}`, no longer `{}`",
            after.function, after.output, before.output
        );
        changes.breaking("output", message);
        return;
    }
    let shown = |body: &Option<String>| body.clone().unwrap_or_else(|| "nothing".to_owned());
    let choices = matched(&before.choices, &after.choices, |(name, _)| variant(name));
    for (name, _) in choices.gone {
        changes.breaking("output-variant-gone", format!("`request::{name}` was removed"));
    }
    // An enum with a download is neither `Clone` nor `PartialEq`.
    let is_download = |(_, body): &(String, Option<String>)| body.as_deref() == Some("rt::Download");
    let had_downloads = before.choices.iter().any(is_download);
    for one in choices.came {
        let name = &one.0;
        if is_download(one) && !had_downloads {
            let message = format!("`request::{name}` was added, so its enum is no longer `Clone` and `PartialEq`");
            changes.breaking("output-variant-added", message);
        } else {
            changes.compatible("output-variant-added", format!("`request::{name}` was added"));
        }
    }
    for ((_, before), (name, after)) in choices.both {
        if before != after {
            let message = format!(
                "`request::{name}` holds `{}`, no longer `{}`",
                shown(after),
                shown(before)
            );
            changes.breaking("output-variant-body", message);
        }
    }
}

/// The last part of the path of a variant.
fn variant(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Changes of the documented successes, which are data of the operation.
pub fn successes(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let function = &after.function;
    let statuses = |one: &Operation| -> Vec<String> { one.successes.iter().map(|one| one.status.clone()).collect() };
    let (old, new) = (statuses(before), statuses(after));
    if old != new {
        let (old, new) = (old.join(", "), new.join(", "));
        changes.compatible(
            "successes",
            format!("`{function}` succeeds with {new}, no longer with {old}"),
        );
    }
    for (before, after) in matched(&before.successes, &after.successes, |one| &one.status).both {
        let name = format!("the response {} of `{function}`", after.status);
        if before.description != after.description {
            changes.documentation("docs", format!("the documentation of {name} has changed"));
        }
        headers(&name, &before.headers, &after.headers, changes);
    }
}

/// Changes of the headers of a response. They are no more than data and documentation.
fn headers(response: &str, before: &[(String, String)], after: &[(String, String)], changes: &mut Changes<'_>) {
    let headers = matched(before, after, |(name, _)| name);
    for (name, _) in headers.gone {
        changes.documentation("header-gone", format!("the header `{name}` of {response} was removed"));
    }
    for (name, _) in headers.came {
        changes.documentation("header-added", format!("the header `{name}` of {response} was added"));
    }
    for ((name, before), (_, after)) in headers.both {
        if before != after {
            let message = format!("the documentation of the header `{name}` of {response} has changed");
            changes.documentation("docs", message);
        }
    }
}

/// Changes of the documented errors.
pub fn errors(before: &Operation, after: &Operation, changes: &mut Changes<'_>) {
    let shown = |error: &DocumentedError| error.body.clone().unwrap_or_else(|| "nothing".to_owned());
    let errors = matched(&before.errors, &after.errors, |one| variant(&one.name));
    for one in errors.gone {
        let message = format!("the error `request::{}` ({}) was removed", one.name, one.status);
        changes.breaking("error-gone", message);
    }
    for one in errors.came {
        let message = format!("the error `request::{}` ({}) was added", one.name, one.status);
        changes.compatible("error-added", message);
    }
    for (before, after) in errors.both {
        if before.body != after.body {
            let message = format!(
                "the error `request::{}` holds `{}`, no longer `{}`",
                after.name,
                shown(after),
                shown(before)
            );
            changes.breaking("error-body", message);
        }
        let name = format!("the error `request::{}`", after.name);
        if before.docs != after.docs {
            changes.documentation("docs", format!("the documentation of {name} has changed"));
        }
        headers(&name, &before.headers, &after.headers, changes);
    }
}
