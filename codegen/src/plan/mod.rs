//! Every Rust name, type, derive, box and line of documentation is decided here.

mod acronym;
mod alias;
mod argument;
mod description;
mod docs;
mod draft;
mod enumeration;
mod example;
mod expression;
mod given;
mod graph;
mod guide;
mod header;
mod info;
mod key_list;
mod lost_shape;
mod markdown;
mod model;
mod name;
mod operation;
mod output;
mod page;
mod record;
mod response;
mod run_together;
mod sample;
mod schema;
mod share;
mod success;
mod table;
mod task;
mod types;
mod union;
pub(crate) mod words;

use crate::diagnostic::Diagnostics;
use crate::lower::Api;
use crate::nearest::nearest;

pub(crate) use argument::{Argument, Place};
pub(crate) use guide::Guide;
pub(crate) use info::{Const, Headers, Info, ResponseInfo};
pub(crate) use model::{
    EnumVariant, Field, KeyEnum, LongTask, Model, Next, Others, Page, Shape, StartedTask, Struct, TaskEnd, UnionVariant,
};
pub(crate) use name::{Case, Ident, Scope, plain};
pub(crate) use operation::Operation;
pub(crate) use output::{Choice, ChoiceBody, ChoiceVariant, Output};
pub(crate) use response::{Arm, Error, Variant};
pub(crate) use table::{Table, Tables};
pub(crate) use types::{Given, Presence, Type};

/// A module, ready to be printed.
#[derive(Debug)]
pub(crate) struct Plan {
    pub module: Ident,
    pub docs: Docs,
    pub consts: Vec<Const>,
    pub security_schemes: Vec<crate::lower::SecurityScheme>,
    pub models: Vec<Model>,
    pub operations: Vec<Operation>,
    /// What the operations share.
    pub tables: Tables,
    pub guide: Vec<Guide>,
}

impl Plan {
    /// Whether the module of models names the runtime.
    pub(crate) fn models_name_runtime(&self) -> bool {
        self.models.iter().any(|model| match &model.shape {
            Shape::Alias(ty) => ty.is_of_runtime(),
            Shape::Shared(_) => false,
            Shape::Struct(_) | Shape::Enum { .. } | Shape::Union { .. } => true,
        })
    }

    /// Whether the module of requests names models.
    pub(crate) fn requests_name_models(&self) -> bool {
        self.operations.iter().any(|operation| {
            let arguments = operation.required.iter().chain(&operation.optional);
            let errors = operation.error.variants.iter();
            let types = arguments.map(|argument| &argument.ty);
            let types = types.chain(operation.output.types());
            let mut types = types.chain(errors.filter_map(|variant| variant.body.as_ref()));
            types.any(|ty| ty.named().is_some())
        })
    }
}

/// Lines of documentation.
pub(crate) type Docs = Vec<String>;

/// What the caller decides about a module.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The module's name.
    pub module: String,
    /// The path of the runtime in generated code.
    pub runtime: String,
    /// The path of the module around this one, as users of the crate write it. Without it, examples are shown and not
    /// compiled.
    pub parent: Option<String>,
    /// The long-running tasks that do not show by their shape.
    pub long_tasks: Vec<crate::LongTask>,
    /// Whether ids whose words a publisher's tool has run together are taken apart.
    pub split_names: bool,
}

impl Options {
    fn check_paths(&self) -> Result<(), crate::Error> {
        let runtime = ("runtime", Some(&self.runtime));
        for (name, path) in [runtime, ("parent", self.parent.as_ref())] {
            let Some(path) = path else { continue };
            if !is_path(path) {
                return Err(crate::Error::setup(format!("the {name} `{path}` is not a Rust path")));
            }
        }
        Ok(())
    }

