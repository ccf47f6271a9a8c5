//! Ctrl-C: the first one ends the waits, the second one the command.

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::process::exit;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::signal::ctrl_c;
use tokio_util::sync::CancellationToken;

use crate::outcome::INTERRUPTED;
use crate::screen::Screen;

/// Listens on a thread of its own, which hears the second one even while output that nobody takes holds up the rest.
pub fn listen(screen: Arc<Screen>) -> io::Result<CancellationToken> {
    let interrupted = CancellationToken::new();
    let token = interrupted.clone();
    let (listens, wait) = mpsc::channel();
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().spawn(move || {
        runtime.block_on(async {
            let mut first = pin!(ctrl_c());
            let heard = poll_fn(|context| {
                let heard = first.as_mut().poll(context);
                // It listens since it was polled.
                let _ = listens.send(());
                heard
            });
            if heard.await.is_ok() {
                token.cancel();
            }
            if ctrl_c().await.is_ok() {
                end(screen);
            }
        });
    })?;
    let _ = wait.recv();
    Ok(interrupted)
}

/// Ends the command, with the bars cleared if the terminal takes that.
fn end(screen: Arc<Screen>) -> ! {
    let (cleared, wait) = mpsc::channel();
    thread::spawn(move || {
        screen.clear();
        cleared.send(())
    });
    let _ = wait.recv_timeout(Duration::from_millis(200));
    exit(i32::from(INTERRUPTED))
}
