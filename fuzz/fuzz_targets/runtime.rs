//! Any answer of a server, and any text on disk: what the runtime makes of it is a value or an error that says so on one line.
#![no_main]

use std::convert::Infallible;
use std::fmt::Display;
use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use confluence_rest::reqwest::header::{HeaderName, HeaderValue};
use confluence_rest::{
    Auth, Client, Clock, DateTime, Error, HeaderMap, Middleware, Multipart, Next, Operation, Page, RawResponse,
    Request, Retry, SavedWait, StatusCode, Upload, longtask,
};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

include!("../../codegen/tests/golden/bodies/expected.rs");
include!("../../codegen/tests/golden/decoding/expected.rs");
include!("../../codegen/tests/golden/pages/expected.rs");

fuzz_target!(|input: (u8, &[u8])| {
    let (which, data) = input;
    match which % 4 {
        0 => answers(data),
        1 => pages(data),
        2 => saved(data),
        _ => multipart(data),
    }
});

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime"));

/// The answer that is given to each request.
#[derive(Clone, Default)]
struct Given(Arc<Mutex<(StatusCode, HeaderMap, Vec<u8>)>>);

impl Middleware for Given {
    fn handle<'a>(
        &'a self,
        request: Request,
        _: Next<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send + 'a>> {
        let (status, headers, body) = self.0.lock().expect("the answer").clone();
        Box::pin(async move { Ok(RawResponse::new(request.operation(), status, headers, body)) })
    }
}

/// Time that passes when somebody sleeps.
#[derive(Debug)]
struct Simulated(Mutex<Instant>);

impl Clock for Simulated {
    fn now(&self) -> Instant {
        *self.0.lock().expect("the time")
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut now = self.0.lock().expect("the time");
        *now = now.checked_add(duration).unwrap_or(*now);
        Box::pin(async {})
    }
}

static GIVEN: LazyLock<Given> = LazyLock::new(Given::default);

static CLIENT: LazyLock<Client> = LazyLock::new(|| client("http://127.0.0.1:1", Some(GIVEN.clone())));

fn client(url: &str, given: Option<Given>) -> Client {
    let mut client = Client::builder(url)
        .auth(Auth::bearer("t"))
        .clock(Simulated(Mutex::new(Instant::now())));
    if let Some(given) = given {
        client = client.middleware(given);
    }
    client.retry(Retry::never()).build().expect("a client")
}

/// Reads status, headers and body of an answer as HTTP has them.
fn give(data: &[u8]) -> RawResponse {
    let end = data.windows(2).position(|two| two == b"\n\n");
    let (head, body) = data.split_at(end.unwrap_or(data.len()));
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = lines.next().and_then(|line| StatusCode::from_bytes(line).ok());
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = line.split_at(colon);
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(&value[1..])) {
            headers.append(name, value);
        }
    }
    let answer = (
        status.unwrap_or(StatusCode::OK),
        headers,
        body.get(2..).unwrap_or_default().to_vec(),
    );
    GIVEN.0.lock().expect("the answer").clone_from(&answer);
    let (status, headers, body) = answer;
    RawResponse::new(longtask::request::GetTask::INFO, status, headers, body)
}

/// What is said about an answer is one line of bounded length.
fn check(said: &dyn Display) {
    let said = said.to_string();
    assert!(!said.contains(char::is_control) && said.len() < 8192, "{said:?}");
}

fn answers(data: &[u8]) {
    let raw = give(data);
    let _ = (raw.rate_limit(), raw.trace_id(), raw.is_json(), format!("{raw:?}"));
    RUNTIME.block_on(async {
        match CLIENT.send(longtask::get_task("1")).await {
            Ok(status) => {
                let _ = format!("{status:?} {:?}", serde_json::to_string(&*status));
                let _ = format!("{:?}", status.drift());
            }
            Err(error) => {
                check(&error);
                let _ = (
                    error.retry_after(),
                    error.is_scope_mismatch(),
                    error.is_retryable(),
                    format!("{error:?}"),
                );
                let _ = error.api().map(|api| format!("{api:?}"));
                let _ = error.documented::<longtask::request::GetTask>();
            }
        }
        match CLIENT.send(decoding::get_thing()).await {
            Ok(thing) => {
                // What was read can be written, and read again as the same.
                let text = serde_json::to_string(&*thing).expect("JSON");
                let again: decoding::model::Thing = serde_json::from_str(&text).expect("what was written");
                assert_eq!(*thing, again);
            }
            Err(error) => check(&error),
        }
        let waited = CLIENT
            .wait(longtask::get_task("1"))
            .timeout(Duration::from_secs(60))
            .await;
        if let Err(error) = waited {
            check(&error);
        }
    });
}