    /// The path of the runtime as users of the crate write it.
    fn public_runtime(&self) -> String {
        match (&self.parent, self.runtime.as_str()) {
            (Some(path), "crate") => {
                let path = path.trim_start_matches("::");
                path.split("::").next().unwrap_or(path).to_owned()
            }
            (_, runtime) => runtime.trim_start_matches("::").to_owned(),
        }
    }
}

/// Whether a text is a path in Rust.
pub(crate) fn is_path(text: &str) -> bool {
    let mut steps = text.strip_prefix("::").unwrap_or(text).split("::");
    steps.all(name::is_identifier)
}

/// Checks the paths of the runtime and the module, and the configured long-running tasks, also against the documents.
///
/// # Errors
/// One of the paths is none, a long-running task is contradictory, or no document has its schema.
pub(crate) fn check(apis: &[Api], options: &[&Options]) -> Result<(), crate::Error> {
    for options in options {
        options.check_paths()?;
        for (number, task) in options.long_tasks.iter().enumerate() {
            let earlier = options.long_tasks.get(..number).unwrap_or_default();
            if let Some(problem) = task.contradiction(earlier) {
                let schema = &task.schema;
                return Err(crate::Error::setup(format!(
                    "the build script declares `{schema}` as a long-running task, but {problem}"
                )));
            }
        }
    }
    let named = options.iter().flat_map(|options| &options.long_tasks);
    for crate::LongTask { schema, .. } in named {
        let mut schemas = apis.iter().flat_map(|api| &api.schemas);
        if !schemas.any(|(name, _)| name == schema) {
            let known = apis.iter().flat_map(|api| &api.schemas).map(|(name, _)| name.as_str());
            let meant = nearest(schema, known).map(|meant| format!("; did you mean `{meant}`?"));
            let problem = format!(
                "the build script declares `{schema}` as a long-running task, but no document defines that schema{}",
                meant.unwrap_or_default()
            );
            return Err(crate::Error::setup(problem));
        }
    }
    Ok(())
}

/// Plans the modules for documents, side by side, so that they can share types.
pub(crate) fn plan(apis: Vec<Api>, options: &[&Options], diagnostics: &mut [Diagnostics]) -> Vec<Plan> {
    let (mut plans, mut drafts) = (Vec::new(), Vec::new());
    for ((mut api, options), diagnostics) in apis.into_iter().zip(options).zip(diagnostics) {
        // A module in a module of the same name would confuse.
        let module = Scope::without(&["guide", "model", "request"]).name(&options.module, Case::Snake);
        let (docs, consts) = (info::docs(&api), info::consts(&api));
        let mut operations = std::mem::take(&mut api.operations);
        if let (true, Some(prefix)) = (options.split_names, &api.prefix) {
            operations
                .iter_mut()
                .for_each(|one| run_together::separate(one, prefix));
        }
        let mut planner = schema::Planner::new(&api.schemas, &options.long_tasks, diagnostics);
        let mut operations = operation::operations(operations, &mut planner);
        planner.check_named();
        let tables = Tables::of(&mut operations);
        drafts.push(planner.draft(api.is_selected));
        plans.push(Plan {
            module,
            docs,
            consts,
            security_schemes: api.security_schemes,
            models: Vec::new(),
            operations,
            tables,
            guide: guide::guide(&api.guide),
        });
    }
    share::share(&mut drafts);
    let modules: Vec<Ident> = plans.iter().map(|plan| plan.module.clone()).collect();
    for (plan, draft) in plans.iter_mut().zip(drafts) {
        plan.models = draft.finish(&modules);
    }
    example::add(&mut plans, options);
    plans
}

/// Documentation that starts with one sentence, followed by the rest.
fn paragraphs(parts: &[Docs]) -> Docs {
    let mut docs = Docs::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !docs.is_empty() {
            docs.push(String::new());
        }
        docs.extend(part.iter().cloned());
    }
    docs
}

/// A text that ends like a sentence.
fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '`' | '"') => format!("{text}."),
        _ => text.to_owned(),
    }
}
