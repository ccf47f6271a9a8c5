//! Follows a long-running task to its end, with a progress bar.
//!
//! Without arguments it follows the copy of a page tree on a simulated Confluence:
//!
//! ```text
//! cargo run --example watch_task
//! ```
//!
//! With the address of a site, an account and a task's ID it follows a real one:
//!
//! ```text
//! CONFLUENCE_URL=https://acme.atlassian.net CONFLUENCE_EMAIL=me@acme.example CONFLUENCE_TOKEN=... \
//!     cargo run --example watch_task -- 1180606
//! ```

mod simulator;

use std::env;
use std::error::Error;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use confluence_rest::longtask::model::LongTaskStatusWithLinks;
use confluence_rest::{Auth, Backoff, Client, Response, longtask};

#[tokio::main]
async fn main() -> ExitCode {
    match watch().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn watch() -> Result<(), Box<dyn Error>> {
    let site = simulator::Site::start().await?;
    let (client, id) = match env::args().nth(1) {
        Some(id) => (real()?, id),
        None => simulated(&site)?,
    };
    let done = client
        .wait(longtask::get_task(id))
        .timeout(Duration::from_secs(30 * 60))
        .backoff(Backoff::between(Duration::from_millis(200), Duration::from_secs(5)))
        .on_progress(|task| show(task))
        .await;
    if std::io::stderr().is_terminal() {
        // The bar keeps its line.
        eprintln!();
    }
    let done = done?;
    println!("Done: {} ({:.1} s on the server).", summary(&done), seconds(&done));
    for warning in done.report().warnings {
        println!("Warning: {warning}");
    }
    if let Some(link) = done
        .additional_details
        .as_ref()
        .and_then(|details| details.destination_url.as_deref())
    {
        println!("Result: {link}");
    }
    Ok(())
}

/// A client for the site that the environment names.
fn real() -> Result<Client, Box<dyn Error>> {
    let names = ["CONFLUENCE_URL", "CONFLUENCE_EMAIL", "CONFLUENCE_TOKEN"];
    let [Ok(url), Ok(email), Ok(token)] = names.map(env::var) else {
        return Err(format!("set {} to follow a task of a real site", names.join(", ")).into());
    };
    Ok(Client::builder(url).auth(Auth::basic(email, token)).build()?)
}

/// A client for a simulated site, and a task that has just been started there.
fn simulated(site: &simulator::Site) -> Result<(Client, String), Box<dyn Error>> {
    let client = Client::builder(site.url())
        .auth(Auth::basic("simulated@example.com", "simulated-token"))
        .build()?;
    let id = site.copy_page_tree("Handbook");
    println!(
        "Copying the page Handbook with its children on a simulated Confluence at {}, task {id}.",
        site.url()
    );
    Ok((client, id))
}

/// Shows how far a task is: a bar on a terminal, which is drawn over the one before, and plain lines elsewhere.
fn show(task: &Response<LongTaskStatusWithLinks>) {
    let percentage = task.percentage_complete;
    if std::io::stderr().is_terminal() {
        let done = "=".repeat(usize::try_from(percentage.clamp(0, 100) / 4).unwrap_or(0));
        eprint!("\r\x1b[K[{done:<25}] {percentage:>3} %  {}", summary(task));
    } else {
        println!("{percentage:>3} %  {}", summary(task));
    }
}

/// What the task says it is doing.
fn summary(task: &Response<LongTaskStatusWithLinks>) -> String {
    let report = task.report();
    report
        .current()
        .map_or_else(|| task.name.key.clone(), ToString::to_string)
}

/// The server counts in milliseconds.
fn seconds(task: &LongTaskStatusWithLinks) -> f64 {
    Duration::from_millis(u64::try_from(task.elapsed_time).unwrap_or(0)).as_secs_f64()
}
