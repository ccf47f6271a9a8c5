//! Sessions, which refresh tokens before they expire.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::sync::Mutex;

use crate::auth::oauth::{App, Error, Tokens};
use crate::auth::token::{TokenProvider, TokenResult};

/// How long Atlassian is left alone after it could not be asked, while the token is still good.
const REST: Duration = Duration::from_secs(10);
/// How long before its end a token is replaced at most.
const AHEAD: Duration = Duration::from_secs(60);
/// The share of its life before whose end a token is replaced.
const SHARE: u32 = 10;

pub(super) type Store = Box<dyn Fn(Tokens) -> Pin<Box<dyn Future<Output = Stored> + Send>> + Send + Sync>;
type Stored = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The tokens of one user, which are refreshed one minute before they expire (a tenth of their lifetime, if that is
/// shorter), and when one is rejected.
///
/// Created by [`App::session`]; clones share the tokens. All requests that wait for a new token share one refresh,
/// which completes even if these requests are dropped. If a refresh fails transiently, a token that has not expired yet
/// continues to be used.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    app: App,
    store: Store,
    state: Mutex<State>,
    /// How often new tokens were asked for.
    rounds: AtomicU64,
}

struct State {
    tokens: Tokens,
    /// How long before their end the tokens are replaced.
    ahead: Duration,
    is_stored: bool,
    /// Why the last round failed.
    failure: Option<Error>,
    /// Until when a token that is still good is used on.
    rest_until: Option<SystemTime>,
}

impl State {
    fn new(tokens: Tokens, now: SystemTime) -> Self {
        let left = tokens.expires_at().duration_since(now).unwrap_or_default();
        Self {
            tokens,
            ahead: AHEAD.min(left / SHARE),
            is_stored: true,
            failure: None,
            rest_until: None,
        }
    }

    fn is_fresh(&self, now: SystemTime, rejected: Option<&str>) -> bool {
        let until = self.tokens.expires_at().checked_sub(self.ahead);
        rejected != Some(self.tokens.access_token()) && until.is_some_and(|until| now < until)
    }

    /// Whether the token may be sent, although it may be about to end.
    fn is_usable(&self, now: SystemTime, rejected: Option<&str>) -> bool {
        self.is_stored && rejected != Some(self.tokens.access_token()) && now < self.tokens.expires_at()
    }
}

impl Session {
    pub(super) fn new(app: App, tokens: Tokens, store: Store) -> Self {
        let state = State::new(tokens, app.clock().system_time());
        Self(Arc::new(Shared {
            app,
            store,
            state: Mutex::new(state),
            rounds: AtomicU64::new(0),
        }))
    }

    /// Returns the current tokens, which may be about to expire.
    pub async fn tokens(&self) -> Tokens {
        self.0.state.lock().await.tokens.clone()
    }

    async fn fresh(&self, rejected: Option<&str>) -> Result<Tokens, Error> {
        let before = self.0.rounds.load(Ordering::Relaxed);
        {
            let state = self.0.state.lock().await;
            let now = self.0.app.clock().system_time();
            let rests = state.rest_until.is_some_and(|until| now < until) && state.is_usable(now, rejected);
            if rests || state.is_stored && state.is_fresh(now, rejected) {
                return Ok(state.tokens.clone());
            }
        }
        // A task of its own, as whoever asked may not wait for the response, and the old refresh token is spent.
        let (shared, rejected) = (self.0.clone(), rejected.map(str::to_owned));
        let round = tokio::spawn(async move { shared.renew(before, rejected.as_deref()).await });
        round.await.map_err(|error| Error::Unavailable(Arc::new(error)))?
    }
}

impl Shared {
    /// Asks for new tokens and stores them, unless another task has done so since `before`.
    async fn renew(&self, before: u64, rejected: Option<&str>) -> Result<Tokens, Error> {
        let mut state = self.state.lock().await;
        let now = self.app.clock().system_time();
        let is_usable = state.is_usable(now, rejected);
        let is_renewed = self.rounds.load(Ordering::Relaxed) != before;
        // However short a new token lives, whoever waited for it may use it.
        if is_renewed && state.failure.is_none() && state.is_stored && rejected != Some(state.tokens.access_token()) {
            return Ok(state.tokens.clone());
        }
        if let Some(failure) = &state.failure {
            let is_final = matches!(failure, Error::ConsentNeeded(_));
            if is_final || is_renewed {
                let failure = failure.clone();
                return if is_usable {
                    Ok(state.tokens.clone())
                } else {
                    Err(failure)
                };
            }
        }
        let result = self.round(&mut state, rejected).await;
        self.rounds.fetch_add(1, Ordering::Relaxed);
        state.failure = result.as_ref().err().cloned();
        match result {
            // Good until it ends, with luck also when the next one is asked for.
            Err(_) if is_usable && state.is_stored => {
                state.rest_until = now.checked_add(REST);
                Ok(state.tokens.clone())
            }
            result => result.map(|()| state.tokens.clone()),
        }
    }

    async fn round(&self, state: &mut State, rejected: Option<&str>) -> Result<(), Error> {
        let now = self.app.clock().system_time();
        if state.is_stored && !state.is_fresh(now, rejected) {
            *state = State::new(self.app.refresh(&state.tokens).await?, now);
            state.is_stored = false;
        }
        if !state.is_stored {
            let stored = (self.store)(state.tokens.clone()).await;
            stored.map_err(|error| Error::Store(error.into()))?;
            state.is_stored = true;
        }
        Ok(())
    }
}

impl TokenProvider for Session {
    fn token<'a>(&'a self, rejected: Option<&'a str>) -> Pin<Box<dyn Future<Output = TokenResult> + Send + 'a>> {
        Box::pin(async move { Ok(self.fresh(rejected).await?.access_token().into()) })
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("app", &self.0.app)
            .finish_non_exhaustive()
    }
}
