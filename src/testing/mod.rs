//! A simulated Confluence site on loopback, for tests of your own code.
//!
//! ```
//! use confluence_rest::longtask::{self, model::LongTaskStatusWithLinks, request::GetTask};
//! use confluence_rest::testing::{Life, Site};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let site = Site::start().await?;
//! let status = LongTaskStatusWithLinks::default();
//! site.answer::<GetTask>(Life::of::<GetTask>(&status)?.running([40, 80]).dropped().succeeded());
//!
//! let client = site.client().build()?;
//! let done = client.wait(longtask::get_task("1180606")).await?;
//! assert_eq!(done.percentage_complete, 100);
//! assert_eq!(site.requests().len(), 4);
//! # Ok(())
//! # }
//! ```

mod answer;
mod clock;
mod life;
mod script;
mod serve;
mod site;

pub use answer::Answer;
pub use life::Life;
pub use script::Received;
pub use site::Site;
