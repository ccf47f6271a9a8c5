//! Errors of requests.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use reqwest::Url;

use crate::info::{OperationInfo, ResponseInfo};
use crate::model::drift::Drift;
use crate::response::api_error::ApiError;
use crate::response::rate_limit::retry_after;
use crate::response::raw::RawResponse;

/// An error of a request.
///
/// `Display` is one line of bounded length that names the operation, the problem and, for missing scopes, the scopes
/// that are needed. It never contains a secret or a control character. The cause, if any, is its
/// [`source`](std::error::Error::source).
///
/// ```no_run
/// # async fn example(client: confluence_rest::Client) {
/// use confluence_rest::longtask::{self, request::{GetTask, GetTaskError}};
///
/// if let Err(error) = client.send(longtask::get_task("1180606")).await {
///     match error.documented::<GetTask>() {
///         Some(GetTaskError::NotFound) => println!("no such task"),
///         _ if error.is_retryable() => println!("{error}; retry in {:?}", error.retry_after()),
///         _ => println!("{error}"),
///     }
/// }
/// # }
/// ```
pub struct Error(pub(super) Box<Inner>);

pub(super) struct Inner {
    pub(super) operation: Option<&'static OperationInfo>,
    /// What came, be it whole or not.
    pub(super) response: Option<RawResponse>,
    pub(super) kind: Kind,
    attempts: u32,
    /// The host that a redirect of the operation led to.
    pub(super) redirected_to: Option<String>,
}

pub(crate) enum Kind {
    /// The client cannot be built as asked.
    Configuration(String),
    /// The request cannot be made from what was given.
    Request(String),
    /// A file or a reader failed: what could not be done with which.
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
    /// No response came in time.
    TimedOut(Duration),
    /// All attempts together took too long, be it before or after a response began.
    TotalTimedOut(Duration),
    /// Nothing more of a body came in time.
    Stalled(Duration),
    /// No complete response was received. The host is named where there is no connection to it.
    Transport(reqwest::Error, Option<String>),
    /// The body cannot be decompressed.
    Unpack(reqwest::Error),
    /// A download cannot go on where it was interrupted.
    Changed(String),
    /// The server answered with something other than success.
    Status(ApiError),
    /// The response is not what the document describes.
    Decode(Undecoded),
    /// The response should be text, and is not.
    Text(std::string::FromUtf8Error),
    /// The response lacks required members, which `strict` does not allow.
    Drift(Drift),
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
        Self(Box::new(Inner {
            operation: None,
            response: None,
            kind,
            attempts: 0,
            redirected_to: None,
        }))
    }
}

