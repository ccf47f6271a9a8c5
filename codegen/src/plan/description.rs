//! The documentation of schemas and their properties.

use super::{Docs, Ident, markdown, paragraphs, plain};
use crate::lower::Access;

/// Documentation from a description. What the document does not describe has no words.
pub(super) fn schema_docs(description: &str, deprecated: bool) -> Docs {
    let text = markdown::lines(description);
    let deprecated = deprecated.then(|| "**Deprecated.**".to_owned());
    paragraphs(&[text, deprecated.into_iter().collect()])
}

/// The note for a member that requests or responses omit.
pub(super) fn access_docs(access: Access) -> Docs {
    let text = match access {
        Access::Both => return Docs::new(),
        Access::ReadOnly => "Read-only: set by the server, omitted from requests.",
        Access::WriteOnly => "Write-only: omitted from responses.",
    };
    vec![text.to_owned()]
}

/// The documentation of the typed view of a field whose keys are listed.
pub(super) fn key_docs(field: &Ident) -> Docs {
    vec![format!("`{}` as one of the documented keys.", plain(field))]
}
