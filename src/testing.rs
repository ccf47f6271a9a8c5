//! A Confluence on loopback for the tests of your own code, which answers as it is told.
//!
//! ```
//! use confluence_rest::longtask::{self, model::LongTaskStatusWithLinks, request::GetTask};
//! use confluence_rest::testing::{Life, Site};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let site = Site::start().await?;
//! let status = LongTaskStatusWithLinks::default();
//! site.answer::<GetTask>(Life::of::<GetTask>(&status)?.running([40, 80]).dropped().succeeded());
//!
//! let client = site.client().build()?;
//! let done = client.wait(longtask::get_task("1180606")).await?;
//! assert_eq!(done.percentage_complete, 100);
//! assert_eq!(site.requests().len(), 4);
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Method, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use crate::client::Client;
use crate::client::builder::ClientBuilder;
use crate::info::OperationInfo;
use crate::operation::Operation;
use crate::task::long_task::LongTask;
use crate::time::clock::{Clock, later};

/// A site on loopback. It goes when the last clone of it does.
#[derive(Clone, Debug)]
pub struct Site(Arc<Running>);

#[derive(Debug)]
struct Running {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug, Default)]
struct Script {
    answers: Vec<(&'static OperationInfo, VecDeque<Answer>)>,
    received: Vec<Received>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The operation that it is for, if it is one that has answers.
    pub operation: Option<&'static OperationInfo>,
    /// The method.
    pub method: Method,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, percent-encoded; empty where there is none.
    pub query: String,
    /// The headers, credentials included.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Site {
    /// Starts a site on a free port. Until it is told otherwise, it answers everything with 404.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let script = Arc::new(Mutex::new(Script::default()));
        let task = tokio::spawn(accept(listener, script.clone()));
        Ok(Self(Arc::new(Running { address, script, task })))
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// A client for this site, to be set up further. Its time passes at once, so nothing that waits takes long.
    pub fn client(&self) -> ClientBuilder {
        Client::builder(self.url()).clock(Hurried::default())
    }

    /// Says what an operation is answered: these in their order, the last one for ever. It takes the place of what was said
    /// of the operation before.
    pub fn answer<O: Operation>(&self, answers: impl Into<Life>) {
        let mut script = lock(&self.0.script);
        script.answers.retain(|(known, _)| known.id != O::INFO.id);
        script.answers.push((O::INFO, answers.into().0.into()));
    }

    /// What has arrived so far.
    pub fn requests(&self) -> Vec<Received> {
        lock(&self.0.script).received.clone()
    }
}

/// Time that passes as soon as somebody waits for it: an hour takes no longer than a moment.
#[derive(Debug, Default)]
struct Hurried(Mutex<Duration>);

impl Clock for Hurried {
    fn now(&self) -> Instant {
        later(Instant::now(), *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut skipped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *skipped = skipped.saturating_add(duration);
        Box::pin(tokio::task::yield_now())
    }
}

/// One answer of a [`Site`].
#[derive(Clone, Debug)]
pub struct Answer(Option<Response>);

#[derive(Clone, Debug)]
struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// A success of an operation, with the type that the document has for it.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn ok<O: Operation>(body: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: Serialize,
    {
        Ok(Self::json(StatusCode::OK, serde_json::to_vec(body)?))
    }

    /// JSON with a status of its own, such as an error.
    pub fn json(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::status(status, body).header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }

    /// A status with a body of any kind.
    pub fn status(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self(Some(Response {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        }))
    }

    /// Fewer requests, please: 429 with `Retry-After`.
    pub fn limited(seconds: u32) -> Self {
        Self::status(StatusCode::TOO_MANY_REQUESTS, "").header(RETRY_AFTER, seconds.into())
    }

    /// None: the connection is dropped.
    pub fn dropped() -> Self {
        Self(None)
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Some(response) = &mut self.0 {
            response.headers.append(name, value);
        }
        self
    }
}

/// Answers in their order, such as those of a long-running task through its life.
#[derive(Clone, Debug)]
pub struct Life(Vec<Answer>, Value);

impl Life {
    /// Starts the life of a task, with a status that all of its answers are made from.
    ///
    /// # Errors
    /// The status cannot be written as JSON.
    pub fn of<O: Operation>(status: &O::Output) -> serde_json::Result<Self>
    where
        O::Output: LongTask + Serialize,
    {
        Ok(Self(Vec::new(), serde_json::to_value(status)?))
    }

    /// Goes on, at each of these percentages once. The same one again and again is a task that stalls.
    pub fn running(self, percentages: impl IntoIterator<Item = i64>) -> Self {
        percentages
            .into_iter()
            .fold(self, |life, percentage| life.status(percentage, false, false))
    }

    /// Ends well.
    pub fn succeeded(self) -> Self {
        self.status(100, true, true)
    }

    /// Ends badly.
    pub fn failed(self) -> Self {
        self.status(100, true, false)
    }

    /// Is asked too often once: 429 with `Retry-After`.
    pub fn limited(self, seconds: u32) -> Self {
        self.then(Answer::limited(seconds))
    }

    /// Loses a connection.
    pub fn dropped(self) -> Self {
        self.then(Answer::dropped())
    }

    /// Gives another answer.
    pub fn then(mut self, answer: Answer) -> Self {
        self.0.push(answer);
        self
    }

    fn status(self, percentage: i64, finished: bool, successful: bool) -> Self {
        let mut status = self.1.clone();
        status["percentageComplete"] = percentage.into();
        status["finished"] = finished.into();
        status["successful"] = successful.into();
        self.then(Answer::json(StatusCode::OK, status.to_string()))
    }
}

impl From<Answer> for Life {
    fn from(answer: Answer) -> Self {
        Self(vec![answer], Value::Null)
    }
}

impl<const N: usize> From<[Answer; N]> for Life {
    fn from(answers: [Answer; N]) -> Self {
        Self(answers.into(), Value::Null)
    }
}

fn lock(script: &Mutex<Script>) -> MutexGuard<'_, Script> {
    script.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, script: Arc<Mutex<Script>>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(serve(socket, script.clone()));
    }
}

async fn serve(socket: TcpStream, script: Arc<Mutex<Script>>) {
    let service = service_fn(|request| answer(request, &script));
    // A connection that ends with an error is one that was to be dropped.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(socket), service)
        .await;
}

async fn answer(
    request: http::Request<Incoming>,
    script: &Mutex<Script>,
) -> Result<http::Response<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let answer = {
        let mut script = lock(script);
        let path = head.uri.path();
        let found = script
            .answers
            .iter_mut()
            .find(|(operation, _)| operation.method == head.method && matches(operation.path, path));
        let (operation, answer) = match found {
            None => (None, Some(Answer::status(StatusCode::NOT_FOUND, ""))),
            Some((operation, answers)) if answers.len() < 2 => (Some(*operation), answers.front().cloned()),
            Some((operation, answers)) => (Some(*operation), answers.pop_front()),
        };
        script.received.push(Received {
            operation,
            method: head.method.clone(),
            path: path.to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head.headers.clone(),
            body,
        });
        answer
    };
    let Some(Answer(Some(response))) = answer else {
        return Err("dropped, as it was told".into());
    };
    let mut outgoing = http::Response::new(Full::new(response.body));
    *outgoing.status_mut() = response.status;
    *outgoing.headers_mut() = response.headers;
    Ok(outgoing)
}

/// Whether a path is one of a template: variables stand for anything within their segments.
fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted == found || wanted.contains('{') && !found.is_empty() => {}
            _ => return false,
        }
    }
}
