//! What an [`Error`] says, in one line.

use std::fmt::{self, Write};

use http::header::LOCATION;
use reqwest::Url;

use crate::info::OperationInfo;
use crate::response::api_error::ApiError;
use crate::response::error::{Error, Kind, Undecoded, authority};
use crate::response::raw::RawResponse;
use crate::response::redirect::location;
use crate::text::{OneLine, single_line};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut OneLine::new(f);
        if let Some(operation) = self.0.operation {
            write!(f, "{} {}: ", operation.method, operation.path)?;
        }
        if let Some(host) = &self.0.redirected_to {
            write!(f, "redirected to {host}: ")?;
        }
        if let Some(response) = &self.0.response {
            write!(f, "{}", response.status())?;
            if !matches!(self.0.kind, Kind::Status(_)) {
                f.write_str(", but ")?;
            }
        }
        self.write_problem(f)?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

impl Error {
    fn write_problem(&self, f: &mut OneLine) -> fmt::Result {
        let is_arriving = self.0.response.is_some();
        match &self.0.kind {
            Kind::Configuration(problem) | Kind::Request(problem) | Kind::File(problem, _) | Kind::Changed(problem) => {
                f.write_str(problem)
            }
            Kind::Token { .. } => f.write_str("there is no access token to send"),
            Kind::TokenTimedOut(limit) => write!(f, "not sent, as no access token was available within {limit:?}"),
            Kind::Scopes(missing) => {
                f.write_str("not sent, as the token lacks ")?;
                write_alternatives(f, missing.iter().map(Vec::as_slice))
            }
            Kind::Held(rest) => {
                let seconds = rest.as_secs_f64().ceil();
                write!(f, "not sent, as a rate limit lasts for another {seconds} s")
            }
            Kind::TooLarge(most) => write!(f, "the body exceeds the limit of {most} bytes"),
            Kind::TimedOut(limit) if is_arriving => write!(f, "the body is not complete after {limit:?}"),
            Kind::TimedOut(limit) => write!(f, "no response within {limit:?}"),
            Kind::TotalTimedOut(limit) => write!(f, "no complete response within {limit:?}"),
            Kind::Stalled(limit) => write!(f, "nothing more of the body arrived within {limit:?}"),
            Kind::Transport(error, _) if error.is_timeout() => f.write_str("the request timed out"),
            Kind::Transport(_, Some(host)) => write!(f, "cannot connect to {host}"),
            Kind::Transport(error, _) if error.is_connect() => f.write_str("cannot connect"),
            Kind::Transport(..) if is_arriving => f.write_str("the connection was lost while the body was received"),
            Kind::Transport(..) => f.write_str("the connection was lost"),
            Kind::Unpack(_) => f.write_str("the body cannot be decompressed"),
            Kind::Status(api) => self.write_status(f, api),
            Kind::Decode(problem) => {
                f.write_str("the body ")?;
                match &self.0.response {
                    Some(response) => write_undecoded(f, problem, response),
                    None => Ok(()),
                }
            }
            Kind::Text(_) => f.write_str("the body is not UTF-8 text"),
            Kind::Drift(drift) => write!(f, "the body departs from the document: {drift}"),
        }
    }

    /// Says what an error response says, after its status.
    fn write_status(&self, f: &mut OneLine, api: &ApiError) -> fmt::Result {
        let Some(response) = &self.0.response else {
            return Ok(());
        };
        if response.status().is_redirection() && response.headers().contains_key(LOCATION) {
            let location = location(response.headers()).unwrap_or_default();
            let to = Url::options().base_url(response.url()).parse(location).ok();
            match to.as_ref().and_then(authority) {
                Some(host) if response.url().and_then(authority).as_ref() == Some(&host) => {
                    f.write_str(", a redirect on the same site")?;
                }
                Some(host) => write!(f, ", a redirect to {host}")?,
                None => f.write_str(", a redirect without a location")?,
            }
        }
        if let Some(line) = api.line() {
            write!(f, ": {line}")?;
        } else if let Some(text) = self.response_info().and_then(|info| single_line(info.description)) {
            write!(f, " (the document says: {text})")?;
        }
        if self.is_scope_mismatch() {
            write_scopes(f, response.operation())?;
        }
        if let Some(pause) = self
            .retry_after()
            .filter(|pause| self.is_retryable() && !pause.is_zero())
        {
            write!(f, "; the server asks for a pause of {} s", pause.as_secs_f64().ceil())?;
        }
        match response.trace_id().and_then(single_line) {
            Some(trace) => write!(f, " (trace {trace})"),
            None => Ok(()),
        }
    }
}

/// Says what is wrong with a body, and shows how it begins where it does not even claim to be JSON.
fn write_undecoded(f: &mut OneLine, problem: &Undecoded, response: &RawResponse) -> fmt::Result {
    match problem {
        Undecoded::Empty(expected) => write!(f, "is empty: expected {expected}"),
        Undecoded::Mismatched(expected, found) => {
            write!(f, "does not match the document: expected {expected}, got {found}")
        }
        Undecoded::Undocumented => f.write_str(
            "does not match the document: expected an object with documented members, got one without any \
             (`Client::download` returns a file as it is)",
        ),
        Undecoded::Json(..) if !response.is_json() => {
            let media_type = response.header("content-type").and_then(single_line);
            match &media_type {
                Some(media_type) => write!(f, "is `{media_type}`, not JSON")?,
                None => f.write_str("is not JSON")?,
            }
            // A page is rather that of a proxy, or to log in.
            if !media_type.is_some_and(|media_type| media_type.starts_with("text/html")) {
                f.write_str(" (`Client::download` returns a file as it is)")?;
            }
            // Only the beginning is shown, so only the beginning is looked at.
            let beginning = response.body().get(..2048).unwrap_or(response.body());
            match single_line(&String::from_utf8_lossy(beginning)) {
                Some(text) => write!(f, ": {text}"),
                None => Ok(()),
            }
        }
        Undecoded::Json(path, error) => {
            let what = if error.is_data() {
                "not of the expected type"
            } else {
                "not JSON"
            };
            write!(f, "is {what}")?;
            if !path.is_empty() {
                write!(f, " at `{}`", single_line(path).unwrap_or_default())?;
            }
            if let Some(cause) = single_line(&error.to_string()) {
                write!(f, ": {cause}")?;
            }
            Ok(())
        }
    }
}

/// Names the scopes that would have been enough.
fn write_scopes(f: &mut OneLine, operation: &OperationInfo) -> fmt::Result {
    if operation.scopes.groups.is_empty() {
        return Ok(());
    }
    f.write_str("; the token needs ")?;
    write_alternatives(f, operation.scopes.groups.iter().map(|group| group.scopes))
}

fn write_alternatives<'s>(f: &mut OneLine, groups: impl Iterator<Item = &'s [&'static str]> + Clone) -> fmt::Result {
    let or = match groups.clone().any(|scopes| scopes.len() > 1) {
        true => ", or ",
        false => " or ",
    };
    let mut lead = "";
    for scopes in groups {
        write!(f, "{lead}`{}`", scopes.join("` and `"))?;
        lead = or;
    }
    Ok(())
}
