//! Long-running tasks and pages that are named as such, but no longer have the shape of one.

use super::model::{Shape, Struct};
use super::output::Output;
use super::schema::Planner;
use super::{Ident, Type, page, task};
use crate::diagnostic::{Code, Diagnostic};
use crate::long_task::{End, LongTask};
use crate::lower::{Kind, Named};
use crate::pointer::Pointer;

impl Planner<'_> {
    /// Checks the schemas that are named, once all components are planned.
    pub(super) fn check_named(&mut self) {
        for (ident, named, at) in std::mem::take(&mut self.named) {
            let structure = self.structure(&Type::Model(ident.clone()));
            // It may be configured as a long-running task.
            let is_task = structure.is_some_and(|one| one.long_task.is_some());
            let fields = structure.map(|one| one.fields.as_slice());
            let task = fields.map_or(Err(NO_OBJECT.to_owned()), |fields| task::by_shape(fields).map(drop));
            let page = fields.map_or(Err(NO_OBJECT), |fields| page::page(fields).map(drop));
            if let (true, false, Err(problem)) = (named.long_task, is_task, task) {
                self.lost_task(&ident, &problem, &at);
            }
            if let (true, Err(problem)) = (named.page, page) {
                self.lost_page(&ident, problem, &at);
            }
        }
        let (schemas, long_tasks) = (self.schemas, self.long_tasks);
        for (name, schema) in schemas {
            // Objects have been checked already.
            let task = long_tasks.iter().find(|task| task.schema == *name);
            match (task, &schema.kind) {
                (None, _) | (_, Kind::Object(_)) => {}
                (Some(task), Kind::Undefined) => self.not_as_built(task, &Pointer::root(), UNDEFINED),
                (Some(task), _) => self.not_as_built(task, &schema.pointer, NO_OBJECT),
            }
        }
    }

    /// Reports that a configured long-running task does not match its schema.
    pub(super) fn not_as_built(&mut self, task: &LongTask, at: &Pointer, problem: &str) {
        let message = format!(
            "the build script declares `{}` as a long-running task, but {problem}",
            task.schema
        );
        let diagnostic = match task.end {
            End::Shape => Diagnostic::new(Code::LostShape, at, message).help(HOW_TASK),
            End::Flags { .. } | End::Status { .. } => Diagnostic::new(Code::LongTask, at, message),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Checks an operation that is named for the type of its successful response.
    pub(super) fn check_output(&mut self, named: Named, function: &Ident, output: &Output, at: &Pointer) {
        let structure = match output {
            Output::Json(ty) => self.structure(ty),
            _ => None,
        };
        let is_task = structure.is_some_and(|one| one.long_task.is_some());
        let is_page = structure.is_some_and(|one| one.page.is_some());
        if named.long_task && !is_task {
            self.lost_task(function, "its response is not the status of one", at);
        }
        if named.page && !is_page {
            self.lost_page(function, "its response is not a page", at);
        }
    }

    fn lost_task(&mut self, ident: &Ident, problem: &str, at: &Pointer) {
        let message = format!("`{ident}` is marked as a long-running task, but {problem}");
        let diagnostic = Diagnostic::new(Code::LostShape, &at.join(Named::LONG_TASK), message);
        self.diagnostics
            .push(diagnostic.help(HOW_TASK).related("it is defined here", at));
    }

    fn lost_page(&mut self, ident: &Ident, problem: &str, at: &Pointer) {
        let message = format!("`{ident}` is marked as a page of a list, but {problem}");
        let diagnostic = Diagnostic::new(Code::LostShape, &at.join(Named::PAGE), message);
        self.diagnostics
            .push(diagnostic.help(HOW_PAGE).related("it is defined here", at));
    }

    /// The struct of a type, also through an alias.
    fn structure(&self, ty: &Type) -> Option<&Struct> {
        let Type::Model(ident) = ty else { return None };
        match &self.model(ident)?.shape {
            Shape::Struct(structure) => Some(structure),
            Shape::Alias(target) => self.structure(target),
            _ => None,
        }
    }
}

const NO_OBJECT: &str = "it is not an object with properties";

const UNDEFINED: &str = "no document defines it; add one that does as a supplement, or define it in an overlay";

const HOW_TASK: &str = "such a schema requires `finished` and `successful`, which are booleans, and `percentageComplete`, an integer; \
                        name others with `Config::long_task`";

const HOW_PAGE: &str = "such a schema has a list `results` or `values`, and leads to the next page: with `_links`, `next`, `nextPage`, `nextPageToken`, `start` and `limit`, or `startAt` and `maxResults`";
