//! Schemas of one type.

use openapiv3::{AnySchema, IntegerFormat, NumberFormat, StringFormat, Type, VariantOrUnknownOrEmpty as Format};
use serde_json::Value;

use super::enumeration::{only_null, strings};
use super::schema::{Float, Integer};
use super::{Kind, Lowering, Schema};
use crate::diagnostic::Code;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// The types that a schema can name.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

impl Lowering<'_> {
    /// A schema that is parsed as one of its type.
    pub(super) fn of_type(&mut self, ty: &Type, at: &Pointer) -> Kind {
        self.typed(&plain(ty), at)
    }

    /// A schema by its `type`, or by its other keywords if it has none.
    pub(super) fn typed(&mut self, any: &AnySchema, at: &Pointer) -> Kind {
        let by_content = match () {
            () if !any.properties.is_empty() || any.additional_properties.is_some() => "object",
            () if any.items.is_some() => "array",
            () if any.enumeration.iter().any(Value::is_string)
                && any.enumeration.iter().all(|value| value.is_string() || value.is_null()) =>
            {
                "string"
            }
            () if !any.required.is_empty() => "object",
            () => "",
        };
        match any.typ.as_deref().unwrap_or(by_content) {
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer(match any.format.as_deref() {
                Some("int32") => Integer::I32,
                Some("uint64") => Integer::U64,
                _ => Integer::I64,
            }),
            "number" => Kind::Number(match any.format.as_deref() {
                Some("float") => Float::F32,
                _ => Float::F64,
            }),
            "string" if only_null(&any.enumeration) => Kind::Any,
            "string" => match strings(&any.enumeration) {
                values if values.is_empty() => match any.format.as_deref() {
                    Some("date-time") => Kind::DateTime,
                    Some("binary") => Kind::Binary,
                    _ => Kind::String,
                },
                values => Kind::Enum(values),
            },
            "array" => {
                let mut items = match &any.items {
                    Some(items) => self.boxed(items, &at.join("items")),
                    None => Schema::any(at),
                };
                // Some documents list the values of the items beside them.
                let values = strings(&any.enumeration);
                if matches!(items.kind, Kind::String) && !values.is_empty() {
                    items.kind = Kind::Enum(values);
                }
                Kind::Array(Box::new(items))
            }
            "object" => self.object(any, at),
            "" => Kind::Any,
            other => {
                let message = format!("`{other}` is not an OpenAPI type");
                let mut help = "used as an opaque JSON value".to_owned();
                let begun = TYPES
                    .into_iter()
                    .find(|name| other.len() > 2 && name.starts_with(other));
                if let Some(meant) = begun.or_else(|| nearest(other, TYPES)) {
                    help.push_str(&format!("; did you mean `{meant}`?"));
                }
                self.warn(Code::Opaque, &at.join("type"), message, help);
                Kind::Any
            }
        }
    }
}

/// A schema with a `type` as one of any kind.
fn plain(ty: &Type) -> AnySchema {
    let mut any = AnySchema::default();
    let typ = match ty {
        Type::String(string) => {
            any.enumeration = string
                .enumeration
                .iter()
                .map(|value| value.clone().map_or(Value::Null, Value::String))
                .collect();
            any.format = match &string.format {
                Format::Item(StringFormat::DateTime) => Some("date-time".to_owned()),
                Format::Item(StringFormat::Binary) => Some("binary".to_owned()),
                _ => None,
            };
            "string"
        }
        Type::Integer(integer) => {
            any.format = match &integer.format {
                Format::Item(IntegerFormat::Int32) => Some("int32".to_owned()),
                Format::Unknown(format) => Some(format.clone()),
                _ => None,
            };
            "integer"
        }
        Type::Number(number) => {
            any.format = matches!(number.format, Format::Item(NumberFormat::Float)).then(|| "float".to_owned());
            "number"
        }
        Type::Boolean(_) => "boolean",
        Type::Array(array) => {
            any.items = array.items.clone();
            "array"
        }
        Type::Object(object) => {
            any.properties = object.properties.clone();
            any.required = object.required.clone();
            any.additional_properties = object.additional_properties.clone();
            "object"
        }
    };
    any.typ = Some(typ.to_owned());
    any
}
