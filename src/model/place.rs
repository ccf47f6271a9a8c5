//! Where a value stands in a body.

use std::fmt::Write;

/// A place in a JSON text, as steps from the outside in. Nothing is put together before it is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    outer: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Member(&'p str),
    Item(usize),
}

impl<'p> Place<'p> {
    /// The whole text.
    pub(crate) const ROOT: Self = Self {
        outer: None,
        step: Step::Root,
    };

    /// A member of an object that stands here.
    pub(crate) fn member(&'p self, name: &'p str) -> Self {
        Self {
            outer: Some(self),
            step: Step::Member(name),
        }
    }

    /// An item of an array that stands here.
    pub(crate) fn item(&'p self, index: usize) -> Self {
        Self {
            outer: Some(self),
            step: Step::Item(index),
        }
    }

    /// As a JSON Pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.outer.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Member(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            // Writing to a text cannot fail.
            Step::Item(index) => {
                let _ = write!(pointer, "/{index}");
            }
        }
        pointer
    }

    /// As people write it: `messages[1].args`. Empty for the whole text.
    pub(crate) fn path(&self) -> String {
        let mut path = self.outer.map(Place::path).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Member(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Item(index) => {
                let _ = write!(path, "[{index}]");
            }
        }
        path
    }
}
