//! `oneOf` and `anyOf`.

use std::collections::BTreeMap;

use openapiv3::ReferenceOr;

use super::enumeration::{is_null, takes_null};
use super::schema::component_name;
use super::{Kind, Lowering, Schema};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// One of several kinds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    pub variants: Vec<Schema>,
    pub discriminator: Option<Discriminator>,
}

/// What determines the variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Discriminator {
    pub property: String,
    /// For each component, the values of the property that mean it.
    pub values: BTreeMap<String, Vec<String>>,
}

impl Discriminator {
    fn new(discriminator: &openapiv3::Discriminator) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (value, reference) in &discriminator.mapping {
            let component = component_name(reference);
            let component = component.unwrap_or_else(|| reference.rsplit('/').next().unwrap_or_default().to_owned());
            values.entry(component).or_default().push(value.clone());
        }
        Self {
            property: discriminator.property_name.clone(),
            values,
        }
    }
}

impl Lowering<'_> {
    /// The kinds of a `oneOf` or `anyOf`, and whether one of them is null. What can be anything does not tell apart and is left to the
    /// unknown rest.
    pub(super) fn union(
        &mut self,
        parts: &[ReferenceOr<openapiv3::Schema>],
        discriminator: Option<&openapiv3::Discriminator>,
        at: &Pointer,
    ) -> (Kind, bool) {
        let mut variants: Vec<Schema> = Vec::new();
        let (mut nullable, mut others) = (false, false);
        for (index, part) in parts.iter().enumerate() {
            if self.is_null(part) {
                nullable = true;
                continue;
            }
            let mut schema = self.apart(|lowering| lowering.schema(part, &at.join(index)));
            nullable |= std::mem::take(&mut schema.nullable);
            match &schema.kind {
                Kind::Any | Kind::Undefined => others = true,
                kind if variants.iter_mut().any(|known| covers(&mut known.kind, kind)) => {}
                _ => variants.push(schema),
            }
        }
        self.check_mapping(discriminator, at);
        let kind = match variants.len() {
            0 => Kind::Any,
            // Other values are allowed, too.
            1 if others => Kind::Any,
            1 => variants.remove(0).kind,
            _ => {
                nullable |= variants.iter().any(|variant| self.is_nullable_component(&variant.kind));
                Kind::Union(Union {
                    variants,
                    discriminator: discriminator.map(Discriminator::new),
                })
            }
        };
        (kind, nullable)
    }

    /// Warns of values of a discriminator that stand for no component.
    fn check_mapping(&mut self, discriminator: Option<&openapiv3::Discriminator>, at: &Pointer) {
        let at = at.parent().unwrap_or_else(Pointer::root);
        for (value, reference) in discriminator.into_iter().flat_map(|one| &one.mapping) {
            // A mapping may also have the name of a component (OpenAPI 3.0, section 4.7.25).
            let name = component_name(reference).unwrap_or_else(|| reference.clone());
            if self.defined(&name).is_none() {
                let place = at.join("discriminator").join("mapping").join(value);
                let (message, help) = match reference.contains(['#', '/']) {
                    true => self.unfollowed(reference),
                    false => None,
                }
                .unwrap_or_else(|| {
                    let message = format!("`{value}` stands for `{reference}`, which is not defined");
                    (message, self.way_out(reference, "schemas"))
                });
                self.warn(
                    Code::DanglingRef,
                    &place,
                    message,
                    format!("the value has no variant; {help}"),
                );
            }
        }
    }

    /// Whether null is the only value of a schema.
    fn is_null(&self, part: &ReferenceOr<openapiv3::Schema>) -> bool {
        let schema = self.resolved(part);
        schema.is_some_and(|schema| is_null(&schema.schema_kind))
    }

    /// Whether null is one of the values of a schema.
    pub(super) fn is_nullable(&self, part: &ReferenceOr<openapiv3::Schema>) -> bool {
        let schema = self.resolved(part);
        schema.is_some_and(|schema| schema.schema_data.nullable || takes_null(&schema.schema_kind))
    }

    fn is_nullable_component(&self, kind: &Kind) -> bool {
        let Kind::Reference(name) = kind else { return false };
        self.defined(name).is_some_and(|schema| self.is_nullable(schema))
    }

    /// A schema, or the component that a reference leads to.
    fn resolved<'s>(&'s self, part: &'s ReferenceOr<openapiv3::Schema>) -> Option<&'s openapiv3::Schema> {
        match part {
            ReferenceOr::Reference { reference } => self.defined(&component_name(reference)?)?.as_item(),
            ReferenceOr::Item(schema) => Some(schema),
        }
    }
}

/// Whether the values of a kind are those of one that is known already, which is widened where that is enough.
fn covers(known: &mut Kind, kind: &Kind) -> bool {
    match (known, kind) {
        (Kind::Reference(known), Kind::Reference(name)) => known == name,
        (Kind::Integer(known), Kind::Integer(other)) => {
            *known = (*known).max(*other);
            true
        }
        (Kind::Number(known), Kind::Number(other)) => {
            *known = (*known).max(*other);
            true
        }
        (Kind::Boolean, Kind::Boolean)
        | (Kind::String, Kind::String)
        | (Kind::DateTime, Kind::DateTime)
        | (Kind::Binary, Kind::Binary) => true,
        _ => false,
    }
}
