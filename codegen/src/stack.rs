//! A thread with a stack that the deepest document fits on.

use std::thread;

use crate::Error;

/// The bytes of the stack: parts of a document are nested up to 96 deep, and serde's code for flattened members is not spare with it.
const STACK: usize = 64 << 20;

/// Runs something on a stack of a known size, as the main thread of a build script has 1 MB on some systems. What runs one after the
/// other shares the memory that it gives back.
pub(crate) fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        let thread =
            thread.map_err(|error| Error::setup(format!("cannot start a thread to read documents in: {error}")))?;
        thread
            .join()
            .map_err(|_| Error::setup("the thread that reads documents ended unexpectedly; please report this"))
    })
}
