//! A small Confluence on loopback that knows spaces and the tasks that remove them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

type Spaces = Arc<Mutex<BTreeMap<String, Value>>>;

/// Starts the site and returns its address.
pub async fn start() -> io::Result<String> {
    let routes = Router::new()
        .route("/wiki/rest/api/space", get(list).post(create))
        .route("/wiki/rest/api/space/{key}", delete(remove))
        .route("/wiki/rest/api/longtask/{id}", get(task))
        .with_state(Spaces::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(format!("http://{address}"))
}

async fn create(State(spaces): State<Spaces>, Json(space): Json<Value>) -> Json<Value> {
    let key = space["key"].as_str().unwrap_or_default().to_owned();
    let space =
        json!({ "key": key, "name": space["name"], "type": "global", "createdAt": "2026-01-02T03:04:05.000+0000" });
    spaces
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(key, space.clone());
    Json(space)
}

async fn list(State(spaces): State<Spaces>, Query(query): Query<BTreeMap<String, String>>) -> Json<Value> {
    let spaces = spaces.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = |space: &&Value| query.get("type").is_none_or(|wanted| space["type"] == *wanted);
    let results: Vec<&Value> = spaces.values().filter(wanted).collect();
    Json(json!({ "size": results.len(), "results": results }))
}

async fn remove(State(spaces): State<Spaces>, Path(key): Path<String>) -> (StatusCode, Json<Value>) {
    match spaces.lock().unwrap_or_else(PoisonError::into_inner).remove(&key) {
        Some(_) => (
            StatusCode::ACCEPTED,
            Json(json!({ "id": "7", "links": { "status": "/rest/api/longtask/7" } })),
        ),
        None => (
            StatusCode::NOT_FOUND,
            Json(json!({ "statusCode": 404, "message": format!("No space {key}") })),
        ),
    }
}

async fn task(Path(id): Path<String>) -> Json<Value> {
    Json(json!({ "id": id, "percentageComplete": 100, "finished": true, "successful": true, "elapsedTime": 12 }))
}
