//! A part of the programs that tests make: a server on loopback that takes one request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{JoinHandle, spawn};

/// What a request looked like as it came over the wire: its head and its body.
pub type Arrival = (String, String);

/// An answer to give.
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

/// Listens at a URL for a request, and answers it.
pub fn once(answer: Answer) -> (String, JoinHandle<Arrival>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (url, spawn(move || serve(&listener, &answer)))
}

fn serve(listener: &TcpListener, answer: &Answer) -> Arrival {
    let (socket, _) = listener.accept().expect("a client");
    let mut socket = BufReader::new(socket);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(socket.read_line(&mut head).expect("a line"), 0, "the end came early");
    }
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| *name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().expect("a length"))];
    socket.read_exact(&mut body).expect("the body");
    let mut response = format!("HTTP/1.1 {} Answer\r\nconnection: close\r\n", answer.status);
    // RFC 9110, section 8.6: such an answer has no length.
    if answer.status != 204 {
        let (content_type, length) = (answer.content_type, answer.body.len());
        response.push_str(&format!("content-type: {content_type}\r\ncontent-length: {length}\r\n"));
    }
    let socket = socket.get_mut();
    socket
        .write_all(format!("{response}\r\n").as_bytes())
        .expect("an answer");
    if answer.status != 204 {
        socket.write_all(&answer.body).expect("an answer");
    }
    (head, String::from_utf8(body).expect("text"))
}
