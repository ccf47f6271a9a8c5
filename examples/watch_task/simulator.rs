//! A small Confluence on loopback that copies page trees.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use confluence_rest::StatusCode;
use confluence_rest::testing::{self, Answer, Received};
use serde_json::json;

/// How long a copy takes.
const DURATION: Duration = Duration::from_secs(3);

/// A simulated site. It runs until it is dropped.
pub struct Site {
    site: testing::Site,
    tasks: Tasks,
}

/// The title of the page and the start of each copy, by the ID of its task.
type Tasks = Arc<Mutex<HashMap<String, (String, Instant)>>>;

impl Site {
    /// Starts listening on a free port.
    pub async fn start() -> io::Result<Self> {
        let (site, tasks) = (testing::Site::start().await?, Tasks::default());
        let known = tasks.clone();
        site.answer_with(move |request| status(&known, request));
        Ok(Self { site, tasks })
    }

    pub fn url(&self) -> String {
        self.site.url()
    }

    /// Starts the copy of a page tree and returns the ID of its task.
    pub fn copy_page_tree(&self, title: &str) -> String {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let id = (1_180_606 + tasks.len()).to_string();
        tasks.insert(id.clone(), (title.to_owned(), Instant::now()));
        id
    }
}

/// Answers as Confluence Cloud does, with how far the copy has come by now.
fn status(tasks: &Tasks, request: &Received) -> Option<Answer> {
    let id = request.path.strip_prefix("/wiki/rest/api/longtask/")?;
    if !request.headers.contains_key("authorization") {
        return Some(refusal(StatusCode::UNAUTHORIZED, "You have to log in."));
    }
    let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
    let Some((title, started)) = task else {
        return Some(refusal(StatusCode::NOT_FOUND, "There is no task with this ID."));
    };
    let elapsed = started.elapsed().min(DURATION);
    let percentage = elapsed.as_millis() * 100 / DURATION.as_millis();
    let finished = percentage == 100;
    let message = match percentage {
        0..=9 => "Collecting the pages",
        10..=69 => "Copying the pages",
        70..=99 => "Adjusting the links",
        _ => "The pages are copied",
    };
    let body = json!({
        "ari": format!("ari:cloud:confluence::longtask/{id}"),
        "id": id,
        "name": { "key": "com.atlassian.confluence.pages.copy.tree", "args": [title] },
        "elapsedTime": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        "percentageComplete": u64::try_from(percentage).unwrap_or(100),
        "successful": finished,
        "finished": finished,
        "messages": [{ "translation": message, "args": [] }],
        "additionalDetails": { "destinationId": "9001", "destinationUrl": "/wiki/spaces/DOCS/pages/9001" },
        "_links": { "context": "/wiki", "self": format!("/rest/api/longtask/{id}") },
    });
    Some(Answer::json(StatusCode::OK, body.to_string()))
}

fn refusal(status: StatusCode, message: &str) -> Answer {
    let body = json!({ "statusCode": status.as_u16(), "message": message });
    Answer::json(status, body.to_string())
}
