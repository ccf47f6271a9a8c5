//! What can go wrong with a request, in words for the person who reads them.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::info::OperationInfo;
use crate::info::ResponseInfo;
use crate::model::drift::Drift;
use crate::response::api_error::ApiError;
use crate::response::rate_limit::retry_after;
use crate::response::raw::RawResponse;
use crate::text::single_line;

/// Why a request failed.
///
/// `Display` is one line that names the operation, what was wrong and, for missing scopes, which are needed. It never
/// holds a secret. The cause below it, if any, is [`source`](std::error::Error::source).
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static OperationInfo>,
    kind: Kind,
}

pub(crate) enum Kind {
    /// The client cannot be built as asked.
    Configuration(String),
    /// The request cannot be made from what was given.
    Request(String),
    /// A file or a reader failed.
    File(String, std::io::Error),
    /// There is no token to send.
    Token {
        error: Box<dyn std::error::Error + Send + Sync>,
        /// Whether there may be one later.
        is_transient: bool,
    },
    /// No token came in time.
    TokenTimedOut(Duration),
    /// The token is known to lack scopes: what each alternative would need. Nothing was sent.
    Scopes(Vec<Vec<&'static str>>),
    /// The server wants no requests for longer than the client waits. Nothing was sent.
    Held(Duration),
    /// The body is larger than what is collected.
    TooLarge(u64),
    /// No answer came in time.
    TimedOut(Duration),
    /// No whole answer came.
    Transport(reqwest::Error),
    /// The server answered with something other than success.
    Status { response: RawResponse, api: ApiError },
    /// The answer is not what the document says.
    Decode { problem: Undecoded, response: RawResponse },
    /// The answer is to be text, and is not.
    Text {
        error: std::string::FromUtf8Error,
        response: RawResponse,
    },
    /// The answer lacks what the document requires, which `strict` does not allow.
    Drift { drift: Drift, response: RawResponse },
}

/// Why a body cannot be decoded.
pub(crate) enum Undecoded {
    /// There is none, and the document describes one.
    Empty(&'static str),
    /// It is not JSON, or not of the type that was asked for, at a path.
    Json(String, serde_json::Error),
    /// As a whole, it is of another type than the document says: what was expected, and what came.
    Mismatched(&'static str, &'static str),
    /// It has members, and the document describes none of them.
    Undocumented,
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(Inner { operation: None, kind }))
    }
}

impl Error {
    /// Says which operation it was about.
    pub(crate) fn of(mut self, operation: &'static OperationInfo) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// An error response of the server.
    pub(crate) fn status_of(response: RawResponse) -> Self {
        let operation = response.operation();
        let api = ApiError::read(&response);
        Self::from(Kind::Status { response, api }).of(operation)
    }

    /// The operation that was called, where one was.
    pub fn operation(&self) -> Option<&'static OperationInfo> {
        self.0.operation
    }

    /// The response, where one came.
    pub fn response(&self) -> Option<&RawResponse> {
        match &self.0.kind {
            Kind::Status { response, .. }
            | Kind::Decode { response, .. }
            | Kind::Text { response, .. }
            | Kind::Drift { response, .. } => Some(response),
            _ => None,
        }
    }

