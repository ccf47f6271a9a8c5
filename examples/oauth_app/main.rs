//! An app that acts for a user (OAuth 2.0, 3LO): it asks for consent, receives the redirect on this machine, and follows a task.
//!
//! ```text
//! cargo run --example oauth_app --features oauth
//! ```
//!
//! Atlassian, the user and the browser are simulated. The comments say what is different for a real app.

mod simulator;

use std::error::Error;
use std::io;

use confluence_rest::longtask;
use confluence_rest::oauth::{App, ScopeState};
use confluence_rest::reqwest::redirect::Policy;
use confluence_rest::{Auth, reqwest};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let atlassian = simulator::start().await?;

    // A real app listens on the port of the callback URL that is registered for it, and leaves `issuer` out.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let callback_url = format!("http://{}/callback", listener.local_addr()?);
    let app = App::builder("the-client-id", "the-client-secret", callback_url)
        .issuer(atlassian.url())
        .build()?;

    // A real app opens `consent.url` in the user's browser.
    let consent = app.authorize(longtask::OPERATIONS, ScopeState::Current);
    println!("Asking for {}", consent.scopes.join(", "));
    let browser = reqwest::Client::builder().redirect(Policy::limited(1)).build()?;
    let (page, callback) = tokio::join!(browser.get(consent.url).send(), redirected(&listener));
    println!("The browser shows: {}", page?.text().await?);

    let tokens = app.exchange(&consent.state, &callback?).await?;
    println!("Granted {}", tokens.scopes().join(", "));
    // A real app stores the tokens here: each refresh token works only once.
    let session = app.session(tokens, |_| async { Ok(()) });

    // A real app finds the id of the site with `cloud::get_accessible_resources`, and uses `Client::gateway`.
    let client = atlassian.client().auth(Auth::provider(session)).build()?;
    let done = client.wait(longtask::get_task("1180606")).await?;
    println!("Done after {} ms.", done.elapsed_time);
    Ok(())
}

/// Waits for the browser to come back, and returns the path and the query that it asks for.
async fn redirected(listener: &TcpListener) -> io::Result<String> {
    let mut connection = BufReader::new(listener.accept().await?.0);
    let (mut head, mut length) = (String::new(), 1);
    while length > 0 && !head.ends_with("\r\n\r\n") {
        length = connection.read_line(&mut head).await?;
    }
    let page = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\nBack to work.";
    connection.write_all(page.as_bytes()).await?;
    Ok(head.split(' ').nth(1).unwrap_or_default().to_owned())
}
