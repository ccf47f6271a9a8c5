//! The models of a module, as data.

use super::{Docs, Given, Ident, Presence, Type};
use crate::lower::Access;
use crate::pointer::Pointer;

/// A type of the module `model`.
#[derive(Debug)]
pub(crate) struct Model {
    pub ident: Ident,
    pub docs: Docs,
    pub shape: Shape,
    pub pointer: Pointer,
}

impl Model {
    /// The members, if it is a struct.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        let structure = match &self.shape {
            Shape::Struct(structure) => Some(structure),
            _ => None,
        };
        structure.into_iter().flat_map(|structure| &structure.fields)
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Box<Struct>),
    Enum {
        variants: Vec<EnumVariant>,
    },
    Union {
        /// The property that determines the variant.
        discriminator: Option<String>,
        variants: Vec<UnionVariant>,
    },
    Alias(Type),
    /// The type of the same name in another module.
    Shared(Ident),
}

/// One of the values of an open enum.
#[derive(Debug)]
pub(crate) struct EnumVariant {
    pub ident: Ident,
    pub value: String,
    pub docs: Docs,
    /// The description in the document; may be empty.
    pub meaning: String,
}

/// One of the kinds of a union.
#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub ident: Ident,
    pub docs: Docs,
    pub ty: Type,
    /// The type that converts into it.
    pub from: Option<Type>,
    /// The values of the discriminator that mean it.
    pub values: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Struct {
    pub fields: Vec<Field>,
    /// Where the members go that the document does not name.
    pub others: Option<Others>,
    /// Whether a request can contain it, so that users have to construct it.
    pub requested: bool,
    /// Whether there is a constructor of what is required.
    pub has_new: bool,
    pub long_task: Option<LongTask>,
    pub started_task: Option<StartedTask>,
    pub page: Option<Page>,
    pub key: Option<KeyEnum>,
}

/// A member of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    pub ident: Ident,
    /// The name of the method that sets it, unless it is read-only.
    pub setter: Option<Ident>,
    /// How a caller hands it in; decided with all models.
    pub given: Given,
    /// The member's name in JSON.
    pub name: String,
    pub docs: Docs,
    pub presence: Presence,
    pub access: Access,
    /// The type of the value, if it is present and not null.
    pub ty: Type,
    pub deprecated: bool,
    pub pointer: Pointer,
}

impl Field {
    /// The type of the argument that a caller passes: for a list, that of an item; without a `Box`.
    pub(crate) fn argument(&self) -> &Type {
        match &self.ty {
            Type::Boxed(inner) => inner,
            Type::List(item) if self.given.is_list() => item,
            ty => ty,
        }
    }

    /// Whether a value cannot be made without it.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::WriteOnly)
    }
}

/// The members that the document does not name, as a map.
#[derive(Debug)]
pub(crate) struct Others {
    pub ident: Ident,
    pub setter: Ident,
    pub ty: Type,
}

/// The field that makes a struct a page of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    pub items: Ident,
    pub item: Type,
    pub optional: bool,
    /// The members that link to the next page, in order of preference.
    pub next: Vec<Next>,
}

/// A member of a page that links to the next one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Next {
    /// A JSON Pointer to a link.
    Link(&'static str),
    /// The member that has a token for the query parameter of the same name.
    Token(&'static str),
    /// The members that have the number of the first item and the size of a page.
    Count { start: &'static str, limit: &'static str },
}

/// A typed view of a string field.
#[derive(Debug)]
pub(crate) struct KeyEnum {
    pub method: Ident,
    pub field: Ident,
    pub docs: Docs,
    pub optional: bool,
    pub ty: Ident,
}

/// The fields that make a struct the status of a long-running task.
#[derive(Debug, PartialEq)]
pub(crate) struct LongTask {
    pub end: TaskEnd,
    pub percentage: Option<Ident>,
    /// The documented keys, which may occur in messages.
    pub keys: Option<Ident>,
}

/// The fields with the result of a task.
#[derive(Debug, PartialEq)]
pub(crate) enum TaskEnd {
    Flags {
        finished: Ident,
        /// The member's name in JSON.
        name: String,
        successful: Ident,
    },
    Status {
        field: Ident,
        succeeded: Vec<String>,
        failed: Vec<String>,
    },
}

/// The fields that make a struct a response with the ID of a started task.
#[derive(Debug, PartialEq)]
pub(crate) struct StartedTask {
    pub id: Ident,
    pub links: Ident,
    pub status: Ident,
    /// Whether the status link is required of the links.
    pub required: bool,
}
