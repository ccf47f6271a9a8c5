//! The server of a site.

use std::error::Error;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinSet, yield_now};

use crate::testing::answer::{Answer, End};
use crate::testing::script::{Received, Script};

/// Serves all connections, which end when this does.
pub(super) async fn accept(listener: TcpListener, script: Arc<Script>) {
    let mut connections = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        connections.spawn(serve(socket, script.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(socket: TcpStream, script: Arc<Script>) {
    let service = service_fn(|request| answer(request, &script));
    // A connection that ends with an error is one that was to be dropped.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(socket), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    script: &Script,
) -> Result<Response<BoxBody<Bytes, io::Error>>, Box<dyn Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let answer = script.answer(Received {
        operation: None,
        answered: false,
        method: head.method,
        target: head.uri.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    });
    let status = answer.status.ok_or("dropped, as it was told")?;
    let headers = answer.headers.clone();
    let mut response = Response::new(body_of(answer));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// The body of a response. What came before is on the wire when a part follows, or when the connection is lost.
fn body_of(mut answer: Answer) -> BoxBody<Bytes, io::Error> {
    if answer.end == End::Complete && answer.body.len() < 2 {
        let body = answer.body.pop().unwrap_or_default();
        return Full::new(body).map_err(|never| match never {}).boxed();
    }
    let parts = stream::iter(answer.body).then(|part| async {
        yield_now().await;
        Ok(Frame::data(part))
    });
    let end = stream::iter(Some(answer.end)).filter_map(|end| async move {
        yield_now().await;
        match end {
            End::Complete => None,
            End::BrokenOff => Some(Err(io::Error::other("broken off, as it was told"))),
            End::Stalled => std::future::pending().await,
        }
    });
    BodyExt::boxed(StreamBody::new(parts.chain(end)))
}
