//! Saving downloads to files.

use std::io;
use std::path::Path;

use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::response::download::Download;
use crate::response::error::{Error, Kind};

impl Download {
    /// Writes the rest of the body to a file and returns its length in bytes.
    ///
    /// An existing file is replaced once the download is complete; after an error, or if the future is dropped, it is
    /// unchanged.
    ///
    /// Until then, the bytes are in a temporary file in the same folder.
    ///
    /// # Errors
    /// Those of [`chunk`](Self::chunk), or the file cannot be written, or the path is not that of a regular file.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let operation = self.operation;
        let unwritten = |error| {
            let problem = format!("`{}` cannot be written", path.display());
            Error::from(Kind::File(problem, error)).of(operation)
        };
        let target = path.to_owned();
        let (file, partial) = blocking(move || create_beside(&target)).await.map_err(unwritten)?;
        let mut file = File::from_std(file);
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(unwritten)?;
            written += chunk.len() as u64;
        }
        file.sync_all().await.map_err(unwritten)?;
        // Some systems rename no file that is open.
        drop(file.into_std().await);
        let target = path.to_owned();
        let renamed = blocking(move || partial.persist(target).map_err(|error| error.error)).await;
        renamed.map(|()| written).map_err(unwritten)
    }
}

/// Runs what blocks on a thread for that.
async fn blocking<T: Send + 'static>(run: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(run).await.map_err(io::Error::other)?
}

/// Makes a file next to the one that it will become. It is removed when its path is dropped before that.
fn create_beside(path: &Path) -> io::Result<(std::fs::File, TempPath)> {
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it exists and is not a regular file",
        ));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As of any new file: what the process masks is taken off.
        file.permissions(std::fs::Permissions::from_mode(0o666));
    }
    Ok(file
        .prefix(".download-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))?
        .into_parts())
}
