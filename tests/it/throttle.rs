//! The pace of a client that a server asks for fewer requests, in simulated time: the server is a middleware.
use std::collections::{HashSet, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confluence_rest::reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use confluence_rest::{Client, Error, Middleware, Next, RawResponse, Request, Retry, StatusCode, WaitError, longtask};
use tokio::time::{Instant, sleep, timeout};

const RUNNING: &str = include_str!("payloads/f_running.json");
const DONE: &str = include_str!("payloads/f_succeeded.json");

/// How a server counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit {
    /// So many requests in each second of the clock.
    Window,
    /// So many requests a second, and as many at once after a second without any.
    Bucket,
}

/// A server that takes 200 requests a second, and asks for a second's pause beyond.
#[derive(Clone)]
struct Server(Arc<Mutex<Counts>>);

struct Counts {
    limit: Limit,
    second: Instant,
    /// Requests in this second.
    taken: f64,
    seen: HashSet<String>,
    refused: u32,
    /// When each request arrived.
    arrivals: Vec<Duration>,
    started: Instant,
}

impl Server {
    fn new(limit: Limit) -> Self {
        let started = Instant::now();
        Self(Arc::new(Mutex::new(Counts {
            limit,
            second: started,
            taken: 0.0,
            seen: HashSet::new(),
            refused: 0,
            arrivals: Vec::new(),
            started,
        })))
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().expect("the counts")
    }

    fn answer(&self, request: &Request) -> RawResponse {
        let mut counts = self.counts();
        let now = Instant::now();
        let arrival = now - counts.started;
        counts.arrivals.push(arrival);
        let since = now - counts.second;
        match counts.limit {
            Limit::Window if since >= Duration::from_secs(1) => {
                counts.second += Duration::from_secs(since.as_secs());
                counts.taken = 0.0;
            }
            Limit::Window => {}
            Limit::Bucket => {
                counts.second = now;
                counts.taken = (counts.taken - since.as_secs_f64() * RATE).max(0.0);
            }
        }
        let mut headers = HeaderMap::new();
        if counts.taken + 1.0 > RATE {
            counts.refused += 1;
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            return RawResponse::new(request.operation(), StatusCode::TOO_MANY_REQUESTS, headers, "");
        }
        counts.taken += 1.0;
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // Each task is asked for twice.
        let is_new = counts.seen.insert(request.path().to_owned());
        let body = if is_new { RUNNING } else { DONE };
        RawResponse::new(request.operation(), StatusCode::OK, headers, body)
    }
}

impl Middleware for Server {
    fn handle<'a>(
        &'a self,
        request: Request,
        _next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        Box::pin(async move {
            sleep(Duration::from_millis(20)).await;
            Ok(self.answer(&request))
        })
    }
}

const TASKS: u32 = 2000;
/// Requests a second.
const RATE: f64 = 200.0;

/// Follows all tasks: how long it takes, and the share of the requests that is refused.
async fn storm(limit: Limit, paced: bool) -> (Duration, f64) {
    fastrand::seed(7);
    let server = Server::new(limit);
    let client = Client::builder("http://127.0.0.1:9")
        .pacing(paced)
        .middleware(server.clone());
    let client = client.build().expect("a client");
    let mut tasks = client.wait_all((0..TASKS).map(|id| longtask::get_task(id.to_string())));
    while let Some((_, result)) = tasks.next().await {
        result.expect("success");
    }
    let counts = server.counts();
    let took = counts.started.elapsed();
    let share = f64::from(counts.refused) / counts.arrivals.len() as f64;
    println!("{limit:?}, paced {paced}: {took:.1?}, {:.1} % refused", 100.0 * share);
    (took, share)
}

