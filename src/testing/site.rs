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

/// A site on loopback. It goes when the last clone of it does, with all of its connections.
///
/// What it has no answer for is answered with 501 and a text that says what was asked, and what there are answers for.
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

    /// Starts a site on a free port, with a thread of its own: for code that is not async.
    ///
    /// ```
    /// # #[cfg(feature = "blocking")] {
    /// use confluence_rest::{blocking, longtask, testing::Site};
    ///
    /// let site = Site::start_blocking()?;
    /// let client = blocking::Client::new(site.client().build()?)?;
    /// let error = client.send(longtask::get_task("1180606")).unwrap_err();
    /// assert!(error.to_string().contains("has no answer for GET /wiki/rest/api/longtask/1180606"));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There is no free port, or the system refuses another thread.
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

    /// A client for this site, to be set up further. Its time passes at once, so nothing that waits takes long.
    pub fn client(&self) -> ClientBuilder {
        Client::builder(self.url()).clock(Hurried::default())
    }

    /// Says what an operation is answered: these in their order, the last one for ever. It takes the place of what was said
    /// of the operation before.
    pub fn answer<O: Operation>(&self, answers: impl Into<Life>) {
        self.0.script.set(Route {
            operation: Some(O::INFO),
            method: O::INFO.method.clone(),
            path: O::INFO.path.to_owned(),
            answers: answers.into().answers.into(),
        });
    }

    /// Says what requests of a method and path are answered, as [`Site::answer`] does for an operation. The path may have
    /// variables, such as `/wiki/rest/api/space/{key}`, which stand for anything within their segments.
    /// Where several fit, the last one said counts.
    pub fn answer_at(&self, method: Method, path: impl Into<String>, answers: impl Into<Life>) {
        self.0.script.set(Route {
            operation: None,
            method,
            path: path.into(),
            answers: answers.into().answers.into(),
        });
    }

    /// Has a function answer what [`Site::answer`] and [`Site::answer_at`] say nothing of. `None` is no answer. It takes the
    /// place of the function before.
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

    /// What has arrived so far.
    pub fn requests(&self) -> Vec<Received> {
        self.0.script.received()
    }
}
