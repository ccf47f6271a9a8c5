//! Writes to files.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

use crate::failure::Failure;

/// Writes a file, atomically unless it is a pipe or a device.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match (fs::metadata(path), fs::canonicalize(path)) {
        // A symbolic link is kept; its target is replaced.
        (Ok(known), Ok(path)) if known.is_file() => replace(&path, bytes),
        // A pipe, a device, or a deleted file that is open: it cannot be replaced, and reading a pipe would wait for its writer.
        (Ok(_), _) => fs::write(path, bytes).map_err(|error| Failure::file("write", path, &error)),
        (Err(_), _) => replace(path, bytes),
    }
}

/// Writes a temporary file in the same folder, which is then renamed. A file with the same content is not written, so that nothing
/// is rebuilt because of it.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::file("write", path, &error);
    if fs::read(path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let (path, folder) = (path.display(), folder.display());
        return Err(Failure::Work(format!(
            "cannot write `{path}`: there is no folder `{folder}`"
        )));
    }
    let mut builder = Builder::new();
    // The mode of a new file, before the umask.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    // A file that is replaced keeps its mode, whatever the umask is.
    if let Ok(known) = fs::metadata(path) {
        file.as_file().set_permissions(known.permissions()).map_err(failed)?;
    }
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
