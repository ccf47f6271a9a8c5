//! A site on loopback.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use http::Method;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::task::{AbortHandle, JoinHandle};

use crate::client::Client;
use crate::client::builder::ClientBuilder;
use crate::operation::Operation;
use crate::testing::answer::Answer;
use crate::testing::clock::Hurried;
use crate::testing::life::Life;
use crate::testing::script::{Received, Route, Script};
use crate::testing::serve;

/// A simulated site on loopback.
///
/// It runs until its last clone is dropped.
///
/// Requests without a response that was set are answered with 501 and a text that names the request and what responses
/// there are.
#[derive(Clone, Debug)]
pub struct Site(Arc<Running>);

#[derive(Debug)]
struct Running {
    address: SocketAddr,
    script: Arc<Script>,
    task: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Site {
    /// Starts a site on a free port.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        let (site, _) = Self::start_on(&runtime::Handle::current())?;
        Ok(site)
    }

    /// Starts a site on a free port with a thread of its own, for code that is not async.
    ///
    /// ```
    /// # #[cfg(feature = "blocking")] {
    /// use confluence_rest::{blocking, longtask, testing::Site};
    ///
    /// let site = Site::start_blocking()?;
    /// let client = blocking::Client::new(site.client().build()?)?;
    /// let error = client.send(longtask::get_task("1180606")).unwrap_err();
    /// assert!(error.to_string().contains("has no response for GET /wiki/rest/api/longtask/1180606"));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There is no free port, or no thread can be started.
    pub fn start_blocking() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let (site, accepting) = Self::start_on(runtime.handle())?;
        // The thread ends with the site, which stops accepting.
        thread::Builder::new()
            .name("confluence-rest-testing".to_owned())
            .spawn(move || runtime.block_on(accepting))?;
        Ok(site)
    }

    fn start_on(runtime: &runtime::Handle) -> io::Result<(Self, JoinHandle<()>)> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let script = Arc::new(Script::default());
        let _inside = runtime.enter();
        let accepting = runtime.spawn(serve::accept(TcpListener::from_std(listener)?, script.clone()));
        let task = accepting.abort_handle();
        Ok((Self(Arc::new(Running { address, script, task })), accepting))
    }

    /// The base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Returns a builder for a client of this site.
    ///
    /// Its clock skips pauses: they take no time, but count towards [`Wait::timeout`](crate::Wait::timeout),
    /// [`Wait::stall`](crate::Wait::stall) and [`total_timeout`](ClientBuilder::total_timeout). A wait for a task that never
    /// ends times out at once, so a timer of yours for [`cancel_on`](crate::Wait::cancel_on), which runs in real time, is too
    /// late: pass a future that a status completes, or one that is ready.
    ///
    /// [`timeout`](ClientBuilder::timeout) and [`idle_timeout`](ClientBuilder::idle_timeout) are in real time; set them for
    /// answers that stall.
    pub fn client(&self) -> ClientBuilder {
        Client::builder(self.url()).clock(Hurried::default())
    }

    /// Sets the responses of an operation.
    ///
    /// The last one is repeated. They replace those that were set before.
    pub fn answer<O: Operation>(&self, answers: impl Into<Life>) {
        self.0.script.set(Route {
            operation: Some(O::INFO),
            method: O::INFO.method.clone(),
            path: O::INFO.path.to_owned(),
            answers: answers.into().answers.into(),
        });
    }

    /// Sets the responses to a method and path, as [`Site::answer`] does for an operation.
    ///
    /// The path may have variables, such as `/wiki/rest/api/space/{key}`, which match anything within their segments.
    /// If several match, the one that was set last applies.
    pub fn answer_at(&self, method: Method, path: impl Into<String>, answers: impl Into<Life>) {
        self.0.script.set(Route {
            operation: None,
            method,
            path: path.into(),
            answers: answers.into().answers.into(),
        });
    }

    /// Sets a function that answers all other requests.
    ///
    /// It returns `None` if there is no response. It replaces the function that was set before.
    ///
    /// ```
    /// use confluence_rest::{StatusCode, longtask, testing::{Answer, Site}};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let site = Site::start().await?;
    /// site.answer_with(|request| {
    ///     let id = request.path.strip_prefix("/wiki/rest/api/longtask/")?;
    ///     Some(Answer::json(StatusCode::OK, format!(r#"{{"id":"{id}","percentageComplete":7}}"#)))
    /// });
    /// let task = site.client().build()?.send(longtask::get_task("1180606")).await?;
    /// assert_eq!((task.id.as_str(), task.percentage_complete), ("1180606", 7));
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer_with(&self, answer: impl Fn(&Received) -> Option<Answer> + Send + Sync + 'static) {
        self.0.script.set_rest(Arc::new(answer));
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<Received> {
        self.0.script.received()
    }
}
