//! Pagination.
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use std::collections::HashSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::LINK;
use reqwest::Url;
use serde_json::Value;

use crate::client::Client;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Response;
use crate::response::decode::Model;
use crate::response::error::{Error, Kind};
use crate::response::raw::RawResponse;

/// A response body that is one page of a list.
///
/// The generator implements it for models with an array named `results` or `values`, and members that lead to the next
/// page: one of those in [`Page::NEXT`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of a list",
    label = "this response does not refer to a next page",
    note = "a page has a list of items, and a link, a token or numbers that lead to the next page; use `client.send` for other responses"
)]
pub trait Page: Model {
    /// The type of the items of the list.
    type Item;

    /// Where a page refers to the next one, in order of precedence.
    ///
    /// The default is each of the ways that Atlassian's products use.
    const NEXT: &'static [NextPage] = &[
        NextPage::Link("/_links/next"),
        NextPage::Link("/next"),
        NextPage::Link("/nextPage"),
        NextPage::Token("nextPageToken"),
        NextPage::Count("start", "limit"),
        NextPage::Count("startAt", "maxResults"),
    ];

    /// Returns the items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// Where a page refers to the next one.
///
/// A `Link` header (RFC 8288) is used, too, after the links in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextPage {
    /// A JSON Pointer (RFC 6901) to a link, which is a string or an object with an `href`.
    Link(&'static str),
    /// The member with a token for the query parameter of the same name.
    Token(&'static str),
    /// The members with the number of the first item and the size of a page. The first one is a query parameter, too.
    Count(&'static str, &'static str),
}

impl Client {
    /// Returns the pages of a list as a stream.
    ///
    /// Each page is fetched when it is polled.
    ///
    /// Each page refers to the next one (see [`NextPage`]). Only the query parameters of a link are used, not its host
    /// and path, so no link leads to another host or out of the gateway. Without links, the start is incremented until
    /// a page is not full: a simulated server has to end its list with such a page. A page that repeats is an error.
    ///
    /// ```no_run
    /// # async fn example<O>(client: confluence_rest::Client, operation: O) -> Result<(), confluence_rest::Error>
    /// # where O: confluence_rest::Operation + 'static, O::Output: confluence_rest::Page + Send + Unpin,
    /// #   <O::Output as confluence_rest::Page>::Item: std::fmt::Debug + Unpin {
    /// let mut items = client.pages(operation).items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("pagination", "paginate"))]
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Operation + 'static,
        O::Output: Page,
    {
        Pages {
            client: self.clone(),
            next: Some(operation.encode()),
            fetching: None,
            fetched: HashSet::new(),
        }
    }
}

type Fetching<T> = Pin<Box<dyn Future<Output = (Request, Result<Response<T>, Error>)> + Send>>;

/// A [`Stream`](https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html) of the pages of a list.
///
/// Created by [`Client::pages`]. It ends after an error.
#[must_use = "nothing is fetched until `next` is called"]
pub struct Pages<O: Operation> {
    client: Client,
    next: Option<Result<Request, Error>>,
    fetching: Option<Fetching<O::Output>>,
    /// The queries of the pages so far.
    fetched: HashSet<String>,
}

impl<O> Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    /// Returns the next page, or `None` after the last one.
    ///
    /// # Errors
    /// The same as for [`Client::send`]; or a page refers to one that was fetched before.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns a stream of the items of all pages.
    pub fn items(self) -> Items<O>
    where
        O::Output: Page,
    {
        Items {
            pages: self,
            page: Vec::new().into_iter(),
        }
    }
}

// Nothing in it is pinned in place.
impl<O: Operation> Unpin for Pages<O> {}

