//! `readOnly` and `writeOnly`.

use openapiv3::{ReferenceOr, SchemaKind};

use super::Lowering;
use super::schema::component_name;
use crate::pointer::Pointer;

/// Which of requests and responses a member is part of (OpenAPI 3.0, section 4.7.24.2, `readOnly` and `writeOnly`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    #[default]
    Both,
    /// Only of responses.
    ReadOnly,
    /// Only of requests.
    WriteOnly,
}

impl Lowering<'_> {
    /// Whether a property is read-only or write-only by its schema, including the parts of an `allOf` and the targets of references.
    pub(super) fn access(&mut self, schema: &ReferenceOr<Box<openapiv3::Schema>>, at: &Pointer) -> Access {
        let (reads, writes) = match schema {
            ReferenceOr::Item(schema) => self.said_of_access(schema),
            ReferenceOr::Reference { reference } => self.access_of_component(reference),
        };
        match (reads, writes) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (true, true) => {
                self.ignored(at, "`readOnly` and `writeOnly` cannot both be true");
                Access::Both
            }
            (false, false) => Access::Both,
        }
    }

    /// Whether a schema, or a part of its `allOf`, is read-only, and whether it is write-only.
    fn said_of_access(&self, schema: &openapiv3::Schema) -> (bool, bool) {
        let parts = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => all_of.as_slice(),
            SchemaKind::Any(any) => any.all_of.as_slice(),
            _ => &[],
        };
        let own = (schema.schema_data.read_only, schema.schema_data.write_only);
        parts.iter().fold(own, |(reads, writes), part| {
            let (part_reads, part_writes) = match part {
                ReferenceOr::Item(part) => self.said_of_access(part),
                ReferenceOr::Reference { reference } => self.access_of_component(reference),
            };
            (reads || part_reads, writes || part_writes)
        })
    }

    /// The same for a component, from its own keywords.
    fn access_of_component(&self, reference: &str) -> (bool, bool) {
        let component = component_name(reference).and_then(|name| {
            let components = self.document.openapi.components.as_ref()?;
            components.schemas.get(&name)
        });
        match component {
            Some(ReferenceOr::Item(schema)) => (schema.schema_data.read_only, schema.schema_data.write_only),
            _ => (false, false),
        }
    }
}
