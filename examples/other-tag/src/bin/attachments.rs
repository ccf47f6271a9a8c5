//! Attaches a file to a page and downloads it again, on a simulated Confluence. The file from disk is never in memory as a whole.
//!
//! ```text
//! cargo run -p other-tag --bin attachments
//! ```

use std::error::Error;
use std::fs;

use confluence_rest::reqwest::header::{HeaderValue, LOCATION};
use confluence_rest::testing::{Answer, Site};
use confluence_rest::{Method, StatusCode, Upload};
use other_tag::content::{self, request};

const CONTENT: &str = "A report of no importance.\n";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = simulated().await?;
    // On a real site: Client::builder("https://acme.atlassian.net").auth(Auth::basic(email, api_token)).build()?
    let client = site.client().build()?;
    let folder = std::env::temp_dir().join(format!("attachments-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let (original, copy) = (folder.join("report.txt"), folder.join("copy.txt"));
    fs::write(&original, CONTENT)?;

    let table = Upload::new("a,b\n1,2\n").file_name("table.csv");
    let attach = content::attach_files("1180606", [Upload::file(&original), table], true).comment("The second draft");
    let attached = client.send(attach).await?;
    for attachment in &attached.results {
        println!("Attached {} as {}.", attachment.title, attachment.id);
    }

    // The content is elsewhere: `follow` goes there, without the credentials if it is on another host.
    let attachment = &attached.results[0].id;
    let redirect = client.send(content::download_attachment("1180606", attachment)).await?;
    let length = client.follow(&redirect).await?.into_body().save(&copy).await?;
    println!("Downloaded {length} bytes.");

    let same = fs::read(&copy)? == CONTENT.as_bytes();
    fs::remove_dir_all(&folder)?;
    if same {
        Ok(())
    } else {
        Err("the copy is not the original".into())
    }
}

/// A site that takes attachments, and has one to download.
async fn simulated() -> Result<Site, Box<dyn Error>> {
    let site = Site::start().await?;
    let attached = r#"{ "results": [{ "id": "att1", "title": "report.txt" }, { "id": "att2", "title": "table.csv" }], "start": 0, "limit": 25 }"#;
    site.answer::<request::AttachFiles>(Answer::json(StatusCode::OK, attached));
    let location = HeaderValue::from_static("/media/att1");
    site.answer::<request::DownloadAttachment>(Answer::status(StatusCode::FOUND, "").header(LOCATION, location));
    site.answer_at(Method::GET, "/media/att1", Answer::status(StatusCode::OK, CONTENT));
    Ok(site)
}
