//! The values that a schema lists.

use openapiv3::{SchemaKind, Type};
use serde_json::Value;

/// The strings among them.
pub(super) fn strings(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether null is among the values that are listed.
pub(super) fn takes_null(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.contains(&None),
        SchemaKind::Any(any) => any.enumeration.contains(&Value::Null),
        _ => false,
    }
}

/// Whether null is the only value that is listed.
pub(super) fn only_null(values: &[Value]) -> bool {
    !values.is_empty() && values.iter().all(Value::is_null)
}

/// Whether null is the only value of a schema.
pub(super) fn is_null(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(string)) => {
            !string.enumeration.is_empty() && string.enumeration.iter().all(Option::is_none)
        }
        SchemaKind::Any(any) => only_null(&any.enumeration),
        _ => false,
    }
}

/// Whether a schema is a string that has names for some of its values.
pub(super) fn is_enum(kind: &SchemaKind) -> bool {
    let values = match kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.iter().flatten().cloned().collect(),
        SchemaKind::Any(any) if any.typ.as_deref().is_none_or(|name| name == "string") => strings(&any.enumeration),
        _ => return false,
    };
    !values.is_empty() && !is_blank(&values)
}

/// Whether the empty string is the only value.
pub(super) fn is_blank(values: &[String]) -> bool {
    matches!(values, [value] if value.is_empty())
}

/// The numbers that are listed, as text. They do not become an enum, which would be of little use for numbers.
pub(super) fn numbers(kind: &SchemaKind) -> Option<String> {
    let texts: Vec<String> = match kind {
        SchemaKind::Type(Type::Integer(integer)) => integer
            .enumeration
            .iter()
            .flatten()
            .map(|one| format!("`{one}`"))
            .collect(),
        SchemaKind::Type(Type::Number(number)) => number
            .enumeration
            .iter()
            .flatten()
            .map(|one| format!("`{one}`"))
            .collect(),
        _ => Vec::new(),
    };
    (!texts.is_empty()).then(|| texts.join(", "))
}
