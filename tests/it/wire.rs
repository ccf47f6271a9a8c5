//! A server that says byte for byte what it is told to, whether that is HTTP or not, one connection after the other.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

pub struct Wire {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    /// Reads the head of a request on each connection, says one of these, the last one for ever, and hangs up.
    pub async fn saying<S: Into<Vec<u8>>>(answers: impl IntoIterator<Item = S>) -> Self {
        Self::start(answers, false).await
    }

    /// The same, but leaves connections open.
    pub async fn saying_and_waiting<S: Into<Vec<u8>>>(answers: impl IntoIterator<Item = S>) -> Self {
        Self::start(answers, true).await
    }

    async fn start<S: Into<Vec<u8>>>(answers: impl IntoIterator<Item = S>, waits: bool) -> Self {
        let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let seen = heads.clone();
        tokio::spawn(async move {
            let mut open = Vec::new();
            for number in 0.. {
                let (mut socket, _) = listener.accept().await.expect("a client");
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(socket.read_u8().await.expect("a request"));
                }
                seen.lock()
                    .expect("a list")
                    .push(String::from_utf8_lossy(&head).into_owned());
                let answer = answers.get(number).or(answers.last()).expect("an answer");
                socket.write_all(answer).await.expect("a client that listens");
                if waits {
                    open.push(socket);
                }
            }
        });
        Self { url, heads }
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The heads of the requests, in lower case.
    pub fn heads(&self) -> Vec<String> {
        let heads = self.heads.lock().expect("a list");
        heads.iter().map(|head| head.to_lowercase()).collect()
    }
}
