//! What is found out about a document, told with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use crate::pointer::Pointer;
use crate::source::{Location, Sources};
use crate::text::one_line;

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost; good to know.
    Note,
    /// The module is generated, but is less than the document's author meant.
    Warning,
    /// No module can be generated.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $severity:ident $word:literal,)*) => {
        /// What a [`Diagnostic`] is about, as a word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$code => Severity::$severity,)*
                }
            }

            /// The word in brackets.
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$code => $word,)*
                }
            }
        }
    };
}

codes! {
    /// The text is neither YAML nor JSON.
    Syntax = Error "syntax",
    /// The document is of a version that is not read.
    Version = Error "version",
    /// Something is not as the OpenAPI Specification wants it.
    OpenApi = Error "openapi",
    /// An overlay is not as the Overlay Specification wants it.
    Overlay = Error "overlay",
    /// An overlay action selects nothing.
    OverlayNoMatch = Error "overlay-no-match",
    /// What the build says of a long-running task does not go with its schema.
    LongTask = Error "long-task",
    /// A JSON object has a key twice, and the last one is used.
    RepeatedKey = Warning "repeated-key",
    /// Something is written as in a newer version than the document's.
    NewerSyntax = Warning "newer-syntax",
    /// A reference leads nowhere.
    DanglingRef = Warning "dangling-ref",
    /// A component is missing, and the supplements disagree on it.
    Ambiguous = Warning "ambiguous",
    /// A component is missing, and a supplement has it.
    Supplemented = Note "supplemented",
    /// A security scheme is needed that is not declared.
    UndeclaredSecurity = Warning "undeclared-security",
    /// The path template has a variable without a parameter.
    UndeclaredVariable = Warning "undeclared-variable",
    /// Two operations have one `operationId`.
    DuplicateOperationId = Warning "duplicate-operation-id",
    /// A narrative document, a scope list or another extension is not of its known shape.
    Extension = Warning "extension",
    /// A construct has no Rust form yet and is handed over as it is.
    Opaque = Warning "opaque",
    /// A success has no documented content, and is of a kind that has one.
    UndocumentedBody = Warning "undocumented-body",
    /// A text has a character that does not show.
    HiddenCharacter = Warning "hidden-character",
    /// A server URL cannot be called as it stands.
    Server = Note "server",
    /// A key list stands in prose, but no property goes with it.
    KeyList = Note "key-list",
    /// Something in the document has no effect on the module.
    Ignored = Note "ignored",
}

/// One thing found out about a document.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Where in the document.
    pub pointer: Pointer,
    /// What was done about it, or what to do.
    pub help: Option<String>,
    /// File, line and column, where the text itself could not be read.
    pub(crate) location: Option<Box<Location>>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            pointer: pointer.clone(),
            help: None,
            location: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn at(mut self, location: Option<Location>) -> Self {
        self.location = location.map(Box::new);
        self
    }
}

/// Everything found out about a document, with the texts it was found in.
///
/// `Display` prints all of it; file, line and column are looked up at that moment.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    told: BTreeSet<(Pointer, String, Option<String>)>,
    pub(crate) sources: Sources,
    /// Where the places of each severity stand, looked up together when the first is printed: not all are in a build script.
    places: [OnceLock<BTreeMap<Pointer, Location>>; 3],
}

impl Diagnostics {
    /// The diagnostics in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// One diagnostic as text of several lines.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let severity = match diagnostic.code.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let message = one_line(&diagnostic.message);
        let mut text = format!("{severity}[{}]: {message}\n", diagnostic.code.word());
        let places = self.places[diagnostic.code.severity() as usize].get_or_init(|| {
            let alike = |one: &&Diagnostic| one.code.severity() == diagnostic.code.severity();
            self.sources
                .locate(self.list.iter().filter(alike).map(|one| &one.pointer))
        });
        let location = diagnostic
            .location
            .as_deref()
            .or_else(|| places.get(&diagnostic.pointer));
        let place = match (location, diagnostic.pointer.steps()) {
            (Some(location), []) => location.to_string(),
            (Some(location), _) => format!("{location}  {}", diagnostic.pointer),
            (None, _) => format!("{}  {}", self.sources.name(), diagnostic.pointer),
        };
        // As wide as the number of the line.
        let line = location.map_or_else(String::new, |location| location.line.to_string());
        let gutter = " ".repeat(line.len().max(2));
        text.push_str(&format!("{gutter}--> {}\n", one_line(&place)));
        if let Some((shown, marks)) = location.and_then(Location::marked) {
            let width = gutter.len();
            text.push_str(&format!("{gutter} |\n{line:>width$} | {shown}\n{gutter} | {marks}\n"));
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("{gutter} = {}\n", one_line(help)));
        }
        text
    }

    /// Adds a diagnostic, unless it is known: a component is looked at for each of its uses.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.location.as_ref().map(ToString::to_string);
        if self
            .told
            .insert((diagnostic.pointer.clone(), diagnostic.message.clone(), place))
        {
            self.list.push(diagnostic);
        }
    }

    /// Whether the work has to stop here.
    pub(crate) fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.render(diagnostic))?;
        }
        Ok(())
    }
}
