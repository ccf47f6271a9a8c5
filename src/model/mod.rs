//! Models: how values are read from JSON as a document describes it, leniently, and written to it.
//!
//! A type implements [`json::Json`]. [`read`] and [`write`] are the two sides of serde's formats, [`json_text`] is the fast way to
//! text; [`notes`] collects what departs from the document.

pub(crate) mod collection;
pub(crate) mod date_time;
pub(crate) mod drift;
pub(crate) mod enumeration;
pub(crate) mod json;
pub(crate) mod json_text;
pub(crate) mod member;
pub(crate) mod notes;
pub(crate) mod option;
pub(crate) mod outcome;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod scalar;
pub(crate) mod serde;
mod take;
pub(crate) mod union;
pub(crate) mod write;
