//! Objects with named members.

use std::collections::BTreeSet;
use std::sync::Arc;

use openapiv3::{AdditionalProperties, AnySchema};

use super::{Access, KeyList, Kind, Lowering, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// An object with named members.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object {
    pub properties: Vec<Property>,
    /// Required members that are not among the properties, each with the item of the list that names it; another part of an `allOf` may have
    /// them.
    pub required_elsewhere: Vec<(String, Pointer)>,
    /// The kind of the other members, where the document speaks of them.
    pub others: Option<Box<Schema>>,
    /// Keys that only the description lists.
    pub key_list: Option<(Arc<KeyList>, Pointer)>,
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
        let named = any.required.iter().enumerate();
        let missing = named.filter(|(_, name)| !any.properties.contains_key(*name));
        let place = |index: usize| at.join("required").join(index);
        let required_elsewhere: Vec<_> = missing.map(|(index, name)| (name.clone(), place(index))).collect();
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

    /// A kind with which nothing more is merged: required members have to be among the properties.
    pub(super) fn settled(&mut self, mut kind: Kind) -> Kind {
        if self.merges() {
            return kind;
        }
        match &mut kind {
            Kind::Object(object) => {
                for (name, place) in std::mem::take(&mut object.required_elsewhere) {
                    let message = format!("`{name}` is required, but not among the properties");
                    let told = Diagnostic::new(Code::Ignored, &place, message);
                    let others = object.properties.iter().filter(|property| !property.required);
                    let meant = nearest(&name, others.map(|property| property.name.as_str()));
                    self.diagnostics.push(match meant {
                        Some(meant) => told.help(format!("did you mean `{meant}`?")),
                        None => told,
                    });
                }
                match object.properties.is_empty() {
                    true => object.others.take().map_or(Kind::Any, Kind::Map),
                    false => kind,
                }
            }
            Kind::Union(union) => {
                let union = std::mem::take(union);
                self.settled_union(union)
            }
            _ => kind,
        }
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
                object.key_list = Some((list.into(), at.join("description")));
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
