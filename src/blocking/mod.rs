//! The client for code that is not async.
//!
//! It sends the same requests with the same results, and needs no async runtime. Inside of async code, its methods
//! return an error instead of blocking the thread; inside of Tokio's `spawn_blocking` and `block_in_place`, they work.
//!
//! ```no_run
//! use confluence_rest::{Auth, Client, blocking, longtask};
//!
//! # fn example(email: &str, api_token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://acme.atlassian.net")
//!     .auth(Auth::basic(email, api_token))
//!     .build()?;
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

/// A [`Client`](crate::Client) that blocks.
///
/// Cheap to clone: clones share connections, limits and a thread.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Driver,
}

/// Runs a future to completion, such as those of [`oauth`](../oauth/index.html), on a runtime of this crate.
///
/// # Errors
/// No thread can be started, or it is called inside of async code.
pub fn run<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    Driver::start()?.run(future)
}

impl Client {
    /// Wraps an async client.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let driver = Driver::start()?;
        Ok(Self { client, driver })
    }

    /// Sends a request and decodes the response.
    ///
    /// # Errors
    /// The same as for [`Client::send`](crate::Client::send), or the call is made inside async code.
    pub fn send<O: Operation>(&self, operation: O) -> Result<Response<O::Output>, Error> {
        self.driver.run(self.client.send(operation))?
    }

    /// Sends a request and returns the body of the response as it arrives.
    ///
    /// See [`Client::download`](crate::Client::download).
    ///
    /// # Errors
    /// The same as for [`Client::download`](crate::Client::download), or the call is made inside async code.
    pub fn download<O: Operation>(&self, operation: O) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.download(operation))?
    }

    /// Follows a redirect.
    ///
    /// See [`Client::follow`](crate::Client::follow).
    ///
    /// # Errors
    /// The same as for [`Client::follow`](crate::Client::follow), or the call is made inside async code.
    pub fn follow(&self, redirect: &Redirect) -> Result<Response<Download>, Error> {
        self.driver.run(self.client.follow(redirect))?
    }

    /// Sends an encoded request and returns the response as received, whatever its status.
    ///
    /// # Errors
    /// The same as for [`Client::exchange`](crate::Client::exchange), or the call is made inside async code.
    pub fn exchange(&self, request: &Request) -> Result<RawResponse, Error> {
        self.driver.run(self.client.exchange(request))?
    }

    /// Returns the client with another retry policy.
    ///
    /// See [`Client::with_retry`](crate::Client::with_retry).
    pub fn with_retry(&self, retry: Retry) -> Self {
        self.with(self.client.with_retry(retry))
    }

    /// Returns the client with another timeout for each attempt.
    ///
    /// See [`Client::with_timeout`](crate::Client::with_timeout).
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_timeout(timeout))
    }

    /// Returns the client with another timeout for requests as a whole.
    ///
    /// See [`Client::with_total_timeout`](crate::Client::with_total_timeout).
    pub fn with_total_timeout(&self, timeout: Duration) -> Self {
        self.with(self.client.with_total_timeout(timeout))
    }

    /// Returns the client with headers that are sent with each request.
    ///
    /// See [`Client::with_headers`](crate::Client::with_headers).
    pub fn with_headers(&self, headers: HeaderMap) -> Self {
        self.with(self.client.with_headers(headers))
    }

    fn with(&self, client: crate::Client) -> Self {
        let driver = self.driver.clone();
        Self { client, driver }
    }

    /// Polls a long-running task until it ends.
    ///
    /// See [`Client::wait`](crate::Client::wait).
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

    /// Polls many tasks at once.
    ///
    /// See [`Client::wait_all`](crate::Client::wait_all).
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

    /// Returns an iterator of the pages of a list.
    ///
    /// See [`Client::pages`](crate::Client::pages).
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

    /// Returns a reader of a streamed body.
    pub fn reader(&self, download: Download) -> Reader {
        Reader {
            download,
            driver: self.driver.clone(),
        }
    }

    /// Writes a streamed body to a file.
    ///
    /// See [`Download::save`].
    ///
    /// # Errors
    /// As [`Download::save`]; and it is called inside of async code.
    pub fn save(&self, download: Download, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.driver.run(download.save(path))?
    }
}
