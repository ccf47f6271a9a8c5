//! Streamed response bodies.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::Sleep;

use crate::info::OperationInfo;
use crate::model::drift::Drift;
use crate::response::decode::Model;
use crate::response::error::{Error, Kind};
use crate::response::incoming::Incoming;
use crate::response::raw::RawResponse;
use crate::response::resume::{Asking, Chunks, Failure, Resume};
use crate::time::clock::deadline;

/// A response body that is streamed, such as a file.
///
/// It implements [`Stream`](https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html) (of chunks) and [`AsyncRead`]; [`save`](Self::save) writes it to a file,
/// [`bytes`](Self::bytes) collects it in memory.
///
/// The client's timeout ends with the response headers: the body may take any time, but may not be idle for longer than
/// [`ClientBuilder::idle_timeout`](crate::ClientBuilder::idle_timeout). With
/// [`ClientBuilder::resume_downloads`](crate::ClientBuilder::resume_downloads), an interrupted download is resumed.
pub struct Download {
    pub(super) operation: &'static OperationInfo,
    length: Option<u64>,
    state: State,
    limits: Option<Limits>,
    /// How to go on after a break.
    resume: Option<Box<Resume>>,
    /// What was read and not returned.
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

enum State {
    Ended,
    Whole(Bytes),
    Open(Chunks),
    /// It was interrupted, and the rest was requested.
    Resuming(Asking),
    /// Somebody else has the body.
    Taken,
}

impl Download {
    fn whole(operation: &'static OperationInfo, body: Bytes) -> Self {
        let length = Some(body.len() as u64);
        Self::of(operation, length, State::Whole(body))
    }

    fn taken(operation: &'static OperationInfo) -> Self {
        Self::of(operation, None, State::Taken)
    }

    pub(crate) fn new(operation: &'static OperationInfo, body: Incoming) -> Self {
        let Incoming {
            length,
            chunks,
            most,
            idle,
            resume,
        } = body;
        let timer = Box::pin(tokio::time::sleep(idle));
        Self {
            resume: resume.map(Box::new),
            limits: Some(Limits { most, idle, timer }),
            ..Self::of(operation, length, State::Open(chunks))
        }
    }

    fn of(operation: &'static OperationInfo, length: Option<u64>, state: State) -> Self {
        Self {
            operation,
            length,
            state,
            limits: None,
            resume: None,
            rest: Bytes::new(),
        }
    }

    /// Returns the length of the whole body in bytes, if the server announced it.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// The connection was lost or idle for too long, the body cannot be decompressed, or the content has changed before the
    /// download was resumed.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Collects the rest of the body in memory.
    ///
    /// # Errors
    /// Those of [`chunk`](Self::chunk), or the body exceeds [`ClientBuilder::max_body`](crate::ClientBuilder::max_body).
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let most = self.limits.as_ref().map_or(u64::MAX, |limits| limits.most);
        if self.length.is_some_and(|length| length > most) {
            return Err(Error::from(Kind::TooLarge(most)).of(self.operation));
        }
        let mut collected = BytesMut::new();
        self.collect(&mut collected, most).await?;
        Ok(collected.freeze())
    }

    /// Collects what is left, up to a number of bytes. Whatever goes wrong, what came before is there.
    pub(crate) async fn collect(&mut self, into: &mut BytesMut, most: u64) -> Result<(), Error> {
        while let Some(mut chunk) = self.chunk().await? {
            let room = most.saturating_sub(into.len() as u64);
            let fitting = usize::try_from(room).unwrap_or(usize::MAX);
            let is_too_large = fitting < chunk.len();
            chunk.truncate(fitting);
            into.extend_from_slice(&chunk);
            if is_too_large {
                return Err(Error::from(Kind::TooLarge(most)).of(self.operation));
            }
        }
        Ok(())
    }

