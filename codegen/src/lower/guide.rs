//! `x-atlassian-narrative`: the documents of a guide.

use serde_json::Value;

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::misspelled;
use crate::pointer::Pointer;

/// The members of a document.
const MEMBERS: [&str; 3] = ["title", "anchor", "body"];

/// A document of the guide.
#[derive(Debug)]
pub(crate) struct Document {
    pub title: String,
    pub anchor: String,
    pub body: String,
}

impl Lowering<'_> {
    /// The documents, in order. One without a title or an anchor gets it from the other.
    pub(super) fn guide(&mut self) -> Vec<Document> {
        let Some(narrative) = self.document.openapi.extensions.get("x-atlassian-narrative") else {
            return Vec::new();
        };
        let at = Pointer::root().join("x-atlassian-narrative");
        let Some(documents) = narrative["documents"].as_array() else {
            let message = "`x-atlassian-narrative` has no list of `documents`";
            self.warn_of_members(narrative, &["documents"], &at, message);
            return Vec::new();
        };
        let at = at.join("documents");
        let mut guide = Vec::new();
        for (index, document) in documents.iter().enumerate() {
            let at = at.join(index);
            let text = |name: &str| document[name].as_str().map(str::to_owned);
            let (title, anchor) = (text("title"), text("anchor"));
            match (title.clone().or(anchor.clone()), anchor.or(title), &document["body"]) {
                (Some(title), Some(anchor), Value::String(body)) => {
                    if let Some((typo, meant)) = misspelled(document, &MEMBERS) {
                        let message = format!("`{typo}` is unknown and has no effect");
                        let told = Diagnostic::new(Code::UnknownKey, &at.join(typo), message).of_key();
                        self.diagnostics.push(told.help(format!("did you mean `{meant}`?")));
                    }
                    guide.push(Document {
                        title,
                        anchor,
                        body: body.clone(),
                    });
                }
                _ => {
                    let message = "a document of `x-atlassian-narrative` needs a `body` and a `title` or an `anchor`";
                    self.warn_of_members(document, &MEMBERS, &at, message);
                }
            }
        }
        guide
    }
}
