//! The responses of a site, by request.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};

use crate::info::OperationInfo;
use crate::testing::answer::Answer;

/// A request that a site has received.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The operation, if a response was set for it.
    pub operation: Option<&'static OperationInfo>,
    /// Whether there was a response for it. Otherwise, the site answered 501.
    pub answered: bool,
    /// The method.
    pub method: Method,
    /// The target of the request line, percent-encoded: path and query, or the whole URL if it came through a proxy.
    pub target: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, percent-encoded; empty where there is none.
    pub query: String,
    /// The headers, credentials included.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// A function that answers requests.
pub(super) type Function = dyn Fn(&Received) -> Option<Answer> + Send + Sync;

/// The responses of a site, and the requests that it received.
#[derive(Default)]
pub(super) struct Script {
    routes: Mutex<Vec<Route>>,
    rest: Mutex<Option<Arc<Function>>>,
    received: Mutex<Vec<Received>>,
}

/// The responses to requests of one method and path.
pub(super) struct Route {
    pub operation: Option<&'static OperationInfo>,
    pub method: Method,
    /// With variables in braces.
    pub path: String,
    pub answers: VecDeque<Answer>,
}

impl Script {
    /// Adds a route, in the place of one for the same requests.
    pub fn set(&self, route: Route) {
        let mut routes = lock(&self.routes);
        routes.retain(|known| (&known.method, &known.path) != (&route.method, &route.path));
        routes.push(route);
    }

    /// Sets the function for what no route is for.
    pub fn set_rest(&self, function: Arc<Function>) {
        *lock(&self.rest) = Some(function);
    }

    pub fn received(&self) -> Vec<Received> {
        lock(&self.received).clone()
    }

    /// Returns the response to a request, and records the request.
    pub fn answer(&self, mut request: Received) -> Answer {
        let mut answer = self.next(&mut request);
        if answer.is_none() {
            // No lock is held here, so the function may use the site.
            let rest = lock(&self.rest).clone();
            answer = rest.and_then(|rest| rest(&request));
        }
        request.answered = answer.is_some();
        let answer = answer.unwrap_or_else(|| self.none(&request));
        lock(&self.received).push(request);
        answer
    }

    /// Returns the next response of the route of a request; the last one is repeated.
    fn next(&self, request: &mut Received) -> Option<Answer> {
        let mut routes = lock(&self.routes);
        let route = routes
            .iter_mut()
            .rev()
            .find(|route| route.method == request.method && matches(&route.path, &request.path))?;
        request.operation = route.operation;
        match route.answers.len() {
            0 | 1 => route.answers.front().cloned(),
            _ => route.answers.pop_front(),
        }
    }

    /// A response that says that there is none for the request, and which requests have one.
    fn none(&self, request: &Received) -> Answer {
        let near = |route: &Route| (same_end(&route.path, &request.path), route.method == request.method);
        let mut known: Vec<_> = lock(&self.routes)
            .iter()
            .map(|route| (near(route), route.to_string()))
            .collect();
        // A message has room for few of them.
        known.sort_by_key(|(near, _)| Reverse(*near));
        let mut known: Vec<String> = known.into_iter().map(|(_, route)| route).collect();
        if lock(&self.rest).is_some() {
            known.push("what a function decides".to_owned());
        }
        let known = match known.as_slice() {
            [] => "nothing yet".to_owned(),
            known => known.join(", "),
        };
        let text = format!(
            "this test site has no response for {} {}; it has responses for {known}",
            request.method, request.target
        );
        Answer::status(StatusCode::NOT_IMPLEMENTED, text)
            .header(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))
    }
}

/// How many segments at the end of a route's path are those of a request.
fn same_end(route: &str, path: &str) -> usize {
    let pairs = route.rsplit('/').zip(path.rsplit('/'));
    pairs.take_while(|(own, sent)| own.contains('{') || own == sent).count()
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        match self.operation {
            Some(operation) => write!(f, " ({})", operation.id),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let routes: Vec<String> = lock(&self.routes).iter().map(ToString::to_string).collect();
        f.debug_struct("Script")
            .field("routes", &routes)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a path is one of a template: variables stand for anything within their segments.
fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted == found || wanted.contains('{') && !found.is_empty() => {}
            _ => return false,
        }
    }
}
