//! Changes of the module itself: its constants, security schemes and guide.

use confluence_codegen::Pointer;
use confluence_codegen::outline::Outline;

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
    let schemes = matched(&old.security_schemes, &new.security_schemes, String::as_str);
    for scheme in schemes.gone {
        changes.compatible(
            "security-scheme-gone",
            format!("the security scheme `{scheme}` was removed"),
        );
    }
    for scheme in schemes.came {
        changes.compatible(
            "security-scheme-added",
            format!("the security scheme `{scheme}` was added"),
        );
    }
    let guide = matched(&old.guide, &new.guide, |(name, _)| name);
    for (name, _) in guide.gone {
        changes.documentation("guide-gone", format!("the document `guide::{name}` was removed"));
    }
    for (name, _) in guide.came {
        changes.documentation("guide-added", format!("the document `guide::{name}` was added"));
    }
    for ((name, before), (_, after)) in guide.both {
        if before != after {
            changes.documentation("guide-text", format!("the document `guide::{name}` has changed"));
        }
    }
    if old.docs != new.docs {
        changes.documentation("docs", "the documentation of the module has changed");
    }
    changes.finish()
}
