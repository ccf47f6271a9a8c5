//! What the tests share: a site on loopback that answers as it is told, and a clock that does not sleep.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::collections::VecDeque;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use confluence_rest::{Auth, Client, Clock, Retry};
use tokio::net::TcpListener;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query, not decoded.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("a header of ASCII"))
    }
}

/// An answer to give.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether the connection is lost after the body.
    breaks_off: bool,
}

impl Answer {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
            breaks_off: false,
        }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    pub fn error(status: u16) -> Self {
        Self::new(status, "text/plain", "")
    }

    /// Loses the connection before all of the body is there.
    pub fn breaking_off(mut self) -> Self {
        self.breaks_off = true;
        self
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

#[derive(Default)]
struct Script {
    answers: VecDeque<Answer>,
    seen: Vec<Seen>,
}

/// A site that gives its answers in their order, the last one for ever.
pub struct Site {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

impl Site {
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let script = Arc::new(Mutex::new(Script {
            answers: answers.into_iter().collect(),
            seen: Vec::new(),
        }));
        let routes = Router::new().fallback(answer).with_state(script.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, script }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.script.lock().expect("the script").seen.clone()
    }

    pub fn client(&self) -> Client {
        let auth = Auth::basic("me@acme.example", "s3cret-token");
        Client::builder(self.url())
            .auth(auth)
            .retry(Retry::never())
            .build()
            .expect("a client")
    }

    /// A client whose time is the clock's.
    pub fn client_with(&self, clock: &TestClock) -> Client {
        Client::builder(self.url())
            .clock(clock.clone())
            .build()
            .expect("a client")
    }
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body").to_vec();
    let mut script = script.lock().expect("the script");
    script.seen.push(Seen {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: parts.headers,
        body,
    });
    let answer = match script.answers.len() {
        0 | 1 => script.answers.front().cloned(),
        _ => script.answers.pop_front(),
    };
    let answer = answer.unwrap_or_else(|| Answer::error(500));
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let body = if answer.breaks_off {
        let parts = [Ok(answer.body), Err(std::io::Error::other("broken off"))];
        Body::from_stream(futures_util::stream::iter(parts))
    } else {
        Body::from(answer.body)
    };
    response.body(body).expect("a response")
}

/// A clock that stands still but for sleeps, which it takes at once and writes down.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<Mutex<Time>>);

#[derive(Debug)]
struct Time {
    start: Instant,
    passed: Duration,
    sleeps: Vec<Duration>,
}

/// When the calendar of each [`TestClock`] starts.
pub const TODAY: SystemTime = SystemTime::UNIX_EPOCH;

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Time {
            start: Instant::now(),
            passed: Duration::ZERO,
            sleeps: Vec::new(),
        })))
    }
}

impl TestClock {
    pub fn sleeps(&self) -> Vec<Duration> {
        self.time().sleeps.clone()
    }

    pub fn advance(&self, duration: Duration) {
        self.time().passed += duration;
    }

    fn time(&self) -> MutexGuard<'_, Time> {
        self.0.lock().expect("the clock")
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        let time = self.time();
        time.start + time.passed
    }

    fn system_time(&self) -> SystemTime {
        TODAY + self.time().passed
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.advance(duration);
        self.time().sleeps.push(duration);
        Box::pin(std::future::ready(()))
    }
}
