//! Servers: the path of the nearest one is the prefix of an operation's path; its host is that of the client.

use openapiv3::Server;

use super::Lowering;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The URL of the first server, for documentation only: the base URL is set in the client.
    pub(super) fn server(&mut self) -> Option<String> {
        let servers = &self.document.openapi.servers;
        let server = servers.first()?;
        let at = Pointer::root().join("servers");
        if server.url.starts_with("//") {
            let message = format!("the server `{}` has no scheme", server.url);
            let help = "used in documentation only: the base URL is set when the client is built";
            self.warn(Code::Server, &at.join(0).join("url"), message, help);
        }
        self.tell_host_in_path(server, &at);
        if servers.len() > 1 {
            self.ignored(
                &at.join(1),
                "only the path of the first server is used; the base URL is set when the client is built",
            );
        }
        Some(server.url.clone())
    }

    /// The path of the document's first server, which is the prefix of every path without servers of its own (OpenAPI 3.0,
    /// section 4.7.5).
    pub(super) fn base_path(&self) -> String {
        self.document.openapi.servers.first().map_or_else(String::new, path)
    }

    /// The path of the first server of a path or an operation, which takes the place of those further out (OpenAPI 3.0, sections
    /// 4.7.9.1 and 4.7.10.1). `None` if it has no servers.
    pub(super) fn own_base_path(&mut self, servers: &[Server], at: &Pointer) -> Option<String> {
        let server = servers.first()?;
        let at = at.join("servers");
        let general = self.document.openapi.servers.first().and_then(host);
        if let Some(own) = origin(server)
            && general.is_none_or(|general| host(server) != Some(general))
        {
            self.ignored(
                &at,
                format!("requests are sent to the base URL of the client, not to `{own}`"),
            );
        }
        self.tell_host_in_path(server, &at);
        if servers.len() > 1 {
            self.ignored(&at.join(1), "only the path of the first server is used");
        }
        Some(path(server))
    }

    /// Reports the first of some servers if its URL begins with what is probably a host: without a scheme, it is relative, and the
    /// host a part of its path (RFC 3986, section 4.2).
    fn tell_host_in_path(&mut self, server: &Server, at: &Pointer) {
        let url = url(server);
        let segment = url.split('/').next().unwrap_or_default();
        let Some(scheme) = likely_scheme(segment) else { return };
        let message = format!("the server `{}` has no scheme", server.url);
        let help = format!(
            "`{segment}` becomes a part of the path of requests; write `{scheme}://{}`",
            server.url
        );
        self.warn(Code::Server, &at.join(0).join("url"), message, help);
    }
}

/// The URL of a server with the defaults of its variables, without query and fragment.
fn url(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The scheme that is probably meant before a text, if that looks like a host: `localhost` with a port, or a name with a dot that ends in
/// letters.
fn likely_scheme(text: &str) -> Option<&'static str> {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if !port.is_none_or(is_port) {
        return None;
    }
    let (name, last) = host.rsplit_once('.').unwrap_or_default();
    let is_named = !name.is_empty() && last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    match host {
        "localhost" => port.map(|_| "http"),
        _ => is_named.then_some("https"),
    }
}

/// The scheme and the host of a server; `None` if it is relative to where the document is.
fn origin(server: &Server) -> Option<String> {
    let url = url(server);
    let (scheme, rest) = url.split_once("//")?;
    let host = rest.split('/').next().unwrap_or_default();
    Some(format!("{scheme}//{host}"))
}

/// The host of a server, in lower case, as the case has no meaning (RFC 3986, section 3.2.2); `None` if it is relative to where
/// the document is.
pub(super) fn host(server: &Server) -> Option<String> {
    let url = url(server);
    let (_, rest) = url.split_once("//")?;
    Some(rest.split('/').next().unwrap_or_default().to_ascii_lowercase())
}

/// The path of a server, without a slash at its end.
fn path(server: &Server) -> String {
    let url = url(server);
    let path = match url.split_once("//") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    };
    match path.trim_end_matches('/') {
        "" => String::new(),
        path => format!("/{path}"),
    }
}
