//! What the tests share: a site that answers all requests in turn, and a clock that does not sleep.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime};

use confluence_rest::reqwest::header::HeaderValue;
use confluence_rest::{Auth, Client, Clock, HeaderMap, Retry, StatusCode, testing};

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
pub struct Answer(testing::Answer);

impl Answer {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let status = StatusCode::from_u16(status).expect("a status");
        Self(testing::Answer::status(status, body.into())).header("content-type", content_type)
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    pub fn error(status: u16) -> Self {
        Self::new(status, "text/plain", "")
    }

    /// Loses the connection before all of the body is there.
    pub fn breaking_off(self) -> Self {
        Self(self.0.breaking_off())
    }

    pub fn header(self, name: &str, value: impl Into<String>) -> Self {
        let name = name.parse().expect("a header's name");
        let value = HeaderValue::try_from(value.into().into_bytes()).expect("a header's value");
        Self(self.0.header(name, value))
    }
}

/// A site that gives its answers in their order, the last one for ever.
pub struct Site(testing::Site);

impl Site {
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let site = testing::Site::start().await.expect("a free port");
        let answers: Mutex<VecDeque<Answer>> = Mutex::new(answers.into_iter().collect());
        site.answer_with(move |_| {
            let mut answers = answers.lock().expect("the answers");
            let answer = match answers.len() {
                0 | 1 => answers.front().cloned(),
                _ => answers.pop_front(),
            };
            answer.map(|answer| answer.0)
        });
        Self(site)
    }

    pub fn url(&self) -> String {
        self.0.url()
    }

    pub fn seen(&self) -> Vec<Seen> {
        let seen = |request: testing::Received| Seen {
            method: request.method.to_string(),
            target: request.target,
            headers: request.headers,
            body: request.body.into(),
        };
        self.0.requests().into_iter().map(seen).collect()
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
