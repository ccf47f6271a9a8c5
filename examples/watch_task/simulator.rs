//! A small Confluence on loopback that carries space exports out.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use confluence_rest::StatusCode;
use confluence_rest::testing::{self, Answer, Received};
use serde_json::json;

/// How long an export takes.
const DURATION: Duration = Duration::from_secs(3);

/// A simulated site. It runs until it is dropped.
pub struct Site {
    site: testing::Site,
    tasks: Tasks,
}

/// The space and the start of each export, by the id of its task.
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

    /// Starts an export and returns the id of its task.
    pub fn export_space(&self, key: &str) -> String {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        let id = (1_180_606 + tasks.len()).to_string();
        tasks.insert(id.clone(), (key.to_owned(), Instant::now()));
        id
    }
}

/// Answers as Confluence Cloud does, with how far the export has come by now.
fn status(tasks: &Tasks, request: &Received) -> Option<Answer> {
    let id = request.path.strip_prefix("/wiki/rest/api/longtask/")?;
    if !request.headers.contains_key("authorization") {
        return Some(refusal(StatusCode::UNAUTHORIZED, "You have to log in."));
    }
    let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
    let Some((space, started)) = task else {
        return Some(refusal(StatusCode::NOT_FOUND, "There is no task with this id."));
    };
    let elapsed = started.elapsed().min(DURATION);
    let percentage = elapsed.as_millis() * 100 / DURATION.as_millis();
    let finished = percentage == 100;
    let message = match percentage {
        0..=9 => "Collecting the pages",
        10..=69 => "Writing the pages",
        70..=99 => "Packing the attachments",
        _ => "The export is ready",
    };
    let mut body = json!({
        "ari": format!("ari:cloud:confluence::longtask/{id}"),
        "id": id,
        "name": { "key": "com.atlassian.confluence.extra.export.space", "args": [space] },
        "elapsedTime": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
        "percentageComplete": u64::try_from(percentage).unwrap_or(100),
        "successful": finished,
        "finished": finished,
        "messages": [{ "translation": message, "args": [] }],
        "_links": { "context": "/wiki", "self": format!("/rest/api/longtask/{id}") },
    });
    if finished {
        let url = format!("/wiki/download/export/{space}.zip");
        body["additionalDetails"] = json!({ "destinationUrl": url });
    }
    Some(Answer::json(StatusCode::OK, body.to_string()))
}

fn refusal(status: StatusCode, message: &str) -> Answer {
    let body = json!({ "statusCode": status.as_u16(), "message": message });
    Answer::json(status, body.to_string())
}
