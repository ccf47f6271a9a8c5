//! Media types: what kind of value each is of.

/// Whether a media type is JSON (RFC 6839, section 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type leaves the choice. Of a value with a schema, Confluence speaks JSON; what has none is a file.
pub(crate) fn is_any(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

/// Whether a media type is text that ends. Events are sent for as long as there are any.
pub(crate) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/") && essence != "text/event-stream"
}

pub(crate) fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}

/// Whether a body has parts that are distinguished by name; other kinds of multipart go by order.
pub(crate) fn is_multipart(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

/// Whether a value of this media type is neither text nor a value of a known form. `image/*` is such a media type, `application/*` may
/// be anything.
pub(crate) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type);
    let is_xml = essence == "application/xml" || essence.ends_with("+xml");
    !is_xml && !is_json(&essence) && !is_text(&essence) && !is_form(&essence) && !is_any(&essence)
}

/// A media type without its parameters, in lower case, as the case has no meaning (RFC 9110, section 8.3.1).
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
