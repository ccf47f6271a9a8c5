//! The version of OpenAPI that a document is written in.

/// A minor version that is read.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// The minor version of one such as 3.0.3, if it is read.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (minor, version) = [("3.0", Self::V3_0), ("3.1", Self::V3_1), ("3.2", Self::V3_2)]
            .into_iter()
            .find(|(minor, _)| text.starts_with(minor))?;
        let patch = text.strip_prefix(minor)?;
        (patch.is_empty() || patch.starts_with('.')).then_some(version)
    }
}
