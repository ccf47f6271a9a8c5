//! `allOf`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use openapiv3::{ReferenceOr, SchemaKind};

use super::schema::component_name;
use super::{Access, Kind, Lowering, Object};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The depth of nested parts from which on the innermost parts are merged first.
const DEEP: usize = 32;

/// The maximum depth of nested parts. Circular parts reach it.
const DEEPEST: usize = 64;

/// The maximum depth of components whose members are merged with others. Components that contain each other reach it.
const DEEPEST_REFINED: usize = 8;

impl Lowering<'_> {
    /// Merges the parts of an `allOf`, and its sibling keywords. Also returns whether all of them allow null.
    pub(super) fn all_of(
        &mut self,
        parts: &[ReferenceOr<openapiv3::Schema>],
        own: Option<Kind>,
        at: &Pointer,
    ) -> (Kind, bool) {
        let own = own.filter(|own| !matches!(own, Kind::Any));
        let at = at.join("allOf");
        // A single part only adds a description.
        if let ([part], None) = (parts, &own) {
            let part = self.schema(part, &at.join(0));
            return (part.kind, part.nullable);
        }
        let nullable = own.is_none() && parts.iter().all(|part| self.is_nullable(part));
        let depth = self.merging;
        self.merging += 1;
        let mut merged = own.unwrap_or(Kind::Any);
        let mut describes_members = has_members(&merged);
        let mut components = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let at = at.join(index);
            let kind = self.expanded(part, &at);
            match reference(part) {
                Some(name) => components.push((name, kind.clone())),
                None => describes_members |= has_members(&kind),
            }
            merged = self.merge(merged, kind, &at);
        }
        self.merging = depth;
        require(&mut merged);
        // The rest only describes the component, or repeats what it says.
        if let [(name, component)] = components.as_slice()
            && !describes_members
            && *component == merged
            && !self.circular.contains(name)
        {
            merged = Kind::Reference(name.clone());
        }
        (merged, nullable)
    }

    /// Whether a part of an `allOf` is being lowered.
    pub(super) fn merges(&self) -> bool {
        self.merging > 0
    }

    /// Lowers a schema that is not a part of an `allOf`.
    pub(super) fn apart<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let depth = std::mem::take(&mut self.merging);
        let result = lower(self);
        self.merging = depth;
        result
    }

    /// A schema; a reference is replaced by its target.
    pub(super) fn expanded(&mut self, part: &ReferenceOr<openapiv3::Schema>, at: &Pointer) -> Kind {
        match self.schema(part, at).kind {
            Kind::Reference(name) => self.component_as_part(name, at),
            kind => kind,
        }
    }

    /// A kind, or that of the component that it refers to.
    pub(super) fn referred<'k>(&mut self, kind: &'k Kind, at: &Pointer) -> Cow<'k, Kind> {
        match kind {
            Kind::Reference(name) => Cow::Owned(self.component_as_part(name.clone(), at)),
            kind => Cow::Borrowed(kind),
        }
    }

    /// The schema of a component; references are replaced by their targets.
    pub(super) fn component_as_part(&mut self, name: String, at: &Pointer) -> Kind {
        if self.merges()
            && let Some(known) = self.parts.get(&name)
        {
            return known.clone();
        }
        let components = self.document.openapi.components.as_ref();
        let Some(schema) = components.and_then(|components| components.schemas.get(&name)) else {
            return Kind::Any;
        };
        if let Some(outer) = self.entered.iter().position(|entered| *entered == name) {
            self.ignored(at, format!("`{name}` is a part of itself"));
            self.uncut = self.uncut.min(outer);
            self.circular.extend(self.entered.iter().skip(outer).cloned());
            return Kind::Any;
        }
        if self.merges() && self.cut.contains(&name) {
            // Its members are in the outermost component already, or will be.
            self.uncut = 0;
            self.circular.extend(self.entered.iter().cloned());
            return Kind::Any;
        }
        if self.entered.len() == DEEPEST {
            let message = format!("the parts are nested more than {DEEPEST} levels deep");
            self.warn(Code::Opaque, at, message, "the rest is used as an opaque JSON value");
            return Kind::Any;
        }
        let is_deep = self.entered.len() == DEEP && self.merges();
        let before = std::mem::replace(&mut self.uncut, usize::MAX);
        let distributing = std::mem::take(&mut self.distributing);
        self.entered.push(name.clone());
        if is_deep {
            for part in self.far_end_first(&name) {
                self.component_as_part(part, at);
            }
        }
        let place = Pointer::root().join("components").join("schemas").join(&name);
        let kind = self.expanded(schema, &place);
        self.entered.pop();
        self.distributing = distributing;
        if self.uncut >= self.entered.len() {
            self.uncut = usize::MAX;
            if self.merges() {
                self.parts.insert(name, kind.clone());
            }
        } else {
            self.cut.insert(name);
        }
        if self.entered.is_empty() {
            self.cut.clear();
        }
        self.uncut = self.uncut.min(before);
        kind
    }

    /// The components that one has as parts, each after its own parts, so that none has to be entered from another. None of them if
    /// they go in circles.
    fn far_end_first(&mut self, name: &str) -> Vec<String> {
        let components = self.document.openapi.components.as_ref();
        let parts = |name: &str| {
            let schema = components.and_then(|components| components.schemas.get(name));
            schema.map(parts_of).unwrap_or_default()
        };
        // Whether all parts of a component are known to be finite.
        let mut ends: BTreeMap<String, bool> = self.entered.iter().map(|name| (name.clone(), false)).collect();
        let mut order = Vec::new();
        let mut way = vec![(name.to_owned(), parts(name))];
        while let Some((_, left)) = way.last_mut() {
            if let Some(part) = left.pop() {
                match ends.get(&part) {
                    _ if self.parts.contains_key(&part) => {}
                    Some(true) => {}
                    None if !self.circular.contains(&part) => {
                        ends.insert(part.clone(), false);
                        let further = parts(&part);
                        way.push((part, further));
                    }
                    _ => {
                        self.circular.extend(way.into_iter().map(|(name, _)| name));
                        return Vec::new();
                    }
                }
            } else if let Some((done, _)) = way.pop() {
                ends.insert(done.clone(), true);
                order.push(done);
            }
        }
        order.pop();
        order
    }

    /// The intersection of two kinds.
    pub(super) fn merge(&mut self, one: Kind, other: Kind, at: &Pointer) -> Kind {
        match (one, other) {
            (Kind::Any | Kind::Undefined, kind) | (kind, Kind::Any | Kind::Undefined) => kind,
            (Kind::Object(one), Kind::Object(other)) => Kind::Object(self.merge_objects(one, other, at)),
            (Kind::Map(values), Kind::Object(mut object)) | (Kind::Object(mut object), Kind::Map(values)) => {
                object.others.get_or_insert(values);
                Kind::Object(object)
            }
            (Kind::String | Kind::DateTime | Kind::Binary, Kind::Enum(values))
            | (Kind::Enum(values), Kind::String | Kind::DateTime | Kind::Binary) => Kind::Enum(values),
            (Kind::String, narrower @ (Kind::DateTime | Kind::Binary))
            | (narrower @ (Kind::DateTime | Kind::Binary), Kind::String) => narrower,
            (Kind::Number(_), Kind::Integer(integer)) | (Kind::Integer(integer), Kind::Number(_)) => {
                Kind::Integer(integer)
            }
            (Kind::Array(mut one), Kind::Array(other)) => {
                let kind = std::mem::replace(&mut one.kind, Kind::Any);
                one.kind = self.merge(kind, other.kind, at);
                one.nullable &= other.nullable;
                Kind::Array(one)
            }
            (Kind::Reference(one), Kind::Reference(other)) if one == other => Kind::Reference(one),
            (Kind::Reference(name), other) if !matches!(other, Kind::Reference(_)) => self.refine(name, other, at),
            (other, Kind::Reference(name)) if !matches!(other, Kind::Reference(_)) => self.refine(name, other, at),
            (Kind::Union(one), Kind::Union(other)) => {
                if one != other {
                    let message = "two parts that are each one of several schemas cannot be merged";
                    self.warn(Code::Opaque, at, message, "only the last of them is used");
                }
                Kind::Union(other)
            }
            (Kind::Union(union), other) | (other, Kind::Union(union)) => self.distributed(other, union, at),
            (one, other) if std::mem::discriminant(&one) == std::mem::discriminant(&other) => other,
            _ => {
                let message = "the parts contradict each other";
                self.warn(Code::Opaque, at, message, "used as an opaque JSON value");
                Kind::Any
            }
        }
    }

    /// The intersection of a component and another kind: the component itself, if the other adds nothing.
    fn refine(&mut self, name: String, other: Kind, at: &Pointer) -> Kind {
        if self.refining == DEEPEST_REFINED {
            let message = format!("the members to merge are nested more than {DEEPEST_REFINED} components deep");
            self.warn(Code::Opaque, at, message, format!("used as `{name}`"));
            return Kind::Reference(name);
        }
        let component = self.component_as_part(name.clone(), at);
        self.refining += 1;
        let mut merged = self.merge(component.clone(), other, at);
        self.refining -= 1;
        if merged == component {
            return Kind::Reference(name);
        }
        require(&mut merged);
        self.apart(|lowering| lowering.settled(merged))
    }

    fn merge_objects(&mut self, mut one: Object, other: Object, at: &Pointer) -> Object {
        let places = one.properties.iter().enumerate();
        let mut places: BTreeMap<String, usize> = places.map(|(place, known)| (known.name.clone(), place)).collect();
        for property in other.properties {
            let place = places.get(&property.name).copied();
            match place.and_then(|place| one.properties.get_mut(place)) {
                None => {
                    places.insert(property.name.clone(), one.properties.len());
                    one.properties.push(property);
                }
                Some(known) => {
                    known.required |= property.required;
                    if known.access == Access::Both {
                        known.access = property.access;
                    }
                    let before = std::mem::replace(&mut known.schema.kind, Kind::Any);
                    let place = property.schema.pointer.clone();
                    if let (Kind::Reference(one), Kind::Reference(other)) = (&before, &property.schema.kind)
                        && one != other
                    {
                        self.ignored(&place, format!("`{}` was already defined as `{one}`", property.name));
                        known.schema.kind = property.schema.kind;
                    } else {
                        known.schema.kind = self.merge(before, property.schema.kind, &place);
                    }
                    if !property.schema.description.is_empty() {
                        known.schema.description = property.schema.description;
                    }
                    known.schema.nullable &= property.schema.nullable;
                }
            }
        }
        one.required_elsewhere.extend(other.required_elsewhere);
        match (&one.others, other.others) {
            (Some(_), Some(_)) => {
                self.ignored(at, "the `additionalProperties` of the first part are used");
            }
            (None, others) => one.others = others,
            (Some(_), None) => {}
        }
        one.key_list = one.key_list.or(other.key_list);
        one
    }
}

/// Makes the members required that only another part requires.
pub(super) fn require(kind: &mut Kind) {
    let Kind::Object(object) = kind else { return };
    for (name, list) in std::mem::take(&mut object.required_elsewhere) {
        match object.properties.iter_mut().find(|property| property.name == name) {
            Some(property) => property.required = true,
            None => object.required_elsewhere.push((name, list)),
        }
    }
}

fn has_members(kind: &Kind) -> bool {
    matches!(kind, Kind::Object(object) if !object.properties.is_empty())
}

/// The component that a part refers to.
fn reference(part: &ReferenceOr<openapiv3::Schema>) -> Option<String> {
    match part {
        ReferenceOr::Reference { reference } => component_name(reference),
        ReferenceOr::Item(_) => None,
    }
}

/// The components that a schema refers to, directly or as parts of an `allOf`.
fn parts_of(schema: &ReferenceOr<openapiv3::Schema>) -> Vec<String> {
    let parts = match schema {
        ReferenceOr::Reference { reference } => return component_name(reference).into_iter().collect(),
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => all_of,
            SchemaKind::Any(any) => &any.all_of,
            _ => return Vec::new(),
        },
    };
    parts.iter().flat_map(parts_of).collect()
}
