//! Diagnostics: their codes, severities and places, and how they are shown.

mod code;
mod count;
mod excerpt;
mod folded;
mod found;
mod level;
mod located;

pub use code::{Code, Severity, UnknownCode};
pub(crate) use count::check_counts;
pub use found::{Diagnostic, Diagnostics, Related};
pub use level::Level;
pub(crate) use level::Levels;
pub use located::Located;
