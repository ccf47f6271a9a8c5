//! Changes of the module itself: its constants, security schemes and guide.

use confluence_codegen::Pointer;
use confluence_codegen::outline::{Document, Outline};

use super::change::{Change, Changes, matched};

/// The bytes of the longest constant that is shown; a description may have pages.
const LONGEST: usize = 100;

pub fn changes(old: &Outline, new: &Outline) -> Vec<Change> {
    let root = Pointer::root();
    let mut changes = Changes::of("module", &root);
    let constants = matched(&old.constants, &new.constants, |(name, _)| name);
    for (name, _) in constants.gone {
        changes.breaking("constant-gone", format!("the constant `{name}` was removed"));
    }
    for (name, value) in constants.came {
        changes.compatible("constant-added", format!("the constant `{name}` was added: {value:?}"));
    }
    for ((name, before), (_, after)) in constants.both {
        if before != after {
            let message = match before.len().max(after.len()) > LONGEST {
                true => format!("the constant `{name}` has changed"),
                false => format!("the constant `{name}` is {after:?}, no longer {before:?}"),
            };
            changes.documentation("constant-value", message);
        }
    }
    let schemes = matched(&old.security_schemes, &new.security_schemes, |(name, _)| name);
    for (name, what) in schemes.gone {
        changes.compatible(
            "security-scheme-gone",
            format!("the security scheme `{name}: {what}` was removed"),
        );
    }
    for (name, what) in schemes.came {
        changes.compatible(
            "security-scheme-added",
            format!("the security scheme `{name}: {what}` was added"),
        );
    }
    for ((name, before), (_, after)) in schemes.both {
        if before != after {
            let message = format!("the security scheme `{name}` is `{after}`, no longer `{before}`");
            changes.compatible("security-scheme", message);
        }
    }
    guide(&old.guide, &new.guide, &mut changes);
    if old.docs != new.docs {
        changes.documentation("docs", "the documentation of the module has changed");
    }
    changes.finish()
}

/// Changes of the documents of the guide.
fn guide(before: &[Document], after: &[Document], changes: &mut Changes<'_>) {
    let guide = matched(before, after, |one| &one.module);
    for Document { module, .. } in guide.gone {
        changes.documentation("guide-gone", format!("the document `guide::{module}` was removed"));
    }
    for Document { module, .. } in guide.came {
        changes.documentation("guide-added", format!("the document `guide::{module}` was added"));
    }
    for (before, after) in guide.both {
        if before != after {
            let message = format!("the document `guide::{}` has changed", after.module);
            changes.documentation("guide-text", message);
        }
    }
}
