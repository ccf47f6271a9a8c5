//! `oneOf` and `anyOf`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use openapiv3::ReferenceOr;

use super::schema::component_name;
use super::{Kind, Lowering, Schema};
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
    /// The kinds of a `oneOf` or `anyOf`. What can be anything does not tell apart and is left to the unknown rest.
    pub(super) fn union(
        &mut self,
        parts: &[ReferenceOr<openapiv3::Schema>],
        discriminator: Option<&openapiv3::Discriminator>,
        at: &Pointer,
    ) -> Kind {
        let mut variants: Vec<Schema> = Vec::new();
        let (mut referred, mut plain_kinds) = (BTreeSet::new(), HashSet::new());
        for (index, part) in parts.iter().enumerate() {
            let schema = self.apart(|lowering| lowering.schema(part, &at.join(index)));
            let is_known = match &schema.kind {
                Kind::Any | Kind::Undefined => true,
                Kind::Reference(name) => !referred.insert(name.clone()),
                Kind::Object(_) | Kind::Enum(_) | Kind::Array(_) | Kind::Map(_) | Kind::Union(_) => false,
                plain => !plain_kinds.insert(std::mem::discriminant(plain)),
            };
            if !is_known {
                variants.push(schema);
            }
        }
        if variants.len() < parts.len() && variants.len() == 1 && parts.len() > 1 {
            // Other values are allowed, too.
            return Kind::Any;
        }
        match variants.len() {
            0 => Kind::Any,
            1 => variants.remove(0).kind,
            _ => Kind::Union(Union {
                variants,
                discriminator: discriminator.map(Discriminator::new),
            }),
        }
    }
}
