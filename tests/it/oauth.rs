//! OAuth 2.0 for apps: consent, codes, and tokens that rotate.
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::site::{Answer, Site, TODAY, TestClock};
use confluence_rest::oauth::{App, Error, ScopeState, Session, Tokens};
use confluence_rest::reqwest::Url;
use confluence_rest::{Auth, Client, OperationInfo, longtask};
use tokio::sync::Semaphore;

const DONE: &str = include_str!("payloads/a_finished_cloud_2017.json");
const HOUR: Duration = Duration::from_secs(3600);

fn app(issuer: &Site, clock: &TestClock) -> App {
    App::builder("the-id", "the-secret", "https://app.example/callback?from=atlassian")
        .issuer(issuer.url())
        .clock(clock.clone())
        .build()
        .expect("an app")
}

/// What Atlassian answers: the pair of this number.
fn pair(number: u32) -> Answer {
    Answer::json(format!(
        r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","expires_in":3600,"token_type":"Bearer",
            "scope":"offline_access read:confluence-space.summary"}}"#
    ))
}

fn refusal(status: u16, code: &str) -> Answer {
    let body = format!(r#"{{"error":"{code}","error_description":"as it is"}}"#);
    Answer::new(status, "application/json", body)
}

fn first() -> Tokens {
    Tokens::new("access-0", Some("refresh-0"), TODAY + HOUR)
}

/// A session that writes down what it stores.
fn session(app: &App, tokens: Tokens) -> (Session, Arc<Mutex<Vec<String>>>) {
    let stored = Arc::new(Mutex::new(Vec::new()));
    let list = stored.clone();
    let session = app.session(tokens, move |tokens| {
        list.lock().expect("a list").push(tokens.access_token().to_owned());
        std::future::ready(Ok(()))
    });
    (session, stored)
}

fn client(gateway: &Site, session: &Session) -> Client {
    let builder = Client::builder(gateway.url()).auth(Auth::provider(session.clone()));
    builder.build().expect("a client")
}

fn sent(site: &Site) -> Vec<String> {
    let header = |seen: &crate::site::Seen| seen.header("authorization").unwrap_or_default().to_owned();
    site.seen().iter().map(header).collect()
}

/// The fields of the form that a request has sent.
fn form(seen: &crate::site::Seen) -> Vec<(String, String)> {
    let mut url = Url::parse("https://example.org").expect("a URL");
    url.set_query(Some(std::str::from_utf8(&seen.body).expect("text")));
    url.query_pairs().into_owned().collect()
}

fn has(form: &[(String, String)], name: &str, value: &str) -> bool {
    form.iter().any(|(key, found)| key == name && found == value)
}

/// Why the client had no token to send.
fn cause(error: &confluence_rest::Error) -> &Error {
    let source = error.source().expect("a cause");
    source.downcast_ref().expect("an error of OAuth")
}

#[tokio::test]
async fn consent_is_asked_for_what_the_operations_need() {
    use confluence_rest::info::{Method, OperationParts, ScopeGroup};
    static CLASSIC_ONLY: [ScopeGroup; 1] = [ScopeGroup::new(
        "oAuthDefinitions",
        "Current",
        &["write:confluence-file"],
    )];
    static UPLOAD: OperationInfo = OperationInfo::new(
        Method::PUT,
        OperationParts {
            id: "upload",
            path: "/wiki/x",
            scopes: &CLASSIC_ONLY,
            ..OperationParts::EMPTY
        },
    );

    let issuer = Site::answering([]).await;
    let app = app(&issuer, &TestClock::default());
    let consent = app.authorize(longtask::OPERATIONS, ScopeState::Current);
    assert_eq!(consent.scopes, ["offline_access", "read:confluence-space.summary"]);
    let url = Url::parse(&consent.url).expect("a URL");
    assert!(consent.url.starts_with(&format!("{}/authorize?", issuer.url())));
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "the-id"),
        ("redirect_uri", "https://app.example/callback?from=atlassian"),
        ("audience", "api.atlassian.com"),
        ("prompt", "consent"),
        ("scope", "offline_access read:confluence-space.summary"),
        ("state", consent.state.as_str()),
    ] {
        assert!(has(&query, name, value), "{name}={value} in {query:?}");
    }
    assert!(!consent.url.contains("the-secret"));

    let consent = app.authorize(&[longtask::OPERATIONS[0], &UPLOAD], ScopeState::Beta);
    assert_eq!(
        consent.scopes,
        [
            "offline_access",
            "read:content.metadata:confluence",
            "write:confluence-file"
        ],
        "where there are no granular ones, the classic ones"
    );
    assert!(issuer.seen().is_empty());
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let issuer = Site::answering([
        pair(1),
        refusal(401, "access_denied"),
        refusal(403, "unauthorized_client"),
    ])
    .await;
    let app = app(&issuer, &TestClock::default());
    let tokens = app
        .exchange("s", "https://app.example/callback?code=the-code&state=s")
        .await;
    let tokens = tokens.expect("tokens");
    assert_eq!(
        (tokens.access_token(), tokens.refresh_token()),
        ("access-1", Some("refresh-1"))
    );
    assert_eq!(tokens.expires_at(), TODAY + HOUR);
    assert_eq!(tokens.scopes(), ["offline_access", "read:confluence-space.summary"]);
    let request = &issuer.seen()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/oauth/token")
    );
    let form = form(request);
    for (name, value) in [
        ("grant_type", "authorization_code"),
        ("code", "the-code"),
        ("client_id", "the-id"),
        ("client_secret", "the-secret"),
        ("redirect_uri", "https://app.example/callback?from=atlassian"),
    ] {
        assert!(has(&form, name, value), "{name}={value} in {form:?}");
    }

    let exchange = async |callback| app.exchange("s", callback).await.expect_err("no tokens").to_string();
    assert_eq!(
        exchange("/callback?code=c&state=s").await,
        "Atlassian rejects the app's client ID or secret: access_denied: as it is"
    );
    assert_eq!(
        exchange("/callback?code=c&state=s").await,
        "the user has to consent again: unauthorized_client: as it is"
    );
    let asked = issuer.seen().len();
    assert_eq!(
        exchange("/callback?code=c&state=other").await,
        "the `state` of the callback is not that of the consent; start again"
    );
    assert_eq!(
        exchange("/callback?error=access_denied&error_description=Not%20now&state=s").await,
        "the user did not consent: Not now"
    );
    assert_eq!(
        exchange("/callback?state=s").await,
        "the callback URL is invalid: it has no `code`"
    );
    assert_eq!(issuer.seen().len(), asked, "none of these is worth a request");
}

