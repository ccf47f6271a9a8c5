//! OAuth 2.0 for apps that act for a user (3LO): consent, tokens, and a session that renews them.
//!
//! ```no_run
//! use confluence_rest::oauth::{App, ScopeState, Tokens};
//! use confluence_rest::{Auth, Client, cloud, longtask};
//!
//! # async fn example(callback: &str) -> Result<(), Box<dyn std::error::Error>> {
//! # async fn save(_: Tokens) -> std::io::Result<()> { Ok(()) }
//! let app = App::builder("the-client-id", "the-client-secret", "https://app.example/callback")
//!     .build()?;
//!
//! // Send the user to `consent.url`, and keep `consent.state` for when they come back.
//! let consent = app.authorize(longtask::OPERATIONS, ScopeState::Current);
//! let tokens = app.exchange(&consent.state, callback).await?;
//! save(tokens.clone()).await?;
//!
//! // From here on, tokens are renewed, and kept with `save` before they are used.
//! let scopes = tokens.scopes().to_vec();
//! let session = app.session(tokens, |tokens| async { Ok(save(tokens).await?) });
//! let auth = Auth::provider(session).scopes(scopes);
//! let atlassian = Client::builder("https://api.atlassian.com").auth(auth.clone()).build()?;
//! let sites = atlassian.send(cloud::get_accessible_resources()).await?;
//! let client = Client::gateway(&sites[0].id).auth(auth).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! Without an async runtime, `blocking::run` (feature `blocking`) runs these futures.

mod app;
mod error;
mod session;
mod tokens;

pub use app::{App, AppBuilder, Consent, ScopeState};
pub use error::Error;
pub use session::Session;
pub use tokens::Tokens;
