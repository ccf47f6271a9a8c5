//! Uploads from memory, files or readers.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::io::AsyncRead;

use crate::request::sending::{Reader, Sending, open_file, sized};
use crate::response::error::{Error, Kind};

/// A file to send, or the content of a body that is not JSON.
///
/// Files and readers are streamed, never collected in memory. Strings and bytes convert with `into`:
///
/// ```no_run
/// use confluence_rest::Upload;
///
/// let from_disk = Upload::file("report.pdf");
/// let from_memory = Upload::new("a,b\n1,2\n").file_name("table.csv");
/// # let socket = tokio::io::empty();
/// let from_a_reader = Upload::reader(socket).length(1_048_576).file_name("scan.tiff");
/// let comment: Upload = "The second draft".into();
/// ```
#[derive(Clone)]
pub struct Upload {
    content: Content,
    length: Option<u64>,
    file_name: Option<String>,
    media_type: Option<String>,
    /// Whether it was made from a string.
    is_text: bool,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    File(PathBuf),
    /// Empty once it is being read.
    Reader(Arc<Mutex<Option<Reader>>>),
}

impl Upload {
    /// Creates an upload from memory.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self::of(Content::Bytes(content.into()))
    }

    /// Creates an upload from a file, with its file name.
    ///
    /// The file is opened when the request is sent, and again for each retry.
    ///
    /// A pipe, or any other file without a length, is sent in chunks and only once. A file that grows or shrinks while
    /// it is sent is an error ([`Error::is_file`](crate::Error::is_file)).
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name,
            ..Self::of(Content::File(path))
        }
    }

    /// Creates an upload from a reader.
    ///
    /// It can be read only once, so such a request cannot be retried.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::of(Content::Reader(Arc::new(Mutex::new(Some(Box::pin(reader))))))
    }

    fn of(content: Content) -> Self {
        Self {
            content,
            length: None,
            file_name: None,
            media_type: None,
            is_text: false,
        }
    }

    /// Sets how many bytes of the reader are sent; if it ends earlier, that is an error.
    ///
    /// Without a length, the request is sent in chunks (RFC 9112, section 7.1), which some proxies reject. For memory
    /// and files, the length is known.
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// Sets the file name (RFC 7578, section 4.2).
    ///
    /// [`file`](Self::file) takes that of the path. A part without one is sent without a `filename`, and servers may
    /// read it as a plain field.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type.
    ///
    /// The default is that of the document, or else is guessed from the file name, or else, for a string, is
    /// `text/plain; charset=utf-8`.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Returns the bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns whether it can be sent more than once.
    pub fn is_repeatable(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            // A file that is not there is found out about when it is opened.
            Content::File(path) => std::fs::metadata(path).map_or(true, |metadata| metadata.is_file()),
            Content::Reader(_) => false,
        }
    }

    /// Whether it is read while it is sent.
    pub(crate) fn is_streamed(&self) -> bool {
        !matches!(self.content, Content::Bytes(_))
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type: as it was set, else as the document has it unless that leaves the choice, else by the file's name, else that of
    /// text.
    pub(crate) fn media(&self, documented: Option<&str>) -> Option<String> {
        let documented = documented.filter(|media| !media.contains('*'));
        let by_name = || {
            let guess = mime_guess::from_path(Path::new(self.name()?)).first_or_octet_stream();
            Some(guess.essence_str().to_owned())
        };
        self.media_type
            .clone()
            .or_else(|| documented.map(str::to_owned))
            .or_else(by_name)
            .or_else(|| self.is_text.then(|| "text/plain; charset=utf-8".to_owned()))
    }

    /// The bytes on their way, and how many they are, if that is known.
    pub(crate) async fn open(&self, sending: &Sending) -> Result<(reqwest::Body, Option<u64>), Error> {
        let unread = |error| Error::from(Kind::File(self.unread(), error));
        let (reader, length) = match &self.content {
            Content::Bytes(bytes) => return Ok((bytes.clone().into(), Some(bytes.len() as u64))),
            Content::File(path) => open_file(path).await.map_err(unread)?,
            Content::Reader(reader) => {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
                let reader = reader.ok_or_else(|| unread(io::Error::other("the reader was read before")))?;
                (sized(reader, self.length), self.length)
            }
        };
        Ok((sending.body(reader, length, self.unread()), length))
    }

    /// Says that it cannot be read, and which it is.
    fn unread(&self) -> String {
        match (&self.content, &self.file_name) {
            (Content::File(path), _) => format!("`{}` cannot be read", path.display()),
            (_, Some(name)) => format!("the reader of `{name}` cannot be read"),
            (_, None) => "the reader cannot be read".to_owned(),
        }
    }
}

impl fmt::Debug for Upload {
    /// Shows where the bytes come from, not the bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Upload");
        match &self.content {
            Content::Bytes(bytes) => shown.field("bytes", &bytes.len()),
            Content::File(path) => shown.field("file", path),
            Content::Reader(_) => shown.field("reader", &self.length),
        };
        shown
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes.to_vec())
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self {
            is_text: true,
            ..Self::new(text)
        }
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The files of a part: one or several, be they there or not.
pub trait Files {
    /// Each of them.
    fn files(&self) -> &[Upload];
}

impl Files for Upload {
    fn files(&self) -> &[Upload] {
        std::slice::from_ref(self)
    }
}

impl Files for Vec<Upload> {
    fn files(&self) -> &[Upload] {
        self
    }
}

impl<F: Files> Files for Option<F> {
    fn files(&self) -> &[Upload] {
        self.as_ref().map_or(&[], Files::files)
    }
}
