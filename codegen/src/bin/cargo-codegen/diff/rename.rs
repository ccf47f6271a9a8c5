//! Types that were renamed in a newer document.

use std::collections::{BTreeMap, BTreeSet};

use confluence_codegen::outline::{Argument, Kind, Outline, Type, Variant};

use super::change::{Change, Changes, matched};

/// The old and new names of types.
type Names = BTreeMap<String, String>;

/// Returns the old outline with the names of the new one, and the types that were renamed. So uses of such a type are
/// not reported as changes.
///
/// A type was renamed if it is at the same place in the document. Of the others, it was if it is the only one with the same parts.
pub fn renamed(old: &Outline, new: &Outline) -> (Outline, Vec<Change>) {
    let types = matched(&old.types, &new.types, |one| &one.name);
    let is_free = |ty: &str| !types.both.iter().any(|(known, _)| known.name == ty);
    let is_in_place = |(before, after): &(&Type, &Type)| before.pointer == after.pointer;
    let all = types
        .gone
        .iter()
        .flat_map(|before| types.came.iter().map(move |after| (*before, *after)));
    let (mut pairs, others): (Vec<_>, Vec<_>) = all.partition(is_in_place);
    let in_place: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|(one, other)| [one.name.as_str(), &other.name])
        .collect();
    let is_left = |one: &Type| !in_place.contains(one.name.as_str());
    pairs.extend(
        others
            .into_iter()
            .filter(|(before, after)| is_left(before) && is_left(after) && is_same(before, after, &is_free)),
    );
    let is_only = |(before, after): &&(&Type, &Type)| {
        let others = pairs
            .iter()
            .filter(|(one, other)| one.name == before.name || other.name == after.name);
        others.count() == 1
    };
    let (mut names, mut all) = (Names::new(), Vec::new());
    for (before, after) in pairs.iter().filter(is_only) {
        let mut changes = Changes::of(format!("model::{}", after.name), &after.pointer);
        let message = format!(
            "the type `model::{}` was renamed to `model::{}`",
            before.name, after.name
        );
        changes.breaking("type-renamed", message);
        all.extend(changes.finish());
        names.insert(before.name.clone(), after.name.clone());
    }
    let mut old = old.clone();
    if !names.is_empty() {
        rename(&mut old, &names);
    }
    (old, all)
}

/// Whether two types have the same parts. Types with less than two parts are too simple to compare.
fn is_same(before: &Type, after: &Type, is_free: &dyn Fn(&str) -> bool) -> bool {
    // Types that parts refer to may be renamed, too.
    let plain = |ty: &String| mapped(ty, &|name| is_free(name).then(|| "_".to_owned()));
    match (&before.kind, &after.kind) {
        (Kind::Struct(before), Kind::Struct(after)) => {
            let parts = |fields: &[confluence_codegen::outline::Field]| -> Vec<_> {
                let parts = fields.iter();
                parts
                    .map(|one| (one.name.clone(), one.member.clone(), plain(&one.ty)))
                    .collect()
            };
            before.fields.len() > 1 && parts(&before.fields) == parts(&after.fields)
        }
        (Kind::Enum(before), Kind::Enum(after)) => {
            let parts = |values: &[confluence_codegen::outline::Value]| -> Vec<String> {
                values.iter().map(|one| one.value.clone()).collect()
            };
            before.len() > 1 && parts(before) == parts(after)
        }
        (Kind::Union { variants: before, .. }, Kind::Union { variants: after, .. }) => {
            let parts = |variants: &[Variant]| -> Vec<String> { variants.iter().map(|one| plain(&one.ty)).collect() };
            before.len() > 1 && parts(before) == parts(after)
        }
        _ => false,
    }
}

/// Replaces the old names of types with the new ones.
fn rename(outline: &mut Outline, names: &Names) {
    let named = |ty: &mut String| *ty = mapped(ty, &|name| names.get(name).cloned());
    let all = |arguments: &mut [Argument]| arguments.iter_mut().for_each(|one| named(&mut one.ty));
    for operation in &mut outline.operations {
        all(&mut operation.required);
        all(&mut operation.optional);
        named(&mut operation.output);
        operation.lists.iter_mut().for_each(named);
        operation.choices.iter_mut().flat_map(|(_, body)| body).for_each(named);
        operation
            .errors
            .iter_mut()
            .flat_map(|error| &mut error.body)
            .for_each(named);
    }
    for ty in &mut outline.types {
        if let Some(name) = names.get(&ty.name) {
            ty.name.clone_from(name);
        }
        match &mut ty.kind {
            Kind::Struct(one) => {
                one.fields.iter_mut().for_each(|field| named(&mut field.ty));
                one.new.iter_mut().for_each(|arguments| all(arguments));
                one.page.iter_mut().for_each(|(_, item)| named(item));
                one.key.iter_mut().for_each(|(_, ty)| named(ty));
            }
            Kind::Union { variants, .. } => variants.iter_mut().for_each(|one| {
                named(&mut one.ty);
                one.from.iter_mut().for_each(named);
            }),
            Kind::Alias(target) => named(target),
            _ => {}
        }
    }
}

/// The text of a type, in which some models have other names.
fn mapped(ty: &str, name: &dyn Fn(&str) -> Option<String>) -> String {
    const MODEL: &str = "model::";
    let mut text = String::with_capacity(ty.len());
    let mut rest = ty;
    while let Some(start) = rest.find(MODEL) {
        let (before, after) = rest.split_at(start + MODEL.len());
        let end = after
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(after.len());
        let (known, after) = after.split_at(end);
        text.push_str(before);
        text.push_str(&name(known).unwrap_or_else(|| known.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    text
}