impl<O> Stream for Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    type Item = Result<Response<O::Output>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let fetching = match &mut this.fetching {
            Some(fetching) => fetching,
            None => {
                let request = match this.next.take() {
                    None => return Poll::Ready(None),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    Some(Ok(request)) => request,
                };
                let client = this.client.clone();
                this.fetching.insert(Box::pin(async move {
                    let raw = client.answer(Ok(request.clone()), O::streams).await;
                    (request, raw.and_then(|raw| client.decoded::<O>(raw)))
                }))
            }
        };
        let (request, page) = ready!(fetching.as_mut().poll(context));
        this.fetching = None;
        if let Ok(page) = &page {
            this.fetched.insert(request.query().to_owned());
            let next = next(&request, page.raw(), O::Output::NEXT);
            this.next = next.map(|next| {
                if this.fetched.contains(next.query()) {
                    Err(circle(&next))
                } else {
                    Ok(next)
                }
            });
        }
        Poll::Ready(Some(page))
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// A [`Stream`](https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html) of the items of all pages of a
/// list.
///
/// Created by [`Pages::items`].
#[must_use = "nothing is fetched until `next` is called"]
pub struct Items<O: Operation>
where
    O::Output: Page,
{
    pages: Pages<O>,
    page: std::vec::IntoIter<<O::Output as Page>::Item>,
}

impl<O> Items<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    /// Returns the next item, or `None` after the last one.
    ///
    /// # Errors
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<<O::Output as Page>::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

// Nothing in it is pinned in place.
impl<O: Operation> Unpin for Items<O> where O::Output: Page {}

impl<O> Stream for Items<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    type Item = Result<<O::Output as Page>::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.page = page.into_body().into_items().into_iter(),
            }
        }
    }
}

impl<O: Operation> fmt::Debug for Items<O>
where
    O::Output: Page,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

fn circle(next: &Request) -> Error {
    let problem = "the pages form a cycle: the next one was fetched before".to_owned();
    Error::from(Kind::Request(problem)).of(next.operation())
}

/// The request for the page after this one.
fn next(request: &Request, page: &RawResponse, ways: &[NextPage]) -> Option<Request> {
    // A body of another shape was reported when it was decoded.
    let body: Value = serde_json::from_slice(page.body()).unwrap_or_default();
    let text = |link: &Value| link.as_str().or(link["href"].as_str()).map(str::to_owned);
    let in_body = ways.iter().find_map(|way| match way {
        NextPage::Link(pointer) => text(body.pointer(pointer)?),
        NextPage::Token(_) | NextPage::Count(..) => None,
    });
    let in_header = || {
        let links = page.headers().get_all(LINK).iter();
        links.filter_map(|value| value.to_str().ok()).find_map(next_link)
    };
    if let Some(link) = in_body.or_else(in_header) {
        return Some(request.with_query(&parameters(&link)));
    }
    // A page with links and without this one is the last.
    if ways.contains(&NextPage::Link("/_links/next")) && body["_links"].is_object() {
        return None;
    }
    let parameter = ways.iter().find_map(|way| match way {
        NextPage::Link(_) => None,
        NextPage::Token(name) => Some(((*name).to_owned(), body[name].as_str()?.to_owned())),
        NextPage::Count(start, limit) => counted(&body, start, limit),
    });
    Some(request.with_query(&[parameter?]))
}

/// The target of the relation `next` in a `Link` header (RFC 8288, section 3).
fn next_link(header: &str) -> Option<String> {
    header.split('<').skip(1).find_map(|link| {
        let (target, attributes) = link.split_once('>')?;
        let is_next = attributes.split([';', ',']).any(|attribute| {
            let attribute = attribute.trim().strip_prefix("rel=");
            attribute.is_some_and(|relation| relation.trim_matches('"').split(' ').any(|one| one == "next"))
        });
        is_next.then(|| target.to_owned())
    })
}

/// The query parameters of a link, wherever it leads.
fn parameters(link: &str) -> Vec<(String, String)> {
    let anywhere = Url::parse("https://any.invalid/").and_then(|base| base.join(link));
    let pairs = |url: Url| url.query_pairs().into_owned().collect();
    anywhere.map(pairs).unwrap_or_default()
}

/// Where the next page starts, by the numbers of this one.
fn counted(body: &Value, start: &str, limit: &str) -> Option<(String, String)> {
    let (first, limit) = (body[start].as_u64()?, body[limit].as_u64()?);
    let items = body["results"].as_array().or(body["values"].as_array())?;
    let count = items.len() as u64;
    let more = match (body["isLast"].as_bool(), body["total"].as_u64()) {
        (Some(is_last), _) => !is_last,
        (None, Some(total)) => first.saturating_add(count) < total,
        (None, None) => count >= limit,
    };
    (more && count > 0).then(|| (start.to_owned(), first.saturating_add(count).to_string()))
}
