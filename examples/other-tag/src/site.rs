//! A small Confluence on loopback that knows spaces and the tasks that remove them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use confluence_rest::StatusCode;
use confluence_rest::testing::{Answer, Received, Site};
use serde_json::{Value, json};

/// Starts the site, which runs until it is dropped.
pub async fn start() -> io::Result<Site> {
    let site = Site::start().await?;
    let spaces = Mutex::new(BTreeMap::new());
    site.answer_with(move |request| answer(&mut spaces.lock().unwrap_or_else(PoisonError::into_inner), request));
    Ok(site)
}

/// Answers by method and path, from the spaces that there are by their keys.
fn answer(spaces: &mut BTreeMap<String, Value>, request: &Received) -> Option<Answer> {
    let path = request.path.strip_prefix("/wiki/rest/api/")?;
    Some(
        match (request.method.as_str(), path.split_once('/').unwrap_or((path, ""))) {
            ("POST", ("space", "")) => {
                let space: Value = serde_json::from_slice(&request.body).ok()?;
                let space = json!({
                    "key": space["key"],
                    "name": space["name"],
                    "type": "global",
                    "createdAt": "2026-01-02T03:04:05.000+0000",
                });
                spaces.insert(space["key"].as_str()?.to_owned(), space.clone());
                json(StatusCode::OK, &space)
            }
            ("GET", ("space", "")) => {
                let wanted = request.query.split('&').find_map(|pair| pair.strip_prefix("type="));
                let results: Vec<&Value> = spaces
                    .values()
                    .filter(|space| wanted.is_none_or(|wanted| space["type"] == wanted))
                    .collect();
                json(StatusCode::OK, &json!({ "size": results.len(), "results": results }))
            }
            ("DELETE", ("space", key)) => match spaces.remove(key) {
                Some(_) => json(
                    StatusCode::ACCEPTED,
                    &json!({ "id": "7", "links": { "status": "/rest/api/longtask/7" } }),
                ),
                None => json(
                    StatusCode::NOT_FOUND,
                    &json!({ "statusCode": 404, "message": format!("No space {key}") }),
                ),
            },
            ("GET", ("longtask", id)) => json(
                StatusCode::OK,
                &json!({ "id": id, "percentageComplete": 100, "finished": true, "successful": true, "elapsedTime": 12 }),
            ),
            _ => return None,
        },
    )
}

fn json(status: StatusCode, body: &Value) -> Answer {
    Answer::json(status, body.to_string())
}