#[tokio::test]
async fn tokens_are_renewed_once_for_all_that_wait_and_stored_first() {
    let (issuer, gateway) = (
        Site::answering([pair(1)]).await,
        Site::answering([Answer::json(DONE)]).await,
    );
    let clock = TestClock::default();
    let app = app(&issuer, &clock);
    let (session, stored) = session(&app, first());
    let client = client(&gateway, &session);
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(sent(&gateway), ["Bearer access-0"]);

    clock.advance(HOUR - Duration::from_secs(59));
    let requests: Vec<_> = (0..200)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(longtask::get_task("1")).await.map(|_| ()) })
        })
        .collect();
    for request in requests {
        request.await.expect("a task").expect("an answer");
    }
    assert!(sent(&gateway)[1..].iter().all(|header| header == "Bearer access-1"));
    assert_eq!(*stored.lock().expect("a list"), ["access-1"]);
    let form = form(&issuer.seen()[0]);
    assert!(
        has(&form, "grant_type", "refresh_token") && has(&form, "refresh_token", "refresh-0"),
        "{form:?}"
    );
    assert_eq!(issuer.seen().len(), 1);
}

#[tokio::test]
async fn a_token_is_not_used_before_it_is_stored() {
    let (issuer, gateway) = (
        Site::answering([pair(1)]).await,
        Site::answering([Answer::json(DONE)]).await,
    );
    let clock = TestClock::default();
    clock.advance(HOUR);
    let works = Arc::new(Mutex::new(false));
    let store = works.clone();
    let session = app(&issuer, &clock).session(first(), move |_| {
        let works = *store.lock().expect("a flag");
        std::future::ready(if works { Ok(()) } else { Err("the disk is full".into()) })
    });
    let client = client(&gateway, &session);
    let error = client.send(longtask::get_task("1")).await.expect_err("not stored");
    assert!(matches!(cause(&error), Error::Store(_)));
    assert_eq!(
        format!(
            "{error}: {}: {}",
            cause(&error),
            cause(&error).source().expect("a cause")
        ),
        "GET /wiki/rest/api/longtask/{id}: there is no access token to send: the new tokens could not be stored, so they \
         are not used yet: the disk is full"
    );
    assert!(gateway.seen().is_empty());

    *works.lock().expect("a flag") = true;
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(sent(&gateway), ["Bearer access-1"]);
    assert_eq!(issuer.seen().len(), 1, "the pair is not lost, and not asked for again");
}

