//! The client for code that is not async.
//!
//! The same requests go through it, with the same results; no runtime is needed. It is not for use inside of async code,
//! where it returns an error instead of blocking a thread that others wait for. Inside of Tokio's `spawn_blocking` and
//! `block_in_place`, it works.
//!
//! ```no_run
//! use confluence_rest::{Auth, Client, blocking, longtask};
//!
//! # fn example(email: &str, api_token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://acme.atlassian.net").auth(Auth::basic(email, api_token)).build()?;
//! let client = blocking::Client::new(client)?;
//!
//! let task = client.send(longtask::get_task("1180606"))?;
//! println!("{} %", task.percentage_complete);
//! let done = client.wait(longtask::get_task("1180606")).run()?;
//! println!("took {} ms", done.elapsed_time);
//! # Ok(())
//! # }
//! ```

mod driver;
mod pages;
mod reader;
mod wait;

use std::path::Path;
use std::time::Duration;

use http::HeaderMap;

pub use self::pages::Pages;
pub use self::reader::Reader;
pub use self::wait::{Wait, WaitAll};
use crate::blocking::driver::{Driver, Steps};
use crate::client::retry::Retry;
use crate::operation::Operation;
use crate::pages::Page;
use crate::request::Request;
use crate::response::Response;
use crate::response::download::Download;
use crate::response::error::Error;
use crate::response::raw::RawResponse;
use crate::response::redirect::Redirect;
use crate::task::long_task::LongTask;

/// A [`Client`](crate::Client) that blocks. Cheap to clone: clones share connections, limits and a thread.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Driver,
}

/// Takes a future to its end on a thread of its own, such as those of [`oauth`](crate::oauth).
///
/// # Errors
/// The system has no thread to give, or it is called inside of async code.
pub fn run<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    Driver::start()?.run(future)
}

impl Client {
    /// Wraps a client.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let driver = Driver::start()?;
        Ok(Self { client, driver })
    }

    /// Sends one request and reads the answer.
    ///
    /// # Errors
    /// As [`crate::Client::send`]; and it is called inside of async code.
    pub fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        self.driver.run(self.client.send(operation))?
    }

    /// Sends a request and returns the body of the answer as it arrives. See [`crate::Client::download`].
    ///
    /// # Errors
    /// As [`crate::Client::download`]; and it is called inside of async code.
    pub fn download<O: Operation>(&self, operation: O) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.download(operation))?
    }

    /// Goes where a redirect leads. See [`crate::Client::follow`].
    ///
    /// # Errors
    /// As [`crate::Client::follow`]; and it is called inside of async code.
    pub fn follow(&self, redirect: &Redirect) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.follow(redirect))?
    }

    /// Sends a request as it is and hands over whatever came back.
    ///
    /// # Errors
    /// As [`crate::Client::exchange`]; and it is called inside of async code.
    pub fn exchange(&self, request: &Request) -> Result<RawResponse, Error> {
        self.driver.run(self.client.exchange(request))?
    }

    /// The same client with another retry policy for transient failures.
    pub fn with_retry(&self, retry: Retry) -> Self {
        self.with(self.client.with_retry(retry))
    }

    /// The same client with another limit for each attempt. See [`crate::Client::with_timeout`].
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_timeout(timeout))
    }

    /// The same client with another limit for all attempts together. See [`crate::Client::with_total_timeout`].
    pub fn with_total_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_total_timeout(timeout))
    }

    /// The same client with headers that are sent with each request. See [`crate::Client::with_headers`].
    pub fn with_headers(&self, headers: HeaderMap) -> Self {
        self.with(self.client.with_headers(headers))
    }

    fn with(&self, client: crate::Client) -> Self {
        let driver = self.driver.clone();
        Self { client, driver }
    }

    /// Follows a long-running task to its end. See [`crate::Client::wait`].
    pub fn wait<'a, O>(&self, operation: O) -> Wait<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        Wait {
            wait: self.client.wait(operation),
            driver: self.driver.clone(),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Follows many tasks at once. See [`crate::Client::wait_all`].
    pub fn wait_all<'a, O>(&self, operations: impl IntoIterator<Item = O>) -> WaitAll<'a, O>
    where
        O: Operation + Clone + 'a,
        O::Output: LongTask,
    {
        WaitAll {
            waits: self.client.wait_all(operations),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Fetches a list page by page. See [`crate::Client::pages`].
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Operation + 'static,
        O::Output: Page,
    {
        Pages {
            pages: self.client.pages(operation),
            steps: Steps(Some(self.driver.clone())),
        }
    }

    /// Reads a body that is still arriving.
    pub fn reader(&self, download: Download) -> Reader {
        Reader {
            download,
            driver: self.driver.clone(),
        }
    }

    /// Writes a body that is still arriving to a file. See [`Download::save`].
    ///
    /// # Errors
    /// As [`Download::save`]; and it is called inside of async code.
    pub fn save(&self, download: Download, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.driver.run(download.save(path))?
    }
}