#[tokio::test(start_paused = true)]
async fn a_storm_of_tasks_is_as_fast_as_the_server_allows() {
    // Two requests for each of 2,000 tasks, 200 a second: 20 s at the best.
    for limit in [Limit::Window, Limit::Bucket] {
        let (_, refused) = storm(limit, false).await;
        assert!(refused > 0.03, "{limit:?}: {refused}");
        let (took, refused) = storm(limit, true).await;
        assert!(took <= Duration::from_secs(24), "{limit:?}: {took:?}");
        assert!(refused <= 0.02, "{limit:?}: {refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_held_back_is_spread() {
    fastrand::seed(7);
    let server = Server::new(Limit::Window);
    let client = Client::builder("http://127.0.0.1:9").concurrency(500);
    let client = client.middleware(server.clone()).build().expect("a client");
    let requests = (0..500).map(|id| {
        let client = client.clone();
        tokio::spawn(async move { client.send(longtask::get_task(id.to_string())).await })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.expect("no panic").expect("an answer in the end");
    }
    let counts = server.counts();
    let pause = Duration::from_secs(1);
    let held: Vec<Duration> = counts.arrivals.iter().copied().filter(|at| *at > pause).collect();
    assert!(held.len() >= 300, "{}", held.len());
    let together = |at: &Duration| {
        let until = *at + Duration::from_millis(100);
        held.iter().filter(|other| (*at..until).contains(*other)).count()
    };
    let most = held.iter().map(together).max().expect("a request");
    assert!(most <= 40, "{most} requests within a tenth of a second");
    assert_eq!(counts.refused, 300, "once each");
}

/// Answers each request after a while, and keeps the number of those that are under way, and their order.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<Underway>>);

#[derive(Default)]
struct Underway {
    now: usize,
    most: usize,
    order: Vec<String>,
    headers: HeaderMap,
}

impl Middleware for Slow {
    fn handle<'a>(
        &'a self,
        request: Request,
        _next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        Box::pin(async move {
            {
                let mut underway = self.0.lock().expect("the counts");
                underway.now += 1;
                underway.most = underway.most.max(underway.now);
                underway
                    .order
                    .push(request.path().rsplit('/').next().unwrap_or_default().to_owned());
            }
            sleep(Duration::from_secs(1)).await;
            let mut underway = self.0.lock().expect("the counts");
            underway.now -= 1;
            Ok(RawResponse::new(
                request.operation(),
                StatusCode::OK,
                underway.headers.clone(),
                RUNNING,
            ))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn so_many_requests_are_under_way_and_each_has_its_turn() {
    let server = Slow::default();
    let client = Client::builder("http://127.0.0.1:9").concurrency(3);
    let client = client.middleware(server.clone()).build().expect("a client");
    let requests = (0..10).map(|id| {
        let client = client.clone();
        tokio::spawn(async move { client.send(longtask::get_task(id.to_string())).await })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.expect("no panic").expect("an answer");
    }
    let underway = server.0.lock().expect("the counts");
    assert_eq!(underway.most, 3);
    assert_eq!(underway.order.join(" "), "0 1 2 3 4 5 6 7 8 9");
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_nearly_reached_slows_down() {
    let server = Slow::default();
    let headers = [
        ("date", "Mon, 02 Mar 2026 10:00:00 GMT"),
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "9"),
        ("x-ratelimit-reset", "2026-03-02T10:00:30Z"),
    ];
    for (name, value) in headers {
        let headers = &mut server.0.lock().expect("the counts").headers;
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (paced, seconds) in [(true, 10..14), (false, 5..6)] {
        let client = Client::builder("http://127.0.0.1:9").pacing(paced);
        let client = client.middleware(server.clone()).build().expect("a client");
        let started = Instant::now();
        for _ in 0..5 {
            client.send(longtask::get_task("1")).await.expect("an answer");
        }
        // A second for each answer, and what is left of 30 s for ten requests between them.
        assert!(
            seconds.contains(&started.elapsed().as_secs()),
            "{paced}: {:?}",
            started.elapsed()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_holds_whatever_is_waited_for() {
    let client = Client::builder("http://127.0.0.1:9").middleware(Slow::default());
    let client = client.build().expect("a client");
    let started = Instant::now();
    let tasks = (0..200).map(|id| longtask::get_task(id.to_string()));
    let limit = Duration::from_millis(1500);
    let mut tasks = client.wait_all(tasks).each(|_, wait| wait.timeout(limit));
    let mut ended = 0;
    while let Some((_, result)) = tasks.next().await {
        assert!(matches!(result, Err(WaitError::TimedOut(_))));
        ended += 1;
    }
    assert_eq!(ended, 200);
    // Requests that are under way at the deadline are answered.
    assert!(started.elapsed() <= Duration::from_secs(2), "{:?}", started.elapsed());
}

/// Asks for a pause of so many seconds for each request in turn, and accepts all that come after.
#[derive(Clone, Default)]
struct Refusing(Arc<Mutex<Refusals>>);

#[derive(Default)]
struct Refusals {
    pauses: VecDeque<u64>,
    /// When each request arrived.
    arrivals: Vec<Instant>,
}

impl Refusing {
    fn new(pauses: impl IntoIterator<Item = u64>) -> Self {
        let server = Self::default();
        server.refusals().pauses.extend(pauses);
        server
    }

    fn refusals(&self) -> std::sync::MutexGuard<'_, Refusals> {
        self.0.lock().expect("the refusals")
    }

    fn client(&self, hold: Duration) -> Client {
        let client = Client::builder("http://127.0.0.1:9").hold(hold);
        client.middleware(self.clone()).build().expect("a client")
    }

    /// A client that the server has just asked for a pause.
    async fn refused_client(&self, hold: Duration) -> Client {
        let client = self.client(hold);
        let once = client.with_retry(Retry::never());
        once.send(longtask::get_task("0")).await.expect_err("too many requests");
        client
    }
}

impl Middleware for Refusing {
    fn handle<'a>(
        &'a self,
        request: Request,
        _next: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        Box::pin(async move {
            sleep(Duration::from_millis(20)).await;
            let mut refusals = self.refusals();
            refusals.arrivals.push(Instant::now());
            let (status, headers) = match refusals.pauses.pop_front() {
                Some(pause) => (StatusCode::TOO_MANY_REQUESTS, (RETRY_AFTER, pause.into())),
                None => (
                    StatusCode::OK,
                    (CONTENT_TYPE, HeaderValue::from_static("application/json")),
                ),
            };
            let headers = HeaderMap::from_iter([headers]);
            Ok(RawResponse::new(request.operation(), status, headers, RUNNING))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn what_has_waited_for_as_long_as_it_may_is_sent() {
    let server = Refusing::new([1]);
    let client = server.refused_client(Duration::from_secs(1)).await;
    let answer = client.send(longtask::get_task("1")).await;
    answer.expect("the pause is no longer than a request may be held");
}

#[tokio::test(start_paused = true)]
async fn a_pause_as_long_as_a_request_may_be_held_is_waited_out() {
    let client = Refusing::new([60]).client(Duration::from_secs(60));
    let answer = client.send(longtask::get_task("1")).await;
    answer.expect("the time that the attempt took is not part of the pause");
    let client = Refusing::new([40, 40]).client(Duration::from_secs(60));
    let error = client.send(longtask::get_task("1")).await.expect_err("80 s in all");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(40)));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_sent_takes_no_turn() {
    let server = Refusing::new([1]);
    let client = server.refused_client(Duration::from_secs(2)).await;
    for _ in 0..60 {
        let send = client.send(longtask::get_task("1"));
        timeout(Duration::from_millis(5), send)
            .await
            .expect_err("it is given up during the pause");
    }
    let started = Instant::now();
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());

    // Now without a pause: two requests a second, and nobody waits for longer than two seconds.
    let requests = (0..60).map(|id| {
        let client = client.clone();
        tokio::spawn(async move { client.send(longtask::get_task(id.to_string())).await })
    });
    let mut held = 0;
    for request in requests.collect::<Vec<_>>() {
        match request.await.expect("no panic") {
            Ok(_) => {}
            Err(error) => held += usize::from(error.is_rate_limited()),
        }
    }
    assert!((40..60).contains(&held), "{held} were told to come back later");
    let started = Instant::now();
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_a_longer_pause_holds_back_is_spread() {
    const REQUESTS: usize = 30;
    let server = Refusing::new([1].into_iter().chain([8; REQUESTS - 1]));
    let client = server.client(Duration::from_secs(60));
    let started = Instant::now();
    let requests = (0..REQUESTS).map(|id| {
        let client = client.clone();
        tokio::spawn(async move { client.send(longtask::get_task(id.to_string())).await })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.expect("no panic").expect("an answer in the end");
    }
    let arrivals = &server.refusals().arrivals;
    let held = &arrivals[REQUESTS..];
    assert_eq!(held.len(), REQUESTS);
    assert!(held[0] - started >= Duration::from_secs(8), "{:?}", held[0] - started);
    for pair in held.windows(2) {
        let gap = pair[1] - pair[0];
        assert!(gap >= Duration::from_millis(50), "{gap:?} between two requests");
    }
    let rate = (held[1] - held[0]).as_secs_f64();
    assert!(rate > 0.4, "the rate does not grow during the pause: {rate} s");
}