#[tokio::test]
async fn a_request_that_is_given_up_does_not_take_the_new_tokens_with_it() {
    let issuer = Site::answering([pair(1)]).await;
    let clock = TestClock::default();
    clock.advance(HOUR);
    let (entered, go_on) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let (enter, wait) = (entered.clone(), go_on.clone());
    let session = app(&issuer, &clock).session(first(), move |_| {
        let (enter, wait) = (enter.clone(), wait.clone());
        async move {
            enter.add_permits(1);
            wait.acquire().await?.forget();
            Ok(())
        }
    });
    let gateway = Site::answering([Answer::json(DONE)]).await;
    let client = client(&gateway, &session);
    let given_up = tokio::spawn({
        let client = client.clone();
        async move { client.send(longtask::get_task("1")).await.map(|_| ()) }
    });
    entered.acquire().await.expect("storing has begun").forget();
    given_up.abort();
    assert!(given_up.await.expect_err("given up").is_cancelled());
    go_on.add_permits(1);
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(sent(&gateway), ["Bearer access-1"]);
    assert_eq!(issuer.seen().len(), 1);
}

#[tokio::test]
async fn a_dead_refresh_token_is_not_a_wrong_secret() {
    let gateway = Site::answering([Answer::json(DONE)]).await;
    let clock = TestClock::default();
    clock.advance(HOUR);
    let ask = async |issuer: &Site| {
        let (session, _) = session(&app(issuer, &clock), first());
        let client = client(&gateway, &session);
        for _ in 0..2 {
            let error = client.send(longtask::get_task("1")).await.expect_err("no token");
            assert!(error.status().is_none());
        }
        let error = client.send(longtask::get_task("1")).await.expect_err("no token");
        cause(&error).clone()
    };
    let issuer = Site::answering([refusal(403, "unauthorized_client")]).await;
    assert!(matches!(ask(&issuer).await, Error::ConsentNeeded(_)));
    assert_eq!(issuer.seen().len(), 1, "what is dead is not asked for again");

    let issuer = Site::answering([refusal(401, "access_denied")]).await;
    assert!(matches!(ask(&issuer).await, Error::WrongSecret(_)));
    assert_eq!(issuer.seen().len(), 3);

    let issuer = Site::answering([Answer::new(503, "text/html", "<h1>Sorry</h1>")]).await;
    let error = ask(&issuer).await;
    assert!(matches!(error, Error::Unavailable(_)));
    assert_eq!(error.source().expect("a cause").to_string(), "503 Service Unavailable");
    assert!(gateway.seen().is_empty());
}

