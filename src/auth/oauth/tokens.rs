//! The tokens of a user.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

/// An access token and the refresh token for its successor.
///
/// Serialization contains the secrets, so that the tokens can be stored; `Debug` does not.
///
/// ```
/// use std::time::SystemTime;
///
/// use confluence_rest::oauth::Tokens;
///
/// let tokens = Tokens::new("an-access-token", Some("a-refresh-token"), SystemTime::UNIX_EPOCH);
/// assert!(!format!("{tokens:?}").contains("a-refresh-token"));
/// let kept = serde_json::to_string(&tokens)?;
/// let tokens: Tokens = serde_json::from_str(&kept)?;
/// assert_eq!(tokens.expires_at(), SystemTime::UNIX_EPOCH);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Deserialize, Serialize)]
pub struct Tokens {
    #[serde(serialize_with = "expose")]
    access_token: SecretString,
    #[serde(serialize_with = "expose_some")]
    refresh_token: Option<SecretString>,
    /// In seconds since 1970.
    expires_at: u64,
    #[serde(default)]
    scopes: Vec<String>,
}

impl Tokens {
    /// Creates tokens that were obtained elsewhere, such as from storage.
    pub fn new(access_token: impl Into<String>, refresh_token: Option<&str>, expires_at: SystemTime) -> Self {
        Self {
            access_token: access_token.into().into(),
            refresh_token: refresh_token.map(SecretString::from),
            expires_at: expires_at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
            scopes: Vec::new(),
        }
    }

    /// Returns the access token, which is sent with requests.
    pub fn access_token(&self) -> &str {
        self.access_token.expose_secret()
    }

    /// Returns the refresh token.
    ///
    /// There is none without the scope `offline_access`.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_ref().map(SecretString::expose_secret)
    }

    /// Returns when the access token expires, to the second.
    ///
    /// Atlassian's are valid for one hour.
    pub fn expires_at(&self) -> SystemTime {
        let expires_at = UNIX_EPOCH.checked_add(Duration::from_secs(self.expires_at));
        expires_at.unwrap_or(UNIX_EPOCH)
    }

    /// Returns the granted scopes, which may be fewer than those requested.
    ///
    /// Empty if unknown.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    pub(super) fn granted(mut self, scopes: Vec<String>) -> Self {
        self.scopes = scopes;
        self
    }
}

fn expose<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

fn expose_some<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(SecretString::expose_secret).serialize(serializer)
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
