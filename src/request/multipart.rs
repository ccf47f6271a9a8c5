//! Multipart bodies.

use reqwest::multipart::{Form, Part};

use crate::request::sending::Sending;
use crate::request::upload::Upload;
use crate::response::error::{Error, Kind};

/// The parts of a `multipart/form-data` body, in their order (RFC 7578).
///
/// Generated requests create their own. It is created by hand only if a document does not name the parts.
///
/// ```
/// use confluence_rest::{Multipart, Upload};
///
/// let body = Multipart::new()
///     .part("file", Upload::file("first.png"))
///     .part("file", Upload::file("second.png"))
///     .part("comment", "Two pictures");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Upload)>,
}

impl Multipart {
    /// Creates a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    ///
    /// Several parts may have the same name.
    pub fn part(mut self, name: impl Into<String>, content: impl Into<Upload>) -> Self {
        self.parts.push((name.into(), content.into()));
        self
    }

    /// Returns the parts with their names.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &Upload)> {
        self.parts.iter().map(|(name, content)| (name.as_str(), content))
    }

    pub(crate) async fn open(&self, sending: &Sending) -> Result<Form, Error> {
        // Names stand in quotes as they are, as browsers send them; servers do not read RFC 5987 here (RFC 7578, section 4.2).
        let mut form = Form::new().percent_encode_noop();
        for (name, content) in &self.parts {
            let (body, length) = content.open(sending).await?;
            let mut part = match length {
                Some(length) => Part::stream_with_length(body, length),
                None => Part::stream(body),
            };
            if let Some(file_name) = content.name() {
                part = part.file_name(quotable(file_name));
            }
            if let Some(media_type) = content.media(None) {
                let unusable = |_| {
                    Kind::Request(format!(
                        "the media type `{media_type}` of the part `{name}` cannot be read"
                    ))
                };
                part = part.mime_str(&media_type).map_err(unusable)?;
            }
            form = form.part(quotable(name), part);
        }
        Ok(form)
    }
}

/// A name without what would end its quotes or its line, as the WHATWG's rules for forms have it, and without what no line of a header
/// holds (RFC 9110, section 5.5).
fn quotable(name: &str) -> String {
    let mut quotable = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '"' || c.is_ascii_control() {
            quotable.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            quotable.push(c);
        }
    }
    quotable
}
