//! Changes of unions.

use confluence_codegen::outline::Variant;

use super::change::{Changes, matched};

/// The parts of a union.
pub struct Union<'a> {
    pub discriminator: Option<&'a str>,
    pub variants: &'a [Variant],
    /// The values of the discriminator, each with the variant that it means.
    pub values: &'a [(String, String)],
}

pub fn union(name: &str, before: &Union<'_>, after: &Union<'_>, changes: &mut Changes<'_>) {
    variants(name, before.variants, after.variants, changes);
    if before.discriminator != after.discriminator {
        let message = format!(
            "the variants of `{name}` are distinguished by `{}`, no longer by `{}`",
            after.discriminator.unwrap_or("nothing"),
            before.discriminator.unwrap_or("nothing")
        );
        changes.compatible("discriminator", message);
    }
    values(name, before, after, changes);
}

fn variants(name: &str, before: &[Variant], after: &[Variant], changes: &mut Changes<'_>) {
    let variants = matched(before, after, |one| &one.name);
    for Variant { name: variant, ty, .. } in variants.gone {
        changes.breaking(
            "variant-gone",
            format!("the variant `{name}::{variant}({ty})` was removed"),
        );
    }
    for Variant { name: variant, ty, .. } in variants.came {
        changes.compatible(
            "variant-added",
            format!("the variant `{name}::{variant}({ty})` was added"),
        );
    }
    for (before, after) in variants.both {
        let variant = &after.name;
        if before.ty != after.ty {
            let message = format!(
                "the variant `{name}::{variant}` holds `{}`, no longer `{}`",
                after.ty, before.ty
            );
            changes.breaking("variant-type", message);
        } else {
            conversion(name, before, after, changes);
        }
        if before.docs != after.docs {
            let message = format!("the documentation of `{name}::{variant}` has changed");
            changes.documentation("docs", message);
        }
    }
}

/// Changes of the type that converts into a variant. There is none unless requests contain the union.
fn conversion(name: &str, before: &Variant, after: &Variant, changes: &mut Changes<'_>) {
    match (&before.from, &after.from) {
        (Some(ty), None) => changes.breaking("conversion-gone", format!("`{ty}` no longer converts into `{name}`")),
        (None, Some(ty)) => changes.compatible("conversion-added", format!("`{ty}` converts into `{name}`")),
        _ => {}
    }
}

/// Changes of the values of the discriminator, each with the variant that it means. Those of added and removed variants come and go
/// with them.
fn values(name: &str, before: &Union<'_>, after: &Union<'_>, changes: &mut Changes<'_>) {
    let has = |union: &Union<'_>, variant: &str| union.variants.iter().any(|one| one.name == variant);
    let values = matched(before.values, after.values, |(value, _)| value);
    for (value, variant) in values.gone.into_iter().filter(|(_, variant)| has(after, variant)) {
        let message = format!("`{value}` no longer means `{variant}` of `{name}`");
        changes.compatible("discriminator-value", message);
    }
    for (value, variant) in values.came.into_iter().filter(|(_, variant)| has(before, variant)) {
        let message = format!("`{value}` means `{variant}` of `{name}`");
        changes.compatible("discriminator-value", message);
    }
    for ((value, before), (_, after)) in values.both {
        if before != after {
            let message = format!("`{value}` means `{after}` of `{name}`, no longer `{before}`");
            changes.compatible("discriminator-value", message);
        }
    }
}
