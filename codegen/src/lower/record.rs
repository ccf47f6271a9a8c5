//! Objects with named members.

use std::collections::BTreeSet;
use std::sync::Arc;

use openapiv3::{AdditionalProperties, AnySchema};

use super::{Access, KeyList, Kind, Lowering, Schema};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// An object with named members.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    pub properties: Vec<Property>,
    /// Required members that are not among the properties; another part of an `allOf` may have them.
    pub required_elsewhere: Vec<String>,
    /// The kind of the other members, where the document speaks of them.
    pub others: Option<Box<Schema>>,
    /// Keys that only the description lists.
    pub key_list: Option<Arc<KeyList>>,
}

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Property {
    pub name: String,
    pub required: bool,
    pub access: Access,
    pub schema: Schema,
}

impl Lowering<'_> {
    pub(super) fn object(&mut self, any: &AnySchema, at: &Pointer) -> Kind {
        let others = match &any.additional_properties {
            None | Some(AdditionalProperties::Any(false)) => None,
            Some(AdditionalProperties::Any(true)) => Some(Schema::any(at)),
            Some(AdditionalProperties::Schema(schema)) => Some(self.schema(schema, &at.join("additionalProperties"))),
        };
        let mut properties = Vec::new();
        let required: BTreeSet<&String> = any.required.iter().collect();
        for (name, schema) in &any.properties {
            // Inner schemas are complete, even if this object is a part of an `allOf`.
            let at = at.join("properties").join(name);
            properties.push(Property {
                name: name.clone(),
                required: required.contains(name),
                access: self.access(schema, &at),
                schema: self.apart(|lowering| lowering.boxed(schema, &at)),
            });
        }
        let missing = any.required.iter().filter(|name| !any.properties.contains_key(*name));
        let required_elsewhere: Vec<String> = missing.cloned().collect();
        // Without any documented members, servers may send anything.
        if properties.is_empty() && others.is_none() && required_elsewhere.is_empty() {
            return Kind::Any;
        }
        Kind::Object(Object {
            properties,
            required_elsewhere,
            others: others.map(Box::new),
            key_list: None,
        })
    }

    /// Outside an `allOf`, required members have to be among the properties.
    pub(super) fn settled(&mut self, mut kind: Kind, at: &Pointer) -> Kind {
        if let Kind::Object(object) = &mut kind
            && !self.merges()
        {
            for name in std::mem::take(&mut object.required_elsewhere) {
                let message = format!("`{name}` is required, but not among the properties");
                self.ignored(&at.join("required"), message);
            }
            if object.properties.is_empty() {
                return object.others.take().map_or(Kind::Any, Kind::Map);
            }
        }
        kind
    }

    /// Adds a key list to the object with the matching property.
    pub(super) fn attach(
        &mut self,
        list: KeyList,
        object: &mut Object,
        at: &Pointer,
        rest: String,
        description: &mut String,
    ) {
        let holds_text = |property: &Property| matches!(property.schema.kind, Kind::String);
        match object.properties.iter().find(|property| property.name == list.property) {
            Some(property) if holds_text(property) => {
                object.key_list = Some(list.into());
                *description = rest;
            }
            _ => {
                let message = format!(
                    "the description lists keys of `{}`, which is not a string property",
                    list.property
                );
                self.warn(Code::KeyList, &at.join("description"), message, "kept as documentation");
            }
        }
    }
}
