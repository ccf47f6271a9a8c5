//! A small Confluence on loopback that carries space exports out.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// How long an export takes.
const DURATION: Duration = Duration::from_secs(3);

/// A simulated site. It runs until the program ends.
pub struct Site {
    address: SocketAddr,
    tasks: Tasks,
}

/// The space and the start of each export, by the id of its task.
type Tasks = Arc<Mutex<HashMap<String, (String, Instant)>>>;

impl Site {
    /// Starts listening on a free port.
    pub async fn start() -> io::Result<Self> {
        let tasks = Tasks::default();
        let routes = Router::new()
            .route("/wiki/rest/api/longtask/{id}", get(status))
            .with_state(tasks.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { address, tasks })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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
async fn status(
    State(tasks): State<Tasks>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let refuse = |status: StatusCode, message: &str| {
        let body = json!({ "statusCode": status.as_u16(), "message": message });
        (status, Json(body))
    };
    if !headers.contains_key("authorization") {
        return Err(refuse(StatusCode::UNAUTHORIZED, "You have to log in."));
    }
    let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
    let Some((space, started)) = task else {
        return Err(refuse(StatusCode::NOT_FOUND, "There is no task with this id."));
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
    Ok(Json(body))
}