fn pages(data: &[u8]) {
    give(data);
    RUNTIME.block_on(async {
        walk(CLIENT.pages(pages::list_labels())).await;
        walk(CLIENT.pages(pages::list_words())).await;
        walk(CLIENT.pages(pages::list_hits())).await;
    });
}

async fn walk<O>(mut pages: confluence_rest::Pages<O>)
where
    O: Operation + Send + Sync + 'static,
    O::Output: Page + Send,
{
    for _ in 0..4 {
        match pages.next().await {
            None => return,
            Some(Ok(_)) => {}
            Some(Err(error)) => return check(&error),
        }
    }
}

fn saved(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let date = DateTime::from(text);
        let _ = (date.to_system_time(), date.to_string());
        let _ = confluence_rest::TaskId::parse(text).map_err(|error| check(&error));
    }
    let Ok(saved) = serde_json::from_slice::<SavedWait>(data) else {
        return;
    };
    let again = serde_json::to_string(&saved).expect("JSON");
    assert_eq!(
        serde_json::from_str::<SavedWait>(&again).expect("what was written"),
        saved
    );
    let Ok(id) = saved.task_id() else { return };
    give(b"200\ncontent-type: application/json\n\n{\"id\":\"1\",\"finished\":true,\"successful\":true}");
    RUNTIME.block_on(async {
        let wait = CLIENT.wait(longtask::get_task(id)).resume(&saved);
        if let Err(error) = wait.await {
            check(&error);
        }
    });
}

/// Whatever the names of parts and files are, there are as many parts as were made.
fn multipart(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (name, file) = text.split_once('\n').unwrap_or((text, "a.txt"));
    let body = Multipart::new()
        .part(name, Upload::from("content").file_name(file))
        .part("last", "the end");
    let (client, requests) = &*SERVER;
    RUNTIME.block_on(async {
        client
            .send(bodies::replace_files(1).body(body))
            .await
            .expect("an answer");
        let (boundary, body) = requests.lock().expect("the requests").recv().expect("a request");
        let body = futures_util::stream::iter([Ok::<_, Infallible>(body)]);
        let mut parts = multer::Multipart::new(body, boundary);
        let mut names = Vec::new();
        while let Some(part) = parts.next_field().await.expect("a part") {
            names.push(part.name().unwrap_or_default().to_owned());
        }
        assert_eq!(names.len(), 2, "{text:?}");
        assert_eq!(names[1], "last", "{text:?}");
    });
}

/// The boundary and the body of each request.
type Requests = Mutex<Receiver<(String, Vec<u8>)>>;

/// A client, and what arrives of its requests.
static SERVER: LazyLock<(Client, Requests)> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            while let Some(request) = receive(&mut stream) {
                sender.send(request).expect("somebody who waits");
                stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("an answer");
            }
        }
    });
    (client(&url, None), Mutex::new(receiver))
});

fn receive(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut request = Vec::new();
    let mut more = |request: &mut Vec<u8>| {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).unwrap_or_default();
        request.extend_from_slice(&buffer[..read]);
        (read > 0).then_some(())
    };
    let end = loop {
        more(&mut request)?;
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8_lossy(&request[..end]).into_owned();
    let value = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let length: usize = value("content-length: ")?.parse().ok()?;
    let boundary = multer::parse_boundary(value("content-type: ")?).ok()?;
    while request.len() < end + 4 + length {
        more(&mut request)?;
    }
    Some((boundary, request.split_off(end + 4)))
}