    /// The HTTP status, where a response came.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// What an error response says, in whichever shape it came.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Status { api, .. } => Some(api),
            _ => None,
        }
    }

    /// What the document says about the status that came.
    pub fn response_info(&self) -> Option<&'static ResponseInfo> {
        let response = self.response()?;
        response.operation().response(response.status().as_u16())
    }

    /// Whether the client's own configuration is at fault; no request was made.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration(_))
    }

    /// Whether the request could not be made from the values given; nothing was sent.
    pub fn is_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(_))
    }

    /// Whether no connection came about.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error) if error.is_connect())
    }

    /// Whether a time limit ran out.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::TimedOut(_) | Kind::TokenTimedOut(_) => true,
            Kind::Transport(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether a file or reader failed: one to send could not be read, or one to save could not be written.
    pub fn is_file(&self) -> bool {
        matches!(self.0.kind, Kind::File(..))
    }

    /// Whether the body was not what the document says.
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Decode { .. } | Kind::Text { .. } | Kind::Drift { .. }
        )
    }

    /// Whether the server answered 404: there is no such thing, or the caller may not see it.
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether the server asks for fewer requests (429), be it in answer to this request or to an earlier one.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.0.kind, Kind::Held(_)) || self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the token lacks a scope that the operation needs. Refreshing the token does not help; granting the
    /// scope does.
    pub fn is_scope_mismatch(&self) -> bool {
        let (response, api) = match &self.0.kind {
            Kind::Scopes(_) => return true,
            Kind::Status { response, api } => (response, api),
            _ => return false,
        };
        matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            && (response
                .headers()
                .get("x-failure-category")
                .is_some_and(|value| value.as_bytes().windows(5).any(|part| part == b"SCOPE"))
                || api
                    .message()
                    .is_some_and(|message| message.contains("scope does not match")))
    }

    /// Whether the same request may succeed later: the connection failed or timed out, or the server answered 429,
    /// 502, 503 or 504.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            Kind::TimedOut(_) | Kind::TokenTimedOut(_) | Kind::Held(_) => true,
            Kind::Token { is_transient, .. } => *is_transient,
            Kind::Transport(error) => !error.is_builder() && !error.is_redirect(),
            Kind::Status { response, .. } => matches!(response.status().as_u16(), 429 | 502..=504),
            _ => false,
        }
    }

    /// How long the server asks to wait: `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        match self.0.kind {
            Kind::Held(rest) => Some(rest),
            _ => retry_after(self.response()?.headers()),
        }
    }

    /// Whether nothing was sent, for want of a connection or a token.
    pub(crate) fn is_unsent(&self) -> bool {
        self.is_connect() || matches!(self.0.kind, Kind::Token { .. } | Kind::TokenTimedOut(_))
    }

    /// Whether nothing was sent, as the server wants no requests.
    pub(crate) fn is_held(&self) -> bool {
        matches!(self.0.kind, Kind::Held(_))
    }

    /// Whether whoever only asks may ask again: beyond [`is_retryable`](Self::is_retryable), any 5xx, and a body that broke off.
    pub(crate) fn may_pass(&self) -> bool {
        match &self.0.kind {
            Kind::Status { response, .. } => response.status().is_server_error() || self.is_retryable(),
            Kind::Decode {
                problem: Undecoded::Json(_, error),
                ..
            } => error.is_eof(),
            Kind::Decode {
                problem: Undecoded::Empty(_),
                ..
            } => true,
            _ => self.is_retryable(),
        }
    }

    fn is_status(&self, status: StatusCode) -> bool {
        matches!(&self.0.kind, Kind::Status { response, .. } if response.status() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{} {}: ", operation.method, operation.path)?;
        }
        match &self.0.kind {
            Kind::Configuration(problem) | Kind::Request(problem) => f.write_str(problem),
            Kind::File(problem, _) => f.write_str(problem),
            Kind::Token { .. } => f.write_str("there is no access token to send"),
            Kind::TokenTimedOut(limit) => write!(f, "not sent, as no access token came within {limit:?}"),
            Kind::Scopes(missing) => {
                f.write_str("not sent, as the token lacks ")?;
                write_alternatives(f, missing.iter().map(Vec::as_slice))
            }
            Kind::Held(rest) => {
                let seconds = rest.as_secs_f64().ceil();
                write!(f, "not sent, as the server wants no requests for another {seconds} s")
            }
            Kind::TooLarge(most) => write!(f, "the body has more than the {most} bytes that are collected at most"),
            Kind::TimedOut(limit) => write!(f, "no answer within {limit:?}"),
            Kind::Transport(error) if error.is_timeout() => f.write_str("no answer in time"),
            Kind::Transport(error) if error.is_connect() => f.write_str("cannot connect"),
            Kind::Transport(_) => f.write_str("the exchange broke off"),
            Kind::Status { response, api } => {
                write!(f, "{}", response.status())?;
                if let Some(message) = api.message().or(api.code()) {
                    write!(f, ": {message}")?;
                } else if let Some(text) = self.response_info().and_then(|info| single_line(info.description)) {
                    write!(f, " (the document says: {text})")?;
                }
                if self.is_scope_mismatch() {
                    write_scopes(f, response.operation())?;
                }
                match response.trace_id() {
                    Some(trace) => write!(f, " (trace {trace})"),
                    None => Ok(()),
                }
            }
            Kind::Decode { problem, response } => {
                write!(f, "{}, but the body ", response.status())?;
                write_undecoded(f, problem, response)
            }
            Kind::Text { response, .. } => write!(f, "{}, but the body is no text in UTF-8", response.status()),
            Kind::Drift { drift, response } => {
                write!(
                    f,
                    "{}, but the body departs from the document: {drift}",
                    response.status()
                )
            }
        }
    }
}

/// Says what is wrong with a body, and shows how it begins where it does not even claim to be JSON.
fn write_undecoded(f: &mut fmt::Formatter<'_>, problem: &Undecoded, response: &RawResponse) -> fmt::Result {
    match problem {
        Undecoded::Empty(expected) => write!(f, "is empty: expected {expected}"),
        Undecoded::Mismatched(expected, found) => {
            write!(f, "is not what the document says: expected {expected}, got {found}")
        }
        Undecoded::Undocumented => f.write_str(
            "is not what the document says: expected an object with documented members, got one without any \
             (`Client::download` hands a file over as it comes)",
        ),
        Undecoded::Json(..) if !response.is_json() => {
            let media_type = response.header("content-type").and_then(single_line);
            match media_type {
                Some(media_type) => write!(f, "is `{media_type}`, not JSON")?,
                None => f.write_str("is not JSON")?,
            }
            // Only the beginning is shown, so only the beginning is looked at.
            let beginning = &response.body()[..response.body().len().min(2048)];
            match single_line(&String::from_utf8_lossy(beginning)) {
                Some(text) => write!(f, ": {text}"),
                None => Ok(()),
            }
        }
        Undecoded::Json(path, error) => {
            let what = if error.is_data() {
                "not what was asked for"
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
fn write_scopes(f: &mut fmt::Formatter<'_>, operation: &OperationInfo) -> fmt::Result {
    if operation.scopes.groups.is_empty() {
        return Ok(());
    }
    f.write_str("; the token needs ")?;
    write_alternatives(f, operation.scopes.groups.iter().map(|group| group.scopes))
}

fn write_alternatives<'s>(f: &mut fmt::Formatter<'_>, groups: impl Iterator<Item = &'s [&'static str]>) -> fmt::Result {
    let mut lead = "";
    for scopes in groups {
        write!(f, "{lead}`{}`", scopes.join("`, `"))?;
        lead = " or ";
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &format_args!("{self}"))
            .field("source", &std::error::Error::source(self))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error),
            Kind::File(_, error) => Some(error),
            Kind::Token { error, .. } => Some(&**error),
            Kind::Decode {
                problem: Undecoded::Json(_, error),
                ..
            } => Some(error),
            Kind::Text { error, .. } => Some(error),
            _ => None,
        }
    }
}
