//! Follows 10,000 tasks at once on a simulated Confluence that fails one answer in twenty, and checks that each of them ends as it
//! should, within a deadline of its own.
//!
//! ```text
//! cargo run --release --example many_tasks
//! ```
//!
//! It prints how much memory a wait takes, and how many requests are made in a second. The server is a process of its own, so
//! that it does not count. Time passes fifty times as fast, but for the time limits of requests.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::pin::Pin;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use confluence_rest::longtask::model::LongTaskStatusWithLinks as Status;
use confluence_rest::{Client, Clock, Response, WaitError, longtask};

const TASKS: usize = 10_000;
const FASTER: u32 = 50;
/// How long each task may take.
const DEADLINE: Duration = Duration::from_secs(2 * 60 * 60);
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("serve") => server::serve().await,
        _ => follow().await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn follow() -> Result<(), Box<dyn Error>> {
    let server = Server::start()?;
    let client = Client::builder(&server.url).clock(Fast(Instant::now())).build()?;
    // What the first request sets up is not the waits'.
    let _ = client
        .exchange(&confluence_rest::Operation::encode(&longtask::get_task("0"))?)
        .await?;
    let before = memory("VmRSS:");
    let started = Instant::now();

    let tasks = (0..TASKS).map(|id| longtask::get_task(id.to_string()));
    let mut waits = client.wait_all(tasks).each(|_, wait| wait.timeout(DEADLINE));
    let (mut ended, mut wrong) = (vec![0; TASKS], Vec::new());
    let all = async {
        while let Some((id, result)) = waits.next().await {
            ended[id] += 1;
            let outcome = Outcome::of(&result);
            if outcome != Outcome::expected(id) {
                wrong.push(format!("task {id}: {outcome:?} instead of {:?}", Outcome::expected(id)));
            }
        }
    };
    tokio::time::timeout(LIMIT, all)
        .await
        .map_err(|_| format!("not done within {LIMIT:?}"))?;
    let took = started.elapsed();

    let lost = ended.iter().filter(|times| **times != 1).count();
    let count = |outcome| (0..TASKS).filter(|id| Outcome::expected(*id) == outcome).count();
    let (requests, failures) = server.counts(&client).await?;
    println!(
        "{TASKS} tasks: {} succeeded, {} failed, {} were not there; {lost} lost, {} in the wrong way",
        count(Outcome::Succeeded),
        count(Outcome::Failed),
        count(Outcome::NotFound),
        wrong.len(),
    );
    println!(
        "{requests} requests in {:.1} s, {:.0} a second; {failures} answers ({:.1} %) failed",
        took.as_secs_f64(),
        requests as f64 / took.as_secs_f64(),
        100.0 * failures as f64 / requests as f64,
    );
    match (before, memory("VmHWM:")) {
        (Some(before), Some(peak)) => println!(
            "{:.1} KiB of memory for each wait at the most",
            peak.saturating_sub(before) as f64 / TASKS as f64
        ),
        _ => println!("this system does not say how much memory it was"),
    }
    if wrong.is_empty() && lost == 0 {
        return Ok(());
    }
    Err(format!("{}\n{lost} tasks did not end just once", wrong.join("\n")).into())
}

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Succeeded,
    Failed,
    NotFound,
    Other,
}

impl Outcome {
    /// How the simulated task with this id ends.
    fn expected(id: usize) -> Self {
        match id {
            _ if id % 50 == 1 => Self::NotFound,
            _ if id % 10 == 3 => Self::Failed,
            _ => Self::Succeeded,
        }
    }

    fn of(result: &Result<Response<Status>, WaitError<Status>>) -> Self {
        match result {
            Ok(_) => Self::Succeeded,
            Err(WaitError::Failed(_)) => Self::Failed,
            Err(WaitError::NotFound(..)) => Self::NotFound,
            Err(_) => Self::Other,
        }
    }
}

/// Time that passes faster.
#[derive(Debug)]
struct Fast(Instant);

impl Clock for Fast {
    fn now(&self) -> Instant {
        self.0 + self.0.elapsed() * FASTER
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(duration / FASTER))
    }
}

/// A figure of this process in KiB, where the system has it.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The server's process.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start() -> Result<Self, Box<dyn Error>> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let url = url.trim().to_owned();
        Ok(Self { process, url })
    }

    /// How many requests there were, and how many of them failed.
    async fn counts(&self, client: &Client) -> Result<(u64, u64), Box<dyn Error>> {
        let answer = client
            .exchange(&confluence_rest::Operation::encode(&longtask::get_task("counts"))?)
            .await?;
        Ok(answer.json()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The simulated Confluence.
mod server {
    use std::collections::HashMap;
    use std::error::Error;
    use std::future::pending;
    use std::sync::{Mutex, PoisonError};

    use confluence_rest::StatusCode;
    use confluence_rest::testing::{Answer, Received, Site};
    use serde_json::json;

    use super::Outcome;

    #[derive(Default)]
    struct Tasks {
        requests: u64,
        failures: u64,
        /// How often each task was seen.
        seen: HashMap<usize, i32>,
    }

    /// Answers until it is killed.
    pub async fn serve() -> Result<(), Box<dyn Error>> {
        let site = Site::start().await?;
        let tasks = Mutex::new(Tasks::default());
        site.answer_with(move |request| answer(&mut tasks.lock().unwrap_or_else(PoisonError::into_inner), request));
        println!("{}", site.url());
        pending().await
    }

    fn answer(tasks: &mut Tasks, request: &Received) -> Option<Answer> {
        let Ok(id) = request.path.rsplit('/').next()?.parse::<usize>() else {
            return Some(ok(json!([tasks.requests, tasks.failures]).to_string()));
        };
        tasks.requests += 1;
        if tasks.requests.is_multiple_of(20) {
            tasks.failures += 1;
            return Some(failure(tasks.failures));
        }
        let outcome = Outcome::expected(id);
        if outcome == Outcome::NotFound {
            return Some(Answer::status(StatusCode::NOT_FOUND, ""));
        }
        let seen = tasks.seen.entry(id).or_default();
        *seen += 1;
        let percentage = (*seen * 25).min(100);
        let status = json!({
            "id": id.to_string(),
            "name": { "key": "copy.page.tree", "args": [] },
            "percentageComplete": percentage,
            "elapsedTime": 1000 * *seen,
            "finished": percentage == 100,
            "successful": outcome == Outcome::Succeeded,
            "messages": [{ "translation": format!("At {percentage} %"), "args": [] }],
            "_links": {},
        });
        Some(ok(status.to_string()))
    }

    /// One of the ways in which an answer can fail.
    fn failure(number: u64) -> Answer {
        match number % 8 {
            0 => Answer::limited(1),
            1 | 2 => Answer::status(StatusCode::SERVICE_UNAVAILABLE, ""),
            3 | 4 => Answer::status(StatusCode::BAD_GATEWAY, ""),
            5 => ok(r#"{"id":"1","percentageCompl"#.to_owned()),
            _ => ok("{".to_owned()).breaking_off(),
        }
    }

    fn ok(body: String) -> Answer {
        Answer::json(StatusCode::OK, body)
    }
}
