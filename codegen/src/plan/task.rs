//! Which models are the status of a long-running task, and which name one that was started.

use super::model::{Field, LongTask, Model, Shape, StartedTask, Struct, TaskEnd};
use super::{Ident, Presence, Type};
use crate::long_task::{self, End};
use crate::nearest::nearest;

/// A struct that requires `finished`, `successful` and `percentageComplete` is the status of a long-running task.
///
/// # Errors
/// Says what is wrong with which property.
pub(super) fn by_shape(fields: &[Field]) -> Result<LongTask, String> {
    let task = long_task::LongTask::flags("", "finished", "successful").percentage("percentageComplete");
    let found = by_name(&task, fields, |_| None)?;
    let is_optional = |name: &&str| {
        let field = fields.iter().find(|field| field.name == *name);
        field.is_some_and(|field| field.presence != Presence::Required)
    };
    match ["finished", "successful", "percentageComplete"]
        .into_iter()
        .find(is_optional)
    {
        Some(name) => Err(format!("the property `{name}` is not required")),
        None => Ok(found),
    }
}

/// Whether a struct is a configured status of a long-running task. `values` returns the documented values of a model that is a string.
///
/// # Errors
/// Says what is wrong with which property.
pub(super) fn by_name<'v>(
    task: &long_task::LongTask,
    fields: &[Field],
    values: impl Fn(&Ident) -> Option<Vec<&'v str>>,
) -> Result<LongTask, String> {
    let find = |name: &str, kind: &str, fits: &dyn Fn(&Type) -> bool| {
        let field = fields.iter().find(|field| field.name == name);
        match field {
            None => Err(format!("there is no property `{name}`")),
            Some(field) if !fits(&field.ty) => Err(format!("the property `{name}` is not {kind}")),
            Some(field) => Ok(field.ident.clone()),
        }
    };
    let flag = |name: &str| find(name, "a boolean", &|ty| *ty == Type::Bool);
    let end = match &task.end {
        End::Shape => return by_shape(fields),
        End::Flags { finished, successful } => TaskEnd::Flags {
            finished: flag(finished)?,
            name: finished.clone(),
            successful: flag(successful)?,
        },
        End::Status {
            property,
            succeeded,
            failed,
        } => {
            let values = |ty: &Type| match ty {
                Type::Model(ident) => values(ident),
                ty => (*ty == Type::String).then(Vec::new),
            };
            let field = find(property, "a string", &|ty| values(ty).is_some())?;
            let known = fields.iter().find(|field| field.name == *property);
            let known = known.and_then(|field| values(&field.ty)).unwrap_or_default();
            if let Some(missing) = succeeded
                .iter()
                .chain(failed)
                .find(|value| !known.contains(&value.as_str()))
                && !known.is_empty()
            {
                let meant = nearest(missing, known.iter().copied());
                let meant = meant.map(|meant| format!("; did you mean `{meant}`?"));
                let meant = meant.unwrap_or_default();
                return Err(format!("the property `{property}` has no value `{missing}`{meant}"));
            }
            TaskEnd::Status {
                field,
                succeeded: succeeded.clone(),
                failed: failed.clone(),
            }
        }
    };
    let is_integer = |ty: &Type| matches!(ty, Type::I32 | Type::I64);
    let percentage = task.percentage.as_ref();
    let percentage = percentage
        .map(|name| find(name, "an integer", &is_integer))
        .transpose()?;
    Ok(LongTask {
        end,
        percentage,
        keys: None,
    })
}

/// A struct with a required `id`, and `links` that may have a `status`, contains the ID of a started task.
pub(super) fn started<'m>(structure: &Struct, model: impl FnOnce(&Ident) -> Option<&'m Model>) -> Option<StartedTask> {
    let required = |name: &str| {
        let field = structure.fields.iter().find(|field| field.name == name)?;
        (field.presence == Presence::Required).then_some(field)
    };
    let (id, links) = (required("id")?, required("links")?);
    let Type::Model(links_model) = &links.ty else {
        return None;
    };
    let Shape::Struct(inner) = &model(links_model)?.shape else {
        return None;
    };
    let status = inner.fields.iter().find(|field| field.name == "status")?;
    (id.ty == Type::String && status.ty == Type::String).then(|| StartedTask {
        id: id.ident.clone(),
        links: links.ident.clone(),
        status: status.ident.clone(),
        required: status.presence == Presence::Required,
    })
}
