//! Follows redirects that are the result of an operation, which may lead to another origin.

use std::sync::Arc;

use http::Method;
use http::header::{AUTHORIZATION, HeaderMap};
use reqwest::Url;

use crate::client::exchange::{MOST_REDIRECTS, transport_error};
use crate::client::redirect::without_user;
use crate::client::{Client, check_runtime};
use crate::response::Response;
use crate::response::download::Download;
use crate::response::error::{Error, Kind};
use crate::response::raw::RawResponse;
use crate::response::redirect::{self, Redirect};
use crate::response::resume::{Ask, Resume};
use crate::time::clock::deadline;

impl Client {
    /// Follows a redirect, and further ones, and returns the body as a stream.
    ///
    /// Credentials, and the headers of [`ClientBuilder::default_headers`](crate::ClientBuilder::default_headers) and
    /// [`with_headers`](Self::with_headers), are sent to the client's own origin only, and not after a redirect to
    /// another one. User information in a URL is removed. Only https is followed, unless the client itself uses plain
    /// HTTP to this machine. Each URL is requested once, without [`Middleware`](crate::Middleware) and
    /// [`Retry`](crate::Retry).
    ///
    /// ```no_run
    /// # use confluence_rest::{Client, Error, Operation, Redirect};
    /// # async fn example(client: Client, get_attachment: impl Operation<Output = Redirect>) -> Result<(), Error> {
    /// let redirect = client.send(get_attachment).await?;
    /// client.follow(&redirect).await?.into_body().save("report.pdf").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The redirect has no location or may not be followed, no response was received, or it is not a success.
    pub async fn follow(&self, redirect: &Redirect) -> Result<Response<Download>, Error> {
        self.follow_to_end(redirect)
            .await
            .map_err(|error| error.of(redirect.operation))
    }

    async fn follow_to_end(&self, redirect: &Redirect) -> Result<Response<Download>, Error> {
        check_runtime()?;
        let base = &self.inner.base;
        let mut location = redirect.location.clone();
        let mut url = redirect.from.clone().unwrap_or_else(|| base.url().clone());
        let mut is_own = true;
        let mut redirects = 0;
        let response = loop {
            url = self.next_place(&url, location.as_deref())?;
            is_own = is_own && url.origin() == base.url().origin();
            let response = self.fetch(url.clone(), is_own, HeaderMap::new()).await;
            let response = response.map_err(|error| error.redirected_to(&url))?;
            let next = redirect::location(response.headers());
            if !response.status().is_redirection() || next.is_none() || redirects == MOST_REDIRECTS {
                break response;
            }
            location = next.map(str::to_owned);
            redirects += 1;
        };
        let raw = RawResponse::new(redirect.operation, response.status(), response.headers().clone(), "");
        let raw = raw.with_url(url.clone());
        if !response.status().is_success() {
            let until = deadline(self.settings.timeout);
            let raw = self.with_error_body(raw, response, until).await;
            return Err(Error::status_of(raw).redirected_to(&url));
        }
        let (client, operation) = (self.clone(), redirect.operation);
        let ask = || -> Ask {
            Arc::new(move |missing| {
                let (client, url) = (client.clone(), url.clone());
                Box::pin(async move {
                    client.before_resuming(&missing).await?;
                    let rest = client.fetch(url, is_own, missing.headers()).await?;
                    let raw = RawResponse::new(operation, rest.status(), rest.headers().clone(), "");
                    client.resumed(raw.arriving(client.incoming(rest, None)), &missing)
                })
            })
        };
        let resume = Resume::new(&Method::GET, &response, self.inner.resumes, ask);
        let raw = raw.arriving(self.incoming(response, resume));
        Ok(Response::new(raw.download(), raw))
    }

    /// The URL of a `Location`, if it may be followed.
    fn next_place(&self, from: &Url, location: Option<&str>) -> Result<Url, Error> {
        let location = location.ok_or_else(|| {
            let cause = "a reqwest client of your own must not follow redirects";
            Kind::Request(format!("there is no `Location` to follow; {cause}"))
        })?;
        let url = from.join(location);
        let url = url.map_err(|error| Kind::Request(format!("the `Location` of the redirect is invalid: {error}")))?;
        let base = &self.inner.base;
        let is_local = base.is_plain() && base.is_loopback();
        match url.scheme() {
            "https" => {}
            "http" if is_local => {}
            scheme => {
                let problem = format!("the redirect leads to a URL with the scheme `{scheme}`; only https is followed");
                return Err(Kind::Request(problem).into());
            }
        }
        Ok(without_user(url))
    }

    /// Requests a URL, with credentials if it is within the client's origin.
    async fn fetch(&self, url: Url, is_own: bool, more: HeaderMap) -> Result<reqwest::Response, Error> {
        let mut headers = HeaderMap::new();
        if is_own {
            headers.extend(self.inner.headers.clone());
            headers.extend(self.settings.headers.clone());
        }
        headers.extend(more);
        self.want_identity(&mut headers);
        let has_credentials = headers.contains_key(AUTHORIZATION);
        let mut outgoing = self.inner.http.get(url.clone()).headers(headers);
        let limit = self.settings.timeout;
        if is_own && !has_credentials {
            let credentials = self.token(limit, None).await?;
            outgoing = credentials.apply(outgoing, &Method::GET, &url, self.clock().system_time())?;
        }
        let sent = tokio::time::timeout(limit, outgoing.send()).await;
        sent.map_err(|_| Kind::TimedOut(limit))?.map_err(transport_error)
    }
}
