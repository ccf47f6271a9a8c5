//! Files that a document refers to: which file a reference means, and where its text comes from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::pointer::{Pointer, decoded};
use crate::source::Source;

/// The texts of files, by their paths from the folder of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    /// The files that were passed.
    pub given: BTreeMap<String, Arc<Source>>,
    /// How others are read.
    pub reader: Option<Reader>,
    /// The name of the document's own file, if it is not that of its text.
    pub own: Option<String>,
}

/// A file, or why it cannot be read.
pub(crate) type Read = Result<Source, Unfollowed>;

/// A function that reads files.
#[derive(Clone)]
pub(crate) struct Reader(pub Arc<dyn Fn(&str) -> Read + Send + Sync>);

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a function")
    }
}

impl Files {
    pub(super) fn find(&self, path: &str) -> Result<Arc<Source>, Unfollowed> {
        match (self.given.get(path), &self.reader) {
            (Some(file), _) => Ok(file.clone()),
            (None, Some(Reader(read))) => read(path).map(Arc::new),
            (None, None) => Err(Unfollowed::new(
                "refers to a file that was not passed",
                "pass it with `Input::file`, or set the path of the document with `Input::path`",
            )),
        }
    }
}

/// Why a reference is not followed.
#[derive(Clone, Debug)]
pub(crate) struct Unfollowed {
    /// The problem, as the rest of a sentence about the reference.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Unfollowed {
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            help: help.into(),
        }
    }

    /// A path that leads outside the folder of the document.
    pub(crate) fn outside() -> Self {
        let help = "only files in that folder and its subfolders are read: copy the file there";
        Self::new("refers to a file outside the folder of the document", help)
    }
}

/// The path of a file from the folder of the document, and a place in it.
pub(super) type Target = (String, Pointer);

/// Quotes around a reference. YAML and JSON take the typographic ones, and those within others, for a part of the text.
const QUOTES: [char; 9] = ['\'', '"', '`', '‘', '’', '‚', '“', '”', '„'];

/// What a reference means in the file of a path (RFC 3986, section 5.2).
pub(super) fn resolve(base: &str, reference: &str) -> Result<Target, Unfollowed> {
    if reference.starts_with(QUOTES) && reference.ends_with(QUOTES) {
        let help = format!("write `\"{}\"`", reference.trim_matches(QUOTES));
        return Err(Unfollowed::new("is in quotes that belong to the text", help));
    }
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let Some(place) = Pointer::parse(&decoded(fragment)) else {
        let help = format!("write `{file}#/{fragment}` for the member of this name");
        return Err(Unfollowed::new("does not end in a JSON Pointer", help));
    };
    if file.is_empty() {
        return Ok((base.to_owned(), place));
    }
    if file.starts_with("//") || file.split('/').next().is_some_and(|first| first.contains(':')) {
        let help = "save the file in the folder of the document, and refer to it there";
        return Err(Unfollowed::new("is a URL, and URLs are not downloaded", help));
    }
    let file = decoded(file);
    if file.starts_with('/') || file.contains('\\') {
        return Err(Unfollowed::outside());
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps = Vec::new();
    for step in folder.split('/').chain(file.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop().ok_or_else(Unfollowed::outside)?;
            }
            step => steps.push(step),
        }
    }
    Ok((steps.join("/"), place))
}
