//! An app that is registered with Atlassian: consent and tokens.

use std::collections::BTreeSet;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use oauth2::basic::{BasicClient, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, RedirectUrl,
    RefreshToken, Scope, TokenResponse, TokenUrl,
};
use reqwest::Url;

use crate::auth::oauth::error::Unanswered;
use crate::auth::oauth::{Error, Session, Tokens};
use crate::connection::base_url::BaseUrl;
use crate::connection::connector::Connector;
use crate::info::OperationInfo;
use crate::time::clock::{Clock, SystemClock};

const ISSUER: &str = "https://auth.atlassian.com";
const TIMEOUT: Duration = Duration::from_secs(30);

/// How long a token lasts where Atlassian does not say.
const AN_HOUR: Duration = Duration::from_secs(3600);
/// How many bytes of a response are read at most.
const MOST: usize = 1 << 20;

type Exchange = Pin<Box<dyn Future<Output = Result<oauth2::HttpResponse, Unanswered>> + Send>>;
type Endpoints = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// An app that is registered with Atlassian.
///
/// Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Registered>);

struct Registered {
    endpoints: Endpoints,
    redirect_url: Url,
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
}

/// Configures an [`App`].
///
/// Created by [`App::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct AppBuilder {
    client_id: String,
    client_secret: ClientSecret,
    redirect_url: String,
    issuer: String,
    http: Option<reqwest::Client>,
    clock: Arc<dyn Clock>,
}

/// Which of the documented alternatives an app asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeState {
    /// The scopes in general availability, which Atlassian calls classic.
    Current,
    /// The scopes in beta, which Atlassian calls granular.
    Beta,
}

impl ScopeState {
    /// The scopes that an operation needs in this state, or in the other one where it has none in this.
    fn scopes(self, operation: &OperationInfo) -> &'static [&'static str] {
        let (current, beta) = (operation.scopes.current(), operation.scopes.beta());
        match self {
            Self::Current if current.is_empty() => beta,
            Self::Beta if beta.is_empty() => current,
            Self::Current => current,
            Self::Beta => beta,
        }
    }
}

/// A request for the consent of a user.
///
/// Created by [`App::authorize`].
#[derive(Clone)]
#[non_exhaustive]
pub struct Consent {
    /// The URL to send the user to.
    pub url: String,
    /// The state to pass to [`App::exchange`]. Store it in the user's own session, to prevent cross-site request
    /// forgery (RFC 6749, section 10.12).
    pub state: String,
    /// The requested scopes, in alphabetical order.
    pub scopes: Vec<&'static str>,
}

impl App {
    /// Returns a builder.
    ///
    /// Atlassian's developer console shows the client ID and the secret of an app; the redirect URL must be the
    /// callback URL that is registered there.
    pub fn builder(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        redirect_url: impl Into<String>,
    ) -> AppBuilder {
        AppBuilder {
            client_id: client_id.into(),
            client_secret: ClientSecret::new(client_secret.into()),
            redirect_url: redirect_url.into(),
            issuer: ISSUER.to_owned(),
            http: None,
            clock: Arc::new(SystemClock),
        }
    }

    /// Returns the URL that asks a user for the scopes of these operations, and for `offline_access`: without it there
    /// is no refresh token, and the user would be asked again after an hour.
    ///
    /// Each generated module has a list of its operations, such as `longtask::OPERATIONS`. For single operations, use
    /// `&[longtask::request::GetTask::INFO]`.
    pub fn authorize(&self, operations: &[&'static OperationInfo], state: ScopeState) -> Consent {
        let needed = operations.iter().flat_map(|operation| state.scopes(operation));
        let mut scopes: BTreeSet<&str> = needed.copied().collect();
        scopes.insert("offline_access");
        let request = self.0.endpoints.authorize_url(CsrfToken::new_random);
        let (url, state) = request
            .add_scopes(scopes.iter().map(|&scope| Scope::new(scope.to_owned())))
            .add_extra_param("audience", "api.atlassian.com")
            .add_extra_param("prompt", "consent")
            .url();
        Consent {
            url: url.into(),
            state: state.into_secret(),
            scopes: scopes.into_iter().collect(),
        }
    }

    /// Exchanges the authorization code for tokens.
    ///
    /// `callback` is the URL that the user was redirected to, or its path and query; `state` is [`Consent::state`].
    ///
    /// # Errors
    /// The user declined, the URL belongs to another consent, or Atlassian issues no tokens.
    pub async fn exchange(&self, state: &str, callback: &str) -> Result<Tokens, Error> {
        // The URL is not repeated: it holds the code.
        let url = self.0.redirect_url.join(callback);
        let url = url.map_err(|error| Error::Callback(format!("it cannot be read: {error}")))?;
        let parameter = |wanted| {
            let found = url.query_pairs().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.into_owned())
        };
        if parameter("state").as_deref() != Some(state) {
            return Err(Error::State);
        }
        if let Some(reason) = parameter("error") {
            return Err(Error::Declined(parameter("error_description").unwrap_or(reason)));
        }
        let code = parameter("code").ok_or_else(|| Error::Callback("it has no `code`".to_owned()))?;
        let asked = self.0.clock.system_time();
        let request = self.0.endpoints.exchange_code(AuthorizationCode::new(code));
        let answer = request.request_async(&self.connection()).await?;
        Ok(tokens(&answer, asked, None))
    }

