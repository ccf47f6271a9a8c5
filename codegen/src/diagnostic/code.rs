//! The kinds of diagnostics.

use std::fmt;
use std::str::FromStr;

use crate::nearest::nearest;

/// How much a [`Diagnostic`](crate::Diagnostic) matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information; nothing is lost.
    Note,
    /// The module is generated, but does not support everything that the document describes.
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
        /// The kind of a [`Diagnostic`](crate::Diagnostic).
        ///
        /// `cargo codegen explain` explains each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$code,)*];

            /// The default severity, unless a [`Level`](crate::Level) is set.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$code => Severity::$severity,)*
                }
            }

            /// The code as text, as shown in brackets.
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$code => $word,)*
                }
            }

            /// The plural for summaries of several diagnostics in one line.
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
    /// The kind or version of the document is not supported.
    Version = Error "version",
    /// The document violates the OpenAPI Specification.
    OpenApi = Error "openapi",
    /// An overlay violates the Overlay Specification, or an action cannot be applied.
    Overlay = Error "overlay",
    /// An overlay action selects nothing.
    OverlayNoMatch = Error "overlay-no-match" "overlay actions match nothing",
    /// An overlay action adds a component that is defined already, and the two are merged.
    OverlayMerge = Note "overlay-merge" "overlay actions add components that are defined already",
    /// A configured long-running task does not match its schema.
    LongTask = Error "long-task",
    /// The number of diagnostics of a code differs from the allowed number.
    AllowedCount = Error "allowed-count",
    /// A JSON object has a duplicate key, and the last one is used.
    RepeatedKey = Warning "repeated-key" "keys appear twice",
    /// A member uses the syntax of a newer version than the document's.
    NewerSyntax = Warning "newer-syntax" "members use the syntax of a newer version",
    /// A key is not one of OpenAPI, and is ignored: a path, method or status, or a key that is probably misspelled or
    /// misplaced.
    UnknownKey = Warning "unknown-key" "keys are unknown",
    /// A key has no value, and is ignored.
    NoValue = Warning "no-value" "keys have no value",
    /// The target of a reference is not defined.
    DanglingRef = Warning "dangling-ref" "references are undefined",
    /// A component is missing, and the supplements define it differently.
    Ambiguous = Warning "ambiguous" "missing components are defined differently by supplements",
    /// Missing components are taken from a supplement.
    Supplemented = Note "supplemented" "supplements fill in components",
    /// Missing components are taken from a supplement that describes another API.
    OtherApi = Warning "other-api" "supplements of another API fill in components",
    /// A document of Confluence Cloud lacks the path below which its operations are.
    BasePath = Warning "base-path" "documents lack the base path of Confluence Cloud",
    /// An operation uses a security scheme that is not declared.
    UndeclaredSecurity = Warning "undeclared-security" "security schemes are used but not declared",
    /// A path has a variable that is not declared as a parameter, or a path parameter is not in the path.
    UndeclaredVariable = Warning "undeclared-variable" "path variables and path parameters do not match",
    /// Two operations have the same `operationId`.
    DuplicateOperationId = Warning "duplicate-operation-id" "operations have a duplicate operationId",
    /// An operation or a path declares a parameter more than once, and the last one is used.
    DuplicateParameter = Warning "duplicate-parameter" "parameters are declared more than once",
    /// No operation has a tag that [`Config::tags`](crate::Config::tags) names, or no operation is selected at all.
    Selection = Warning "selection" "selections match no operation",
    /// An extension has an unexpected shape, and is ignored.
    Extension = Warning "extension" "extensions have an unexpected shape",
    /// A construct has no equivalent in Rust, and becomes any JSON value, text or bytes.
    Opaque = Warning "opaque" "constructs have no Rust equivalent",
    /// A request body, or a successful response of a GET operation, has no documented content.
    UndocumentedBody = Warning "undocumented-body" "operations have no documented content",
    /// A schema that is marked as a long-running task or a page lacks required members.
    LostShape = Warning "lost-shape" "long-running tasks or pages have lost their shape",
    /// A text contains an invisible character.
    HiddenCharacter = Warning "hidden-character" "texts contain a hidden character",
    /// An example contradicts its schema. `cargo codegen check` checks examples, builds do not.
    Example = Warning "example" "examples contradict their schemas",
    /// The URL of a server is incomplete.
    Server = Note "server" "server URLs are incomplete",
    /// A description lists keys, but no property matches.
    KeyList = Note "key-list" "key lists match no property",
    /// A function or a type has a numeric suffix, as its name is taken.
    TakenName = Note "taken-name" "names are taken",
    /// A part of the document has no effect on the module.
    Ignored = Note "ignored" "parts have no effect on the module",
}

impl Code {
    /// Whether it prevents generation. An overlay action that matches nothing is reported as an error, but succeeds by the
    /// Overlay Specification (1.1, section 4.4.3).
    pub(crate) fn is_fatal(self) -> bool {
        self.severity() == Severity::Error && self != Code::OverlayNoMatch
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Parses a code, as shown in brackets.
///
/// ```
/// use confluence_codegen::Code;
///
/// assert_eq!("dangling-ref".parse(), Ok(Code::DanglingRef));
/// let error = "danglin-ref".parse::<Code>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown diagnostic `danglin-ref`; did you mean `dangling-ref`? (`cargo codegen explain` lists all)"
/// );
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

/// An error for an unknown [`Code`].
///
/// The message suggests a similar one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    word: String,
    meant: Option<&'static str>,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown diagnostic `{}`", self.word)?;
        if let Some(meant) = self.meant {
            write!(f, "; did you mean `{meant}`?")?;
        }
        f.write_str(" (`cargo codegen explain` lists all)")
    }
}

impl std::error::Error for UnknownCode {}
