//! JSON Web Tokens of Connect apps: each is for one request.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::{HeaderValue, Method};
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, Claims, Header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer, ser::SerializeMap};
use sha2::{Digest, Sha256};

use crate::response::error::{Error, Kind};

/// How long a token lives. Atlassian recommends three minutes.
const LIFE: Duration = Duration::from_secs(3 * 60);

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An app, as a site knows it.
#[derive(Clone)]
pub(super) struct Issuer {
    app_key: String,
    shared_secret: SecretString,
}

impl Issuer {
    pub(super) fn new(app_key: String, shared_secret: String) -> Self {
        Self {
            app_key,
            shared_secret: shared_secret.into(),
        }
    }

    pub(super) fn app_key(&self) -> &str {
        &self.app_key
    }

    /// What would make every request fail.
    pub(super) fn problem(&self) -> Option<&'static str> {
        if self.app_key.is_empty() {
            Some("the app's key is empty")
        } else if self.shared_secret.expose_secret().is_empty() {
            Some("the shared secret is empty")
        } else {
            None
        }
    }

    /// The value of `Authorization` for one request.
    pub(super) fn header(&self, method: &Method, url: &Url, now: SystemTime) -> Result<HeaderValue, Error> {
        let mut claims = Claims::new(Request {
            issuer: &self.app_key,
            query_string_hash: hash(&canonical(method, url)),
        });
        claims.issued_at = Some(DateTime::<Utc>::from(now));
        claims.expiration = now.checked_add(LIFE).map(DateTime::<Utc>::from);
        let key = Hs256Key::new(self.shared_secret.expose_secret());
        let failed = |error: &dyn std::fmt::Display| Kind::Request(format!("the token cannot be signed: {error}"));
        let token = Hs256.token(&Header::empty().with_token_type("JWT"), &claims, &key);
        let token = token.map_err(|error| failed(&error))?;
        let mut value = HeaderValue::try_from(format!("JWT {token}")).map_err(|error| failed(&error))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The claims that are of Connect.
#[derive(Clone)]
struct Request<'r> {
    issuer: &'r str,
    query_string_hash: String,
}

impl Serialize for Request<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut claims = serializer.serialize_map(Some(2))?;
        claims.serialize_entry("iss", self.issuer)?;
        claims.serialize_entry("qsh", &self.query_string_hash)?;
        claims.end()
    }
}

/// What of a request is signed: method, path without the product's own, and the query in order, without the token itself
/// (Atlassian Connect, "Understanding JWT", section "Creating a query string hash").
fn canonical(method: &Method, url: &Url) -> String {
    let path = url.path();
    let path = path
        .strip_prefix("/wiki")
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .unwrap_or(path);
    let path = path.trim_end_matches('/').replace('&', "%26");
    let path = if path.is_empty() { "/" } else { &path };
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in url.query_pairs().filter(|(name, _)| name != "jwt") {
        parameters.entry(encode(&name)).or_default().push(encode(&value));
    }
    let query = parameters.into_iter().map(|(name, mut values)| {
        values.sort_unstable();
        format!("{name}={}", values.join(","))
    });
    format!("{method}&{path}&{}", query.collect::<Vec<_>>().join("&"))
}

fn hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
