//! Lists all pages of a space, however many requests that takes, on a simulated Confluence.
//!
//! ```text
//! cargo run -p other-tag --bin list_pages
//! ```

use std::error::Error;

use confluence_rest::StatusCode;
use confluence_rest::testing::{Answer, Received, Site};
use other_tag::content;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = Site::start().await?;
    site.answer_with(page);
    // On a real site: Client::builder("https://acme.atlassian.net").auth(Auth::basic(email, api_token)).build()?
    let client = site.client().build()?;

    // Item by item; the next page is fetched when the items of the last one are used up.
    let mut pages = client.pages(content::get_pages().space_key("DOCS").limit(2)).items();
    while let Some(page) = pages.next().await {
        let page = page?;
        println!("{} {}", page.id, page.title);
    }

    // Or response by response, with what else each says.
    let mut responses = client.pages(content::get_pages().space_key("DOCS").limit(2));
    while let Some(response) = responses.next().await {
        let response = response?;
        println!("{} pages from number {}", response.results.len(), response.start);
    }
    println!("{} requests", site.requests().len());
    Ok(())
}

/// Answers with two of five pages, and where the next two are.
fn page(request: &Received) -> Option<Answer> {
    const TITLES: [&str; 5] = ["Home", "Install", "Configure", "Use", "Remove"];
    let start = request.query.split('&').find_map(|pair| pair.strip_prefix("start="));
    let start: usize = start.unwrap_or("0").parse().ok()?;
    let pages = TITLES.iter().enumerate().skip(start).take(2);
    let results: Vec<_> = pages
        .map(|(number, title)| serde_json::json!({ "id": number.to_string(), "title": title }))
        .collect();
    let mut body = serde_json::json!({ "results": results, "start": start, "limit": 2, "_links": {} });
    if start + 2 < TITLES.len() {
        body["_links"]["next"] = format!("/rest/api/content?limit=2&start={}", start + 2).into();
    }
    Some(Answer::json(StatusCode::OK, body.to_string()))
}
