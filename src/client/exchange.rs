//! One exchange: a request on the wire, along redirects, until its answer is there.

use std::pin::pin;

use http::header::CONTENT_LENGTH;

use crate::auth::Credentials;
use crate::client::Client;
use crate::client::redirect;
use crate::request::Request;
use crate::request::body::RequestBody;
use crate::request::upload::Movement;
use crate::response::download::Download;
use crate::response::error::{Error, Kind};
use crate::response::incoming::Incoming;
use crate::response::raw::RawResponse;

/// How many redirects are followed before one is handed over as the answer.
const MOST_REDIRECTS: u32 = 10;

impl Client {
    /// Sends a request once and collects the answer, unless it is to be handed over while it arrives.
    pub(crate) async fn receive(
        &self,
        request: &Request,
        credentials: &Credentials,
        streams: &(dyn Fn(&RawResponse) -> bool + Sync),
    ) -> Result<RawResponse, Error> {
        let exchange = async {
            let incoming = self.begin_moving(request, credentials).await?;
            let (status, headers) = (incoming.status(), incoming.headers().clone());
            let raw = RawResponse::new(request.operation(), status, headers, "");
            let body = Incoming::new(incoming, self.inner.max_body, self.inner.idle_timeout);
            if streams(&raw) {
                return Ok(raw.arriving(body));
            }
            Ok(raw.with_body(Download::new(request.operation(), body).bytes().await?))
        };
        // Nobody knows how long a reader takes, as long as it goes on.
        if request.body().is_some_and(RequestBody::is_streamed) {
            return exchange.await;
        }
        let limit = self.settings.timeout;
        tokio::time::timeout(limit, exchange)
            .await
            .unwrap_or_else(|_| Err(Error::from(Kind::TimedOut(limit)).of(request.operation())))
    }

    /// Sends a request until the headers of the answer are there. What is read while it is sent may not stand still.
    async fn begin_moving(&self, request: &Request, credentials: &Credentials) -> Result<reqwest::Response, Error> {
        let movement = Movement::default();
        let mut begin = pin!(self.begin(request, credentials, &movement));
        if !request.body().is_some_and(RequestBody::is_streamed) {
            return begin.await;
        }
        let idle = self.inner.idle_timeout;
        loop {
            match tokio::time::timeout(idle, begin.as_mut()).await {
                Ok(result) => return result,
                Err(_) if movement.take() => {}
                Err(_) => return Err(Error::from(Kind::TimedOut(idle)).of(request.operation())),
            }
        }
    }

    /// Sends a request, along redirects, until the headers of the answer are there.
    async fn begin(
        &self,
        request: &Request,
        credentials: &Credentials,
        movement: &Movement,
    ) -> Result<reqwest::Response, Error> {
        let mut url = self.inner.base.join(request.path(), request.query());
        let mut redirects = 0;
        loop {
            let outgoing = self.inner.http.request(request.method().clone(), url.clone());
            let outgoing = credentials.apply(outgoing.headers(request.headers().clone()));
            let outgoing = attach_body(outgoing, request, movement).await?;
            let incoming = outgoing.send().await.map_err(|error| broken(error, request))?;
            if redirects < MOST_REDIRECTS
                && !request.operation().is_success(incoming.status())
                && let Some(next) = redirect::next(&url, request.method(), incoming.status(), incoming.headers())
            {
                url = next;
                redirects += 1;
                continue;
            }
            return Ok(incoming);
        }
    }
}

/// Attaches the body of a request.
async fn attach_body(
    outgoing: reqwest::RequestBuilder,
    request: &Request,
    movement: &Movement,
) -> Result<reqwest::RequestBuilder, Error> {
    let unread =
        |error| Error::from(Kind::File("what is to be sent cannot be read".to_owned(), error)).of(request.operation());
    Ok(match request.body() {
        None => outgoing,
        Some(RequestBody::Whole(body)) => outgoing.body(body.clone()),
        Some(RequestBody::Upload(upload)) => match upload.open(movement).await.map_err(unread)? {
            (body, Some(length)) => outgoing.header(CONTENT_LENGTH, length).body(body),
            (body, None) => outgoing.body(body),
        },
        Some(RequestBody::Multipart(parts)) => outgoing.multipart(parts.open(movement).await.map_err(unread)?),
    })
}

/// The URL is left out of the error: the operation's path says which request it was.
fn broken(error: reqwest::Error, request: &Request) -> Error {
    Error::from(Kind::Transport(error.without_url())).of(request.operation())
}