    /// Returns a session that refreshes the tokens of one user.
    ///
    /// `store` is called with each new pair before it is used: a refresh token works only once, so a pair that is lost
    /// requires a new consent.
    ///
    /// Pass the session to one or more clients with [`Auth::provider`](crate::Auth::provider). Create one session for
    /// each user: two programs that share a refresh token invalidate each other's.
    pub fn session<F, S>(&self, tokens: Tokens, store: F) -> Session
    where
        F: Fn(Tokens) -> S + Send + Sync + 'static,
        S: Future<Output = Result<(), Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
    {
        Session::new(self.clone(), tokens, Box::new(move |tokens| Box::pin(store(tokens))))
    }

    /// Asks for new tokens.
    pub(super) async fn refresh(&self, old: &Tokens) -> Result<Tokens, Error> {
        let Some(refresh_token) = old.refresh_token() else {
            return Err(Error::ConsentNeeded("there is no refresh token".to_owned()));
        };
        let asked = self.0.clock.system_time();
        let refresh_token = RefreshToken::new(refresh_token.to_owned());
        let request = self.0.endpoints.exchange_refresh_token(&refresh_token);
        let answer = request.request_async(&self.connection()).await?;
        Ok(tokens(&answer, asked, Some(old)))
    }

    /// What sends the requests that ask for tokens. It owns what it needs, as they are made in tasks of their own.
    fn connection(&self) -> impl Fn(oauth2::HttpRequest) -> Exchange + use<> {
        let http = self.0.http.clone();
        move |request| Box::pin(post(http.clone(), request))
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }
}

async fn post(http: reqwest::Client, request: oauth2::HttpRequest) -> Result<oauth2::HttpResponse, Unanswered> {
    let (head, body) = request.into_parts();
    let outgoing = http.request(head.method, head.uri.to_string());
    let outgoing = outgoing.headers(head.headers).body(body).timeout(TIMEOUT);
    let mut incoming = outgoing.send().await.map_err(Unanswered::Transport)?;
    let status = incoming.status();
    if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
        return Err(Unanswered::Status(status));
    }
    let mut body = Vec::new();
    while let Some(chunk) = incoming.chunk().await.map_err(Unanswered::Transport)? {
        if body.len() + chunk.len() > MOST {
            return Err(Unanswered::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = oauth2::HttpResponse::new(body);
    *response.status_mut() = status;
    Ok(response)
}

/// What a response gives. What it leaves out stays as it was (RFC 6749, sections 5.1 and 6).
fn tokens(answer: &BasicTokenResponse, asked: SystemTime, old: Option<&Tokens>) -> Tokens {
    let refresh_token = answer.refresh_token().map(|token| token.secret().as_str());
    let scopes = match answer.scopes() {
        Some(scopes) => scopes.iter().map(|scope| scope.to_string()).collect(),
        None => old.map_or_else(Vec::new, |old| old.scopes().to_vec()),
    };
    Tokens::new(
        answer.access_token().secret().as_str(),
        refresh_token.or_else(|| old.and_then(Tokens::refresh_token)),
        asked
            .checked_add(answer.expires_in().unwrap_or(AN_HOUR))
            .unwrap_or(asked),
    )
    .granted(scopes)
}

impl AppBuilder {
    /// Sets the base URL of the authorization server.
    ///
    /// The default is `https://auth.atlassian.com`.
    pub fn issuer(mut self, url: impl Into<String>) -> Self {
        self.issuer = url.into();
        self
    }

    /// Sets the reqwest client that requests tokens, such as one with a proxy.
    ///
    /// It should not follow redirects. See [`ClientBuilder::http_client`](crate::ClientBuilder::http_client).
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Sets the clock.
    ///
    /// The default is [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Builds the app.
    ///
    /// Nothing is sent.
    ///
    /// # Errors
    /// A URL is invalid, the ID or the secret is empty, or TLS cannot be set up.
    pub fn build(self) -> Result<App, Error> {
        let wrong = |problem: String| Error::Configuration(problem);
        if self.client_id.is_empty() || self.client_secret.secret().is_empty() {
            return Err(wrong("the client id or the client secret is empty".to_owned()));
        }
        let redirect_url = RedirectUrl::new(self.redirect_url)
            .map_err(|error| wrong(format!("the redirect URL cannot be read: {error}")))?;
        let issuer = BaseUrl::parse(&self.issuer).map_err(|error| wrong(format!("issuer: {error}")))?;
        if issuer.is_plain() && !issuer.is_loopback() {
            let url = issuer.as_str();
            return Err(wrong(format!("`{url}` would send the secret unencrypted; use https")));
        }
        let http = match self.http {
            Some(http) => http,
            None => Connector::new()
                .build(&issuer)
                .map_err(|error| wrong(error.to_string()))?,
        };
        Ok(App(Arc::new(Registered {
            redirect_url: redirect_url.url().clone(),
            endpoints: BasicClient::new(ClientId::new(self.client_id))
                .set_client_secret(self.client_secret)
                .set_auth_type(AuthType::RequestBody)
                .set_auth_uri(AuthUrl::from_url(issuer.join("/authorize", "")))
                .set_token_uri(TokenUrl::from_url(issuer.join("/oauth/token", "")))
                .set_redirect_uri(redirect_url),
            http,
            clock: self.clock,
        })))
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", self.0.endpoints.client_id())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppBuilder")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Consent {
    /// Leaves out the state, which is for one user alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consent")
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
