//! Streamed request bodies, and their state.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{TryStreamExt, try_unfold};
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::response::error::{Error, Kind};

/// How many bytes are read at once.
const CHUNK: usize = 64 << 10;

pub(crate) type Reader = Pin<Box<dyn AsyncRead + Send>>;

/// The state of the bodies of a request while it is sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sending(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether anything was read lately. The connection takes no more than it can send, so what is read is on its way.
    has_moved: AtomicBool,
    /// Why a body cannot be read to its end. The connection only tells that the request is incomplete.
    failure: Mutex<Option<Error>>,
}

impl Sending {
    /// Whether anything moved since this was asked last.
    pub(crate) fn take_moved(&self) -> bool {
        self.0.has_moved.swap(false, Ordering::Relaxed)
    }

    /// Why a body could not be read, where one could not.
    pub(crate) fn take_failure(&self) -> Option<Error> {
        self.0.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What a reader yields, checked against its length. `problem` says that it cannot be read.
    pub(crate) fn body(&self, reader: Reader, length: Option<u64>, problem: String) -> reqwest::Body {
        let (moved, failed) = (self.clone(), self.clone());
        let chunks = try_unfold((reader, length), next_chunk)
            .inspect_ok(move |_| moved.0.has_moved.store(true, Ordering::Relaxed))
            .map_err(move |error| {
                let error = Kind::File(problem.clone(), error).into();
                *failed.0.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                io::Error::other("the body cannot be read")
            });
        reqwest::Body::wrap_stream(chunks)
    }
}

/// Opens a file, with its length where it has one.
pub(crate) async fn open_file(path: &Path) -> io::Result<(Reader, Option<u64>)> {
    let mut file = File::open(path).await?;
    let metadata = file.metadata().await?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    if !metadata.is_file() {
        return Ok((Box::pin(file), None));
    }
    if metadata.len() > 0 {
        return Ok((Box::pin(file), Some(metadata.len())));
    }
    // What the system makes up as it is read, such as `/proc/self/status`, has no length beforehand.
    let mut beginning = BytesMut::with_capacity(CHUNK);
    if file.read_buf(&mut beginning).await? == 0 {
        return Ok((Box::pin(tokio::io::empty()), Some(0)));
    }
    Ok((Box::pin(io::Cursor::new(beginning).chain(file)), None))
}

/// Leaves what is beyond the length in the reader.
pub(crate) fn sized(reader: Reader, length: Option<u64>) -> Reader {
    match length {
        Some(length) => Box::pin(reader.take(length)),
        None => reader,
    }
}

/// Reads on. The last chunk of a reader whose length is known is returned once it is known to be the last.
async fn next_chunk((mut reader, left): (Reader, Option<u64>)) -> io::Result<Option<(Bytes, (Reader, Option<u64>))>> {
    let mut chunk = BytesMut::with_capacity(CHUNK);
    let read = reader.read_buf(&mut chunk).await?;
    let grown = || io::Error::other("it grew while it was sent");
    let left = match left {
        None => None,
        Some(left) => Some(left.checked_sub(read as u64).ok_or_else(grown)?),
    };
    match left {
        Some(left) if read == 0 && left > 0 => {
            let problem = format!("it ended {left} bytes before its length");
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, problem))
        }
        Some(0) if read > 0 && reader.read(&mut [0]).await? > 0 => Err(grown()),
        _ => Ok((read > 0).then(|| (chunk.freeze(), (reader, left)))),
    }
}
