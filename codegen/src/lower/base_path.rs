//! What is known of the paths of Confluence Cloud: some of its documents state less than what requests need.

use super::server::host;
use super::{Lowering, Operation};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The base path that neither the server nor the paths of a document of Confluence Cloud contain; reports it.
    pub(super) fn missing_base(&mut self, operations: &[Operation]) -> Option<&'static str> {
        let openapi = &self.document.openapi;
        let server = openapi.servers.first();
        let is_of_cloud = server
            .and_then(host)
            .is_none_or(|host| host.ends_with(".atlassian.net"));
        if !is_of_cloud || !openapi.info.title.to_lowercase().contains("confluence") {
            return None;
        }
        let base = below(operations)?;
        let (at, help) = match server {
            Some(server) => (
                Pointer::root().join("servers").join(0).join("url"),
                format!(
                    "set the URL to `{}{base}` in an overlay",
                    server.url.trim_end_matches('/')
                ),
            ),
            None => (
                Pointer::root().join("paths"),
                format!("add `servers: [{{ url: {base} }}]` in an overlay"),
            ),
        };
        let path = operations.first().map_or("/", |one| &one.path);
        self.warn(
            Code::BasePath,
            &at,
            format!("Confluence Cloud serves this API below `{base}`, which neither the server nor the paths contain"),
            format!("requests go to `{path}` instead of `{base}{path}`; {help}, as `cargo codegen suggest` does"),
        );
        Some(base)
    }
}

/// What Confluence Cloud has before the paths of operations, if no server adds anything to them.
fn below(operations: &[Operation]) -> Option<&'static str> {
    let starts = |start: &str| operations.iter().any(|one| one.path.starts_with(start));
    // The path below the server's, as the document has it.
    let is_bare = |one: &Operation| one.pointer.steps().get(1).is_some_and(|path| *path == one.path);
    if operations.is_empty() || !operations.iter().all(is_bare) || starts("/wiki/") || starts("/atlassian-connect/") {
        return None;
    }
    Some(match starts("/rest/") || starts("/api/") {
        true => "/wiki",
        false => "/wiki/api/v2",
    })
}
