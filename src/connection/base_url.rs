//! The base URL of a client: a site or the gateway.

use reqwest::Url;

use crate::response::error::{Error, Kind};

/// A checked base URL: `http` or `https`, without credentials, query, fragment, or the `/wiki` that the paths bring along.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let wrong = |problem: String| Error::from(Kind::Configuration(format!("base URL: {problem}")));
        // The text is not repeated where it may hold a password or a token.
        let is_safe = !text.contains(['@', '?', '#']);
        let shown = if is_safe { format!("`{text}`") } else { "it".to_owned() };
        if text.is_empty() {
            return Err(wrong("it is empty".to_owned()));
        }
        let parsed = Url::parse(text);
        if !text.contains("://") || parsed.as_ref().is_ok_and(|url| !url.has_host()) {
            let start = if is_safe {
                format!("write `https://{text}`")
            } else {
                "begin with `https://`".to_owned()
            };
            return Err(wrong(format!("{shown} has no scheme; {start}")));
        }
        let mut url = parsed.map_err(|error| wrong(format!("{shown} cannot be read: {error}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it contains credentials; pass them as `Auth` instead".to_owned()));
        }
        if !matches!(url.scheme(), "http" | "https") {
            let scheme = url.scheme();
            return Err(wrong(format!(
                "{shown} has the scheme `{scheme}`; only https and http are supported"
            )));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(format!(
                "{shown} has a query or a fragment; use the URL of the site alone"
            )));
        }
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/wiki").unwrap_or(path).to_owned();
        if !path.is_empty() && url.host_str().is_some_and(|host| host.ends_with(".atlassian.net")) {
            let site = url.origin().ascii_serialization();
            return Err(wrong(format!("{shown} is a page of a site; write `{site}`")));
        }
        let is_gateway = url.host_str() == Some("api.atlassian.com") && path.split('/').nth(1) == Some("ex");
        if is_gateway && !names_site(&path) {
            return Err(wrong(format!(
                "{shown} is the gateway without the ID of a site; `Client::gateway` takes the ID"
            )));
        }
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The URL of a request whose path starts with a slash and is already percent-encoded.
    pub(crate) fn join(&self, path: &str, query: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url.set_query((!query.is_empty()).then_some(query));
        url
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether requests are unencrypted.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host_str() {
            Some("localhost") => true,
            Some(host) => host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback()),
            None => false,
        }
    }

    /// Host and port.
    #[cfg(feature = "tracing")]
    pub(crate) fn address(&self) -> (Option<&str>, Option<u16>) {
        (self.0.host_str(), self.0.port_or_known_default())
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Whether a path of the gateway names a product and a site: `/ex/confluence/{cloudId}`.
fn names_site(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').collect();
    matches!(segments.as_slice(), ["", "ex", product, id] if !product.is_empty() && is_cloud_id(id))
}

/// Whether a text can be the ID of a site.
pub(crate) fn is_cloud_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