#[tokio::test]
async fn a_token_that_has_not_ended_is_used_while_no_other_can_be_had() {
    let (issuer, gateway) = (
        Site::answering([Answer::error(503), pair(1)]).await,
        Site::answering([Answer::json(DONE)]).await,
    );
    let clock = TestClock::default();
    let (session, _) = session(&app(&issuer, &clock), first());
    let client = client(&gateway, &session);
    clock.advance(HOUR - Duration::from_secs(30));
    for _ in 0..3 {
        client.send(longtask::get_task("1")).await.expect("an answer");
    }
    assert_eq!(
        issuer.seen().len(),
        1,
        "whoever cannot be asked is left alone for a while"
    );
    clock.advance(Duration::from_secs(10));
    client.send(longtask::get_task("1")).await.expect("an answer");
    assert_eq!(sent(&gateway)[2..], ["Bearer access-0", "Bearer access-1"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_before_its_end() {
    let (issuer, gateway) = (
        Site::answering([pair(1)]).await,
        Site::answering([Answer::error(401), Answer::json(DONE)]).await,
    );
    let (session, stored) = session(&app(&issuer, &TestClock::default()), first());
    client(&gateway, &session)
        .send(longtask::get_task("1"))
        .await
        .expect("an answer");
    assert_eq!(sent(&gateway), ["Bearer access-0", "Bearer access-1"]);
    assert_eq!(*stored.lock().expect("a list"), ["access-1"]);
    assert_eq!(session.tokens().await.refresh_token(), Some("refresh-1"));
}

/// The gateway answers 403 or 404, and not 401, to a token that has ended.
#[tokio::test]
async fn a_token_that_ended_on_the_way_is_replaced() {
    use confluence_rest::{Middleware, Next, RawResponse, Request};

    /// A slow way: the token ends on it.
    struct Slow(TestClock);

    impl Middleware for Slow {
        fn handle<'a>(
            &'a self,
            request: Request,
            next: Next<'a>,
        ) -> std::pin::Pin<Box<dyn Future<Output = Result<RawResponse, confluence_rest::Error>> + Send + 'a>> {
            Box::pin(async move {
                self.0.advance(Duration::from_secs(40 * 60));
                next.run(request).await
            })
        }
    }

    for status in [403, 404] {
        let (issuer, gateway) = (
            Site::answering([pair(1)]).await,
            Site::answering([Answer::error(status), Answer::error(status), Answer::json(DONE)]).await,
        );
        let clock = TestClock::default();
        let (session, _) = session(&app(&issuer, &clock), first());
        let client = Client::builder(gateway.url())
            .auth(Auth::provider(session))
            .middleware(Slow(clock))
            .build()
            .expect("a client");
        let error = client.send(longtask::get_task("1")).await.expect_err("not there");
        assert_eq!(
            error.status().expect("a status"),
            status,
            "the token was good: it is what it is"
        );
        client.send(longtask::get_task("1")).await.expect("an answer");
        assert_eq!(
            sent(&gateway),
            ["Bearer access-0", "Bearer access-0", "Bearer access-1"]
        );
    }
}

#[test]
fn secrets_are_not_shown_and_mistakes_are_named() {
    let builder = App::builder("the-id", "the-secret", "https://app.example/callback");
    assert!(!format!("{builder:?}").contains("the-secret"));
    let app = builder.build().expect("an app");
    let consent = app.authorize(longtask::OPERATIONS, ScopeState::Current);
    assert!(consent.url.starts_with("https://auth.atlassian.com/authorize?"));
    let (session, _) = session(&app, first());
    let shown = format!("{app:?} {session:?} {:?} {consent:?}", first());
    assert!(
        !shown.contains("the-secret") && !shown.contains("access-0") && !shown.contains("refresh-0"),
        "{shown}"
    );
    assert!(!shown.contains(&consent.state), "{shown}");

    let problem = |builder: confluence_rest::oauth::AppBuilder| builder.build().expect_err("a mistake").to_string();
    assert_eq!(
        problem(App::builder("the-id", "", "https://app.example")),
        "the client id or the client secret is empty"
    );
    assert_eq!(
        problem(App::builder("the-id", "s", "/callback")),
        "the redirect URL cannot be read: relative URL without a base"
    );
    assert_eq!(
        problem(App::builder("the-id", "s", "https://app.example").issuer("http://issuer.example")),
        "`http://issuer.example/` would send the secret unencrypted; use https"
    );
}

#[test]
fn no_runtime_is_needed() {
    use confluence_rest::blocking;

    let runtime = tokio::runtime::Runtime::new().expect("a runtime for the sites");
    let (issuer, gateway) = runtime.block_on(async {
        let issuer = Site::answering([pair(1)]).await;
        (issuer, Site::answering([Answer::json(DONE)]).await)
    });
    let app = app(&issuer, &TestClock::default());
    let tokens = blocking::run(app.exchange("s", "?code=c&state=s"))
        .expect("a thread")
        .expect("tokens");
    let (session, _) = session(&app, tokens);
    let client = blocking::Client::new(client(&gateway, &session)).expect("a thread");
    client.send(longtask::get_task("1")).expect("an answer");
    assert_eq!(sent(&gateway), ["Bearer access-1"]);
}

/// As [`pair`], of tokens that live this long.
fn short(number: u32, seconds: u32) -> Answer {
    Answer::json(format!(
        r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","expires_in":{seconds},"token_type":"Bearer"}}"#
    ))
}

#[tokio::test]
async fn tokens_that_live_for_moments_are_renewed_once_each() {
    for seconds in [30, 1, 0] {
        let issuer = Site::answering([short(1, seconds), short(2, seconds)]).await;
        let gateway = Site::answering([Answer::json(DONE)]).await;
        let clock = TestClock::default();
        let tokens = Tokens::new("access-0", Some("refresh-0"), TODAY);
        let (session, _) = session(&app(&issuer, &clock), tokens);
        let client = client(&gateway, &session);
        let requests = (0..20).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(longtask::get_task("1")).await.map(|_| ()) })
        });
        for request in requests.collect::<Vec<_>>() {
            request.await.expect("a task").expect("an answer");
        }
        let asked = issuer.seen().len();
        assert!(
            asked == 1 || seconds == 0 && asked < 20,
            "{asked} times for {seconds} s"
        );
    }

    // A tenth of its life before its end, a token is replaced.
    let issuer = Site::answering([short(1, 30), short(2, 30)]).await;
    let gateway = Site::answering([Answer::json(DONE)]).await;
    let clock = TestClock::default();
    let tokens = Tokens::new("access-0", Some("refresh-0"), TODAY);
    let (session, _) = session(&app(&issuer, &clock), tokens);
    let client = client(&gateway, &session);
    for (wait, asked) in [(0, 1), (26, 1), (2, 2)] {
        clock.advance(Duration::from_secs(wait));
        client.send(longtask::get_task("1")).await.expect("an answer");
        assert_eq!(issuer.seen().len(), asked, "{wait} s later");
    }
}

#[tokio::test]
async fn a_token_server_that_fails_for_a_while_is_asked_again() {
    for failure in [Answer::error(503), Answer::error(429), Answer::json("{").breaking_off()] {
        let issuer = Site::answering([failure, pair(1)]).await;
        let gateway = Site::answering([Answer::json(DONE)]).await;
        let clock = TestClock::default();
        let tokens = Tokens::new("access-0", Some("refresh-0"), TODAY);
        let (session, _) = session(&app(&issuer, &clock), tokens);
        let client = Client::builder(gateway.url())
            .auth(Auth::provider(session))
            .clock(clock);
        let client = client.build().expect("a client");
        client.send(longtask::get_task("1")).await.expect("an answer");
        assert_eq!((issuer.seen().len(), gateway.seen().len()), (2, 1));
    }
}
