//! The kinds of diagnostics.

use std::fmt;
use std::str::FromStr;

use crate::nearest::nearest;

/// How much a [`Diagnostic`](crate::Diagnostic) matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost; good to know.
    Note,
    /// The module is generated, but is less than the document's author meant.
    Warning,
    /// No module is generated.
    Error,
}

impl Severity {
    /// The severity as a word: `note`, `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $severity:ident $word:literal $($many:literal)?,)*) => {
        /// What a [`Diagnostic`](crate::Diagnostic) is about, as a word. `cargo codegen explain` says more about each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$code,)*];

            /// How much it matters, unless a [`Level`](crate::Level) says otherwise.
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

            /// What there are several of, where several are told in one line.
            pub(crate) fn several(self) -> &'static str {
                match self {
                    $(Code::$code => concat!($($many)?),)*
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
    OverlayNoMatch = Error "overlay-no-match" "overlay actions match nothing",
    /// What the build says of a long-running task does not go with its schema.
    LongTask = Error "long-task",
    /// A code is not found as often as it is allowed.
    AllowedCount = Error "allowed-count",
    /// A JSON object has a key twice, and the last one is used.
    RepeatedKey = Warning "repeated-key" "keys are there twice",
    /// Something is written as in a newer version than the document's.
    NewerSyntax = Warning "newer-syntax" "members are written as in a newer version",
    /// A reference leads nowhere.
    DanglingRef = Warning "dangling-ref" "references lead nowhere",
    /// A component is missing, and the supplements disagree on it.
    Ambiguous = Warning "ambiguous" "components are missing that supplements define differently",
    /// Components are missing, and a supplement has them.
    Supplemented = Note "supplemented" "supplements fill in components",
    /// A security scheme is needed that is not declared.
    UndeclaredSecurity = Warning "undeclared-security" "security schemes are needed and not declared",
    /// The path template has a variable without a parameter.
    UndeclaredVariable = Warning "undeclared-variable" "variables of paths have no parameter",
    /// Two operations have one `operationId`.
    DuplicateOperationId = Warning "duplicate-operation-id" "operations have the id of another one",
    /// A narrative document, a scope list or another extension is not of its known shape.
    Extension = Warning "extension" "extensions are not of their known shape",
    /// A construct has no Rust form yet and is handed over as it is.
    Opaque = Warning "opaque" "constructs have no Rust form",
    /// A success has no documented content, and is of a kind that has one.
    UndocumentedBody = Warning "undocumented-body" "operations have no documented content",
    /// What is named a long-running task or a page has not the shape of one.
    LostShape = Warning "lost-shape" "long-running tasks or pages have lost their shape",
    /// A text has a character that does not show.
    HiddenCharacter = Warning "hidden-character" "texts have a hidden character",
    /// An example contradicts its schema. Builds do not look at examples, `cargo codegen check` does.
    Example = Warning "example" "examples contradict their schemas",
    /// A server URL cannot be called as it stands.
    Server = Note "server" "server URLs cannot be called as they stand",
    /// A key list stands in prose, but no property goes with it.
    KeyList = Note "key-list" "key lists go with no property",
    /// Something in the document has no effect on the module.
    Ignored = Note "ignored" "parts have no effect on the module",
}

impl Code {
    /// Whether no module can be generated where it is found. An overlay action that matches nothing is told as an error, but
    /// succeeds by the Overlay Specification (1.1, section 4.4.3).
    pub(crate) fn is_fatal(self) -> bool {
        self.severity() == Severity::Error && self != Code::OverlayNoMatch
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Reads the word in brackets.
///
/// ```
/// use confluence_codegen::Code;
///
/// assert_eq!("dangling-ref".parse(), Ok(Code::DanglingRef));
/// let error = "dangling-reference".parse::<Code>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no diagnostic `dangling-reference`");
/// let error = "danglin-ref".parse::<Code>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no diagnostic `danglin-ref`; `dangling-ref` is probably meant");
/// ```
impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(word: &str) -> Result<Self, UnknownCode> {
        let found = Code::ALL.iter().find(|code| code.word() == word);
        found.copied().ok_or_else(|| UnknownCode {
            word: word.to_owned(),
            meant: nearest(word, Code::ALL.iter().map(|code| code.word())),
        })
    }
}

/// A word is not that of a [`Code`]. Its text names the nearest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    word: String,
    meant: Option<&'static str>,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no diagnostic `{}`", self.word)?;
        match self.meant {
            Some(meant) => write!(f, "; `{meant}` is probably meant"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownCode {}
