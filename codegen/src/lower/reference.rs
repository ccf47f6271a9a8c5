//! References to components, and what was probably meant by those that lead nowhere.

use super::Lowering;
use crate::diagnostic::Code;
use crate::nearest::nearest;
use crate::pointer::{Pointer, decoded};

/// The maximum number of undefined references that are compared with all components. If there are more, probably a file is missing, and
/// they are not typos.
pub(crate) const COMPARED: usize = 20;

impl Lowering<'_> {
    /// Resolves a reference to a component of one kind; reports it if it is undefined.
    pub(super) fn component<'a, T>(
        &mut self,
        reference: &str,
        at: &Pointer,
        kind: &str,
        find: impl Fn(&str) -> Option<&'a openapiv3::ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        let prefix = format!("#/components/{kind}/");
        let mut way = vec![reference];
        let mut next = reference;
        loop {
            match component_of(kind, next).and_then(|name| find(&name)) {
                Some(openapiv3::ReferenceOr::Item(item)) => return Some((item, Pointer::of_reference(next)?)),
                Some(openapiv3::ReferenceOr::Reference { reference }) => next = reference,
                None => break,
            }
            let is_circle = way.contains(&next);
            way.push(next);
            if is_circle {
                let names: Vec<&str> = way.iter().filter_map(|step| step.strip_prefix(&prefix)).collect();
                let message = format!("`{reference}` is a circular reference: {}", names.join(" -> "));
                self.warn(Code::DanglingRef, at, message, "define one of them in an overlay");
                return None;
            }
        }
        let (message, help) = match (self.unfollowed(next, kind), next == reference) {
            (Some((message, help)), true) => (message, help),
            (Some((message, help)), false) => (format!("`{reference}` is a reference, and {message}"), help),
            (None, true) => {
                let message = match reference.starts_with(&prefix) {
                    true => format!("`{reference}` is not defined in this document"),
                    false => format!("`{reference}` does not refer to anything under `{prefix}`"),
                };
                (message, self.way_out(next, kind))
            }
            (None, false) => {
                let message = format!("`{reference}` refers to `{next}`, which is not defined");
                (message, self.way_out(next, kind))
            }
        };
        let effect = match kind {
            "parameters" => "the parameter is left out; ",
            "requestBodies" => "any body is accepted; ",
            "responses" => "any content is accepted; ",
            _ => "",
        };
        self.warn(Code::DanglingRef, at, message, format!("{effect}{help}"));
        None
    }

    /// Why a reference into another file, or to a part of something else, is not followed, and what to do; nothing if it is neither.
    pub(super) fn unfollowed(&self, reference: &str, kind: &str) -> Option<(String, String)> {
        let reason = self.document.not_followed.get(reference);
        let (message, help) = match reason {
            Some(reason) => (format!("`{reference}` {}", reason.what), reason.help.clone()),
            None if is_deep(reference) => (
                format!("`{reference}` does not refer to a component; no other references are supported"),
                "make what it refers to a component, and refer to that".to_owned(),
            ),
            None if reference.starts_with('#') => return None,
            None => (
                format!("`{reference}` refers to another file, which is only supported in the document itself"),
                "pass the file as a supplement".to_owned(),
            ),
        };
        let meant = self.in_another_form(reference, kind);
        Some((message, meant.map_or(help, |meant| format!("did you mean `{meant}`?"))))
    }

    /// The help text for an undefined reference to a component of one kind.
    pub(super) fn way_out(&mut self, reference: &str, kind: &str) -> String {
        if let Some(meant) = self.in_another_form(reference, kind) {
            return format!("did you mean `{meant}`?");
        }
        let sources = &self.diagnostics.sources;
        let elsewhere =
            Pointer::of_reference(reference).and_then(|component| sources.elsewhere(&component).map(str::to_owned));
        let way_out = match Pointer::of_reference(reference).is_some_and(|place| place.steps().len() == 3) {
            true => "define it in an overlay",
            // It cannot be defined where it is looked for.
            false => "make what it refers to a component, and refer to that",
        };
        match (elsewhere, self.meant(reference, kind)) {
            (Some(other), _) => {
                format!("{way_out}, or add {other} as a supplement, which defines it but belongs to another API")
            }
            (None, Some(meant)) => format!("did you mean `{meant}`? otherwise, {way_out}"),
            (None, None) => way_out.to_owned(),
        }
    }

    /// The reference that was probably meant by an undefined one.
    fn meant(&mut self, reference: &str, kind: &str) -> Option<String> {
        if self.compared >= COMPARED {
            return None;
        }
        self.compared += 1;
        let components = self.document.openapi.components.as_ref()?;
        let names: Vec<&String> = match kind {
            "schemas" => components.schemas.keys().collect(),
            "responses" => components.responses.keys().collect(),
            "parameters" => components.parameters.keys().collect(),
            "requestBodies" => components.request_bodies.keys().collect(),
            "headers" => components.headers.keys().collect(),
            _ => components.security_schemes.keys().collect(),
        };
        let reference = Pointer::of_reference(reference)?;
        let meant = nearest(reference.steps().last()?, names.into_iter().map(String::as_str))?;
        Some(format!("#/components/{kind}/{meant}"))
    }

    /// The reference to the component that one without its beginning names, such as `/components/schemas/Space` or `Space`.
    fn in_another_form(&self, reference: &str, kind: &str) -> Option<String> {
        if component_of(kind, reference).is_some() {
            return None;
        }
        let steps = reference.trim_start_matches(['#', '/']);
        let steps = steps.strip_prefix("components/").unwrap_or(steps);
        let name = steps.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/'));
        let place = format!("#/components/{kind}/{}", name.unwrap_or(steps));
        let name = component_of(kind, &place)?;
        let components = self.document.openapi.components.as_ref()?;
        let is_defined = match kind {
            "schemas" => components.schemas.contains_key(&name),
            "responses" => components.responses.contains_key(&name),
            "parameters" => components.parameters.contains_key(&name),
            "requestBodies" => components.request_bodies.contains_key(&name),
            "headers" => components.headers.contains_key(&name),
            "securitySchemes" => components.security_schemes.contains_key(&name),
            _ => false,
        };
        is_defined.then_some(place)
    }
}

/// The name of the component of one kind that a reference leads to.
pub(super) fn component_of(kind: &str, reference: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    Some(decoded(name).replace("~1", "/").replace("~0", "~"))
}

/// Whether a reference leads to a place that is not a component, but further down.
pub(super) fn is_deep(reference: &str) -> bool {
    Pointer::of_reference(reference).is_some_and(|place| place.steps().len() > 3)
}
