//! `oneOf` and `anyOf`.

use std::collections::BTreeMap;

use openapiv3::ReferenceOr;

use super::enumeration::{is_blank, is_enum, is_null, takes_null};
use super::schema::component_name;
use super::{Kind, Lowering, Schema};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// One of several kinds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Union {
    pub variants: Vec<Variant>,
    pub discriminator: Option<Discriminator>,
}

/// One of the kinds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Variant {
    pub schema: Schema,
    /// The component that the document refers to. The schema differs from it if members stand beside the union.
    pub component: Option<String>,
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
    /// The kinds of a `oneOf` or `anyOf`, and whether one of them is null.
    pub(super) fn union(
        &mut self,
        parts: &[ReferenceOr<openapiv3::Schema>],
        discriminator: Option<&openapiv3::Discriminator>,
        at: &Pointer,
    ) -> (Kind, bool) {
        let mut variants: Vec<Variant> = Vec::new();
        let mut nullable = false;
        for (index, part) in parts.iter().enumerate() {
            if self.is_null(part) {
                nullable = true;
                continue;
            }
            let mut schema = self.schema(part, &at.join(index));
            nullable |= std::mem::take(&mut schema.nullable);
            let component = match &schema.kind {
                Kind::Reference(name) => Some(name.clone()),
                _ => None,
            };
            add(&mut variants, Variant { schema, component });
        }
        self.check_mapping(discriminator, at);
        if variants.len() > 1 {
            nullable |= variants
                .iter()
                .any(|variant| self.is_nullable_component(&variant.schema.kind));
        }
        let discriminator = discriminator.map(Discriminator::new);
        (self.one_of(variants, discriminator), nullable)
    }

    /// A union with which nothing more is merged. What can be anything does not tell apart and is left to the unknown rest.
    pub(super) fn settled_union(&mut self, union: Union) -> Kind {
        let mut variants = Vec::new();
        let mut others = false;
        for mut variant in union.variants {
            let kind = std::mem::replace(&mut variant.schema.kind, Kind::Any);
            variant.schema.kind = self.settled(kind);
            match &variant.schema.kind {
                Kind::Any | Kind::Undefined => others = true,
                _ => add(&mut variants, variant),
            }
        }
        if variants.len() == 1 && others {
            // Other values are allowed, too.
            return Kind::Any;
        }
        self.one_of(variants, union.discriminator)
    }

    /// The kind of which the variants are.
    pub(super) fn one_of(&self, mut variants: Vec<Variant>, discriminator: Option<Discriminator>) -> Kind {
        if variants.iter().any(|variant| self.names_values(&variant.schema.kind)) {
            // Enums are open: they keep strings that they do not list.
            variants.retain(|variant| variant.schema.kind != Kind::String);
        }
        match variants.len() {
            0 => Kind::Any,
            1 => variants.remove(0).schema.kind,
            _ => Kind::Union(Union {
                variants,
                discriminator,
            }),
        }
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
                    true => self.unfollowed(reference, "schemas"),
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

    /// Whether a kind is an enum, or the component that is one.
    fn names_values(&self, kind: &Kind) -> bool {
        let schema = match kind {
            Kind::Enum(_) => return true,
            Kind::Reference(name) => self.defined(name).and_then(ReferenceOr::as_item),
            _ => None,
        };
        schema.is_some_and(|schema| is_enum(&schema.schema_kind))
    }
}

/// Adds a variant, unless the values of another one include its own. It comes before those that would take its values first.
pub(super) fn add(variants: &mut Vec<Variant>, variant: Variant) {
    let kind = &variant.schema.kind;
    if variants.iter_mut().any(|known| covers(&mut known.schema.kind, kind)) {
        return;
    }
    let takes = |known: &Variant| {
        matches!(
            (&known.schema.kind, kind),
            (Kind::Number(_), Kind::Integer(_)) | (Kind::DateTime, Kind::Enum(_))
        )
    };
    let place = variants.iter().position(takes).unwrap_or(variants.len());
    variants.insert(place, variant);
}

/// Whether the values of a kind are those of one that is known already, which is widened where that is enough.
fn covers(known: &mut Kind, kind: &Kind) -> bool {
    match (&mut *known, kind) {
        (Kind::Integer(known), Kind::Integer(other)) => *known = (*known).max(*other),
        (Kind::Number(known), Kind::Number(other)) => *known = (*known).max(*other),
        // That a string may be empty says nothing new.
        (Kind::String, Kind::Enum(values)) if is_blank(values) => {}
        (Kind::Enum(values), Kind::String) if is_blank(values) => *known = Kind::String,
        // Enums are open, so they take any string.
        (Kind::Enum(known), Kind::Enum(others)) => {
            let new: Vec<String> = others.iter().filter(|value| !known.contains(value)).cloned().collect();
            known.extend(new);
        }
        (Kind::Enum(_), Kind::String) | (Kind::String, Kind::DateTime) => {}
        // A date and time that is none would be of little use.
        (Kind::String, Kind::Enum(_)) | (Kind::DateTime, Kind::String) => *known = kind.clone(),
        (known, kind) => return known == kind,
    }
    true
}