impl Error {
    /// Says which operation it was about.
    pub(crate) fn of(mut self, operation: &'static OperationInfo) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// Says which response it was about.
    pub(crate) fn with(mut self, response: RawResponse) -> Self {
        self.0.operation = Some(response.operation());
        self.0.response = Some(response);
        self
    }

    /// Says that a redirect of the operation led to a URL.
    pub(crate) fn redirected_to(mut self, url: &Url) -> Self {
        self.0.redirected_to = authority(url);
        self
    }

    /// Whether it is about what a redirect of the operation led to.
    pub(crate) fn is_of_redirect(&self) -> bool {
        self.0.redirected_to.is_some()
    }

    /// Says after how many attempts it was returned.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// An error response of the server.
    pub(crate) fn status_of(response: RawResponse) -> Self {
        Self::from(Kind::Status(ApiError::read(&response))).with(response)
    }

    /// An exchange that was interrupted, or did not begin. Of the URL, host and port are kept: the operation's path
    /// says which request it was.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        if is_of_unpacking(&error) {
            return Kind::Unpack(error.without_url()).into();
        }
        let host = error.url().filter(|_| error.is_connect()).and_then(authority);
        Kind::Transport(error.without_url(), host).into()
    }

    /// Returns the operation of the request, if there was one.
    pub fn operation(&self) -> Option<&'static OperationInfo> {
        self.0.operation
    }

    /// Returns how many attempts were made: more than one if the request was retried, none if it failed before it could
    /// be sent.
    pub fn attempts(&self) -> u32 {
        let of_response = self.response().map_or(0, RawResponse::attempts);
        self.0.attempts.max(of_response)
    }

    /// Returns the response, if one was received.
    ///
    /// Its body is empty or incomplete if the connection was lost.
    pub fn response(&self) -> Option<&RawResponse> {
        self.0.response.as_ref()
    }

    /// Returns the HTTP status, if a response was received.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the decoded body of an error response, whatever its format.
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Status(api) => Some(api),
            _ => None,
        }
    }

    /// Returns what the document says about the status that was received.
    pub fn response_info(&self) -> Option<&'static ResponseInfo> {
        let response = self.response()?;
        response.operation().response(response.status().as_u16())
    }

    /// Returns whether the configuration of the client is invalid.
    ///
    /// No request was sent.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration(_))
    }

    /// Returns whether the request could not be encoded from its values.
    ///
    /// Nothing was sent.
    pub fn is_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(_))
    }

    /// Returns whether no connection could be established.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(error, _) if error.is_connect())
    }

    /// Returns whether a timeout expired.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::TimedOut(_) | Kind::TotalTimedOut(_) | Kind::Stalled(_) | Kind::TokenTimedOut(_) => true,
            Kind::Transport(error, _) => error.is_timeout(),
            _ => false,
        }
    }

    /// Returns whether a file or reader failed: an upload could not be read, or a download could not be written.
    pub fn is_file(&self) -> bool {
        matches!(self.0.kind, Kind::File(..))
    }

    /// Returns whether the response body could not be decoded.
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Decode(_) | Kind::Text(_) | Kind::Drift(_) | Kind::Unpack(_)
        )
    }

    /// Returns whether the server answered 404: the resource does not exist, or the caller may not see it.
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Returns whether the server answered 429, or the client did not send the request because of a rate limit.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.0.kind, Kind::Held(_)) || self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns whether the token lacks a scope that the operation needs.
    ///
    /// Refreshing the token does not help; it has to be granted the scope.
    pub fn is_scope_mismatch(&self) -> bool {
        let (response, api) = match (&self.0.kind, &self.0.response) {
            (Kind::Scopes(_), _) => return true,
            (Kind::Status(api), Some(response)) => (response, api),
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

    /// Returns whether the same request may succeed later: the connection failed or timed out, the server answered
    /// 429, 502, 503 or 504, a token temporarily could not be obtained, or the client pauses because of a rate limit.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            _ if self.is_timeout() => true,
            Kind::Held(_) => true,
            Kind::Token { is_transient, .. } => *is_transient,
            Kind::Transport(error, _) => !error.is_builder() && !error.is_redirect(),
            Kind::Status(_) => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 429 | 502..=504)),
            _ => false,
        }
    }

    /// Returns the pause that the server asks for: `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
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

    /// Whether whoever only asks may ask again: beyond [`is_retryable`](Self::is_retryable), any 5xx, and a body that
    /// was interrupted.
    pub(crate) fn may_pass(&self) -> bool {
        let is_cut = match &self.0.kind {
            Kind::Status(_) => self.status().is_some_and(|status| status.is_server_error()),
            Kind::Decode(Undecoded::Json(_, error)) => error.is_eof(),
            Kind::Decode(Undecoded::Empty(_)) | Kind::Unpack(_) => true,
            _ => false,
        };
        is_cut || self.is_retryable()
    }

    fn is_status(&self, status: StatusCode) -> bool {
        matches!(self.0.kind, Kind::Status(_)) && self.status() == Some(status)
    }
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
            Kind::Transport(error, _) | Kind::Unpack(error) => Some(error),
            Kind::File(_, error) => Some(error),
            Kind::Token { error, .. } => Some(&**error),
            Kind::Text(error) => Some(error),
            _ => None,
        }
    }
}

/// Whether a body came and could not be decompressed. What goes wrong on the way is hyper's error, and what goes wrong here is none.
fn is_of_unpacking(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause.filter(|cause| cause.is::<reqwest::Error>()) {
        cause = inner.source();
    }
    error.is_decode() && cause.is_some_and(|cause| cause.is::<std::io::Error>())
}

/// Host and port of a URL, without anything that may be a secret.
pub(super) fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let port = url.port_or_known_default();
    Some(port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
