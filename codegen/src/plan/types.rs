//! Rust types, before they are printed.

use super::Ident;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Unit,
    Bool,
    I32,
    U64,
    I64,
    F32,
    F64,
    String,
    /// A point in time, as text.
    DateTime,
    /// Any JSON value.
    Json,
    /// A file, or a body that is not JSON.
    Upload,
    /// Parts that the document does not name.
    Multipart,
    List(Box<Type>),
    Map(Box<Type>),
    Option(Box<Type>),
    Boxed(Box<Type>),
    Model(Ident),
}

impl Type {
    pub(crate) fn option(self) -> Self {
        Type::Option(Box::new(self))
    }

    /// The models that a value of this type contains without indirection.
    pub(crate) fn direct(&self) -> Option<&Ident> {
        match self {
            Type::Model(name) => Some(name),
            Type::Option(inner) => inner.direct(),
            _ => None,
        }
    }

    /// Every model that is named in this type.
    pub(crate) fn named(&self) -> Option<&Ident> {
        match self {
            Type::Model(name) => Some(name),
            Type::Option(inner) | Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => inner.named(),
            _ => None,
        }
    }

    /// The same with its model on the heap.
    pub(crate) fn boxed(self) -> Self {
        match self {
            Type::Option(inner) => Type::Option(Box::new(inner.boxed())),
            other => Type::Boxed(Box::new(other)),
        }
    }

    /// The same without a box around it.
    pub(crate) fn unboxed(&self) -> &Self {
        match self {
            Type::Boxed(inner) => inner,
            other => other,
        }
    }

    /// Whether the runtime defines a part of this type.
    pub(crate) fn is_of_runtime(&self) -> bool {
        match self {
            Type::DateTime | Type::Json | Type::Upload | Type::Multipart | Type::Map(_) => true,
            Type::List(inner) | Type::Option(inner) | Type::Boxed(inner) => inner.is_of_runtime(),
            _ => false,
        }
    }
}

/// Whether a member has to be there, and how it is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Read as the default where it is absent or null.
    Required,
    /// Written as null where it is `None`.
    RequiredOrNull,
    /// Left out where it is `None`.
    Optional,
    /// Left out where it is `None`, written as null where it is `Some(None)`.
    OptionalOrNull,
    /// Left out where it is `None`; every response has it, and no request.
    ReadOnly,
    /// Read as the default where it is absent or null, as every response leaves it out.
    WriteOnly,
}

impl Presence {
    /// How many `Option`s are around the type of the member.
    pub(crate) fn options(self) -> usize {
        match self {
            Presence::Required | Presence::WriteOnly => 0,
            Presence::RequiredOrNull | Presence::Optional | Presence::ReadOnly => 1,
            Presence::OptionalOrNull => 2,
        }
    }
}

/// How a caller passes a value, as written in generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// As it is.
    Set,
    /// As something that becomes it.
    Into,
    /// By value; it is boxed.
    Boxed,
    /// As the items of a list.
    Each,
    /// As what becomes the items of a list.
    EachInto,
}

impl Given {
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::Each | Self::EachInto)
    }
}
