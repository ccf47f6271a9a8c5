//! Starts the copy of a page tree and follows it until it has ended, on a simulated Confluence.
//!
//! ```text
//! cargo run -p other-tag --bin copy_page_tree
//! ```

use std::error::Error;

use confluence_rest::longtask::model::LongTaskStatusWithLinks;
use confluence_rest::longtask::{self, request::GetTask};
use confluence_rest::testing::{Answer, Life, Site};
use confluence_rest::{StartedTask, StatusCode};
use other_tag::content::{self, model::CopyPageTree, request};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = simulated().await?;
    // On a real site: Client::builder("https://acme.atlassian.net").auth(Auth::basic(email, api_token)).build()?
    let client = site.client().build()?;

    let copy = CopyPageTree::new("9001").copy_attachments(true);
    let started = client.send(content::copy_page_tree("1180606", copy)).await?;
    println!("Started the task {}.", started.task_id()?);

    let done = client
        .wait(longtask::get_task(started.task_id()?))
        .on_progress(|task| println!("{:>3} %", task.percentage_complete))
        .await?;
    println!("Done after {} ms.", done.elapsed_time);
    for warning in done.report().warnings {
        println!("Warning: {warning}");
    }
    Ok(())
}

/// A site that starts one task and carries it out.
async fn simulated() -> Result<Site, Box<dyn Error>> {
    let site = Site::start().await?;
    let started = r#"{ "id": "7", "links": { "status": "/rest/api/longtask/7" } }"#;
    site.answer::<request::CopyPageTree>(Answer::json(StatusCode::ACCEPTED, started));
    let mut status = LongTaskStatusWithLinks::default();
    status.id = "7".to_owned();
    status.elapsed_time = 5200;
    site.answer::<GetTask>(Life::of::<GetTask>(&status)?.running([0, 40, 80]).succeeded());
    Ok(site)
}
