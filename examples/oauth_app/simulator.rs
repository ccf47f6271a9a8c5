//! Atlassian and the user, simulated.

use std::error::Error;

use confluence_rest::longtask::{model::LongTaskStatusWithLinks, request::GetTask};
use confluence_rest::reqwest::{Url, header::LOCATION};
use confluence_rest::testing::{Answer, Life, Received, Site};
use confluence_rest::{Method, StatusCode};

/// A site that consents to everything, gives tokens, and has a task.
pub async fn start() -> Result<Site, Box<dyn Error>> {
    let site = Site::start().await?;
    site.answer_with(consented);
    let tokens = r#"{ "access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 3600, "scope": "read:confluence-space.summary offline_access" }"#;
    site.answer_at(Method::POST, "/oauth/token", Answer::json(StatusCode::OK, tokens));
    site.answer::<GetTask>(
        Life::of::<GetTask>(&LongTaskStatusWithLinks::default())?
            .running([50])
            .succeeded(),
    );
    Ok(site)
}

/// Sends the browser back with a code, as Atlassian does once the user has agreed.
fn consented(request: &Received) -> Option<Answer> {
    let url = Url::parse("http://localhost").ok()?.join(&request.target).ok()?;
    let of = |wanted| {
        url.query_pairs()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let back = format!("{}?code=the-code&state={}", of("redirect_uri")?, of("state")?);
    Some(Answer::status(StatusCode::FOUND, "").header(LOCATION, back.parse().ok()?))
}
