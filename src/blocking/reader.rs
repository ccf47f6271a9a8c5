//! Downloads that block.

use std::io;

use tokio::io::AsyncReadExt;

use crate::blocking::driver::Driver;
use crate::response::download::Download;

/// A reader of a streamed body.
///
/// Created by [`Client::reader`](crate::blocking::Client::reader).
#[derive(Debug)]
pub struct Reader {
    pub(super) download: Download,
    pub(super) driver: Driver,
}

impl io::Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.driver.run(self.download.read(buffer)).map_err(io::Error::other)?
    }
}
