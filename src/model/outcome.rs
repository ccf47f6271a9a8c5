//! What became of a value that was read.

/// What became of a value that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// It is what the document describes.
    Done,
    /// It is written in another way than the document describes, and nothing of it is lost.
    Converted,
    /// It is null, and null is not a value of the type.
    Null,
    /// It is of another type.
    Mismatched(Found),
    /// The text is not JSON; the reader has the error.
    Broken,
}

impl Outcome {
    /// Whether there is a value.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Done | Self::Converted)
    }
}

/// The type of a value that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Found {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Found {
    /// The type as messages name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}