    /// Asks for the rest after a break, or returns the error where that cannot be done.
    fn go_on(&mut self, error: Error) -> Option<Error> {
        let asking = self
            .resume
            .as_mut()
            .filter(|_| error.is_retryable())
            .and_then(|resume| resume.go_on());
        match asking {
            Some(asking) => {
                self.state = State::Resuming(asking);
                None
            }
            None => {
                self.state = State::Ended;
                Some(error)
            }
        }
    }
}

fn taken() -> Error {
    Kind::Request("the body of this response has been taken already".to_owned()).into()
}

/// Makes an error of why there is no rest.
fn stuck(failure: Failure) -> Error {
    match failure.downcast::<Error>() {
        Ok(error) => *error,
        Err(problem) => Kind::Changed(problem.to_string()).into(),
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if !this.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut this.rest))));
        }
        loop {
            let error = match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Whole(body) => {
                    let body = std::mem::take(body);
                    this.state = State::Ended;
                    return Poll::Ready((!body.is_empty()).then_some(Ok(body)));
                }
                State::Taken => {
                    this.state = State::Ended;
                    return Poll::Ready(Some(Err(taken().of(this.operation))));
                }
                State::Resuming(asking) => match ready!(asking.as_mut().poll(context)) {
                    Ok(chunks) => {
                        if let Some(limits) = &mut this.limits {
                            limits.restart();
                        }
                        this.state = State::Open(chunks);
                        continue;
                    }
                    Err(failure) => stuck(failure),
                },
                State::Open(stream) => match (stream.as_mut().poll_next(context), &mut this.limits) {
                    (Poll::Ready(Some(Ok(chunk))), limits) => {
                        if let Some(limits) = limits {
                            limits.restart();
                        }
                        if let Some(resume) = &mut this.resume {
                            resume.note(chunk.len());
                        }
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    (Poll::Ready(None), _) => {
                        this.state = State::Ended;
                        let end = this.resume.as_ref().map_or(Ok(()), |resume| resume.check_end());
                        return Poll::Ready(end.err().map(|problem| Err(stuck(problem.into()).of(this.operation))));
                    }
                    (Poll::Ready(Some(Err(error))), _) => Error::transport(error),
                    (Poll::Pending, None) => return Poll::Pending,
                    (Poll::Pending, Some(limits)) => {
                        ready!(limits.timer.as_mut().poll(context));
                        Kind::Stalled(limits.idle).into()
                    }
                },
            };
            if let Some(error) = this.go_on(error) {
                return Poll::Ready(Some(Err(error.of(this.operation))));
            }
        }
    }
}

impl Limits {
    /// Counts the time from here.
    fn restart(&mut self) {
        self.timer.as_mut().reset(deadline(self.idle));
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            match ready!(self.as_mut().poll_next(context)) {
                None => return Poll::Ready(Ok(())),
                Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                // To read nothing would mean the end (HTTP/2 has frames without data).
                Some(Ok(chunk)) if chunk.is_empty() => {}
                Some(Ok(mut chunk)) => {
                    let fitting = chunk.split_to(chunk.len().min(buffer.remaining()));
                    buffer.put_slice(&fitting);
                    self.rest = chunk;
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

impl RawResponse {
    /// Returns the body as a stream.
    ///
    /// If it is still being received, only the first call gets it.
    pub fn download(&self) -> Download {
        match self.take_incoming() {
            None => Download::whole(self.operation(), self.body().clone()),
            Some(None) => Download::taken(self.operation()),
            Some(Some(body)) => Download::new(self.operation(), body),
        }
    }

    /// Takes the chunks of the body, which a middleware may have collected.
    pub(crate) fn take_chunks(&self) -> Result<Chunks, Error> {
        match self.take_incoming() {
            None => Ok(Box::pin(stream::iter([Ok(self.body().clone())]))),
            Some(None) => Err(taken()),
            Some(Some(incoming)) => Ok(incoming.chunks),
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
