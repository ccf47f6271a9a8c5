//! A body on its way from the server.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio::time::Sleep;

use crate::info::OperationInfo;
use crate::model::drift::Drift;
use crate::response::decode::Model;
use crate::response::error::{Error, Kind};
use crate::response::incoming::Incoming;
use crate::response::raw::RawResponse;
use crate::time::clock::deadline;

/// A body that is handed over while it arrives, such as a file.
///
/// It is a [`Stream`] of chunks and an [`AsyncRead`], so that it can be copied anywhere; [`save`](Self::save) and
/// [`bytes`](Self::bytes) are there for the most common places.
///
/// The client's time limit ends with the headers of the response: the body may take its time, but may not stand still for
/// longer than [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout).
pub struct Download {
    operation: &'static OperationInfo,
    length: Option<u64>,
    chunks: Chunks,
    limits: Option<Limits>,
    /// What was read and not handed over.
    rest: Bytes,
}

/// What the client allows.
struct Limits {
    /// How many bytes are collected at most.
    most: u64,
    /// How long to wait for a chunk.
    idle: Duration,
    /// Runs out when no chunk came for that long.
    timer: Pin<Box<Sleep>>,
}

enum Chunks {
    None,
    Whole(Bytes),
    Open(Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>),
    /// Somebody else has them.
    Taken,
}

impl Download {
    fn whole(operation: &'static OperationInfo, body: Bytes) -> Self {
        let length = Some(body.len() as u64);
        Self::of(operation, length, Chunks::Whole(body))
    }

    fn taken(operation: &'static OperationInfo) -> Self {
        Self::of(operation, None, Chunks::Taken)
    }

    pub(crate) fn new(operation: &'static OperationInfo, body: Incoming) -> Self {
        let Incoming {
            length,
            chunks,
            most,
            idle,
        } = body;
        let timer = Box::pin(tokio::time::sleep(idle));
        Self {
            limits: Some(Limits { most, idle, timer }),
            ..Self::of(operation, length, Chunks::Open(chunks))
        }
    }

    fn of(operation: &'static OperationInfo, length: Option<u64>, chunks: Chunks) -> Self {
        Self {
            operation,
            length,
            chunks,
            limits: None,
            rest: Bytes::new(),
        }
    }

    /// How many bytes the whole body has, if the server said so.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Waits for the next chunk. `None` is the end.
    ///
    /// # Errors
    /// The connection broke off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Collects what is left.
    ///
    /// # Errors
    /// The connection broke off, or there is more than [`ClientBuilder::max_body`](crate::ClientBuilder::max_body) allows.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let most = self.limits.as_ref().map_or(u64::MAX, |limits| limits.most);
        let too_large = Error::from(Kind::TooLarge(most)).of(self.operation);
        if self.length.is_some_and(|length| length > most) {
            return Err(too_large);
        }
        let mut collected = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if (collected.len() + chunk.len()) as u64 > most {
                return Err(too_large);
            }
            collected.extend_from_slice(&chunk);
        }
        Ok(collected.freeze())
    }

    /// Writes what is left to a file, and returns how many bytes that were. A file of that name is replaced once all of it
    /// has arrived; if something goes wrong, it stays as it was.
    ///
    /// # Errors
    /// The connection broke off, or the file cannot be written.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let mut partial = path.as_os_str().to_owned();
        partial.push(".part");
        let outcome = self.write(Path::new(&partial)).await;
        let outcome = match outcome {
            Ok(length) => tokio::fs::rename(&partial, path)
                .await
                .map(|()| length)
                .map_err(|error| self.unwritten(path, error)),
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            // What went wrong before matters more than a file that is left behind.
            let _ = tokio::fs::remove_file(&partial).await;
        }
        outcome
    }

    async fn write(&mut self, path: &Path) -> Result<u64, Error> {
        let mut file = File::create(path).await.map_err(|error| self.unwritten(path, error))?;
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk)
                .await
                .map_err(|error| self.unwritten(path, error))?;
            written += chunk.len() as u64;
        }
        file.sync_all().await.map_err(|error| self.unwritten(path, error))?;
        Ok(written)
    }

    fn unwritten(&self, path: &Path, error: io::Error) -> Error {
        let problem = format!("`{}` cannot be written", path.display());
        Error::from(Kind::File(problem, error)).of(self.operation)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut this.rest))));
        }
        let broken = |error: reqwest::Error| Error::from(Kind::Transport(error.without_url())).of(this.operation);
        match &mut this.chunks {
            Chunks::None => Poll::Ready(None),
            Chunks::Whole(body) => {
                let body = std::mem::take(body);
                this.chunks = Chunks::None;
                Poll::Ready((!body.is_empty()).then_some(Ok(body)))
            }
            Chunks::Open(stream) => match (stream.as_mut().poll_next(context), &mut this.limits) {
                (Poll::Ready(chunk), Some(limits)) => {
                    limits.timer.as_mut().reset(deadline(limits.idle));
                    Poll::Ready(chunk.map(|chunk| chunk.map_err(broken)))
                }
                (Poll::Pending, Some(limits)) => limits.timer.as_mut().poll(context).map(|()| {
                    let error = Error::from(Kind::TimedOut(limits.idle)).of(this.operation);
                    this.chunks = Chunks::None;
                    Some(Err(error))
                }),
                (chunk, None) => chunk.map(|chunk| chunk.map(|chunk| chunk.map_err(broken))),
            },
            Chunks::Taken => {
                this.chunks = Chunks::None;
                let problem = "the body was taken from this response before".to_owned();
                Poll::Ready(Some(Err(Error::from(Kind::Request(problem)).of(this.operation))))
            }
        }
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match ready!(self.as_mut().poll_next(context)) {
            None => {}
            Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
            Some(Ok(mut chunk)) => {
                let length = chunk.len().min(buffer.remaining());
                buffer.put_slice(&chunk[..length]);
                chunk.advance(length);
                self.rest = chunk;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl RawResponse {
    /// The body as a stream. If it is still arriving, only the first one gets it.
    pub fn download(&self) -> Download {
        match self.take_incoming() {
            None => Download::whole(self.operation(), self.body().clone()),
            Some(None) => Download::taken(self.operation()),
            Some(Some(body)) => Download::new(self.operation(), body),
        }
    }
}

impl Model for Download {
    fn drift(_response: &RawResponse) -> Drift {
        Drift::default()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
