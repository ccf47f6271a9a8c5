//! Diagnostics with their places in the texts, for programs that show them in their own way.

use std::collections::BTreeMap;

use crate::{Diagnostic, Diagnostics, Location, Pointer};

impl Diagnostics {
    /// The diagnostics in the order in which they were found, each with the place in the texts where it stands, as far as that is
    /// known. The texts are read for it.
    pub fn located(&self) -> impl Iterator<Item = (&Diagnostic, Option<Location>)> {
        let pointers = self.iter().map(|diagnostic| &diagnostic.pointer);
        let places: BTreeMap<Pointer, Location> = self.sources.locate(pointers);
        self.iter().map(move |diagnostic| {
            let own = diagnostic.location.as_deref();
            (diagnostic, own.or_else(|| places.get(&diagnostic.pointer)).cloned())
        })
    }
}
