//! Lists of keys become open enums.

use std::sync::Arc;

use super::enumeration::variants;
use super::model::{Model, Shape};
use super::schema::Planner;
use super::{Case, Ident, markdown, sentence};
use crate::lower::KeyList;
use crate::pointer::Pointer;

impl Planner<'_> {
    /// The enum for a list of keys; the same list is the same enum, of the description where it stands first.
    pub(super) fn key_enum(&mut self, list: &Arc<KeyList>, place: &Pointer) -> Ident {
        if let Some(ident) = self.key_enums.get(list) {
            return ident.clone();
        }
        let ident = self.scope.name(&list.title, Case::Camel);
        self.key_enums.insert(list.clone(), ident.clone());
        self.places.insert(ident.clone(), self.models.len());
        let keys = list.keys.iter().map(|(key, meaning)| (key.as_str(), sentence(meaning)));
        self.models.push(Model {
            ident: ident.clone(),
            docs: markdown::lines(&format!("A {}, as the document lists them.", list.title.to_lowercase())),
            pointer: place.clone(),
            shape: Shape::Enum {
                variants: variants(keys),
            },
        });
        ident
    }
}
