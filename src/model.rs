//! What a schema requires, kept beside the types so that lenient decoding stays honest.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// A type that stands for a schema of a document.
///
/// Generated models implement it; so do the types that their fields are made of.
pub trait Model {
    /// What the schema says about members.
    fn shape() -> Shape;
}

/// What a schema says about the members of a value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Nothing that could be checked.
    Any,
    /// An object with these members, and whether others are allowed by name.
    Object(&'static [Member], Others),
    /// An array of values of one shape.
    Array(fn() -> Shape),
    /// An object whose values are all of one shape.
    Map(fn() -> Shape),
}

/// Whether an object's schema speaks of members beyond the named ones (`additionalProperties`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// It does not, so another member is news.
    Undocumented,
    /// It does.
    Documented,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    presence: Presence,
    shape: fn() -> Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Required,
    RequiredOrNull,
    Optional,
}

impl Member {
    /// A member that must be there and must not be null.
    pub const fn required<T: Model>(name: &'static str) -> Self {
        Self {
            name,
            presence: Presence::Required,
            shape: T::shape,
        }
    }

    /// A member that must be there and may be null.
    pub const fn nullable<T: Model>(name: &'static str) -> Self {
        Self {
            name,
            presence: Presence::RequiredOrNull,
            shape: T::shape,
        }
    }

    /// A member that may be absent.
    pub const fn optional<T: Model>(name: &'static str) -> Self {
        Self {
            name,
            presence: Presence::Optional,
            shape: T::shape,
        }
    }
}

/// Where a body departs from the document. Places are JSON Pointers (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Required members that were absent, or null without being allowed to.
    pub missing: Vec<String>,
    /// Members that the document does not name.
    pub unknown: Vec<String>,
}

impl Drift {
    /// Compares a body with what the schema of `T` says. A body that is not JSON has no drift.
    pub fn of<T: Model>(body: &[u8]) -> Self {
        serde_json::from_slice(body)
            .map(|value| Self::between::<T>(&value))
            .unwrap_or_default()
    }

    /// Compares a value with what the schema of `T` says.
    pub(crate) fn between<T: Model>(value: &Value) -> Self {
        let mut drift = Self::default();
        drift.compare(value, T::shape(), &mut String::new());
        drift
    }

    /// Whether the body is what the document says, as far as members go.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.unknown.is_empty()
    }

    fn compare(&mut self, value: &Value, shape: Shape, at: &mut String) {
        match (shape, value) {
            (Shape::Object(members, others), Value::Object(object)) => {
                for member in members {
                    let found = object.get(member.name);
                    let absent = match member.presence {
                        Presence::Required => matches!(found, None | Some(Value::Null)),
                        Presence::RequiredOrNull => found.is_none(),
                        Presence::Optional => false,
                    };
                    let inner = member.shape;
                    step(at, member.name, |at| {
                        if absent {
                            self.missing.push(at.clone());
                        } else if let Some(found) = found {
                            self.compare(found, inner(), at);
                        }
                    });
                }
                if others == Others::Undocumented {
                    for name in object
                        .keys()
                        .filter(|name| !members.iter().any(|member| member.name == *name))
                    {
                        step(at, name, |at| self.unknown.push(at.clone()));
                    }
                }
            }
            (Shape::Array(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    step(at, &index.to_string(), |at| self.compare(item, inner(), at));
                }
            }
            (Shape::Map(inner), Value::Object(object)) => {
                for (name, item) in object {
                    step(at, name, |at| self.compare(item, inner(), at));
                }
            }
            _ => {}
        }
    }
}

/// Visits a place below another one.
fn step(at: &mut String, name: &str, visit: impl FnOnce(&mut String)) {
    let length = at.len();
    at.push('/');
    at.push_str(&name.replace('~', "~0").replace('/', "~1"));
    visit(at);
    at.truncate(length);
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (what, places) in [("missing", &self.missing), ("unknown", &self.unknown)] {
            if !places.is_empty() {
                write!(f, "{separator}{what}: {}", places.join(", "))?;
                separator = "; ";
            }
        }
        Ok(())
    }
}

macro_rules! opaque {
    ($($type:ty),*) => {
        $(impl Model for $type {
            fn shape() -> Shape {
                Shape::Any
            }
        })*
    };
}

opaque!((), bool, i32, i64, f32, f64, String, Value, bytes::Bytes);

impl<T: Model> Model for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Model> Model for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Model> Model for Vec<T> {
    fn shape() -> Shape {
        Shape::Array(T::shape)
    }
}

impl<T: Model> Model for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}
